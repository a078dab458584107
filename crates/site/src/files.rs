//! Files, and what is said where one cannot be had.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::Path;

/// Why nothing was made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failed(pub(crate) String);

impl Failed {
    pub(crate) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("could not {what} {}: {error}", path.display()))
    }
}

pub(crate) fn read(path: &Path) -> Result<String, Failed> {
    fs::read_to_string(path).map_err(|error| Failed::io("read", path, &error))
}

pub(crate) fn write(path: &Path, octets: impl AsRef<[u8]>) -> Result<(), Failed> {
    fs::write(path, octets).map_err(|error| Failed::io("write", path, &error))
}

/// Writes a file that is named by what is in it, so that it may be kept for ever by whoever has it.
/// Gives its name.
pub(crate) fn named(dist: &Path, stem: &str, kind: &str, text: &str) -> Result<String, Failed> {
    let name = format!("{stem}-{:016x}.{kind}", content(text.as_bytes()));
    write(&dist.join(&name), text)?;
    Ok(name)
}

/// A number for octets.
pub(crate) fn content(octets: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    octets.hash(&mut hasher);
    hasher.finish()
}
