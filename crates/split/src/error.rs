//! What can go wrong.

use std::fmt;

/// Why a module cannot be cut, or a list not be read.
#[derive(Debug)]
pub enum Error {
    /// This is no module, or it uses what the splitter does not know.
    Module(wasmparser::Error),
    /// The module is sound, but imports something else than functions: this, under this name.
    Import(&'static str, String),
    /// The linker has written a place in memory in a way that is not known: this.
    Relocation(String),
    /// A part could not be written.
    Write(String),
    /// A line of a list says nothing: its number, and what is wrong with it.
    Line(usize, String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // It says where.
            Self::Module(error) => write!(f, "this module cannot be cut: {error}"),
            Self::Import(kind, name) => write!(
                f,
                "this module cannot be cut: it imports a {kind}, `{name}`; only functions may be imported"
            ),
            Self::Relocation(kind) => {
                write!(f, "this module's data cannot be told apart: it has a relocation {kind}")
            }
            Self::Write(error) => write!(f, "a part of the module cannot be written: {error}"),
            Self::Line(number, error) => write!(f, "line {number}: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<wasmparser::Error> for Error {
    fn from(error: wasmparser::Error) -> Self {
        Self::Module(error)
    }
}

impl From<wasm_encoder::reencode::Error<String>> for Error {
    fn from(error: wasm_encoder::reencode::Error<String>) -> Self {
        Self::Write(error.to_string())
    }
}
