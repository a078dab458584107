//! Time, downwards: which moment of a run is drawn at which height.

mod build;

use tcpscope_sim::{Moment, Record, RecordId, Trace};
use tcpscope_tcp::{Duration, Instant};

/// How much room time takes, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Above the first record.
    pub top: f64,
    /// Below the last.
    pub bottom: f64,
    /// A packet's usual way from one host to the other.
    pub flight: f64,
    /// Between two arrows that begin, or end, at the same lifeline.
    pub arrow_gap: f64,
    /// A state's band, at least.
    pub state_gap: f64,
    /// Between two lines of text beside the same lifeline; 0 where no text stands there.
    pub line_gap: f64,
    /// A stretch in which nothing happens for much longer than a round trip.
    pub fold: f64,
}

impl Scale {
    /// How far below a state's beginning the middle of its name stands.
    pub(crate) const NAME_BELOW: f64 = 0.7;
    /// How far above a call the middle of its text stands. With [`Self::NAME_BELOW`] it makes one
    /// line: so a state may begin right where a call is.
    pub(crate) const CALL_ABOVE: f64 = 0.3;
}

/// Which moment of a run is drawn at which height.
///
/// It is piecewise linear. Where nothing happens for long it is folded; where much happens at
/// once it is stretched, so that what shares an instant is drawn one below another, in the order
/// of the records. A playhead that moves evenly along it passes folds quickly and shows what
/// happens at once in slow motion.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// Neither time nor height ever falls from one to the next. There is at least one.
    knots: Vec<Knot>,
    /// Pixels a microsecond, where the axis is neither folded nor stretched.
    pace: f64,
    folds: Vec<Fold>,
    ticks: Vec<Tick>,
    height: f64,
}

/// A place on the axis: something happens then.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Knot {
    at: Instant,
    y: f64,
    /// The first record that happens there; where none does, the last before.
    first: RecordId,
    /// The last record that has happened by then.
    record: RecordId,
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
    pub fn new(trace: &Trace, scale: &Scale) -> Self {
        build::axis(trace, scale)
    }

    /// Where a time is drawn; where several things happen then, the last of them.
    #[must_use]
    pub fn y(&self, at: Instant) -> f64 {
        let (knot, next) = self.around(self.knots.partition_point(|knot| knot.at <= at));
        let beyond = || knot.y + pixels(at.since(knot.at).as_micros()) * self.pace;
        height_between(knot, next, at).unwrap_or_else(beyond)
    }

    /// Where a time is drawn; where several things happen then, the first of them.
    #[must_use]
    pub fn y_first(&self, at: Instant) -> f64 {
        let first = self.knots.get(self.knots.partition_point(|knot| knot.at < at));
        first.filter(|knot| knot.at == at).map_or_else(|| self.y(at), |knot| knot.y)
    }

    /// Where a record is drawn.
    #[must_use]
    pub fn y_of(&self, record: &Record) -> f64 {
        self.playhead(Moment { at: record.at, record: record.id }).y
    }

    /// The time that is drawn at this height, within the run.
    #[must_use]
    pub fn time_at(&self, y: f64) -> Instant {
        self.playhead_at(y).moment.at
    }

    /// The playhead at a moment. It tells records apart that share an instant.
    #[must_use]
    pub fn playhead(&self, moment: Moment) -> Playhead {
        let reached = |knot: &Knot| knot.first <= moment.record && knot.at <= moment.at;
        let (knot, next) = self.around(self.knots.partition_point(reached));
        Playhead { y: height_between(knot, next, moment.at).unwrap_or(knot.y), moment }
    }

    /// The playhead at a height: what playing and dragging move. It stays within the run.
    #[must_use]
    pub fn playhead_at(&self, y: f64) -> Playhead {
        let y = crate::geometry::between(y, self.knots[0].y, self.last().y);
        let (knot, next) = self.around(self.knots.partition_point(|knot| knot.y <= y));
        let at = next.map_or(knot.at, |next| between(knot, next, y));
        Playhead { y, moment: Moment { at, record: knot.record } }
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

    /// The folds that lie in a range of heights, at least in part.
    pub(crate) fn folds_in(&self, range: std::ops::Range<f64>) -> &[Fold] {
        let first = self.folds.partition_point(|fold| fold.y1 < range.start);
        let last = self.folds.partition_point(|fold| fold.y0 <= range.end);
        &self.folds[first..last.max(first)]
    }

    /// The times to be written at the margin, in order, never too close to each other.
    #[must_use]
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// The knot before place `index`, and the one at it.
    fn around(&self, index: usize) -> (&Knot, Option<&Knot>) {
        (&self.knots[index.saturating_sub(1)], self.knots.get(index.max(1)))
    }

    fn last(&self) -> &Knot {
        &self.knots[self.knots.len() - 1]
    }
}

/// The height of a time between two knots; none where there is no second.
fn height_between(knot: &Knot, next: Option<&Knot>, at: Instant) -> Option<f64> {
    let next = next?;
    let whole = pixels(next.at.since(knot.at).as_micros()).max(1.0);
    let part = pixels(at.since(knot.at).as_micros()) / whole;
    Some(knot.y + (next.y - knot.y) * part.min(1.0))
}

/// The time at height `y` between two knots: short of the second, whose records have not happened.
fn between(knot: &Knot, next: &Knot, y: f64) -> Instant {
    let whole = next.at.since(knot.at).as_micros();
    let part = (y - knot.y) / (next.y - knot.y);
    let micros = (part * pixels(whole)).round();
    knot.at + Duration::from_micros(whole_micros(micros).min(whole.saturating_sub(1)))
}

/// A number of microseconds to calculate with. A run is far shorter than the 285 years up to which
/// this is exact.
#[allow(clippy::cast_precision_loss, reason = "exact below 2⁵³ microseconds")]
pub(crate) const fn pixels(micros: u64) -> f64 {
    micros as f64
}

/// Back to whole microseconds: what is negative, or no number, is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
const fn whole_micros(micros: f64) -> u64 {
    micros as u64
}
