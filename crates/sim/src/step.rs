//! One step of a run, and where it writes.

use alloc::vec::Vec;

use tcpscope_tcp::{Effects, Instant};

use crate::world::Plan;
use crate::{
    EventId, HostId, Intervention, LinkRule, PacketIndex, Record, RecordId, RecordKind, Trace, Why,
};

/// One step of a run, and where it writes.
pub(crate) struct Step<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) trace: &'a mut Trace,
    pub(crate) effects: &'a mut Effects,
    pub(crate) at: Instant,
    pub(crate) event: EventId,
    /// What was done to packets that were sent in this step: written at its end, so that a
    /// record's reasons stay together.
    pub(crate) interfered: Vec<(RecordId, PacketIndex, Intervention, LinkRule)>,
}

impl Step<'_> {
    pub(crate) fn record(
        &mut self,
        cause: Option<RecordId>,
        host: Option<HostId>,
        kind: RecordKind,
        why: Option<Why>,
    ) -> RecordId {
        let id = self.trace.next_record();
        let (event, at) = (self.event, self.at);
        self.trace.add_record(Record { id, event, at, cause, host, kind });
        if let Some(why) = why {
            self.trace.add_why(why);
        }
        id
    }

    pub(crate) fn write_interventions(&mut self) {
        for (cause, packet, intervention, rule) in core::mem::take(&mut self.interfered) {
            let kind = RecordKind::Intervention { packet, intervention };
            self.record(Some(cause), None, kind, Some(Why::Link(rule)));
        }
    }
}
