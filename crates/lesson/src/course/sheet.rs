//! A lesson as the page reads it: in one language, with its moments found and its values computed.

use crate::Part;

/// A lesson in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The id.
    pub id: String,
    /// The part of the curriculum.
    pub part: Part,
    /// How much is taken for granted: 1 nothing, 3 most.
    pub level: u8,
    /// How long it takes to read.
    pub minutes: u8,
    /// The title.
    pub title: String,
    /// What is learned.
    pub summary: String,
    /// What is run; the first is the scenario as it is.
    pub runs: Vec<SheetRun>,
    /// Where it stops, in order.
    pub stops: Vec<SheetStop>,
    /// Wrong beliefs in circulation.
    pub traps: Vec<SheetTrap>,
    /// Things to try at the end.
    pub trials: Vec<SheetTrial>,
    /// What to read on.
    pub reading: Vec<SheetReading>,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRun {
    /// The name that stops use.
    pub id: String,
    /// What is other about it; empty for the scenario as it is.
    pub title: String,
    /// What is run.
    pub stage: SheetStage,
    /// The seed, where it is another.
    pub seed: Option<u64>,
    /// What is done to it, as in a link.
    pub edits: Vec<String>,
}

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetStage {
    /// One of the page's scenarios, by its id.
    Named(String),
    /// A scenario file.
    Inline(String),
}

/// A moment at which the lesson stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetStop {
    /// The name.
    pub id: String,
    /// The place of its run.
    pub run: usize,
    /// The place of the run that is shown beside it.
    pub beside: Option<usize>,
    /// The last record that has happened.
    pub record: u32,
    /// The segment that it is about, by its packet's name.
    pub packet: Option<String>,
    /// What the figure is led to, as [`Target`](super::Target) takes it apart.
    pub point: Vec<String>,
    /// What was checked.
    pub claims: Vec<Claimed>,
    /// The sections that it is about.
    pub rfc: Vec<Cited>,
    /// What is said, a paragraph each.
    pub say: Vec<Said>,
    /// What is asked: the engine grades it.
    pub asks: Vec<SheetAsk>,
}

/// Something that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetAsk {
    /// The kind of question, as in `next-state`.
    pub kind: String,
    /// The host that it is about.
    pub host: Option<String>,
    /// The packet that it is about.
    pub packet: Option<String>,
    /// How it is asked, where the usual wording does not do.
    pub ask: Vec<Said>,
}

/// A sentence that the engine has checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The claim as it stands in the lesson.
    pub text: String,
    /// The same with the values of both sides.
    pub values: String,
}

/// A section of an RFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The RFC.
    pub rfc: u16,
    /// The section; empty: all of it.
    pub section: String,
}

/// A paragraph.
pub type Said = Vec<Bit>;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bit {
    /// How it is set.
    pub face: Face,
    /// What it is.
    pub words: BitWords,
}

/// How a piece is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// As all else.
    Plain,
    /// As code.
    Code,
    /// Stressed.
    Emphasis,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BitWords {
    /// Words.
    Text(String),
    /// A term of the glossary by its id, and the words that stand for it.
    Term(String, String),
    /// A value out of the run: counted from the first, and in full.
    Value(String, String),
}

/// A wrong belief in circulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetTrap {
    /// What is believed.
    pub wrong: Vec<Said>,
    /// What is true.
    pub say: Vec<Said>,
    /// The place of the stop where it is to be seen.
    pub stop: Option<usize>,
}

/// Something to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetTrial {
    /// What to try, and what to look for.
    pub say: Vec<Said>,
    /// The run that shows it, if it is done at a click.
    pub run: Option<SheetRun>,
}

/// Something to read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetReading {
    /// The section.
    pub cited: Cited,
    /// What is to be found there.
    pub say: Vec<Said>,
}
