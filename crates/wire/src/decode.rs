//! The octets of one IPv4 packet to a segment.

use core::net::{Ipv4Addr, SocketAddrV4};

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
pub fn decode(octets: Bytes, checksums: Checksums) -> Result<Datagram, Malformed> {
    let mut datagram = Datagram::default();
    datagram.read(octets, checksums)?;
    Ok(datagram)
}

impl Datagram {
    /// Reads a packet as [`decode`] does, into a datagram that was there before: it is large, and so
    /// it costs less to read many into the same one.
    ///
    /// # Errors
    /// What is wrong with the octets. What the datagram then holds says nothing.
    pub fn read(&mut self, octets: Bytes, checksums: Checksums) -> Result<(), Malformed> {
        let (ipv4, total) = ipv4::open(&octets, checksums)?;
        if ipv4.protocol() != IpNumber::TCP {
            return Err(Malformed::NotTcp { protocol: ipv4.protocol().0 });
        }
        let start = ipv4.slice().len();
        let inner = octets.get(start..total).unwrap_or_default();
        let tcp = TcpHeaderSlice::from_slice(inner).map_err(|error| Malformed::from_tcp(&error))?;
        // All is written down before the octets are summed up, which takes its time: so nothing that
        // was written need be waited for.
        self.source = SocketAddrV4::new(ipv4.source_addr(), tcp.source_port());
        self.destination = SocketAddrV4::new(ipv4.destination_addr(), tcp.destination_port());
        let segment = &mut self.segment;
        segment.seq = SeqNumber::new(tcp.sequence_number());
        segment.ack = tcp.ack().then(|| SeqNumber::new(tcp.acknowledgment_number()));
        // ACK is not among them: it says that the number counts.
        segment.flags = Flags::from_bits_truncate(*tcp.slice().get(13).unwrap_or(&0));
        segment.wnd = tcp.window_size();
        segment.urg = tcp.urgent_pointer();
        segment.ecn = ipv4::ecn_from_wire(ipv4.ecn());
        self.illegal_option = options::from_wire(tcp.options(), &mut segment.options);
        let (found, pseudo_header) = (tcp.checksum(), pseudo_header(&ipv4, inner.len()));
        let text = start + tcp.slice().len()..total;
        // The text stays where it is: nothing is copied, and nothing allocated.
        segment.payload = octets;
        if checksums == Checksums::Verify {
            let inner = segment.payload.get(start..total).unwrap_or_default();
            ipv4::verify(Layer::Tcp, found, pseudo_header.octets(inner))?;
        }
        segment.payload.truncate(text.end);
        segment.payload.advance(text.start);
        Ok(())
    }
}

impl Default for Datagram {
    fn default() -> Self {
        let nobody = SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0);
        let segment = Segment::default();
        Self { source: nobody, destination: nobody, segment, illegal_option: None }
    }
}

/// The sum of the pseudo-header (RFC 9293 §3.1).
fn pseudo_header(ipv4: &Ipv4HeaderSlice<'_>, length: usize) -> Sum {
    let length = u32::try_from(length).unwrap_or_default();
    Sum::ZERO
        .word(u32::from_ne_bytes(ipv4.source()))
        .word(u32::from_ne_bytes(ipv4.destination()))
        .word((u32::from(ipv4.protocol().0) << 16 | length).to_be())
}
