//! The octets of a packet, as they are sent and as they arrive.

use tcpscope_sim::{Fate, HostId, Packet, PacketKind, Trace};
use tcpscope_tcp::Ecn;
use tcpscope_wire::{Cut, IPV4_HEADER_LEN, cut, encode, encode_udp};

/// When a packet is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Seen {
    /// As its host hands it to the link.
    #[default]
    Sent,
    /// As it arrives: a router may have marked it, and bits of it may have been flipped.
    Arrived,
}

/// What a reader wants to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Sight {
    /// When; `None`: as it arrives if something befell it on the way, or else as it was sent.
    pub seen: Option<Seen>,
    /// Which fragment, counted from 0; `None`: the whole packet.
    pub piece: Option<usize>,
}

impl Seen {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Sent, Self::Arrived];

    /// Whether what was sent and what arrives are different things to look at.
    #[must_use]
    pub fn differs(packet: &Packet) -> bool {
        let befell = packet.is_marked() || !packet.flipped_bits().is_empty();
        befell && arrives(packet, None)
    }
}

impl Sight {
    /// When a packet is looked at: not as it arrives if it never does.
    pub(super) fn seen_of(self, packet: &Packet, piece: Option<usize>) -> Seen {
        let differs = Seen::differs(packet) && arrives(packet, piece);
        self.seen.filter(|_| differs).unwrap_or(if differs { Seen::Arrived } else { Seen::Sent })
    }
}

/// Whether a packet arrives, or this fragment of it.
fn arrives(packet: &Packet, piece: Option<usize>) -> bool {
    match piece.and_then(|piece| packet.fragments().get(piece)) {
        Some(fragment) => !fragment.is_lost,
        None => match packet.fate {
            Fate::Delivered | Fate::Corrupted | Fate::Duplicate => true,
            Fate::Lost | Fate::Dropped | Fate::UnderWay => false,
        },
    }
}

/// The address of a host's network card, as if all hosts were on one Ethernet: routers show as
/// little here as in the IP header. It is locally administered (IEEE 802 §8.2.2), the host's place
/// among the hosts, and its IPv4 address. The same in each run, and no two are alike.
#[must_use]
pub fn mac_address(trace: &Trace, host: HostId) -> [u8; 6] {
    let [a, b, c, d] = trace.host(host).address.ip().octets();
    [0x02, host.0, a, b, c, d]
}

/// The IPv4 packet, or one fragment of it. Nothing, where it is more than a packet can carry: no
/// segment of the engine's is, since its text is at most one MSS.
pub(super) fn ip_packet(packet: &Packet, seen: Seen, piece: Option<usize>) -> Vec<u8> {
    let whole = sound(packet, seen).unwrap_or_default();
    let identification = packet.identification();
    let fragment = piece.and_then(|piece| packet.fragments().get(piece));
    let cut_out = match fragment {
        Some(fragment) => {
            let start = 8 * usize::from(fragment.offset);
            let octets = start..start + usize::from(fragment.octets);
            Some(Cut { identification, octets, more: fragment.more })
        }
        None if packet.fragments().is_empty() => None,
        // What is going to be cut can be put together again.
        None => {
            let octets = 0..whole.len().saturating_sub(IPV4_HEADER_LEN);
            Some(Cut { identification, octets, more: false })
        }
    };
    let start = cut_out.as_ref().map_or(0, |piece| piece.octets.start);
    let mut octets = match cut_out.and_then(|piece| cut(&whole, &piece)) {
        Some(piece) => piece.to_vec(),
        None => whole,
    };
    if seen == Seen::Arrived {
        flip(packet, &mut octets, start);
    }
    octets
}

/// The packet in one piece, and no bit of it flipped.
fn sound(packet: &Packet, seen: Seen) -> Option<Vec<u8>> {
    let (from, to) = (packet.source, packet.destination);
    let octets = match packet.id.kind {
        PacketKind::Udp => encode_udp(from, to, &packet.segment.payload),
        PacketKind::Syn
        | PacketKind::Data
        | PacketKind::Fin
        | PacketKind::Ack
        | PacketKind::Rst => {
            let mut segment = packet.segment.clone();
            if packet.is_marked() && seen == Seen::Arrived {
                segment.ecn = Ecn::Ce;
            }
            encode(from, to, &segment)
        }
    };
    octets.ok().map(|octets| octets.to_vec())
}

/// Flips the packet's bits in a piece that begins at `start` of what the packet carries. The
/// header that is damaged is the first one's.
fn flip(packet: &Packet, octets: &mut [u8], start: usize) {
    for bit in packet.flipped_bits() {
        let octet = usize::try_from(bit / 8).unwrap_or(usize::MAX);
        let place = match octet.checked_sub(IPV4_HEADER_LEN) {
            None => (start == 0).then_some(octet),
            Some(carried) => carried.checked_sub(start).map(|at| at + IPV4_HEADER_LEN),
        };
        if let Some(octet) = place.and_then(|place| octets.get_mut(place)) {
            // The first bit of an octet is its highest, as in the RFCs' pictures.
            *octet ^= 0x80 >> (bit % 8);
        }
    }
}
