//! The IPv4 packet around a segment or a message.

use core::net::Ipv4Addr;
use core::ops::Range;

use bytes::{Bytes, BytesMut};
use etherparse::{IpEcn, Ipv4HeaderSlice};
use tcpscope_tcp::Ecn;

use crate::checksum::{self, Sum};
use crate::{Checksums, IPV4_HEADER_LEN, Layer, Malformed, TTL};

/// The number of the protocol that an IPv4 packet carries, if there is enough of it to say.
#[must_use]
pub fn protocol(octets: &[u8]) -> Option<u8> {
    octets.get(9).copied()
}

/// A piece of a packet that is too long for a link (RFC 791 §3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What all pieces of the packet share.
    pub identification: u16,
    /// The octets that it carries of what the packet carries.
    pub octets: Range<usize>,
    /// MF: whether more follow.
    pub more: bool,
}

/// A piece of a packet whose header has no options, with a header of its own. `None` where the
/// packet does not carry so much, or the piece does not begin at a multiple of eight octets.
///
/// The whole is a piece too: it is what is going to be cut, so that "Don't Fragment" is off and
/// the identification says something.
#[must_use]
pub fn cut(packet: &[u8], piece: &Cut) -> Option<Bytes> {
    let Cut { identification, octets, more } = piece;
    let (header, carried) = packet.split_first_chunk::<IPV4_HEADER_LEN>()?;
    let carried = carried.get(octets.clone())?;
    let offset = octets.start.is_multiple_of(8).then_some(octets.start / 8)?;
    let offset = u16::try_from(offset).ok().filter(|offset| *offset < 1 << 13)?;
    let flags = offset | if *more { 1 << 13 } else { 0 };
    let total = u16::try_from(IPV4_HEADER_LEN + carried.len()).ok()?;
    let mut header = *header;
    header[2..4].copy_from_slice(&total.to_be_bytes());
    header[4..6].copy_from_slice(&identification.to_be_bytes());
    header[6..8].copy_from_slice(&flags.to_be_bytes());
    let mut octets = BytesMut::from(&with_checksum(header)[..]);
    octets.extend_from_slice(carried);
    Some(octets.freeze())
}

/// A header without options, as packets begin with that may not be fragmented.
pub(crate) fn header(
    from: Ipv4Addr,
    to: Ipv4Addr,
    protocol: u8,
    total: u16,
) -> [u8; IPV4_HEADER_LEN] {
    let [high, low] = total.to_be_bytes();
    let [a, b, c, d] = from.octets();
    let [e, f, g, h] = to.octets();
    let dont_fragment = 0x40;
    with_checksum([
        0x45,
        0,
        high,
        low,
        0,
        0,
        dont_fragment,
        0,
        TTL,
        protocol,
        0,
        0,
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
    ])
}

fn with_checksum(mut header: [u8; IPV4_HEADER_LEN]) -> [u8; IPV4_HEADER_LEN] {
    header[10..12].fill(0);
    let checksum = checksum::checksum(&header);
    header[10..12].copy_from_slice(&checksum.to_be_bytes());
    header
}

/// The header of the packet that `octets` begin with, and how many of them belong to the packet.
///
/// Octets after the packet's total length are not part of it: a short Ethernet frame is padded.
pub(crate) fn open(
    octets: &[u8],
    checksums: Checksums,
) -> Result<(Ipv4HeaderSlice<'_>, usize), Malformed> {
    let ipv4 = Ipv4HeaderSlice::from_slice(octets).map_err(|error| Malformed::from_ipv4(&error))?;
    let (header, total) = (ipv4.slice().len(), usize::from(ipv4.total_len()));
    if total < header {
        return Err(Malformed::ShortPacket { total, header });
    }
    if octets.len() < total {
        return Err(Malformed::Truncated {
            layer: Layer::Ipv4,
            needed: total,
            found: octets.len(),
        });
    }
    if checksums == Checksums::Verify {
        verify(Layer::Ipv4, ipv4.header_checksum(), sum(ipv4.slice()))?;
    }
    if ipv4.is_fragmenting_payload() {
        let offset = u32::from(ipv4.fragments_offset().value()) * 8;
        return Err(Malformed::Fragment { offset });
    }
    Ok((ipv4, total))
}

/// The sum of a header: of nearly every one it is that of five words.
fn sum(header: &[u8]) -> Sum {
    let Some((words, options)) = header.split_first_chunk::<20>() else { return Sum::ZERO };
    let (words, _) = words.as_chunks();
    let sum = words.iter().fold(Sum::ZERO, |sum, word| sum.word(u32::from_ne_bytes(*word)));
    if options.is_empty() { sum } else { sum.octets(options) }
}

/// Checks a checksum: the sum of all words, the checksum's own included, must be all ones (RFC
/// 1071 §1). So the two forms of zero are both right.
pub(crate) fn verify(layer: Layer, found: u16, sum: Sum) -> Result<(), Malformed> {
    let rest = sum.complement();
    if rest == 0 {
        return Ok(());
    }
    // Taken out of the sum, the checksum leaves what it should have been the complement of.
    let (computed, carry) = found.overflowing_add(rest);
    Err(Malformed::Checksum { layer, found, computed: computed.wrapping_add(carry.into()) })
}

/// The ECN field (RFC 3168 §5).
pub(crate) const fn ecn_from_wire(ecn: IpEcn) -> Ecn {
    match ecn {
        IpEcn::NotEct => Ecn::NotEct,
        IpEcn::Ect0 => Ecn::Ect0,
        IpEcn::Ect1 => Ecn::Ect1,
        IpEcn::CongestionExperienced => Ecn::Ce,
    }
}

/// The ECN field (RFC 3168 §5).
pub(crate) const fn ecn_to_wire(ecn: Ecn) -> IpEcn {
    match ecn {
        Ecn::NotEct => IpEcn::NotEct,
        Ecn::Ect0 => IpEcn::Ect0,
        Ecn::Ect1 => IpEcn::Ect1,
        Ecn::Ce => IpEcn::CongestionExperienced,
    }
}
