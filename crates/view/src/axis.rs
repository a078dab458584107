//! Time, downwards: which moment of a run is drawn at which height.

use tcpscope_sim::{Moment, Trace};
use tcpscope_tcp::Instant;

/// How much room time takes, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// A packet's way from one host to the other.
    pub flight: f64,
    /// Between two arrows that begin, or end, at the same lifeline.
    pub arrow_gap: f64,
    /// A state's band, at least.
    pub state_gap: f64,
    /// Between two lines of text beside the same lifeline.
    pub line_gap: f64,
    /// A stretch in which nothing happens for much longer than a round trip.
    pub fold: f64,
}

/// Which moment of a run is drawn at which height.
///
/// It is piecewise linear. Where nothing happens for long it is folded; where much happens at
/// once it is stretched, so that what shares an instant is drawn one below another, in the order
/// of the records. A playhead that moves evenly along it passes folds quickly and shows what
/// happens at once in slow motion.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TimeAxis {
    folds: Vec<Fold>,
    ticks: Vec<Tick>,
    height: f64,
}

/// A stretch in which nothing happens, drawn shorter than it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// Its top.
    pub y0: f64,
    /// Its bottom.
    pub y1: f64,
}

/// A time to be written at the margin: something happens then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// When.
    pub at: Instant,
    /// Where.
    pub y: f64,
}

/// Where the present is: a height, and the moment that is drawn there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playhead {
    /// The height.
    pub y: f64,
    /// The moment.
    pub moment: Moment,
}

impl TimeAxis {
    /// The axis of a run.
    #[must_use]
    pub fn new(_trace: &Trace, _scale: &Scale) -> Self {
        Self::default()
    }

    /// Where a time is drawn; where several things happen then, the last of them.
    #[must_use]
    pub fn y(&self, _at: Instant) -> f64 {
        0.0
    }

    /// The time that is drawn at this height.
    #[must_use]
    pub fn time_at(&self, _y: f64) -> Instant {
        Instant::ZERO
    }

    /// The playhead at a moment. It tells records apart that share an instant.
    #[must_use]
    pub fn playhead(&self, moment: Moment) -> Playhead {
        Playhead { y: 0.0, moment }
    }

    /// The playhead at a height: what playing and dragging move.
    #[must_use]
    pub fn playhead_at(&self, y: f64) -> Playhead {
        Playhead { y, moment: Moment::START }
    }

    /// The height of the whole run.
    #[must_use]
    pub const fn height(&self) -> f64 {
        self.height
    }

    /// The stretches that are folded, in order.
    #[must_use]
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }

    /// The times to be written at the margin, in order, never too close to each other.
    #[must_use]
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }
}
