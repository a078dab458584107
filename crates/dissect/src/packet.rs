//! A frame's TCP segment, as much of it as was kept.

use core::net::SocketAddr;

use etherparse::{IpNumber, LaxIpSlice};
use tcpscope_tcp::{Ecn, Flags, SeqNumber};

use crate::link::Carried;
use crate::read::Frame;

/// The least octets of a TCP header.
const SHORTEST_HEADER: usize = 20;

/// A TCP segment in an IP packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// Who sent it.
    pub source: SocketAddr,
    /// Who is to have it.
    pub destination: SocketAddr,
    /// SEG.SEQ.
    pub seq: SeqNumber,
    /// SEG.ACK; `None` where the ACK bit is off.
    pub ack: Option<SeqNumber>,
    /// The other control bits.
    pub flags: Flags,
    /// SEG.WND as it stands in the header.
    pub wnd: u16,
    /// The urgent pointer.
    pub urg: u16,
    /// The IP header's ECN field.
    pub ecn: Ecn,
    /// The octets of the options that were kept.
    pub options: &'a [u8],
    /// The octets of text, on the wire.
    pub text_len: u32,
    /// Those of them that were kept.
    pub text: &'a [u8],
}

/// Why a frame says nothing of a TCP conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    /// This kind of link is not known.
    UnknownLink,
    /// It carries no IP packet.
    NotIp,
    /// The IP packet carries another protocol.
    NotTcp,
    /// The IP packet is a fragment: it would have to be put together first.
    Fragment,
    /// So little of it was kept that the TCP header is not there.
    Cut,
    /// A header contradicts itself.
    Malformed,
}

impl LeftOut {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::NotIp, Self::NotTcp, Self::Fragment, Self::Cut, Self::Malformed, Self::UnknownLink];

    /// Its name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownLink => "unknown-link",
            Self::NotIp => "not-ip",
            Self::NotTcp => "not-tcp",
            Self::Fragment => "fragment",
            Self::Cut => "cut",
            Self::Malformed => "malformed",
        }
    }
}

impl<'a> Packet<'a> {
    /// The segment that a frame carries.
    ///
    /// Checksums are not verified: hosts leave them to their network card, so that a capture at a
    /// host has wrong ones for what it sends.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(frame: &Frame<'a>) -> Result<Self, LeftOut> {
        let octets = match frame.link.carried(frame.octets) {
            Carried::Ip(octets) => octets,
            Carried::Other => return Err(LeftOut::NotIp),
            Carried::Cut => return Err(LeftOut::Cut),
            Carried::UnknownLink => return Err(LeftOut::UnknownLink),
        };
        let around = frame.octets.len() - octets.len();
        let wire = (frame.length as usize).max(frame.octets.len()) - around;
        let (ip, _) = LaxIpSlice::from_slice(octets).map_err(|_| Self::fault(octets))?;
        let payload = ip.payload();
        if payload.fragmented {
            return Err(LeftOut::Fragment);
        }
        if payload.ip_number != IpNumber::TCP {
            return Err(LeftOut::NotTcp);
        }
        // Of a packet that was handed to the network card to be cut up, no length may be said: then
        // it is as long as the frame.
        let (before, said, ecn) = match &ip {
            LaxIpSlice::Ipv4(ip) => {
                let before = ip.header().slice().len() + of_ipv4_extensions(ip);
                (before, usize::from(ip.header().total_len()), ip.header().ecn().value())
            }
            LaxIpSlice::Ipv6(ip) => {
                let before = ip.header().slice().len() + ip.extensions().slice().len();
                let said = usize::from(ip.header().payload_length());
                let whole = if said == 0 { 0 } else { said + ip.header().slice().len() };
                (before, whole, ip.header().traffic_class() & 3)
            }
        };
        let whole = if said == 0 { wire } else { said };
        let carried = whole.checked_sub(before).ok_or(LeftOut::Malformed)?;
        let ends = (ip.source_addr(), ip.destination_addr());
        Self::segment(payload.payload, carried, ends, ecn)
    }

    /// Why these octets are no IP packet.
    fn fault(octets: &[u8]) -> LeftOut {
        match octets.first() {
            Some(first) if first >> 4 == 4 && octets.len() < usize::from(first & 15) * 4 => {
                LeftOut::Cut
            }
            Some(first) if first >> 4 == 6 && octets.len() < 40 => LeftOut::Cut,
            Some(_) => LeftOut::Malformed,
            None => LeftOut::Cut,
        }
    }

    /// The segment in the `kept` octets of the `carried` that an IP packet carries.
    fn segment(
        kept: &'a [u8],
        carried: usize,
        ends: (core::net::IpAddr, core::net::IpAddr),
        ecn: u8,
    ) -> Result<Self, LeftOut> {
        let Some((header, _)) = kept.split_first_chunk::<SHORTEST_HEADER>() else {
            return Err(if carried < SHORTEST_HEADER { LeftOut::Malformed } else { LeftOut::Cut });
        };
        let word = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
        let number =
            |at: usize| SeqNumber::new(u32::from(word(at)) << 16 | u32::from(word(at + 2)));
        let length = usize::from(header[12] >> 4) * 4;
        if length < SHORTEST_HEADER || length > carried {
            return Err(LeftOut::Malformed);
        }
        let acknowledges = header[13] & 0x10 != 0;
        Ok(Self {
            source: SocketAddr::new(ends.0, word(0)),
            destination: SocketAddr::new(ends.1, word(2)),
            seq: number(4),
            ack: acknowledges.then(|| number(8)),
            flags: Flags::from_bits_truncate(header[13]),
            wnd: word(14),
            urg: word(18),
            ecn: match ecn {
                0 => Ecn::NotEct,
                1 => Ecn::Ect1,
                2 => Ecn::Ect0,
                _ => Ecn::Ce,
            },
            options: kept.get(SHORTEST_HEADER..length.min(kept.len())).unwrap_or_default(),
            text_len: u32::try_from(carried - length).map_err(|_| LeftOut::Malformed)?,
            text: kept.get(length..).unwrap_or_default(),
        })
    }

    /// SEG.LEN: the sequence numbers that it uses up.
    #[must_use]
    pub fn len(&self) -> u32 {
        let syn = u32::from(self.flags.contains(Flags::SYN));
        self.text_len.wrapping_add(syn + u32::from(self.flags.contains(Flags::FIN)))
    }

    /// Whether it uses up no sequence number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn of_ipv4_extensions(ip: &etherparse::LaxIpv4Slice<'_>) -> usize {
    ip.extensions().auth.map_or(0, |header| header.slice().len())
}
