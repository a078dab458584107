//! Packets on a link, and their names.

mod flow;
mod passage;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::net::SocketAddrV4;

use tcpscope_tcp::{Instant, Segment};

pub use self::flow::Flow;
pub(crate) use self::passage::Passage;
pub use self::passage::{Fragment, Hop};
use crate::link::packet_octets;
use crate::{HostId, RecordId};

/// A packet, by its place in [`crate::Trace::packets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketIndex(pub u32);

/// What a packet is, whatever run it is in: who sends it, what it carries, which time.
///
/// It does not count packets. So dropping one packet neither renames the others nor changes what
/// is drawn for them: that makes "what if" a fair comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PacketId {
    /// Who sends it.
    pub from: HostId,
    /// Between which sockets, and in which of their connections.
    pub flow: Flow,
    /// What kind it is.
    pub kind: PacketKind,
    /// The first number that it carries, from the sender's ISS on; for a bare ACK the number
    /// acknowledged, from the peer's ISS on; for a RST or a forged segment
    /// the absolute number; of a datagram the message's number.
    pub seq: u32,
    /// The octets of text.
    pub len: u32,
    /// Which one of those that are alike: 1 for the first.
    pub attempt: u32,
    /// 0 for what was sent; a copy made on the way has a number of its own: [`LINKS_COPY`], and
    /// those made by hand follow.
    pub copy: u8,
}

/// The number of the copy that a link makes of a packet.
pub const LINKS_COPY: u8 = 1;

/// What a packet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PacketKind {
    /// It carries a SYN.
    Syn,
    /// It carries text.
    Data,
    /// It carries a FIN (and perhaps text).
    Fin,
    /// It carries nothing but an acknowledgment and a window.
    Ack,
    /// It resets.
    Rst,
    /// It is a datagram of UDP; its segment is but its octets.
    Udp,
}

impl PacketKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Syn, Self::Data, Self::Fin, Self::Ack, Self::Rst, Self::Udp];

    /// The name that a packet's id begins with.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syn => "syn",
            Self::Data => "data",
            Self::Fin => "fin",
            Self::Ack => "ack",
            Self::Rst => "rst",
            Self::Udp => "udp",
        }
    }

    /// What a segment is for: the strongest of what it carries.
    #[must_use]
    pub fn of(segment: &Segment) -> Self {
        if segment.rst() {
            Self::Rst
        } else if segment.syn() {
            Self::Syn
        } else if segment.fin() {
            Self::Fin
        } else if segment.payload.is_empty() {
            Self::Ack
        } else {
            Self::Data
        }
    }
}

impl PacketId {
    /// The id in words: `client:data:1+1460`, and `client:data:1+1460~2` for the second of its
    /// kind; a copy of it ends with `*` and its number. What is not as usual about its [`Flow`]
    /// follows the host: `client>server@49153-80#2:syn:0`. `hosts` gives each host's name, in order.
    #[must_use]
    pub fn to_text<'a>(&self, hosts: impl Iterator<Item = &'a str> + Clone) -> String {
        let Self { from, flow, kind, seq, len, attempt, copy } = *self;
        let flow = flow.to_text(&hosts);
        let host = { hosts }.nth(from.index()).unwrap_or("?");
        let kind = kind.name();
        let len = if len == 0 { String::new() } else { format!("+{len}") };
        let attempt = if attempt == 1 { String::new() } else { format!("~{attempt}") };
        let copy = if copy == 0 { String::new() } else { format!("*{copy}") };
        format!("{host}{flow}:{kind}:{seq}{len}{attempt}{copy}")
    }

    /// The id that these words mean; `None` where they mean none.
    #[must_use]
    pub fn from_text<'a>(text: &str, hosts: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        let (text, copy) = text.split_once('*').map_or((text, Some(0)), |(text, copy)| {
            (text, number(copy).and_then(|copy| u8::try_from(copy).ok()).filter(|copy| *copy > 0))
        });
        let (rest, attempt) = text.split_once('~').map_or((text, Some(1)), |(rest, attempt)| {
            (rest, number(attempt).filter(|attempt| *attempt > 1))
        });
        let (rest, numbers) = rest.rsplit_once(':')?;
        let (host, kind) = rest.rsplit_once(':')?;
        let all = hosts.clone();
        let names = hosts.enumerate().filter_map(|(place, name)| {
            let flow = Flow::from_text(host.strip_prefix(name)?, &all)?;
            Some((place, flow, name.len()))
        });
        let (from, flow, _) = names.max_by_key(|(.., length)| *length)?;
        let (seq, len) = numbers.split_once('+').unwrap_or((numbers, "0"));
        Some(Self {
            from: HostId(u8::try_from(from).ok()?),
            flow,
            kind: *PacketKind::ALL.iter().find(|known| known.name() == kind)?,
            seq: number(seq)?,
            len: number(len)?,
            attempt: attempt?,
            copy: copy?,
        })
    }
}

/// A number as ids write it: digits alone, so that each packet has one name.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A packet that was sent, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Packet {
    /// What it is.
    pub id: PacketId,
    /// The socket that it comes from, as its headers say.
    pub source: SocketAddrV4,
    /// The socket that it is for.
    pub destination: SocketAddrV4,
    /// Where it goes.
    pub to: HostId,
    /// What it carries.
    pub segment: Segment,
    /// Whether all that it carries was sent before.
    pub retransmission: bool,
    /// The record of its sending.
    pub sent_by: RecordId,
    /// When TCP handed it to the link.
    pub sent: Instant,
    /// When it began to move: later than `sent` where others were before it.
    pub departs: Instant,
    /// When it arrives, or is lost.
    pub ends: Instant,
    /// What becomes of it.
    pub fate: Fate,
    /// How far it gets, in millionths of the way: all of it, where it arrives.
    pub reached_ppm: u32,
    /// What befalls it that is not as usual.
    pub(crate) passage: Option<Box<Passage>>,
}

impl Packet {
    /// The octets of the IPv4 packet, headers included: what takes time on a link with a rate.
    #[must_use]
    pub fn octets(&self) -> u32 {
        match self.id.kind {
            PacketKind::Udp => 28 + self.segment.text_len(),
            PacketKind::Syn
            | PacketKind::Data
            | PacketKind::Fin
            | PacketKind::Ack
            | PacketKind::Rst => packet_octets(&self.segment),
        }
    }

    /// The bit that is flipped where nobody says which: the first of the text; where there is none,
    /// the last of the TCP header's window. It is counted from the first of the IPv4 header on.
    #[must_use]
    pub fn bit_to_flip(&self) -> u32 {
        const WINDOW_ENDS: u32 = 8 * (20 + 16) - 1;
        match self.segment.text_len() {
            0 => WINDOW_ENDS,
            text => 8 * (self.octets() - text),
        }
    }

    /// When it arrives; `None` if it never does.
    #[must_use]
    pub fn arrives(&self) -> Option<Instant> {
        self.fate.arrives().then_some(self.ends)
    }

    /// Whether it has been sent and has neither arrived nor been lost.
    #[must_use]
    pub fn is_in_flight(&self, at: Instant) -> bool {
        self.sent <= at && at < self.ends
    }
}

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It arrives.
    Delivered,
    /// It arrives, and something of it is damaged.
    Corrupted,
    /// It arrives, and is a copy of another.
    Duplicate,
    /// The link loses it.
    Lost,
    /// An intervention drops it.
    Dropped,
    /// It is not known yet: a run that is looked at up to a moment ends before ([`crate::Trace::until`]).
    UnderWay,
}

impl Fate {
    /// Whether it arrives, in whatever form.
    #[must_use]
    pub const fn arrives(self) -> bool {
        match self {
            Self::Delivered | Self::Corrupted | Self::Duplicate => true,
            Self::Lost | Self::Dropped | Self::UnderWay => false,
        }
    }

    /// Whether it is lost, by whatever.
    #[must_use]
    pub const fn is_lost(self) -> bool {
        match self {
            Self::Lost | Self::Dropped => true,
            Self::Delivered | Self::Corrupted | Self::Duplicate | Self::UnderWay => false,
        }
    }

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Corrupted => "corrupted",
            Self::Duplicate => "duplicate",
            Self::Lost => "lost",
            Self::Dropped => "dropped",
            Self::UnderWay => "under-way",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTS: [&str; 2] = ["client", "server"];

    #[test]
    fn an_id_and_its_words_mean_the_same() {
        let id = |from, kind, seq, len, attempt| PacketId {
            from: HostId(from),
            flow: Flow::MAIN,
            kind,
            seq,
            len,
            attempt,
            copy: 0,
        };
        let copy = |copy, id| PacketId { copy, ..id };
        let flow = |flow, id| PacketId { flow, ..id };
        let second = Flow { local_port: Some(49153), before: 1, ..Flow::MAIN };
        let forged = Flow {
            posing_as: Some(HostId(0)),
            to: Some(HostId(1)),
            remote_port: Some(80),
            ..Flow::MAIN
        };
        let cases = [
            (id(0, PacketKind::Syn, 0, 0, 1), "client:syn:0"),
            (id(1, PacketKind::Data, 1, 1460, 1), "server:data:1+1460"),
            (id(1, PacketKind::Data, 1, 1460, 2), "server:data:1+1460~2"),
            (id(0, PacketKind::Ack, 1461, 0, 3), "client:ack:1461~3"),
            (flow(second, id(0, PacketKind::Syn, 0, 0, 2)), "client@49153#2:syn:0~2"),
            (flow(forged, id(1, PacketKind::Rst, 7, 0, 1)), "server=client>server-80:rst:7"),
            (copy(LINKS_COPY, id(0, PacketKind::Fin, 9, 0, 1)), "client:fin:9*1"),
            (copy(2, id(1, PacketKind::Data, 1, 1460, 2)), "server:data:1+1460~2*2"),
        ];
        for (id, text) in cases {
            assert_eq!(id.to_text(HOSTS.into_iter()), text);
            assert_eq!(PacketId::from_text(text, HOSTS.into_iter()), Some(id), "{text}");
        }
    }

    #[test]
    fn other_words_mean_no_packet() {
        for text in [
            "",
            "client",
            "client:syn",
            "nobody:syn:0",
            "client:sin:0",
            "client:syn:x",
            "client:syn:0~1",
            "client:data:1++100",
            "client:syn:0~",
            "client:syn:0*",
            "client:syn:0*0",
            "client:syn:0*256",
            "client#1:syn:0",
            "client@:syn:0",
            "client>nobody:syn:0",
            "clientx:syn:0",
        ] {
            assert_eq!(PacketId::from_text(text, HOSTS.into_iter()), None, "{text}");
        }
    }
}
