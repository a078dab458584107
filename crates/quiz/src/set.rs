//! Sets: what a teacher chooses for a class, in order, and hands out as one code.
//!
//! A set holds names alone: of lessons, stops, kinds of questions, of an interview question, and
//! links to moments with what was done to them. What is right stands nowhere in it: the engine
//! answers when it is asked.

mod code;
mod results;
mod sheet;

use tcpscope_sim::{RecordId, Trace};

pub use results::{MOST_NAME, MOST_OWN, SetAnswer, SetResults};
pub use sheet::{Pasted, csv, pasted};

use crate::Question;

/// No set has more items.
pub const MOST_ITEMS: usize = 40;
/// No set asks more.
pub const MOST_ASKS: usize = 100;
/// No title is longer, in characters.
pub const MOST_TITLE: usize = 80;
/// No note is longer, in characters.
pub const MOST_NOTE: usize = 400;

/// What a teacher has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// What it is called.
    pub title: String,
    /// What is said before it begins.
    pub note: String,
    /// How it is answered.
    pub rules: SetRules,
    /// What it consists of, in order.
    pub items: Vec<SetItem>,
}

/// How a set is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetRules {
    /// What is said at a stop, and what is right, is hidden until its questions are answered.
    pub hidden: bool,
    /// One step comes after another: the next opens once what is asked is answered.
    pub ordered: bool,
}

impl Default for SetRules {
    fn default() -> Self {
        Self { hidden: true, ordered: true }
    }
}

/// An item of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetItem {
    /// Stops of a lesson.
    Lesson {
        /// The lesson's id.
        lesson: String,
        /// The stops that were chosen, in the lesson's order.
        stops: Vec<SetStop>,
    },
    /// A moment of a run, with whatever was done to it.
    Moment {
        /// The link to it, as the fragment of an address.
        link: String,
        /// What the teacher says of it.
        say: String,
        /// What is asked, by [`ask_name`].
        asks: Vec<String>,
    },
    /// A question of an interview.
    Interview {
        /// Its id.
        question: String,
    },
}

/// A stop of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetStop {
    /// Its id.
    pub stop: String,
    /// What is asked there: the kinds of its questions, and what each is about.
    pub asks: Vec<String>,
}

/// A step of a set: what is shown, and asked, at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetStep {
    /// The place of its item.
    pub item: usize,
    /// The place of the stop in its item; 0 where the item is no lesson.
    pub stop: usize,
    /// The place of its first question, among all of the set.
    pub first: usize,
    /// How many questions it has.
    pub asks: usize,
}

impl Set {
    /// The steps that it is answered in.
    #[must_use]
    pub fn steps(&self) -> Vec<SetStep> {
        let mut steps = Vec::new();
        let mut first = 0;
        let mut add = |item, stop, asks| {
            steps.push(SetStep { item, stop, first, asks });
            first += asks;
        };
        for (place, item) in self.items.iter().enumerate() {
            match item {
                SetItem::Lesson { stops, .. } => {
                    for (stop, chosen) in stops.iter().enumerate() {
                        add(place, stop, chosen.asks.len());
                    }
                }
                SetItem::Moment { asks, .. } => add(place, 0, asks.len()),
                SetItem::Interview { .. } => add(place, 0, 1),
            }
        }
        steps
    }

    /// How many questions it has.
    #[must_use]
    pub fn asks(&self) -> usize {
        self.steps().iter().map(|step| step.asks).sum()
    }
}

/// The name of a question wherever it is asked: as in a link, without the record.
#[must_use]
pub fn ask_name(question: &Question, trace: &Trace) -> String {
    let text = question.to_text(trace);
    text.rsplit_once('@').map_or_else(|| text.clone(), |(name, _)| name.to_owned())
}

/// The question of a name, at a moment; `None` where the run has none of that name.
#[must_use]
pub fn ask_named(name: &str, at: RecordId, trace: &Trace) -> Option<Question> {
    Question::from_text(&format!("{name}@{}", at.0), trace)
}
