//! What happens at one end of a connection, a step at a time.

use tcpscope_sim::{ConnectionId, Record, RecordId, Trace};
use tcpscope_tcp::{Instant, Status};

/// When an end was heard of last.
pub(super) struct Ends {
    pub(super) at: Instant,
    pub(super) record: RecordId,
}

/// Calls `told` for each step that this end has part in, with the records of it that are about the
/// end, and the variables after them. What is so for no time is not seen: steps take none.
pub(super) fn each_step(
    trace: &Trace,
    end: ConnectionId,
    told: &mut dyn FnMut(&[Record], &Status),
) -> Ends {
    let mut ends = Ends { at: Instant::ZERO, record: RecordId(0) };
    let records = trace.records();
    let since = trace.connection(end).since.index();
    let mut first = since;
    while let Some(record) = records.get(first) {
        if record.connection != Some(end) {
            first += 1;
            continue;
        }
        let goes_on = |next: &&Record| next.event == record.event && next.connection == Some(end);
        let many = records[first..].iter().take_while(goes_on).count();
        let step = &records[first..first + many];
        first += many;
        if let Some(last) = step.last() {
            let status = trace.status_of(end, last.id);
            // Its numbers are forgotten where it is closed.
            if status.iss.is_some() || ends.at == Instant::ZERO {
                ends = Ends { at: last.at, record: last.id };
            }
            told(step, &status);
        }
    }
    ends
}
