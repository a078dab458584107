//! How the ladder is drawn.

use tcpscope_view::{LabelLevel, Numbers};

/// How the ladder is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Drawing {
    /// How wide.
    pub(crate) width: f64,
    /// With which sequence numbers.
    pub(crate) numbers: Numbers,
    /// With how much written along its arrows.
    pub(crate) labels: LabelLevel,
    /// How much larger than usual time is drawn.
    pub(crate) zoom: f64,
}

impl Default for Drawing {
    /// That of a ladder that nobody has measured yet.
    fn default() -> Self {
        Self { width: 800.0, numbers: Numbers::default(), labels: LabelLevel::default(), zoom: 1.0 }
    }
}
