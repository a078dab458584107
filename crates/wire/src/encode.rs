//! A segment to the octets of one IPv4 packet.

use alloc::vec::Vec;
use core::fmt;
use core::net::SocketAddrV4;

use bytes::{BufMut, Bytes, BytesMut};
use etherparse::IpNumber;
use tcpscope_tcp::{Citation, Segment, SeqNumber};

use crate::options::{self, List};
use crate::{checksum, ipv4};

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
    let headers = Headers::new(source, destination, segment)?;
    let mut packet = Vec::with_capacity(headers.packet_len(segment));
    headers.put(segment, &mut packet);
    Ok(packet.into())
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
    let headers = Headers::new(source, destination, segment)?;
    packets.reserve(headers.packet_len(segment));
    headers.put(segment, packets);
    Ok(())
}

/// TCP's number (RFC 9293 §3.1).
const TCP: u8 = IpNumber::TCP.0;

/// A word of a header.
type Word = [u8; 4];

/// The two headers of a packet.
struct Headers {
    /// All but the options, the IPv4 header first.
    words: [Word; (IPV4_HEADER_LEN + TCP_HEADER_LEN) / size_of::<Word>()],
    options: List,
}

impl Headers {
    /// Each word is summed up before it is written, so that none is read again.
    fn new(
        source: SocketAddrV4,
        destination: SocketAddrV4,
        segment: &Segment,
    ) -> Result<Self, TooLong> {
        let Segment { seq, ack, flags, wnd, urg, options, ecn, payload } = segment;
        let options = options::to_wire(options);
        let tcp_len = TCP_HEADER_LEN + options.octets().len();
        let octets = IPV4_HEADER_LEN + tcp_len + payload.len();
        let total = u16::try_from(octets).map_err(|_| TooLong { octets })?;

        let (from, to) = (source.ip().octets(), destination.ip().octets());
        let ecn = ipv4::ecn_to_wire(*ecn).value();
        let [len_high, len_low] = total.to_be_bytes();
        // Version 4 and five words; and "Don't Fragment".
        let (first, second) = ([0x45, ecn, len_high, len_low], [0, 0, 0x40, 0]);
        let time = |checksum: u16| halves([TTL, TCP], checksum.to_ne_bytes());
        let sum = checksum::of_words([first, second, time(0), from, to]);
        let ipv4_checksum = sum.ones_complement();

        let ports = halves(source.port().to_be_bytes(), destination.port().to_be_bytes());
        let (seq, ack_number) = (seq.value().to_be_bytes(), ack.map_or(0, SeqNumber::value));
        let ack_number = ack_number.to_be_bytes();
        let control = flags.bits() | if ack.is_some() { ACK } else { 0 };
        // The data offset, in words, is the upper half of its octet.
        let offset = u8::try_from(tcp_len / size_of::<Word>()).unwrap_or_default() << 4;
        let control = halves([offset, control], wnd.to_be_bytes());
        let urgent = |checksum: u16| halves(checksum.to_ne_bytes(), urg.to_be_bytes());
        // RFC 9293 §3.1: MUST-2, the pseudo-header included.
        let length = u16::try_from(octets - IPV4_HEADER_LEN).unwrap_or_default().to_be_bytes();
        let pseudo_header = halves([0, TCP], length);
        let sum = checksum::of_words([
            from,
            to,
            pseudo_header,
            ports,
            seq,
            ack_number,
            control,
            urgent(0),
        ]);
        let sum = checksum::add(checksum::add(sum, options.octets()), payload);
        let tcp_checksum = sum.ones_complement();

        let words = [
            first,
            second,
            time(ipv4_checksum),
            from,
            to,
            ports,
            seq,
            ack_number,
            control,
            urgent(tcp_checksum),
        ];
        Ok(Self { words, options })
    }

    fn packet_len(&self, segment: &Segment) -> usize {
        self.words.as_flattened().len() + self.options.octets().len() + segment.payload.len()
    }

    /// The whole packet.
    fn put(&self, segment: &Segment, packet: &mut impl BufMut) {
        packet.put_slice(self.words.as_flattened());
        packet.put_slice(self.options.octets());
        packet.put_slice(&segment.payload);
    }
}

const fn halves([a, b]: [u8; 2], [c, d]: [u8; 2]) -> Word {
    [a, b, c, d]
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
