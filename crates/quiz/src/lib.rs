//! Questions about any moment of any run, graded by the engine.
//!
//! A [`Quiz`] looks at a finished run. [`Quiz::ask`] gives the questions that a moment allows,
//! [`Quiz::choices`] what to choose from, [`Quiz::grade`] says what of an answer is right, what
//! would have been, by which rule and where to see it. No answer is stored anywhere: the run holds
//! what follows the moment, and where the question is what would follow instead, the run is made
//! again with the change.
//!
//! Nothing here knows a browser or a clock.

mod answer;
mod ask;
mod choices;
mod code;
mod expected;
mod grade;
mod interview;
mod item;
mod outcome;
mod question;
mod review;
mod round;
mod set;
mod span;
mod usable;
mod words;

pub use answer::{
    Answer, AnswerError, FLAGS, LONGEST_ANSWER, NextSegment, Sender, Stop, flags_in_words,
};
pub use code::{CodeError, LONGEST_CODE};
pub use grade::{Graded, Part, PartGrade, Rule, See};
#[cfg(feature = "toml")]
pub use interview::FileError;
pub use interview::{Interview, InterviewError, InterviewQuestion, Point};
pub use item::ReviewItem;
pub use outcome::{Outcome, Repair};
pub use question::{Kind, Question};
pub use review::{Attempt, BOXES, Due, LEARNED_AFTER, Review, StateProblem, Trouble};
pub use round::{
    Answered, Asked, Level, MOST_QUESTIONS, MOST_TENTHS, Results, Round, SELF_GRADED, Theme,
    Variation,
};
pub use set::{
    MOST_ASKS, MOST_ITEMS, MOST_NAME, MOST_NOTE, MOST_OWN, MOST_TITLE, Pasted, Set, SetAnswer,
    SetItem, SetResults, SetRules, SetStep, SetStop, ask_name, ask_named, csv, pasted,
};
pub use span::micros;
pub use usable::Usable;
pub use words::{
    answer_error_in_words, answer_in_words, code_error_in_words, form_in_words, level_in_words,
    part_in_words, rule_in_words, see_in_words, text, theme_in_words, trouble_in_words,
};

use tcpscope_sim::{Timeline, Trace};
use tcpscope_view::Numbers;

/// A run that questions are asked about.
#[derive(Clone, Copy, Debug)]
pub struct Quiz<'a> {
    timeline: &'a Timeline,
    numbers: Numbers,
    seed: u64,
}

impl<'a> Quiz<'a> {
    /// Questions about this run, with relative numbers.
    #[must_use]
    pub const fn of(timeline: &'a Timeline) -> Self {
        Self { timeline, numbers: Numbers::Relative, seed: 0 }
    }

    /// The same with these sequence numbers: those that the learner sees, and answers with.
    #[must_use]
    pub const fn with_numbers(self, numbers: Numbers) -> Self {
        Self { numbers, ..self }
    }

    /// The same with another seed, which draws the wrong choices.
    #[must_use]
    pub const fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The run.
    #[must_use]
    pub const fn timeline(&self) -> &'a Timeline {
        self.timeline
    }

    /// Which sequence numbers are meant.
    #[must_use]
    pub const fn numbers(&self) -> Numbers {
        self.numbers
    }

    pub(crate) const fn trace(&self) -> &'a Trace {
        self.timeline.trace()
    }
}
