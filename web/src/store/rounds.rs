//! A round that is answered: what is asked now, what was answered, and what came of it.

use std::rc::Rc;

use tcpscope_quiz::{Answered, Results, Round};
use tcpscope_scenario::Scenario;

use super::Asked;

/// An address that ends in a round's code.
pub(crate) const ROUND_LINK: &str = "v=1&round=";

/// A round that is answered, or whose results are looked at.
pub(crate) struct Playing {
    /// The round.
    pub(crate) round: Round,
    /// The scenarios that its runs are made of.
    pub(crate) scenarios: Rc<Vec<Scenario>>,
    /// What was answered.
    pub(crate) answers: Vec<Answered>,
    /// What is asked now.
    pub(crate) asked: Option<Asked>,
    /// Once it is over: what was asked and answered, in the reader's words.
    pub(crate) ends: Option<Vec<RoundLine>>,
}

/// A question of a round, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoundLine {
    /// What was asked.
    pub(crate) question: String,
    /// What was answered; nothing, if nothing was.
    pub(crate) answer: String,
    /// What would have been right.
    pub(crate) expected: String,
    /// Whether it was.
    pub(crate) right: bool,
}

impl Playing {
    /// What an address holds of the round, while it is answered.
    pub(crate) fn link(&self) -> String {
        let mut link = ROUND_LINK.to_owned();
        link.push_str(&self.round.to_code());
        link
    }

    /// What was answered, as far as the round has come.
    pub(crate) fn results(&self) -> Results {
        Results { round: self.round, answers: self.answers.clone() }
    }
}
