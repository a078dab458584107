//! What a lesson is, once its file has been read.

use std::ops::{Deref, Range};

use tcpscope_scenario::{Localized, Scenario};

/// The format of lesson files that is read here.
pub const FORMAT: u64 = 1;

/// Something out of a file, and the octets of the file where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// What stands there.
    pub value: T,
    /// Where.
    pub at: Range<usize>,
}

impl<T> Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A lesson: a run, the moments at which it stops, and what is said there.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The id, as in `three-way-handshake`: that of its file.
    pub id: Placed<String>,
    /// The part of the curriculum.
    pub part: Part,
    /// How much is taken for granted: 1 nothing, 3 most.
    pub level: u8,
    /// How long it takes to read.
    pub minutes: u8,
    /// The title.
    pub title: Words,
    /// What is learned, in a sentence or two.
    pub summary: Words,
    /// The lessons that should be read before.
    pub after: Vec<Placed<String>>,
    /// What is run.
    pub stage: Stage,
    /// What is run beside it, changed.
    pub runs: Vec<Run>,
    /// Where it stops, in order.
    pub stops: Vec<Stop>,
    /// Wrong beliefs in circulation.
    pub traps: Vec<Trap>,
    /// Things to try at the end.
    pub sandbox: Vec<Trial>,
    /// What to read on.
    pub reading: Vec<Reading>,
}

/// Words in each language, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: Localized,
    /// Where the English stands.
    pub en_at: Range<usize>,
    /// Where the Chinese stands.
    pub zh_cn_at: Range<usize>,
}

/// A part of the curriculum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The basics, as textbooks and interviews ask them.
    Basics,
    /// The whys, shown by breaking TCP.
    Whys,
    /// Reliability and flow control.
    Reliability,
    /// States that books draw and nobody sees.
    States,
    /// Congestion.
    Congestion,
}

impl Part {
    /// All of them, in the order in which they are taught.
    pub const ALL: [Self; 5] =
        [Self::Basics, Self::Whys, Self::Reliability, Self::States, Self::Congestion];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Whys => "whys",
            Self::Reliability => "reliability",
            Self::States => "states",
            Self::Congestion => "congestion",
        }
    }
}

/// What is run.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// A scenario that there is, by its id.
    Named(Placed<String>),
    /// One that stands in the lesson.
    Inline(Placed<Box<Scenario>>),
}

/// A run beside that of the scenario as it is: another configuration, or another course.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The name that stops and claims use.
    pub id: Placed<String>,
    /// What is other about it, in a few words.
    pub title: Words,
    /// Another scenario, where it is not the lesson's.
    pub stage: Option<Stage>,
    /// What is turned off: `three-way-opening`, or `client.sack` at one host.
    pub without: Vec<Placed<String>>,
    /// What is turned on.
    pub with: Vec<Placed<String>>,
    /// What is done to it.
    pub edits: Vec<Placed<String>>,
    /// Another seed.
    pub seed: Option<u64>,
}

/// A moment at which the lesson stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The name that claims and traps use.
    pub id: Placed<String>,
    /// When it is, in words.
    pub at: Placed<String>,
    /// In which run; `None`: in the scenario as it is.
    pub run: Option<Placed<String>>,
    /// The run that is shown beside it.
    pub beside: Option<Placed<String>>,
    /// What the figure is led to, the most important first.
    pub point: Vec<Placed<String>>,
    /// What has to hold.
    pub claims: Vec<Placed<String>>,
    /// The sections that it is about, as in `9293#3.5`.
    pub rfc: Vec<Placed<String>>,
    /// What is said.
    pub say: Words,
    /// What is asked.
    pub questions: Vec<Asked>,
}

/// A question of the engine's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its kind, as in `next-state`: one of [`tcpscope_quiz::Kind::NAMES`].
    pub kind: Placed<String>,
    /// The host that it is about.
    pub host: Option<Placed<String>>,
    /// The packet that it is about.
    pub packet: Option<Placed<String>>,
    /// How it is asked, where the usual wording does not do.
    pub ask: Option<Words>,
}

/// A wrong belief in circulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trap {
    /// What is believed.
    pub wrong: Words,
    /// What is true.
    pub say: Words,
    /// The stop where it is to be seen.
    pub stop: Option<Placed<String>>,
}

/// Something to try at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// What to try, and what to look for.
    pub say: Words,
    /// What does it at a click: edits as of a run.
    pub edits: Vec<Placed<String>>,
    /// What is turned off.
    pub without: Vec<Placed<String>>,
    /// What is turned on.
    pub with: Vec<Placed<String>>,
}

/// Something to read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The section, as in `9293#3.5`.
    pub rfc: Placed<String>,
    /// What is to be found there.
    pub say: Words,
}
