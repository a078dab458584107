//! What arrives: as it was sent, or what its octets say now.

use bytes::BytesMut;
use tcpscope_tcp::Ecn;
use tcpscope_wire::{Checksums, Datagram, Malformed, decode, encode};

use super::Network;
use crate::step::Step;
use crate::{LinkRule, Packet, PacketIndex, PacketKind, RecordId, RecordKind, Why};

impl Network {
    /// A packet arrives, and this record says so: the segment that it carries and the sockets that
    /// it names, unless what is left of it is no segment.
    pub(crate) fn received(
        &mut self,
        step: &mut Step<'_>,
        packet: PacketIndex,
        checksums: Checksums,
    ) -> (RecordId, Option<Datagram>) {
        self.held.retain(|held| held.packet != packet);
        let sent = step.trace.packet(packet);
        let (sent_by, to) = (sent.sent_by, sent.to);
        let jitter = sent.passage.as_ref().and_then(|passage| passage.jitter);
        let is_datagram = sent.id.kind == PacketKind::Udp;
        let is_damaged = is_datagram && !sent.flipped_bits().is_empty();
        let arrived = arrived(sent, checksums);
        let record = step.record(Some(sent_by), Some(to), RecordKind::Arrive { packet }, None);
        if let Some((by, up_to)) = jitter {
            step.trace.add_why(Why::Link(LinkRule::Jitter { by, up_to }));
        }
        if is_damaged {
            step.trace.add_why(Why::Link(LinkRule::DatagramDamaged));
            return (record, None);
        }
        match arrived {
            Ok(datagram) => (record, Some(datagram)),
            Err(malformed) => {
                step.trace.add_why(Why::Octets(malformed));
                (record, None)
            }
        }
    }
}

/// What a packet carries as it arrives.
fn arrived(packet: &Packet, checksums: Checksums) -> Result<Datagram, Malformed> {
    let (source, destination) = (packet.source, packet.destination);
    let mut segment = packet.segment.clone();
    if packet.is_marked() {
        segment.ecn = Ecn::Ce;
    }
    if packet.flipped_bits().is_empty() || packet.id.kind == PacketKind::Udp {
        return Ok(Datagram { source, destination, segment, illegal_option: None });
    }
    // A segment of the engine's always fits into a packet.
    let Ok(octets) = encode(source, destination, &segment) else {
        return Ok(Datagram { source, destination, segment, illegal_option: None });
    };
    let mut octets = BytesMut::from(octets);
    for bit in packet.flipped_bits() {
        // The first bit of an octet is its highest, as in the RFCs' pictures.
        if let Some(octet) = octets.get_mut((bit / 8) as usize) {
            *octet ^= 0x80 >> (bit % 8);
        }
    }
    decode(octets.freeze(), checksums)
}
