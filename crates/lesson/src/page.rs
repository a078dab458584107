//! A lesson as the page fetches it: in one language, its stops found and its values filled in.
//!
//! The page neither reads TOML nor looks for stops: a run is the same there, record for record, so
//! that a record's number is enough.

mod read;
#[cfg(feature = "toml")]
mod stage;
mod write;

pub use read::{PageError, cards};
#[cfg(feature = "toml")]
pub use stage::{card, contents};

use crate::lesson::Part;
use crate::markup::Style;

/// The format that is written and read here.
pub const PAGE_FORMAT: u64 = 1;

/// A lesson in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLesson {
    /// What the contents page says of it.
    pub card: Card,
    /// What is run: the scenario as it is first.
    pub runs: Vec<PageRun>,
    /// Where it stops.
    pub stops: Vec<PageStop>,
    /// Wrong beliefs in circulation.
    pub traps: Vec<PageTrap>,
    /// Things to try at the end.
    pub sandbox: Vec<PageTrial>,
    /// What to read on.
    pub reading: Vec<(Cited, Text)>,
}

/// What the contents page says of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The id.
    pub id: String,
    /// The part of the curriculum.
    pub part: Part,
    /// How much is taken for granted, 1 to 3.
    pub level: u64,
    /// How long it takes to read.
    pub minutes: u64,
    /// The title.
    pub title: String,
    /// What is learned.
    pub summary: String,
    /// The lessons that should be read before.
    pub after: Vec<String>,
    /// How many stops it has.
    pub stops: u64,
    /// How many questions it asks.
    pub questions: u64,
}

/// A run of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRun {
    /// The name; `main` is the scenario as it is.
    pub id: String,
    /// What is other about it; nothing is about the first.
    pub title: String,
    /// What is run.
    pub scenario: PageScenario,
    /// Switches that are turned off.
    pub without: Vec<String>,
    /// Switches that are turned on.
    pub with: Vec<String>,
    /// What is done to it, as an address has it.
    pub edits: Vec<String>,
    /// Another seed.
    pub seed: Option<u64>,
}

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageScenario {
    /// A scenario that there is, by its id.
    Named(String),
    /// One that stands in the lesson: a scenario file.
    Inline(String),
}

/// A moment at which a lesson stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStop {
    /// The name.
    pub id: String,
    /// The place of its run.
    pub run: usize,
    /// The place of the run beside it.
    pub beside: Option<usize>,
    /// The record that it is about.
    pub record: u32,
    /// The last record of its step: what is shown.
    pub last: u32,
    /// What the figure is led to, the most important first.
    pub point: Vec<String>,
    /// The sections that it is about.
    pub rfc: Vec<Cited>,
    /// What is said.
    pub say: Text,
    /// What is asked.
    pub questions: Vec<PageQuestion>,
}

/// A question of the engine's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageQuestion {
    /// Its kind, as in `next-state`.
    pub kind: String,
    /// The host that it is about.
    pub host: Option<String>,
    /// The packet that it is about.
    pub packet: Option<String>,
    /// How it is asked; nothing: in the usual words.
    pub ask: Text,
}

/// A wrong belief in circulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTrap {
    /// What is believed.
    pub wrong: Text,
    /// What is true.
    pub say: Text,
    /// The place of the stop where it is to be seen.
    pub stop: Option<usize>,
}

/// Something to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTrial {
    /// What to try.
    pub say: Text,
    /// Switches that are turned off.
    pub without: Vec<String>,
    /// Switches that are turned on.
    pub with: Vec<String>,
    /// What does it, as an address has it.
    pub edits: Vec<String>,
}

/// A section of an RFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The RFC.
    pub rfc: u64,
    /// The section; empty: the whole.
    pub section: String,
    /// Its title, where it is known.
    pub title: String,
}

/// Paragraphs.
pub type Text = Vec<Vec<Bit>>;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bit {
    /// How it is set.
    pub style: Style,
    /// What it is.
    pub kind: BitKind,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BitKind {
    /// Words.
    Words(String),
    /// A term of the glossary: its id, and the words that stand for it.
    Term(String, String),
    /// A value of the run, with relative sequence numbers, and with absolute ones.
    Value(String, String),
}
