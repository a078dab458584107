//! Rounds and their results as codes: `q1-…` and `a1-…`.

use super::{Level, MOST_QUESTIONS, Round, Theme};
use crate::code::{CodeError, Octets, Written, decode, encode, read_answer, write_answer};
use crate::{Answer, Kind};

/// The letter that a round's code begins with.
const ROUND: char = 'q';
/// The letter that a code of results begins with.
const RESULTS: char = 'a';

/// The longest time for an answer that a code keeps, in tenths of a second: a day.
pub const MOST_TENTHS: u32 = 864_000;

/// The kind of an interview question, which no engine grades: whoever answers does.
pub const SELF_GRADED: u8 = 127;

/// What was answered in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// The round.
    pub round: Round,
    /// The answers to its first questions, in order; no more than it has questions.
    pub answers: Vec<Answered>,
}

/// What was answered to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The kind of the question, by its place in [`Kind::NAMES`]; or [`SELF_GRADED`].
    pub kind: u8,
    /// The answer; `None`: none was given.
    pub answer: Option<Answer>,
    /// Whether it was graded right.
    pub right: bool,
    /// How long it took, in tenths of a second.
    pub tenths: u32,
}

impl Round {
    /// The round as a code: short enough to be read out.
    #[must_use]
    pub fn to_code(&self) -> String {
        let mut out = Written::default();
        self.write(&mut out);
        encode(ROUND, &out.into_octets())
    }

    /// The round that a code means.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn from_code(text: &str) -> Result<Self, CodeError> {
        let octets = decode(ROUND, text)?;
        let mut octets = Octets::new(&octets);
        let round = Self::take(&mut octets)?;
        at_end(&octets)?;
        Ok(round)
    }

    fn write(&self, out: &mut Written) {
        out.octet(self.theme as u8);
        out.octet(self.level as u8);
        out.octet(self.count());
        out.number(self.seed.into());
    }

    fn take(octets: &mut Octets<'_>) -> Result<Self, CodeError> {
        let unknown = |field| CodeError::Content { field };
        let theme = octets.octet().and_then(|place| Theme::ALL.get(usize::from(place)));
        let theme = *theme.ok_or_else(|| unknown("theme"))?;
        let level = octets.octet().and_then(|place| Level::ALL.get(usize::from(place)));
        let level = *level.ok_or_else(|| unknown("level"))?;
        let count = octets.octet().filter(|count| (1..=MOST_QUESTIONS).contains(count));
        let count = count.ok_or_else(|| unknown("number of questions"))?;
        let seed = octets.small().ok_or_else(|| unknown("seed"))?;
        Ok(Self { seed, theme, level, count })
    }
}

impl Results {
    /// The results as a code.
    #[must_use]
    pub fn to_code(&self) -> String {
        let mut out = Written::default();
        self.round.write(&mut out);
        let answers = || self.answers.iter().take(usize::from(self.round.count()));
        out.number(answers().count() as u64);
        for Answered { kind, answer, right, tenths } in answers() {
            out.octet(kind << 1 | u8::from(*right));
            out.number((*tenths).min(MOST_TENTHS).into());
            write_answer(&mut out, answer.as_ref());
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
        let round = Round::take(&mut octets)?;
        let count = octets.octet().filter(|count| *count <= round.count());
        let count = count.ok_or(CodeError::Content { field: "number of answers" })?;
        let mut answers = Vec::with_capacity(count.into());
        for _ in 0..count {
            let answered = answered(&mut octets);
            answers.push(answered.ok_or(CodeError::Content { field: "list of answers" })?);
        }
        at_end(&octets)?;
        Ok(Self { round, answers })
    }

    /// How many answers were right.
    #[must_use]
    pub fn rights(&self) -> usize {
        self.answers.iter().filter(|answered| answered.right).count()
    }
}

fn answered(octets: &mut Octets<'_>) -> Option<Answered> {
    let head = octets.octet()?;
    let kind = head >> 1;
    if kind != SELF_GRADED && usize::from(kind) >= Kind::NAMES.len() {
        return None;
    }
    let tenths = octets.small().filter(|tenths| *tenths <= MOST_TENTHS)?;
    let answer = read_answer(octets)?;
    Some(Answered { kind, answer, right: head & 1 == 1, tenths })
}

fn at_end(octets: &Octets<'_>) -> Result<(), CodeError> {
    if octets.left() == 0 { Ok(()) } else { Err(CodeError::Content { field: "end" }) }
}
