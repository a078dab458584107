//! What a round is about, and how hard it is.

/// What a round is about: which scenarios its runs are made of. A code keeps the place of each: a
/// new one goes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Theme {
    /// All of it.
    #[default]
    Everything,
    /// How connections are opened.
    Opening,
    /// How they are closed.
    Closing,
    /// How losses are made good.
    Loss,
    /// How the receiver holds the sender back, and when small segments wait.
    Flow,
    /// How the network is not overfilled.
    Congestion,
    /// What goes wrong: resets, crashes, silence, floods.
    Failures,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Everything,
        Self::Opening,
        Self::Closing,
        Self::Loss,
        Self::Flow,
        Self::Congestion,
        Self::Failures,
    ];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Opening => "opening",
            Self::Closing => "closing",
            Self::Loss => "loss",
            Self::Flow => "flow",
            Self::Congestion => "congestion",
            Self::Failures => "failures",
        }
    }

    /// The theme of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The ids of the scenarios that its runs are made of.
    #[must_use]
    pub const fn scenarios(self) -> &'static [&'static str] {
        match self {
            Self::Everything => &[
                "three-way-handshake",
                "four-way-close",
                "lost-syn",
                "lost-last-ack",
                "sliding-window",
                "simultaneous-open",
                "simultaneous-close",
                "fast-retransmit",
                "zero-window",
                "nagle-delayed-ack",
                "half-open",
                "rst-from-closed-port",
                "close-wait-leak",
                "keep-alive",
                "why-three-not-two",
            ],
            Self::Opening => &[
                "three-way-handshake",
                "lost-syn",
                "simultaneous-open",
                "why-three-not-two",
                "rst-from-closed-port",
            ],
            Self::Closing => {
                &["four-way-close", "simultaneous-close", "lost-last-ack", "close-wait-leak"]
            }
            Self::Loss => &["lost-syn", "lost-last-ack", "fast-retransmit", "sliding-window"],
            Self::Flow => &["sliding-window", "zero-window", "nagle-delayed-ack"],
            Self::Congestion => &["fast-retransmit", "two-flows", "bufferbloat"],
            Self::Failures => {
                &["half-open", "keep-alive", "rst-from-closed-port", "close-wait-leak", "syn-flood"]
            }
        }
    }
}

/// How hard a round is: which kinds of questions it has, and whether losses are added to its runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Level {
    /// States, segments and calls, on runs in which nothing is added.
    #[default]
    Basic,
    /// Also who sends when, and timers; something may be lost.
    Advanced,
    /// Also windows, and what would follow if something were lost.
    Expert,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Advanced, Self::Expert];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Advanced => "advanced",
            Self::Expert => "expert",
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The kinds of questions that it has, by their places in [`crate::Kind::NAMES`].
    pub(crate) const fn kinds(self) -> &'static [u8] {
        match self {
            Self::Basic => &[0, 1, 4],
            Self::Advanced => &[0, 1, 2, 3, 4],
            Self::Expert => &[0, 1, 2, 3, 4, 5, 6],
        }
    }
}
