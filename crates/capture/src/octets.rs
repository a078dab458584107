//! The octets of a packet, as they are at a place.

use bytes::{Bytes, BytesMut};
use etherparse::{IpNumber, Ipv4Header, UdpHeader};
use tcpscope_sim::{Fragment, Packet, PacketKind};
use tcpscope_tcp::Ecn;
use tcpscope_wire::{IPV4_HEADER_LEN, TTL, encode};

/// How far a packet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// As its host hands it to the link.
    Sent,
    /// As it leaves the queue of the link: it may have been marked there.
    Departing,
    /// As it arrives: bits of it may have been flipped.
    Arriving,
}

/// The whole IPv4 packet; `None` where it is more than an IPv4 packet can carry.
pub(crate) fn whole(packet: &Packet, stage: Stage) -> Option<Bytes> {
    let mut octets = BytesMut::from(sound(packet, stage)?);
    if !packet.fragments().is_empty() {
        // What is going to be cut can be put together again.
        let (header, _) = Ipv4Header::from_slice(&octets).ok()?;
        let header = Ipv4Header { more_fragments: false, ..of_fragments(packet, header) };
        octets.get_mut(..IPV4_HEADER_LEN)?.copy_from_slice(&finished(header));
    }
    if stage == Stage::Arriving {
        flip(packet, &mut octets, Some);
    }
    Some(octets.freeze())
}

/// One fragment of the packet.
pub(crate) fn fragment(packet: &Packet, fragment: &Fragment, stage: Stage) -> Option<Bytes> {
    let whole = sound(packet, stage)?;
    let (header, _) = Ipv4Header::from_slice(&whole).ok()?;
    let start = 8 * usize::from(fragment.offset);
    let end = start + usize::from(fragment.octets);
    let carried = whole.get(IPV4_HEADER_LEN + start..IPV4_HEADER_LEN + end)?;
    let mut header = Ipv4Header {
        more_fragments: fragment.more,
        fragment_offset: fragment.offset.try_into().ok()?,
        ..of_fragments(packet, header)
    };
    header.set_payload_len(carried.len()).ok()?;
    let mut octets = BytesMut::from(&finished(header)[..]);
    octets.extend_from_slice(carried);
    if stage == Stage::Arriving {
        // The header that is damaged is the first one's.
        flip(packet, &mut octets, |octet| match octet.checked_sub(IPV4_HEADER_LEN) {
            None => (start == 0).then_some(octet),
            Some(carried) => carried.checked_sub(start).map(|at| at + IPV4_HEADER_LEN),
        });
    }
    Some(octets.freeze())
}

/// The packet in one piece, and no bit of it flipped.
fn sound(packet: &Packet, stage: Stage) -> Option<Bytes> {
    match packet.id.kind {
        PacketKind::Udp => datagram(packet),
        PacketKind::Syn
        | PacketKind::Data
        | PacketKind::Fin
        | PacketKind::Ack
        | PacketKind::Rst => {
            let mut segment = packet.segment.clone();
            if packet.is_marked() && stage != Stage::Sent {
                segment.ecn = Ecn::Ce;
            }
            encode(packet.source, packet.destination, &segment).ok()
        }
    }
}

/// A datagram of UDP (RFC 768), with its checksum.
fn datagram(packet: &Packet) -> Option<Bytes> {
    let message = &packet.segment.payload;
    let (source, destination) = (packet.source, packet.destination);
    let length = u16::try_from(UdpHeader::LEN + message.len()).ok()?;
    let addresses = [source, destination].map(|socket| socket.ip().octets());
    let ip = Ipv4Header::new(length, TTL, IpNumber::UDP, addresses[0], addresses[1]).ok()?;
    let ports = (source.port(), destination.port());
    let udp = UdpHeader::with_ipv4_checksum(ports.0, ports.1, &ip, message).ok()?;
    Some([&finished(ip)[..], &udp.to_bytes(), message].concat().into())
}

/// The header that a packet's fragments share (RFC 791 §2.3).
fn of_fragments(packet: &Packet, header: Ipv4Header) -> Ipv4Header {
    Ipv4Header { identification: packet.identification(), dont_fragment: false, ..header }
}

/// The octets of the header, with its checksum.
fn finished(mut header: Ipv4Header) -> [u8; IPV4_HEADER_LEN] {
    header.header_checksum = header.calc_header_checksum();
    let mut octets = [0; IPV4_HEADER_LEN];
    // There are no options.
    let all = header.to_bytes();
    octets.copy_from_slice(all.get(..IPV4_HEADER_LEN).unwrap_or(&[0; IPV4_HEADER_LEN]));
    octets
}

/// Flips the packet's bits in these octets: `place` says where an octet of the whole is.
fn flip(packet: &Packet, octets: &mut BytesMut, place: impl Fn(usize) -> Option<usize>) {
    for bit in packet.flipped_bits() {
        let octet = usize::try_from(bit / 8).ok().and_then(&place);
        if let Some(octet) = octet.and_then(|at| octets.get_mut(at)) {
            // The first bit of an octet is its highest, as in the RFCs' pictures.
            *octet ^= 0x80 >> (bit % 8);
        }
    }
}
