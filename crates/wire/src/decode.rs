//! The octets of one IPv4 packet to a segment.

use core::net::SocketAddrV4;

use bytes::Bytes;
use etherparse::checksum::Sum16BitWords;
use etherparse::{IpNumber, Ipv4HeaderSlice, TcpHeaderSlice};
use tcpscope_tcp::{Ecn, Flags, Segment, SeqNumber};

use crate::{IllegalOption, Layer, Malformed, options};

/// A segment, from whom and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Who sent it.
    pub source: SocketAddrV4,
    /// Who is to have it.
    pub destination: SocketAddrV4,
    /// The segment; its text is a part of the octets that were read, not a copy.
    pub segment: Segment,
    /// The option whose length cannot be, if there was one: it and those after it were not read.
    pub illegal_option: Option<IllegalOption>,
}

/// Whether checksums are verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Checksums {
    /// They are, as RFC 9293 §3.1 demands (MUST-3).
    #[default]
    Verify,
    /// They are not.
    Ignore,
}

/// Reads an IPv4 packet that carries a TCP segment.
///
/// Octets after the packet's total length are not part of it: a short Ethernet frame is padded.
///
/// # Errors
/// What is wrong with the octets, where they are no such packet.
pub fn decode(octets: &Bytes, checksums: Checksums) -> Result<Datagram, Malformed> {
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
        verify(Layer::Ipv4, ipv4.header_checksum(), &Sum16BitWords::new().add_slice(ipv4.slice()))?;
    }
    if ipv4.is_fragmenting_payload() {
        let offset = u32::from(ipv4.fragments_offset().value()) * 8;
        return Err(Malformed::Fragment { offset });
    }
    if ipv4.protocol() != IpNumber::TCP {
        return Err(Malformed::NotTcp { protocol: ipv4.protocol().0 });
    }

    let text = octets.slice(header..total);
    let tcp = TcpHeaderSlice::from_slice(&text).map_err(|error| Malformed::from_tcp(&error))?;
    if checksums == Checksums::Verify {
        verify(Layer::Tcp, tcp.checksum(), &pseudo_header(&ipv4).add_slice(&text))?;
    }
    let (segment, illegal_option) = segment(&tcp, text.slice(tcp.slice().len()..));
    Ok(Datagram {
        source: SocketAddrV4::new(ipv4.source_addr(), tcp.source_port()),
        destination: SocketAddrV4::new(ipv4.destination_addr(), tcp.destination_port()),
        segment,
        illegal_option,
    })
}

/// Checks a checksum: the sum of all words, the checksum's own included, must be all ones (RFC
/// 1071 §1). So the two forms of zero are both right.
fn verify(layer: Layer, found: u16, sum: &Sum16BitWords) -> Result<(), Malformed> {
    let rest = u16::from_be(sum.ones_complement());
    if rest == 0 {
        return Ok(());
    }
    // Taken out of the sum, the checksum leaves what it should have been the complement of.
    let (computed, carry) = found.overflowing_add(rest);
    Err(Malformed::Checksum { layer, found, computed: computed.wrapping_add(carry.into()) })
}

/// The sum of the pseudo-header (RFC 9293 §3.1).
fn pseudo_header(ipv4: &Ipv4HeaderSlice<'_>) -> Sum16BitWords {
    let header = u16::try_from(ipv4.slice().len()).unwrap_or(ipv4.total_len());
    let length = ipv4.total_len().saturating_sub(header);
    Sum16BitWords::new()
        .add_4bytes(ipv4.source())
        .add_4bytes(ipv4.destination())
        .add_2bytes([0, ipv4.protocol().0])
        .add_2bytes(length.to_be_bytes())
}

fn segment(tcp: &TcpHeaderSlice<'_>, payload: Bytes) -> (Segment, Option<IllegalOption>) {
    let (options, illegal_option) = options::from_wire(tcp.options());
    let flag = |set: bool, flag: Flags| if set { flag } else { Flags::empty() };
    let segment = Segment {
        seq: SeqNumber::new(tcp.sequence_number()),
        ack: tcp.ack().then(|| SeqNumber::new(tcp.acknowledgment_number())),
        flags: flag(tcp.fin(), Flags::FIN)
            | flag(tcp.syn(), Flags::SYN)
            | flag(tcp.rst(), Flags::RST)
            | flag(tcp.psh(), Flags::PSH)
            | flag(tcp.urg(), Flags::URG)
            | flag(tcp.ece(), Flags::ECE)
            | flag(tcp.cwr(), Flags::CWR),
        wnd: tcp.window_size(),
        urg: tcp.urgent_pointer(),
        options,
        ecn: Ecn::NotEct,
        payload,
    };
    (segment, illegal_option)
}
