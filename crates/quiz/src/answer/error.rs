//! What is wrong with an answer, and what would be right.

use std::fmt;

/// Why a text is no answer to its question. Nothing is said of whether it would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// There is nothing.
    Empty,
    /// It is longer than any answer.
    TooLong {
        /// As long as one may be, in octets.
        at_most: usize,
    },
    /// A word that means nothing here.
    Unknown {
        /// The word.
        word: String,
        /// What would be right.
        known: String,
    },
    /// No number stands where one has to.
    NoNumber {
        /// The field.
        field: &'static str,
        /// What stands there.
        found: String,
    },
    /// No time stands where one has to.
    NoTime {
        /// What stands there.
        found: String,
    },
    /// Something is missing.
    Missing {
        /// What.
        field: &'static str,
    },
    /// Something is said twice.
    Twice {
        /// What.
        field: &'static str,
    },
    /// There is no such choice.
    NoSuchChoice {
        /// How many there are.
        choices: usize,
    },
    /// The question has no answer in this run, so none can be given.
    NoQuestion,
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the answer is empty"),
            Self::TooLong { at_most } => {
                write!(f, "the answer is longer than {at_most} octets")
            }
            Self::Unknown { word, known } => {
                write!(f, "\"{word}\" is not known here; there are {known}")
            }
            Self::NoNumber { field, found } => {
                write!(f, "{field} is \"{found}\", not a whole number from 0 to {}", u32::MAX)
            }
            Self::NoTime { found } => {
                write!(f, "\"{found}\" is no time; 40ms, 1.2s and 250us are")
            }
            Self::Missing { field } => write!(f, "{field} is missing"),
            Self::Twice { field } => write!(f, "{field} is said twice"),
            Self::NoSuchChoice { choices } => {
                write!(f, "there is no such choice; there are {choices}, from a on")
            }
            Self::NoQuestion => f.write_str("this run cannot tell the answer to the question"),
        }
    }
}

impl std::error::Error for AnswerError {}
