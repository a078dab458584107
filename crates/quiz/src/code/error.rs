//! What is wrong with a code, and where.

use std::fmt;

/// Why a text is no code. Symbols are counted from 1 on, hyphens and spaces left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// There is nothing.
    Empty,
    /// It is longer than any code.
    TooLong {
        /// Its octets.
        octets: usize,
        /// As many as there may be.
        at_most: usize,
    },
    /// It is a code of something else, or none at all.
    OtherKind {
        /// The letter that it begins with.
        found: char,
        /// The letter that such a code begins with.
        expected: char,
    },
    /// It is written by other rules.
    Version {
        /// The version that it names.
        found: char,
    },
    /// A symbol that stands in no code.
    Symbol {
        /// Which symbol.
        at: usize,
        /// The symbol.
        letter: char,
    },
    /// The end is missing.
    Cut {
        /// So many symbols are there.
        symbols: usize,
        /// So many there have to be, if the beginning tells.
        of: Option<usize>,
    },
    /// There is something after the end.
    TooMuch {
        /// The first symbol too many.
        from: usize,
        /// So many symbols are there.
        symbols: usize,
    },
    /// One of these symbols was changed, or one is missing or too many.
    Damaged {
        /// The first of them.
        from: usize,
        /// The last of them.
        to: usize,
    },
    /// Something was changed, in a way that no group of symbols tells.
    Sum,
    /// What it holds is unknown here: a later version may know it.
    Content {
        /// What of it.
        field: &'static str,
    },
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the code is empty"),
            Self::TooLong { octets, at_most } => {
                write!(f, "the code has {octets} octets; {at_most} is the most it may have")
            }
            Self::OtherKind { found, expected } => {
                write!(
                    f,
                    "the code begins with \"{found}\"; one of this kind begins with \"{expected}\""
                )
            }
            Self::Version { found } => {
                write!(f, "the code is of version \"{found}\"; version 1 is known here")
            }
            Self::Symbol { at, letter } => {
                write!(f, "symbol {at} is \"{letter}\": digits and letters but u stand in a code")
            }
            Self::Cut { symbols, of: Some(of) } => {
                write!(f, "the code is cut off: {symbols} of {of} symbols are there")
            }
            Self::Cut { symbols, of: None } => {
                write!(f, "the code is cut off: only {symbols} symbols are there")
            }
            Self::TooMuch { from, symbols } => {
                write!(f, "the code ends before symbol {from}, but there are {symbols}")
            }
            Self::Damaged { from, to } => write!(
                f,
                "one of the symbols {from} to {to} was changed, or there is one too few or too many"
            ),
            Self::Sum => f.write_str("the code was changed: its sum is another"),
            Self::Content { field } => {
                write!(f, "the code's {field} is not known here; a later version may have made it")
            }
        }
    }
}

impl std::error::Error for CodeError {}
