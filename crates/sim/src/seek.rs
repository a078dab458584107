//! Ways through a run: to a moment, and from record to record, on and back.

use crate::{HostId, Moment, PacketId, RecordId, RecordKind, TimerEvent, Trace};

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Into the past.
    Back,
    /// Into the future.
    On,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sought<'a> {
    /// Any record.
    Any,
    /// A record of the kind of this name, as in [`RecordKind::name`].
    Kind(&'a str),
    /// A connection changes its state.
    StateChange,
    /// Something goes wrong on the way, or is made to: see [`RecordKind::is_fault`].
    Fault,
    /// Something happens to a packet.
    Packet(PacketId),
    /// A segment is sent again.
    Retransmission,
    /// A timer runs out.
    Timeout,
}

impl Trace {
    /// The nearest record before or after `from` that is sought, at this host if one is named. To
    /// find out whether the first record is sought, look back from the second.
    #[must_use]
    pub fn seek(
        &self,
        from: RecordId,
        way: Way,
        sought: Sought<'_>,
        host: Option<HostId>,
    ) -> Option<RecordId> {
        let id = match sought {
            Sought::Packet(id) => Some(self.find_packet(id)?),
            Sought::Any
            | Sought::Kind(_)
            | Sought::StateChange
            | Sought::Fault
            | Sought::Retransmission
            | Sought::Timeout => None,
        };
        let is_sought = |record: RecordId| {
            let Some(record) = self.records().get(record.index()) else { return false };
            host.is_none_or(|host| record.host == Some(host))
                && match sought {
                    Sought::Any => true,
                    Sought::Kind(name) => record.kind.name() == name,
                    Sought::StateChange => matches!(record.kind, RecordKind::Transition { .. }),
                    Sought::Fault => record.kind.is_fault(),
                    Sought::Packet(_) => record.kind.packet() == id,
                    Sought::Retransmission => match record.kind {
                        RecordKind::Transmit { packet } => self.packet(packet).retransmission,
                        _ => false,
                    },
                    Sought::Timeout => {
                        matches!(record.kind, RecordKind::Timer { event: TimerEvent::Expired, .. })
                    }
                }
        };
        let is_rare = match sought {
            Sought::StateChange | Sought::Fault => true,
            Sought::Kind(_)
            | Sought::Any
            | Sought::Packet(_)
            | Sought::Retransmission
            | Sought::Timeout => false,
        };
        if is_rare {
            let rare = self.rare();
            match way {
                Way::Back => {
                    let (before, _) = rare.split_at(rare.partition_point(|record| *record < from));
                    before.iter().copied().rfind(|record| is_sought(*record))
                }
                Way::On => {
                    let (_, after) = rare.split_at(rare.partition_point(|record| *record <= from));
                    after.iter().copied().find(|record| is_sought(*record))
                }
            }
        } else {
            // Nothing happens to a packet before it is sent.
            let sent = id.map_or(0, |packet| self.packet(packet).sent_by.0);
            let end = u32::try_from(self.records().len()).unwrap_or(u32::MAX);
            match way {
                Way::Back => (sent..from.0.min(end)).rev().map(RecordId).find(|r| is_sought(*r)),
                Way::On => {
                    let first = from.0.saturating_add(1).max(sent);
                    (first..end).map(RecordId).find(|record| is_sought(*record))
                }
            }
        }
    }

    /// The moment at which a packet was sent; `None` where it never was.
    #[must_use]
    pub fn sending_of(&self, packet: PacketId) -> Option<Moment> {
        let packet = self.packet(self.find_packet(packet)?);
        Some(self.moment_of(packet.sent_by))
    }
}
