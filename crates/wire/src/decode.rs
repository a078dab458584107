//! The octets of one IPv4 packet to a segment.

use core::net::SocketAddrV4;

use bytes::{Buf, Bytes};
use etherparse::{IpNumber, Ipv4HeaderSlice, TcpHeaderSlice};
use tcpscope_tcp::{Flags, Segment, SeqNumber};

use crate::checksum::Sum;
use crate::{IllegalOption, Layer, Malformed, ipv4, options};

/// A segment, from whom and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Who sent it.
    pub source: SocketAddrV4,
    /// Who is to have it.
    pub destination: SocketAddrV4,
    /// The segment; its text is a part of the octets that were read, not a copy.
    pub segment: Segment,
    /// The first option whose length cannot be, if there was one; it was not read.
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
pub fn decode(mut octets: Bytes, checksums: Checksums) -> Result<Datagram, Malformed> {
    let (ipv4, total) = ipv4::open(&octets, checksums)?;
    if ipv4.protocol() != IpNumber::TCP {
        return Err(Malformed::NotTcp { protocol: ipv4.protocol().0 });
    }
    let inner = octets.get(ipv4.slice().len()..total).unwrap_or_default();
    let tcp = TcpHeaderSlice::from_slice(inner).map_err(|error| Malformed::from_tcp(&error))?;
    // Before the octets are summed up, which takes its time: so what was written here need not be
    // waited for.
    let (options, illegal_option) = options::from_wire(tcp.options());
    if checksums == Checksums::Verify {
        ipv4::verify(Layer::Tcp, tcp.checksum(), pseudo_header(&ipv4, inner.len()).octets(inner))?;
    }

    let seq = SeqNumber::new(tcp.sequence_number());
    let ack = tcp.ack().then(|| SeqNumber::new(tcp.acknowledgment_number()));
    // ACK is not among them: it says that the number counts.
    let flags = Flags::from_bits_truncate(*tcp.slice().get(13).unwrap_or(&0));
    let (wnd, urg) = (tcp.window_size(), tcp.urgent_pointer());
    let ecn = ipv4::ecn_from_wire(ipv4.ecn());
    let source = SocketAddrV4::new(ipv4.source_addr(), tcp.source_port());
    let destination = SocketAddrV4::new(ipv4.destination_addr(), tcp.destination_port());
    let headers = ipv4.slice().len() + tcp.slice().len();
    // The text stays where it is: nothing is copied, and nothing allocated.
    octets.truncate(total);
    octets.advance(headers);
    let segment = Segment { seq, ack, flags, wnd, urg, options, ecn, payload: octets };
    Ok(Datagram { source, destination, segment, illegal_option })
}

/// The sum of the pseudo-header (RFC 9293 §3.1).
fn pseudo_header(ipv4: &Ipv4HeaderSlice<'_>, length: usize) -> Sum {
    let length = u32::try_from(length).unwrap_or_default();
    Sum::ZERO
        .word(u32::from_ne_bytes(ipv4.source()))
        .word(u32::from_ne_bytes(ipv4.destination()))
        .word((u32::from(ipv4.protocol().0) << 16 | length).to_be())
}
