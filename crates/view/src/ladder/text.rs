//! The few words of the figure: what programs and the RFC call things, in every language alike.

use tcpscope_sim::{CallResult, RecordId, RecordKind, Trace};
use tcpscope_tcp::{Duration, Instant, Timer};

use crate::duration_text;

/// A call as it is written beside the lifeline; none for calls that only wait or read.
pub(crate) fn call_text(trace: &Trace, id: RecordId) -> Option<String> {
    let record = trace.record(id);
    let RecordKind::Call { line, result } = record.kind else { return None };
    let script = &trace.host(record.host?).script;
    let name = script.get(line)?.call.name().trim_end_matches("()");
    match result {
        CallResult::Ok => Some(format!("{name}()")),
        CallResult::Sent(octets) => Some(format!("{name}({octets})")),
        CallResult::Refused(_) | CallResult::Failed(_) => Some(format!("{name}() error")),
        CallResult::Received(_) | CallResult::Waits | CallResult::EndOfStream => None,
    }
}

/// A timer and how long it runs; then its name alone, for where that is too long.
pub(super) fn timer_texts(timer: Timer, span: Duration) -> [String; 2] {
    let name = match timer {
        Timer::Retransmission => "RTO",
        Timer::Persist => "persist",
        Timer::TimeWait => "2 MSL",
        Timer::DelayedAck => "delayed ACK",
        Timer::Reordering => "reordering",
        Timer::TailLossProbe => "PTO",
        Timer::KeepAlive => "keep-alive",
        Timer::UserTimeout => "user timeout",
        Timer::FinWait2 => "FIN-WAIT-2",
    };
    [format!("{name} {}", coarse(span, TENTH)), name.to_owned()]
}

/// How long a folded stretch lasts.
pub(super) fn fold_text(span: Duration) -> String {
    format!("⋯ {} ⋯", coarse(span, TENTH))
}

/// A time at the margin; in fewer digits where there is less room.
pub(super) fn time_text(at: Instant, roomy: bool) -> String {
    coarse(at.since(Instant::ZERO), if roomy { TENTH } else { 10 * TENTH })
}

/// A time in all digits, to tenths of milliseconds, and to milliseconds.
pub(super) fn coarse_texts(span: Duration) -> [String; 3] {
    [duration_text(span), coarse(span, TENTH), coarse(span, 10 * TENTH)]
}

/// A tenth of a millisecond.
const TENTH: u64 = 100;

/// A span in few digits: below a second to so many microseconds, from there on to hundredths.
fn coarse(span: Duration, to: u64) -> String {
    let unit = match span.as_micros() {
        0..1_000 => 1,
        1_000..1_000_000 => to,
        1_000_000.. => 10_000,
    };
    let rounded = span.as_micros().saturating_add(unit / 2) / unit * unit;
    duration_text(Duration::from_micros(rounded))
}
