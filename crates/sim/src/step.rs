//! One step of a run, and where it writes.

use tcpscope_tcp::{Instant, Outbox};

use crate::world::Plan;
use crate::{ConnectionId, EventId, HostId, Record, RecordId, RecordKind, Trace, Why};

/// One step of a run, and where it writes.
pub(crate) struct Step<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) trace: &'a mut Trace,
    pub(crate) out: &'a mut Outbox,
    pub(crate) at: Instant,
    pub(crate) event: EventId,
}

impl Step<'_> {
    pub(crate) fn record(
        &mut self,
        cause: Option<RecordId>,
        host: Option<HostId>,
        kind: RecordKind,
        why: Option<Why>,
    ) -> RecordId {
        self.record_of(None, cause, host, kind, why)
    }

    /// A record of what happened to a connection.
    pub(crate) fn record_of(
        &mut self,
        connection: Option<ConnectionId>,
        cause: Option<RecordId>,
        host: Option<HostId>,
        kind: RecordKind,
        why: Option<Why>,
    ) -> RecordId {
        let id = self.trace.next_record();
        let (event, at) = (self.event, self.at);
        self.trace.add_record(Record { id, event, at, cause, host, connection, kind });
        if let Some(why) = why {
            self.trace.add_why(why);
        }
        id
    }
}
