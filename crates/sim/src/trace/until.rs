//! A run as far as one moment: what someone knows of it who has seen no more.

use alloc::vec::Vec;

use tcpscope_tcp::Instant;

use super::Trace;
use crate::network::share;
use crate::{Ended, Fate, Packet, PacketIndex, RecordId, RecordKind};

impl Trace {
    /// The run up to a record, as if nothing had been decided yet of what follows: a packet that is
    /// under way then has got so far, and what becomes of it is open ([`Fate::UnderWay`]).
    #[must_use]
    pub fn until(&self, record: RecordId) -> Self {
        let moment = self.moment_of(record);
        let under_way: Vec<_> = self.in_flight(moment).collect();
        let mut past = self.clone();
        past.truncate(RecordId(moment.record.0.saturating_add(1)));
        for index in under_way {
            let is_marked = past.is_marked_by_now(index);
            stop_at(past.packet_mut(index), moment.at, is_marked);
        }
        // Why the whole ended is of what follows.
        past.end(Ended::Quiet);
        past
    }

    /// Whether a record tells that a packet was marked.
    fn is_marked_by_now(&self, index: PacketIndex) -> bool {
        let packet = self.packet(index);
        let since = &self.records()[packet.sent_by.index()..];
        let told = |record: &crate::Record| matches!(record.kind, RecordKind::Impaired { packet } if packet == index);
        packet.is_marked() && since.iter().any(told)
    }
}

/// Leaves a packet where it is at an instant.
fn stop_at(packet: &mut Packet, at: Instant, is_marked: bool) {
    let (mut departs, mut last) = (packet.departs, packet.departs);
    if let Some(passage) = &mut packet.passage {
        passage.hops.retain(|hop| hop.comes <= at);
        passage.flipped.clear();
        passage.is_marked = is_marked;
        for fragment in &mut passage.fragments {
            fragment.is_lost &= fragment.ends <= at;
            fragment.departs = fragment.departs.min(at);
            fragment.ends = fragment.ends.min(at);
        }
        if let Some(hop) = passage.hops.last_mut() {
            last = hop.departs;
            hop.departs = hop.departs.min(at);
        }
    }
    let way = u64::from(share(at.since(last), packet.ends.since(last)));
    let reached = way * u64::from(packet.reached_ppm) / 1_000_000;
    packet.reached_ppm = u32::try_from(reached).unwrap_or(u32::MAX);
    departs = departs.min(at);
    packet.departs = departs;
    packet.ends = at;
    packet.fate = Fate::UnderWay;
}
