//! The timers that run.

use tcpscope_sim::{Moment, RecordId, RecordKind, TimerEvent};
use tcpscope_tcp::{Duration, Instant, Timer};

use crate::End;

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerRow {
    /// Which.
    pub timer: Timer,
    /// The record of its setting.
    pub set_by: RecordId,
    /// When it was set.
    pub set_at: Instant,
    /// When it runs out.
    pub runs_out_at: Instant,
    /// How long it still has.
    pub remaining: Duration,
    /// How much of its time has passed, in thousandths.
    pub elapsed_permille: u16,
}

/// The timers of a connection that run at a moment, in the order of [`Timer::ALL`].
#[must_use]
pub fn timers(end: End<'_>, moment: Moment) -> Vec<TimerRow> {
    Timer::ALL.into_iter().filter_map(|timer| running(end, moment, timer)).collect()
}

fn running(end: End<'_>, moment: Moment, timer: Timer) -> Option<TimerRow> {
    let runs_out_at = end.status(moment.record).timer(timer)?;
    let connection = end.connection(moment.record);
    let past = end.trace().records().get(..=moment.record.index())?;
    let set = past.iter().rev().find(|record| {
        record.host == Some(end.host())
            && (record.connection.is_none() || record.connection == connection)
            && matches!(record.kind, RecordKind::Timer { timer: which, event: TimerEvent::Set(_) } if which == timer)
    })?;
    let whole = runs_out_at.since(set.at).as_micros();
    let elapsed = moment.at.since(set.at).as_micros().min(whole);
    Some(TimerRow {
        timer,
        set_by: set.id,
        set_at: set.at,
        runs_out_at,
        remaining: runs_out_at.since(moment.at),
        elapsed_permille: (elapsed * 1000)
            .checked_div(whole)
            .and_then(|permille| u16::try_from(permille).ok())
            .unwrap_or(1000),
    })
}
