//! A segment to the octets of one IPv4 packet.

use alloc::vec::Vec;
use core::fmt;
use core::net::SocketAddrV4;

use bytes::Bytes;
use etherparse::checksum::Sum16BitWords;
use etherparse::{IpNumber, Ipv4Header, TcpHeader};
use tcpscope_tcp::{Citation, Flags, Segment, SeqNumber};

use crate::{checksum, ipv4, options};

/// The octets of the IPv4 header of an encoded packet; the TCP header follows.
pub const IPV4_HEADER_LEN: usize = Ipv4Header::MIN_LEN;

/// The time to live that packets begin with: the value that RFC 1700 recommends.
pub const TTL: u8 = 64;

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
    let mut tcp = tcp_header(source.port(), destination.port(), segment);
    let too_long = TooLong { octets: IPV4_HEADER_LEN + tcp.header_len() + segment.payload.len() };
    let (from, to) = (source.ip().octets(), destination.ip().octets());

    let length = u16::try_from(tcp.header_len() + segment.payload.len()).map_err(|_| too_long)?;
    let mut ipv4 = Ipv4Header::new(length, TTL, IpNumber::TCP, from, to).map_err(|_| too_long)?;
    ipv4.ecn = ipv4::ecn_to_wire(segment.ecn);
    ipv4.header_checksum = ipv4.calc_header_checksum();
    // RFC 9293 §3.1: MUST-2, the pseudo-header included.
    let sum = Sum16BitWords::new()
        .add_4bytes(from)
        .add_4bytes(to)
        .add_2bytes([0, IpNumber::TCP.0])
        .add_2bytes(length.to_be_bytes())
        .add_slice(&tcp.to_bytes());
    tcp.checksum = checksum::add(sum, &segment.payload).ones_complement().to_be();

    let mut packet = Vec::with_capacity(too_long.octets);
    packet.extend_from_slice(&ipv4.to_bytes());
    packet.extend_from_slice(&tcp.to_bytes());
    packet.extend_from_slice(&segment.payload);
    Ok(packet.into())
}

/// The TCP header of `segment`, its checksum still 0.
fn tcp_header(source_port: u16, destination_port: u16, segment: &Segment) -> TcpHeader {
    let Segment { seq, ack, flags, wnd, urg, options, ecn: _, payload: _ } = segment;
    let mut header = TcpHeader::new(source_port, destination_port, seq.value(), *wnd);
    header.ack = ack.is_some();
    header.acknowledgment_number = ack.map_or(0, SeqNumber::value);
    header.fin = flags.contains(Flags::FIN);
    header.syn = flags.contains(Flags::SYN);
    header.rst = flags.contains(Flags::RST);
    header.psh = flags.contains(Flags::PSH);
    header.urg = flags.contains(Flags::URG);
    header.ece = flags.contains(Flags::ECE);
    header.cwr = flags.contains(Flags::CWR);
    header.urgent_pointer = *urg;
    header.options = options::to_wire(options);
    header
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
