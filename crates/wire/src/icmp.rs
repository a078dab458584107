//! ICMP messages that report what became of a segment (RFC 792, RFC 1191).

use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use etherparse::{IpNumber, Ipv4HeaderSlice};
use tcpscope_tcp::{IcmpError, SeqNumber};

use crate::checksum::Sum;
use crate::fields::fixed;
use crate::{Checksums, Field, Layer, Malformed, ipv4};

/// The number of the protocol, as [`protocol`](crate::protocol) and [`Malformed::NotTcp`] tell it.
pub const ICMP: u8 = IpNumber::ICMP.0;

/// The octets of a message before what it quotes.
pub const ICMP_HEADER_LEN: usize = HEADER;

const HEADER: usize = 8;

/// A field of a message that reports an error (RFC 792, RFC 1191 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a field's name says which one it is")]
pub enum IcmpField {
    Type,
    Code,
    Checksum,
    Unused,
    NextHopMtu,
}

/// The fields, and their widths in bits, in order.
const FIELDS: [(IcmpField, usize); 5] = [
    (IcmpField::Type, 8),
    (IcmpField::Code, 8),
    (IcmpField::Checksum, 16),
    (IcmpField::Unused, 16),
    (IcmpField::NextHopMtu, 16),
];

/// The fields of the ICMP message that `octets` begin with, as far as what it quotes. Where the
/// octets end, the fields do.
#[must_use]
pub fn icmp_fields(octets: &[u8]) -> Vec<Field<IcmpField>> {
    fixed(&FIELDS, octets)
}

/// An error that someone on the way reports of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IcmpDatagram {
    /// Who reports it.
    pub source: Ipv4Addr,
    /// Who is to have the report.
    pub destination: Ipv4Addr,
    /// What is wrong.
    pub error: IcmpError,
    /// Who sent the segment that is quoted: us, if it is true.
    pub local: SocketAddrV4,
    /// Whom that segment was for.
    pub remote: SocketAddrV4,
    /// That segment's sequence number.
    pub seq: SeqNumber,
}

/// Reads an IPv4 packet that carries an ICMP message about a segment.
///
/// # Errors
/// What is wrong with the octets, or that the message is about something else.
pub fn decode_icmp(octets: &[u8], checksums: Checksums) -> Result<IcmpDatagram, Malformed> {
    let (ipv4, total) = ipv4::open(octets, checksums)?;
    let message = octets.get(ipv4.slice().len()..total).unwrap_or_default();
    let Some((header, quoted)) = message.split_first_chunk::<HEADER>() else {
        return Err(Malformed::Truncated {
            layer: Layer::Icmp,
            needed: HEADER,
            found: message.len(),
        });
    };
    // The second word is of use to one code only: the MTU of the next hop (RFC 1191 §4).
    let &[kind, code, high, low, _, _, mtu_high, mtu_low] = header;
    if checksums == Checksums::Verify {
        let found = u16::from_be_bytes([high, low]);
        ipv4::verify(Layer::Icmp, found, Sum::ZERO.octets(message))?;
    }
    let mtu = u16::from_be_bytes([mtu_high, mtu_low]);
    let error = error(kind, code, mtu).ok_or(Malformed::NoIcmpError { kind, code })?;
    let (local, remote, seq) = segment(quoted).ok_or(Malformed::NothingQuoted)?;
    let (source, destination) = (ipv4.source_addr(), ipv4.destination_addr());
    Ok(IcmpDatagram { source, destination, error, local, remote, seq })
}

/// What a message of this type and code says of a segment; `None` where it is no error, or none
/// that is known.
const fn error(kind: u8, code: u8, mtu: u16) -> Option<IcmpError> {
    Some(match (kind, code) {
        (3, 0) => IcmpError::NetworkUnreachable,
        (3, 1) => IcmpError::HostUnreachable,
        (3, 2) => IcmpError::ProtocolUnreachable,
        (3, 3) => IcmpError::PortUnreachable,
        (3, 4) => IcmpError::FragmentationNeeded { mtu },
        (3, 5) => IcmpError::SourceRouteFailed,
        // Why the network cannot be reached is said more precisely by RFC 1122 §3.2.2.1 (unknown,
        // prohibited, not for this type of service) and RFC 1812 §5.2.7.1 (filtered, precedence);
        // what it means to the connection is the same.
        (3, 6 | 9 | 11) => IcmpError::NetworkUnreachable,
        (3, 7 | 8 | 10 | 12..=15) => IcmpError::HostUnreachable,
        (4, 0) => IcmpError::SourceQuench,
        (11, 0 | 1) => IcmpError::TimeExceeded,
        (12, _) => IcmpError::ParameterProblem,
        _ => return None,
    })
}

/// The ends and the number of the segment whose packet's beginning is quoted: its IP header and
/// eight octets at least, which is just enough (RFC 792).
fn segment(quoted: &[u8]) -> Option<(SocketAddrV4, SocketAddrV4, SeqNumber)> {
    let ipv4 = Ipv4HeaderSlice::from_slice(quoted).ok()?;
    if ipv4.protocol() != IpNumber::TCP || ipv4.fragments_offset().value() != 0 {
        return None;
    }
    let tcp = quoted.get(ipv4.slice().len()..)?.first_chunk::<8>()?;
    let &[a, b, c, d, seq @ ..] = tcp;
    let local = SocketAddrV4::new(ipv4.source_addr(), u16::from_be_bytes([a, b]));
    let remote = SocketAddrV4::new(ipv4.destination_addr(), u16::from_be_bytes([c, d]));
    Some((local, remote, SeqNumber::new(u32::from_be_bytes(seq))))
}
