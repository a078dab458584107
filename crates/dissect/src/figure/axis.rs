//! Time, downwards: the height of each segment of a capture.

use std::ops::Range;

use crate::conversations::End;
use crate::gather::Gathered;
use crate::observe::{Observed, StateChange};

use super::layout::{Layout, micros};

/// Above the first segment.
const TOP: f64 = 44.0;
/// Below the last.
const BOTTOM: f64 = 40.0;
/// How high a round trip is.
const ROUND_TRIP: f64 = 120.0;
/// A round trip, where none was measured, in microseconds.
const USUAL: f64 = 40_000.0;
/// What would be higher than this is folded.
const FOLD_ABOVE: f64 = 264.0;
/// The height of a fold.
const FOLD: f64 = 56.0;
/// Between two times at the margin.
const TICK_GAP: f64 = 22.0;

/// Where each segment of a capture is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    /// The height of each segment, in their order.
    pub(super) ys: Vec<f64>,
    /// The folds: after which segment, and for how many microseconds.
    pub(super) folds: Vec<Fold>,
    /// The segments whose time is written at the margin.
    pub(super) ticks: Vec<usize>,
    pub(super) height: f64,
}

/// A stretch in which nothing passes, drawn shorter than it is: it ends with this segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fold {
    pub(super) before: usize,
    pub(super) y0: f64,
    pub(super) y1: f64,
}

impl Axis {
    pub(super) fn new(gathered: &Gathered, observed: &Observed, layout: &Layout) -> Self {
        let trip = observed.vantage.round_trip().map_or(0.0, micros);
        let pace = ROUND_TRIP / if trip > 0.0 { trip } else { USUAL };
        let mut axis = Self { ys: Vec::new(), folds: Vec::new(), ticks: Vec::new(), height: 0.0 };
        // Where the names of the states end that were written last, of each end.
        let mut free = End::BOTH.map(|end| first_names(observed, end, layout));
        let mut changes = observed.states.each_ref().map(|list| list.iter().skip(1).peekable());
        let mut before = None;
        let mut tick = f64::NEG_INFINITY;
        for (place, seen) in gathered.segments.iter().enumerate() {
            let waits = seen.at.zip(before).map_or(0.0, |(at, before)| micros(at.since(before)));
            let idle = waits * pace;
            let last = axis.ys.last().copied();
            let folds = last.is_some() && idle > FOLD_ABOVE;
            let mut y = match last {
                None => TOP.max(if layout.has_names { 0.0 } else { free[0].max(free[1]) + 24.0 }),
                Some(last) if folds => last + FOLD,
                Some(last) => last + idle.max(layout.pitch),
            };
            if !layout.has_names {
                // The names stand between this line and the one before.
                y = free.iter().fold(y, |y, free| y.max(free + layout.pitch - layout.line));
            }
            for (free, changes) in free.iter_mut().zip(&mut changes) {
                while let Some(change) = changes.next_if(|change| change.since <= Some(place)) {
                    y = y.max(*free);
                    *free = y + names_height(change, layout);
                }
            }
            if let (true, Some(last)) = (folds, last) {
                axis.folds.push(Fold { before: place, y0: last, y1: y });
            }
            if seen.at.is_some() && y - tick >= TICK_GAP {
                axis.ticks.push(place);
                tick = y;
            }
            before = seen.at.or(before);
            axis.ys.push(y);
        }
        let last = axis.ys.last().copied().unwrap_or(TOP);
        axis.height = free.iter().fold(last, |last, free| last.max(*free)) + BOTTOM;
        axis
    }

    /// The segments that lie in a range of heights.
    pub(super) fn segments(&self, heights: &Range<f64>) -> Range<usize> {
        let first = self.ys.partition_point(|y| *y < heights.start);
        let last = self.ys.partition_point(|y| *y <= heights.end);
        first..last.max(first)
    }
}

/// How high the names of states are, one below another.
fn names_height(change: &StateChange, layout: &Layout) -> f64 {
    change.states.states().fold(layout.line / 2.0, |height, _| height + layout.line)
}

/// Where the names of the first states end.
fn first_names(observed: &Observed, end: End, layout: &Layout) -> f64 {
    let first = observed.states[end.index()].first();
    first.map_or(0.0, |change| super::strips::FIRST + names_height(change, layout))
}
