//! Where a capture is taken, and what is seen there.

use bytes::Bytes;
use tcpscope_sim::{HostId, PacketIndex, RecordId, Trace};
use tcpscope_tcp::Instant;

use crate::passing::{Ends, Passing};

/// Where a capture is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vantage {
    /// At a host: what it sends, when it sends it, and what reaches it, when it does.
    Host(HostId),
    /// At a router, counted on from the hosts: what it passes on, when that departs on its next link.
    /// What finds no room there does not depart.
    Router(HostId),
    /// At the beginning of the links that hosts send on: everything that departs, whatever becomes of it, and the
    /// copies that are made there. What finds no room in a queue does not depart.
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
    /// The record of its sending, or of its arrival; of fragments whose packet never arrives, that
    /// of its loss.
    pub record: RecordId,
    /// Which packet of the trace it is.
    pub packet: PacketIndex,
    /// Who sent it.
    pub from: HostId,
    /// Where it goes.
    pub to: HostId,
    /// How it passes the place of the capture.
    pub direction: Direction,
    /// The whole IPv4 packet, or one fragment of it, as it is at this place.
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
        let ends = Ends::of(trace);
        let mut packets = Vec::new();
        for record in trace.records() {
            if let Some(index) = record.kind.packet() {
                let packet = trace.packet(index);
                let passing = Passing { record, index, packet, end: ends.of_packet(index) };
                packets.extend(passing.seen(vantage));
            }
        }
        // Stable: fragments of one instant stay in their order.
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
