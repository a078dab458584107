//! The octets of a packet.

use bytes::Bytes;
use etherparse::{IpNumber, Ipv4Header, UdpHeader};
use tcpscope_sim::{Packet, PacketKind};
use tcpscope_wire::{TTL, encode};

/// The whole IPv4 packet as it was sent; `None` where it is more than an IPv4 packet can carry.
pub(crate) fn octets(packet: &Packet) -> Option<Bytes> {
    match packet.id.kind {
        PacketKind::Udp => datagram(packet),
        PacketKind::Syn
        | PacketKind::Data
        | PacketKind::Fin
        | PacketKind::Ack
        | PacketKind::Rst => encode(packet.source, packet.destination, &packet.segment).ok(),
    }
}

/// A datagram of UDP (RFC 768), with its checksum.
fn datagram(packet: &Packet) -> Option<Bytes> {
    let message = &packet.segment.payload;
    let (source, destination) = (packet.source, packet.destination);
    let length = u16::try_from(UdpHeader::LEN + message.len()).ok()?;
    let addresses = [source, destination].map(|socket| socket.ip().octets());
    let mut ip = Ipv4Header::new(length, TTL, IpNumber::UDP, addresses[0], addresses[1]).ok()?;
    ip.header_checksum = ip.calc_header_checksum();
    let ports = (source.port(), destination.port());
    let udp = UdpHeader::with_ipv4_checksum(ports.0, ports.1, &ip, message).ok()?;
    Some([&ip.to_bytes()[..], &udp.to_bytes(), message].concat().into())
}
