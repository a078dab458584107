//! Rounds: questions drawn with a seed, over runs that are varied with it. The same round asks the
//! same on every machine, and no two seeds ask alike.

mod code;
mod draw;
mod theme;
mod variation;

pub use code::{Answered, MOST_TENTHS, Results, SELF_GRADED};
pub use draw::Asked;
pub(crate) use draw::is_worth_asking;
pub use theme::{Level, Theme};
pub use variation::Variation;

/// No round has more questions.
pub const MOST_QUESTIONS: u8 = 50;

/// A round: all that decides what is asked, given the scenarios and the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Round {
    /// Draws the runs, the moments, the questions and the choices.
    pub seed: u32,
    /// What it is about.
    pub theme: Theme,
    /// How hard it is.
    pub level: Level,
    /// How many questions: from 1 to [`MOST_QUESTIONS`].
    count: u8,
}

impl Round {
    /// A round of so many questions, within what one may have.
    #[must_use]
    pub fn new(seed: u32, theme: Theme, level: Level, count: u8) -> Self {
        Self { seed, theme, level, count: count.clamp(1, MOST_QUESTIONS) }
    }

    /// How many questions it has.
    #[must_use]
    pub const fn count(&self) -> u8 {
        self.count
    }
}
