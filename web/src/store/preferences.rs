//! What the reader prefers.

use tcpscope_view::{LabelLevel, Locale, Numbers};

/// What the reader prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Preferences {
    /// The language.
    pub(crate) locale: Locale,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Which sequence numbers are shown.
    pub(crate) numbers: Numbers,
    /// How much is written along arrows.
    pub(crate) labels: LabelLevel,
    /// Which keys are heard.
    pub(crate) keys: Keys,
}

/// Which keys are heard where nothing is typed. Who speaks to a computer, or hits keys by mistake,
/// has to be able to do without those of a single character (WCAG 2.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Keys {
    /// All.
    #[default]
    All,
    /// Only those that write nothing, such as arrows, and those pressed together with Ctrl.
    NoCharacters,
}

impl Keys {
    /// All of them.
    const KNOWN: [Self; 2] = [Self::All, Self::NoCharacters];

    /// The name under which they are kept.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NoCharacters => "no-characters",
        }
    }

    /// Those of this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|keys| keys.name() == name)
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Whatever the reader's system is.
    #[default]
    Auto,
}

impl Theme {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The name that the page API uses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }

    /// The theme of this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// The name under which the numbers are kept.
pub(crate) const fn numbers_name(numbers: Numbers) -> &'static str {
    match numbers {
        Numbers::Relative => "relative",
        Numbers::Absolute => "absolute",
    }
}

/// The numbers of this name.
pub(crate) fn numbers_from_name(name: &str) -> Option<Numbers> {
    [Numbers::Relative, Numbers::Absolute].into_iter().find(|known| numbers_name(*known) == name)
}
