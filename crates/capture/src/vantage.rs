//! Where a capture is taken, and what is seen there.

use bytes::Bytes;
use tcpscope_sim::{HostId, PacketIndex, Trace};
use tcpscope_tcp::Instant;
use tcpscope_wire::encode;

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
    /// Which packet of the trace it is.
    pub packet: PacketIndex,
    /// The whole IPv4 packet.
    pub octets: Bytes,
}

impl Capture {
    /// What is seen of `trace` from `vantage`.
    #[must_use]
    pub fn of(trace: &Trace, vantage: Vantage) -> Self {
        let mut packets: Vec<Captured> = (0_u32..)
            .zip(trace.packets())
            .filter_map(|(index, packet)| {
                let at = match vantage {
                    Vantage::Host(host) if packet.id.from == host => Some(packet.sent),
                    Vantage::Host(host) if packet.to == host => packet.arrives(),
                    Vantage::Host(_) => None,
                    Vantage::Link => Some(packet.departs),
                }?;
                let source = trace.host(packet.id.from).address;
                let destination = trace.host(packet.to).address;
                // A segment of the engine's always fits into a packet.
                let octets = encode(source, destination, &packet.segment).ok()?;
                Some(Captured { at, packet: PacketIndex(index), octets })
            })
            .collect();
        // Stable: packets of one instant stay in the order in which they were sent.
        packets.sort_by_key(|captured| captured.at);
        Self { packets }
    }

    /// The packets, in order of time.
    #[must_use]
    pub fn packets(&self) -> &[Captured] {
        &self.packets
    }
}
