//! A segment to the octets of one IPv4 packet.

use core::fmt;
use core::net::SocketAddrV4;

use bytes::{Bytes, BytesMut};
use etherparse::IpNumber;
use tcpscope_tcp::{Citation, Segment, SeqNumber};

use crate::checksum::Sum;
use crate::ipv4;
use crate::options::{self, Written};

/// The octets of the IPv4 header of an encoded packet; the TCP header follows.
pub const IPV4_HEADER_LEN: usize = 20;

/// The time to live that packets begin with: the value that RFC 1700 recommends.
pub const TTL: u8 = 64;

/// The octets of a TCP header without options.
const TCP_HEADER_LEN: usize = 20;

/// ACK in the octet of the control bits (RFC 9293 §3.1); a segment has it by its number.
const ACK: u8 = 0b0001_0000;

/// One whole IPv4 packet that carries `segment`, both checksums in place. The only allocation is
/// that of its octets.
///
/// It may not be fragmented, so that its identification says nothing and stays 0 (RFC 6864 §4.1).
///
/// # Errors
/// [`TooLong`] where the packet would not fit into IPv4's 65,535 octets.
pub fn encode(
    source: SocketAddrV4,
    destination: SocketAddrV4,
    segment: &Segment,
) -> Result<Bytes, TooLong> {
    let options = options::to_wire(&segment.options);
    let mut packet = BytesMut::with_capacity(packet_len(segment, &options));
    write(source, destination, segment, &options, &mut packet)?;
    Ok(packet.freeze())
}

/// The same packet at the end of `packets`: so that many share a buffer, and none is allocated for
/// itself.
///
/// # Errors
/// [`TooLong`], and nothing is added.
pub fn encode_into(
    source: SocketAddrV4,
    destination: SocketAddrV4,
    segment: &Segment,
    packets: &mut BytesMut,
) -> Result<(), TooLong> {
    write(source, destination, segment, &options::to_wire(&segment.options), packets)
}

fn packet_len(segment: &Segment, options: &Written) -> usize {
    IPV4_HEADER_LEN + TCP_HEADER_LEN + options.len() + segment.payload.len()
}

fn write(
    source: SocketAddrV4,
    destination: SocketAddrV4,
    segment: &Segment,
    options: &Written,
    packets: &mut BytesMut,
) -> Result<(), TooLong> {
    let Segment { seq, ack, flags, wnd, urg, options: _, ecn, payload } = segment;
    let octets = packet_len(segment, options);
    let total = u16::try_from(octets).map_err(|_| TooLong { octets })?;

    let (from, to) = (source.ip().to_bits().to_be(), destination.ip().to_bits().to_be());
    let ecn = ipv4::ecn_to_wire(*ecn).value();
    // Version 4 and five words; and "Don't Fragment".
    let (first, second) = (halves(u16::from_be_bytes([0x45, ecn]), total), halves(0, 0x4000));
    let time = halves(u16::from_be_bytes([TTL, TCP]), 0);
    let ends = Sum::ZERO.word(from).word(to);
    let time = time | halves(0, ends.word(first).word(second).word(time).complement());

    let ports = halves(source.port(), destination.port());
    let seq = seq.value().to_be();
    let ack_number = ack.map_or(0, SeqNumber::value).to_be();
    // The data offset, in words, is the upper half of its octet.
    let header_len = TCP_HEADER_LEN + options.len();
    let offset = u8::try_from(header_len / size_of::<Word>()).unwrap_or_default() << 4;
    let control = flags.bits() | if ack.is_some() { ACK } else { 0 };
    let control = halves(u16::from_be_bytes([offset, control]), *wnd);
    let urgent = halves(0, *urg);
    // RFC 9293 §3.1: MUST-2, the pseudo-header included.
    let length = u16::try_from(octets - IPV4_HEADER_LEN).unwrap_or_default();
    let pseudo_header = ends.word(halves(TCP.into(), length));
    let header = pseudo_header.word(ports).word(seq).word(ack_number).word(control).word(urgent);
    let sum = options.add_to(header).octets(payload);
    let urgent = urgent | halves(sum.complement(), 0);

    packets.reserve(octets);
    let words = [first, second, time, from, to, ports, seq, ack_number, control, urgent];
    packets.extend_from_slice(words.map(Word::to_ne_bytes).as_flattened());
    options.write(packets);
    packets.extend_from_slice(payload);
    Ok(())
}

/// TCP's number (RFC 9293 §3.1).
const TCP: u8 = IpNumber::TCP.0;

/// A word of a header: its four octets as they lie in memory, in one number. A header is put
/// together of such numbers, and no octet of it is read again.
type Word = u32;

const fn halves(first: u16, second: u16) -> Word {
    ((first as u32) << 16 | second as u32).to_be()
}

/// The segment is more than one IPv4 packet can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TooLong {
    /// The octets that the packet would have.
    pub octets: usize,
}

impl TooLong {
    /// The rule's name, as in the engine's reasons.
    pub const RULE: &'static str = "packet-too-long";

    /// Where the rule is written down.
    pub const CITATION: Citation = Citation { rfc: 791, section: "3.1" };
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} octets do not fit: an IPv4 packet has 65535 at most", self.octets)
    }
}

impl core::error::Error for TooLong {}
