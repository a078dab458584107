//! Interviews: questions as interviewers ask them, with a model answer in points. Each point is a
//! moment of a run that can be opened; what is asked after it is drawn and graded by the engine.
//!
//! They are written by hand as TOML files, in every language at once (`interviews/`, read with the
//! feature `toml`). The page fetches what was made of them: one text a language
//! ([`Interview::to_text`]).

#[cfg(feature = "toml")]
mod file;
mod follow_up;
mod text;

use std::cell::OnceCell;

use tcpscope_scenario::LinkEdit;
use tcpscope_sim::{RecordId, Setup, Timeline, keyed};
use tcpscope_view::{Locale, Numbers, Query};

#[cfg(feature = "toml")]
pub use file::FileError;
pub use text::InterviewError;

use crate::{Level, Round, Theme};

/// What is drawn: the order of interview questions.
const INTERVIEW: u64 = 100;

/// The questions of a theme, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// What it is about.
    pub theme: Theme,
    /// What it is called.
    pub title: String,
    /// What is asked.
    pub questions: Vec<InterviewQuestion>,
}

/// A question as interviewers ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewQuestion {
    /// Its name, by which it is asked again.
    pub id: String,
    /// How hard it is.
    pub level: Level,
    /// What is asked.
    pub ask: String,
    /// What a good answer says.
    pub points: Vec<Point>,
    /// The kinds of questions that follow, by their places in [`crate::Kind::NAMES`].
    pub follow_ups: Vec<u8>,
}

/// A point of an answer, and where it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What is said.
    pub say: String,
    /// The scenario; `LESSON/RUN` for a lesson's run.
    pub scenario: String,
    /// What is done to it.
    pub edits: Vec<LinkEdit>,
    /// What the record is found by, as in the log's search.
    pub at: String,
    /// Which of the records that are found, from 1 on.
    pub nth: u32,
}

impl Round {
    /// The questions of a round of interview questions: of its theme, or of all for
    /// [`Theme::Everything`], no harder than its level, in an order that the seed draws. There may
    /// be fewer than the round has.
    #[must_use]
    pub fn interview<'a>(&self, interviews: &'a [Interview]) -> Vec<&'a InterviewQuestion> {
        let all = interviews
            .iter()
            .filter(|interview| self.theme == Theme::Everything || interview.theme == self.theme);
        let questions = all.flat_map(|interview| &interview.questions);
        let questions = questions.filter(|question| question.level <= self.level);
        let drawn = |place: u64| keyed(self.seed.into(), &[INTERVIEW, place], u64::MAX);
        let mut drawn: Vec<_> = (0..).map(drawn).zip(questions).collect();
        drawn.sort_by_key(|(drawn, _)| *drawn);
        drawn.truncate(self.count().into());
        drawn.into_iter().map(|(_, question)| question).collect()
    }
}

impl Point {
    /// The run of a lesson that is its scenario as it is.
    pub const MAIN: &'static str = "main";

    /// The lesson and its run, where the point shows in one.
    #[must_use]
    pub fn run_of_lesson(scenario: &str) -> Option<(&str, &str)> {
        scenario.split_once('/')
    }

    /// The run that the point shows in, made of the scenario's setup; `None` where it cannot be made.
    #[must_use]
    pub fn run(&self, setup: Setup) -> Option<Timeline> {
        let mut timeline = Timeline::new(setup).ok()?;
        for edit in &self.edits {
            let edit = edit.resolve(timeline.setup()).ok()?;
            timeline.edit(edit).ok()?;
        }
        Some(timeline)
    }

    /// The record to look at; `None` where the run never comes to it.
    #[must_use]
    pub fn record(&self, timeline: &Timeline) -> Option<RecordId> {
        let trace = timeline.trace();
        let query = Query::parse(&self.at, trace).ok()?;
        let found = query.search(trace, Locale::En, Numbers::Relative, &mut OnceCell::new());
        let place = usize::try_from(self.nth).ok()?.checked_sub(1)?;
        found.get(place).copied()
    }
}
