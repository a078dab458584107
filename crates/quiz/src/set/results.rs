//! What was answered in a set, as a code: `r1-…`. It holds the answers themselves and nothing of
//! what is right: whoever reads it has the engine grade them again.

use tcpscope_view::Numbers;

use super::MOST_ASKS;
use crate::Answer;
use crate::code::{CodeError, Octets, Written, decode, encode, read_answer, write_answer};

/// The letter that a code of a set's results begins with.
const RESULTS: char = 'r';

/// No name is longer, in characters.
pub const MOST_NAME: usize = 40;
/// No answer in one's own words is longer, in characters.
pub const MOST_OWN: usize = 200;

const NONE: u8 = 0;
const RELATIVE: u8 = 1;
const ABSOLUTE: u8 = 2;
const OWN: u8 = 3;
const OWN_RIGHT: u8 = 4;

/// What was answered in a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetResults {
    /// The fingerprint of the set.
    pub of: u32,
    /// What the one who answered calls themselves; empty: nothing.
    pub name: String,
    /// The answers to its questions, in order.
    pub answers: Vec<SetAnswer>,
}

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetAnswer {
    /// Nothing.
    None,
    /// This: the engine grades it.
    Given {
        /// What.
        answer: Answer,
        /// The sequence numbers that are meant.
        numbers: Numbers,
    },
    /// Something in one's own words.
    Own {
        /// The words.
        text: String,
        /// Whether the one who answered holds it for right, having seen a good answer.
        right: bool,
    },
}

impl SetResults {
    /// The results as a code.
    #[must_use]
    pub fn to_code(&self) -> String {
        let mut out = Written::default();
        out.number(self.of.into());
        out.text(&self.name, MOST_NAME);
        let answers = || self.answers.iter().take(MOST_ASKS);
        out.number(answers().count() as u64);
        for answer in answers() {
            match answer {
                SetAnswer::None => out.octet(NONE),
                SetAnswer::Given { answer, numbers } => {
                    out.octet(match numbers {
                        Numbers::Relative => RELATIVE,
                        Numbers::Absolute => ABSOLUTE,
                    });
                    write_answer(&mut out, Some(answer));
                }
                SetAnswer::Own { text, right } => {
                    out.octet(if *right { OWN_RIGHT } else { OWN });
                    out.text(text, MOST_OWN);
                }
            }
        }
        encode(RESULTS, &out.into_octets())
    }

    /// What was answered, from a code.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn from_code(text: &str) -> Result<Self, CodeError> {
        let octets = decode(RESULTS, text)?;
        let mut octets = Octets::new(&octets);
        let unknown = |field| CodeError::Content { field };
        let of = octets.small().ok_or_else(|| unknown("fingerprint"))?;
        let name = octets.text(MOST_NAME).ok_or_else(|| unknown("name"))?;
        let count = octets.at_most(MOST_ASKS).ok_or_else(|| unknown("number of answers"))?;
        let mut answers = Vec::new();
        for _ in 0..count {
            answers.push(take(&mut octets).ok_or_else(|| unknown("list of answers"))?);
        }
        if octets.left() > 0 {
            return Err(unknown("end"));
        }
        Ok(Self { of, name, answers })
    }
}

fn take(octets: &mut Octets<'_>) -> Option<SetAnswer> {
    let given = |octets: &mut Octets<'_>, numbers| {
        Some(SetAnswer::Given { answer: read_answer(octets)??, numbers })
    };
    match octets.octet()? {
        NONE => Some(SetAnswer::None),
        RELATIVE => given(octets, Numbers::Relative),
        ABSOLUTE => given(octets, Numbers::Absolute),
        OWN => Some(SetAnswer::Own { text: octets.text(MOST_OWN)?, right: false }),
        OWN_RIGHT => Some(SetAnswer::Own { text: octets.text(MOST_OWN)?, right: true }),
        _ => None,
    }
}
