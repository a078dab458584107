//! Where a capture is taken, and what is seen there.

use bytes::Bytes;
use tcpscope_sim::{HostId, PacketIndex, Record, RecordId, RecordKind, Trace};
use tcpscope_tcp::Instant;

use crate::octets::octets;

/// Where a capture is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vantage {
    /// At a host: what it sends, when it sends it, and what reaches it, when it does.
    Host(HostId),
    /// At the beginning of each link: everything, as it departs, whatever becomes of it.
    Link,
}

/// What was captured, in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    packets: Vec<Captured>,
}

/// One packet of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// When it was seen.
    pub at: Instant,
    /// The record of its sending, or of its arrival.
    pub record: RecordId,
    /// Which packet of the trace it is.
    pub packet: PacketIndex,
    /// Who sent it.
    pub from: HostId,
    /// Where it goes.
    pub to: HostId,
    /// How it passes the place of the capture.
    pub direction: Direction,
    /// The whole IPv4 packet.
    pub octets: Bytes,
}

/// How a packet passes the place where it is captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It reaches the host.
    Inbound,
    /// It leaves the host.
    Outbound,
    /// It passes, on a link.
    Passing,
}

impl Capture {
    /// What is seen of `trace` from `vantage`.
    #[must_use]
    pub fn of(trace: &Trace, vantage: Vantage) -> Self {
        let seen = trace.records().iter().filter_map(|record| seen(trace, record, vantage));
        let mut packets: Vec<Captured> = seen.collect();
        packets.sort_by_key(Captured::order);
        Self { packets }
    }

    /// The packets, in order of time.
    #[must_use]
    pub fn packets(&self) -> &[Captured] {
        &self.packets
    }

    pub(crate) fn into_packets(self) -> Vec<Captured> {
        self.packets
    }
}

impl Captured {
    /// What is seen at one instant is in the order in which it happened.
    pub(crate) const fn order(&self) -> (Instant, RecordId) {
        (self.at, self.record)
    }
}

/// What is seen of a packet by way of a record; `None` where that is nothing.
fn seen(trace: &Trace, record: &Record, vantage: Vantage) -> Option<Captured> {
    let index = record.kind.packet()?;
    let packet = trace.packet(index);
    let (from, to) = (packet.id.from, packet.to);
    let transmitted = matches!(record.kind, RecordKind::Transmit { .. });
    let arrived = matches!(record.kind, RecordKind::Arrive { .. });
    // A copy was made on the way: no host sent it.
    let sent = transmitted && packet.id.copy == 0;
    let (at, direction) = match vantage {
        Vantage::Host(host) if sent && host == from => (record.at, Direction::Outbound),
        Vantage::Host(host) if arrived && host == to => (record.at, Direction::Inbound),
        Vantage::Link if transmitted => (packet.departs, Direction::Passing),
        Vantage::Host(_) | Vantage::Link => return None,
    };
    let octets = octets(packet)?;
    Some(Captured { at, record: record.id, packet: index, from, to, direction, octets })
}
