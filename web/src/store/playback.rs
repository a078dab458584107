//! Moving through time: which moment comes after which.

use tcpscope_sim::{Moment, RecordId, Trace};
use tcpscope_view::{Playhead, TimeAxis};

/// On or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Towards the end.
    On,
    /// Towards the start.
    Back,
}

/// How fast the playhead moves along the axis at speed 1, in pixels a second. A segment takes
/// about a second and a half for its way down the ladder: long enough to be read.
const PIXELS_PER_SECOND: f64 = 72.0;

/// The speeds that are offered, and their names.
pub(crate) const SPEEDS: [(f64, &str); 7] =
    [(0.1, "0.1"), (0.25, "0.25"), (0.5, "0.5"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8")];

/// The least speed.
pub(crate) const SLOWEST: f64 = 0.01;
/// The greatest speed.
pub(crate) const FASTEST: f64 = 100.0;

/// The moment so many records on, or back; at either end it stays there. The first record is the
/// beginning of the run, whenever it happens.
pub(crate) fn records_on(trace: &Trace, moment: Moment, by: i64) -> Moment {
    let index = i64::from(moment.record.0).saturating_add(by).max(0);
    if index == 0 {
        return Moment::START;
    }
    trace.moment_of(RecordId(u32::try_from(index).unwrap_or(u32::MAX)))
}

/// The moment one step on or back.
///
/// A step is all that follows at once from one event, and one stands at its last record. Only the
/// beginning of a run is its first record, when nothing but the first call has happened. Between
/// two steps, back is to the one that has just happened.
pub(crate) fn step(trace: &Trace, moment: Moment, direction: Direction) -> Moment {
    let here = trace.moment_of(moment.record);
    let present = trace.event_of(here.record);
    let index = here.record.index();
    match direction {
        Direction::On if index + 1 < present.end => last_before(trace, present.end),
        Direction::On if present.end < trace.records().len() => {
            last_before(trace, trace.event_of(record_at(present.end)).end)
        }
        Direction::On => here,
        Direction::Back if here.at < moment.at => here,
        Direction::Back if present.start > 0 => last_before(trace, present.start),
        Direction::Back => Moment::START,
    }
}

/// Where the playhead is after so many milliseconds of playing. It moves on from its height, not
/// from its time: rounded to microseconds it would stand still where an axis is stretched.
pub(crate) fn play(axis: &TimeAxis, y: f64, milliseconds: f64, speed: f64) -> Playhead {
    // A page in the background gets no frames: what it missed is not made up for.
    let seconds = milliseconds.clamp(0.0, 100.0) / 1000.0;
    axis.playhead_at(y + seconds * PIXELS_PER_SECOND * speed)
}

/// The last moment of a run.
pub(crate) fn end(trace: &Trace) -> Moment {
    trace.moment_of(RecordId(u32::MAX))
}

/// The moment right after the record before `end`.
fn last_before(trace: &Trace, end: usize) -> Moment {
    trace.moment_of(record_at(end.saturating_sub(1)))
}

fn record_at(index: usize) -> RecordId {
    RecordId(u32::try_from(index).unwrap_or(u32::MAX))
}
