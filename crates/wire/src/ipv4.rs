//! The IPv4 packet around a segment or a message.

use etherparse::{IpEcn, Ipv4HeaderSlice};
use tcpscope_tcp::Ecn;

use crate::checksum::Sum;
use crate::{Checksums, Layer, Malformed};

/// The number of the protocol that an IPv4 packet carries, if there is enough of it to say.
#[must_use]
pub fn protocol(octets: &[u8]) -> Option<u8> {
    octets.get(9).copied()
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
