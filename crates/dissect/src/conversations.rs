//! The TCP conversations of a capture.

use core::net::{IpAddr, SocketAddr};
use std::collections::{BTreeMap, HashMap};

use tcpscope_tcp::{Flags, SeqNumber};

use crate::link::LinkType;
use crate::packet::{LeftOut, Packet};
use crate::read::Frame;
use crate::time::Time;

/// As many conversations as are told apart; what belongs to further ones is counted, no more, so
/// that a flood of openings does not fill the memory.
pub const MOST_CONVERSATIONS: usize = 1 << 18;

/// The two ends of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// Who opened it, as far as that is known.
    Client,
    /// Who was called.
    Server,
}

impl End {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Client, Self::Server];

    /// The other end.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    /// Its place in a list of both.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Client => 0,
            Self::Server => 1,
        }
    }
}

/// How it is known who opened a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// Its SYN was captured.
    Seen,
    /// The answer to its SYN was captured.
    Answered,
    /// It is not known: the one with the higher port is taken for the client.
    Guessed,
}

/// What one end sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sent {
    /// Frames.
    pub frames: u32,
    /// The octets of these frames on the wire.
    pub octets: u64,
    /// The octets of text, what was sent again included.
    pub text: u64,
    /// The number of the first segment that was captured.
    first: Option<SeqNumber>,
    /// The number after the highest that it sent.
    next: Option<SeqNumber>,
    /// What it acknowledged last, and the window that it announced with it.
    ack: Option<SeqNumber>,
    window: Option<u16>,
    /// Whether its last segment was a keep-alive or a probe of a closed window: what answers it is no
    /// duplicate ACK.
    asked: bool,
}

/// What shows of a conversation, counted as its frames come: little for each, as there may be many.
/// What each is, and why, [`Observed`](crate::Observed) tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Brief {
    /// Segments that are not the next ones, as their numbers were passed already: sent again, or
    /// overtaken.
    pub repeats: u32,
    /// Segments before which others did not pass.
    pub gaps: u32,
    /// ACKs that say nothing new.
    pub duplicates: u32,
    /// Segments that leave no window.
    pub zero_windows: u32,
}

/// What was seen of a conversation's course: the same bits as Wireshark's `tcp.completeness`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Completeness(u8);

impl Completeness {
    /// A SYN.
    pub const SYN: Self = Self(1);
    /// A SYN that acknowledges one.
    pub const SYN_ACK: Self = Self(2);
    /// An acknowledgment.
    pub const ACK: Self = Self(4);
    /// Text.
    pub const DATA: Self = Self(8);
    /// A FIN.
    pub const FIN: Self = Self(16);
    /// A RST.
    pub const RST: Self = Self(32);

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether all of `other` was seen.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the three-way handshake was seen whole.
    #[must_use]
    pub const fn opened(self) -> bool {
        self.contains(Self(Self::SYN.0 | Self::SYN_ACK.0 | Self::ACK.0))
    }

    /// What was seen, as programs call it.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (Self::SYN, "SYN"),
            (Self::SYN_ACK, "SYN,ACK"),
            (Self::ACK, "ACK"),
            (Self::DATA, "DATA"),
            (Self::FIN, "FIN"),
            (Self::RST, "RST"),
        ];
        all.into_iter().filter(move |(what, _)| self.contains(*what)).map(|(_, name)| name)
    }

    const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// One connection, as far as it was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Client and server.
    pub ends: [SocketAddr; 2],
    /// How it is known which is which.
    pub opener: Opener,
    /// What each sent.
    pub sent: [Sent; 2],
    /// The number of its first frame in the file.
    pub first_frame: u64,
    /// When the first and the last of its frames were captured.
    pub times: Option<(Time, Time)>,
    /// What of its course was seen.
    pub completeness: Completeness,
    /// Whether an earlier conversation had the same addresses and ports.
    pub reuses_ports: bool,
    /// What shows of it, in short.
    pub brief: Brief,
}

impl Opener {
    /// Its name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Answered => "answered",
            Self::Guessed => "guessed",
        }
    }
}

impl Conversation {
    /// All its frames.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.sent.iter().map(|sent| u64::from(sent.frames)).sum()
    }

    /// The nanoseconds from its first frame to its last.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        self.times.map(|(first, last)| last.since(first))
    }
}

/// Addresses and ports in an order that does not tell who sent.
type Pair = [(IpAddr, u16); 2];

/// The conversations of a capture, in the order in which they begin.
#[derive(Clone, Debug, Default)]
pub struct Conversations {
    list: Vec<Conversation>,
    /// The latest conversation of each pair.
    latest: HashMap<Pair, u32>,
    left_out: BTreeMap<LeftOut, u64>,
    unknown_links: BTreeMap<LinkType, u64>,
    beyond: u64,
    /// When the first frame was captured.
    began: Option<Time>,
}

/// A frame's place: in which conversation, and by whom it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The conversation, by its place in the list.
    pub conversation: usize,
    /// Who sent the frame.
    pub from: End,
}

impl Conversations {
    /// None so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a frame to its conversation, and gives back what it carries.
    pub fn note<'a>(&mut self, frame: &Frame<'a>) -> Option<(Place, Packet<'a>)> {
        self.began = self.began.or(frame.at);
        let packet = match Packet::of(frame) {
            Ok(packet) => packet,
            Err(why) => {
                *self.left_out.entry(why).or_default() += 1;
                if why == LeftOut::UnknownLink {
                    *self.unknown_links.entry(frame.link).or_default() += 1;
                }
                return None;
            }
        };
        let Some(place) = self.place(frame, &packet) else {
            self.beyond += 1;
            return None;
        };
        Some((place, packet))
    }

    /// The conversations.
    #[must_use]
    pub fn list(&self) -> &[Conversation] {
        &self.list
    }

    /// How many frames were left out for this reason.
    #[must_use]
    pub fn left_out(&self, why: LeftOut) -> u64 {
        self.left_out.get(&why).copied().unwrap_or(0)
    }

    /// The links that are not known, and how many frames are of each.
    pub fn unknown_links(&self) -> impl Iterator<Item = (LinkType, u64)> {
        self.unknown_links.iter().map(|(link, frames)| (*link, *frames))
    }

    /// How many frames belong to conversations after the first [`MOST_CONVERSATIONS`].
    #[must_use]
    pub const fn beyond(&self) -> u64 {
        self.beyond
    }

    /// When the first frame was captured, of whatever kind.
    #[must_use]
    pub const fn began(&self) -> Option<Time> {
        self.began
    }

    fn place(&mut self, frame: &Frame<'_>, packet: &Packet<'_>) -> Option<Place> {
        let pair = pair(packet);
        let found = self.latest.get(&pair).map(|index| *index as usize);
        let index = match found {
            Some(index) if !self.list[index].is_over_for(packet) => index,
            _ => {
                let index = self.list.len();
                if index == MOST_CONVERSATIONS {
                    return None;
                }
                self.list.push(Conversation::begun(frame, packet, found.is_some()));
                self.latest.insert(pair, u32::try_from(index).ok()?);
                index
            }
        };
        let from = self.list[index].note(frame, packet);
        Some(Place { conversation: index, from })
    }
}

fn pair(packet: &Packet<'_>) -> Pair {
    let end = |socket: SocketAddr| (socket.ip(), socket.port());
    let (one, other) = (end(packet.source), end(packet.destination));
    if one <= other { [one, other] } else { [other, one] }
}

impl Conversation {
    fn begun(frame: &Frame<'_>, packet: &Packet<'_>, reuses_ports: bool) -> Self {
        let (source, destination) = (packet.source, packet.destination);
        let syn = packet.flags.contains(Flags::SYN);
        let (opener, by_client) = match packet.ack {
            None if syn => (Opener::Seen, true),
            Some(_) if syn => (Opener::Answered, false),
            _ => (Opener::Guessed, source.port() >= destination.port()),
        };
        let ends = if by_client { [source, destination] } else { [destination, source] };
        Self {
            ends,
            opener,
            sent: [Sent::default(); 2],
            first_frame: frame.number,
            times: frame.at.map(|at| (at, at)),
            completeness: Completeness::default(),
            reuses_ports,
            brief: Brief::default(),
        }
    }

    /// Whether the packet opens another connection of the same addresses and ports: a SYN with
    /// another number than what its sender began with.
    fn is_over_for(&self, packet: &Packet<'_>) -> bool {
        let opens = packet.flags.contains(Flags::SYN) && packet.ack.is_none();
        let first = self.sent[self.sender(packet).index()].first;
        opens && first.is_some_and(|first| first != packet.seq)
    }

    fn sender(&self, packet: &Packet<'_>) -> End {
        if packet.source == self.ends[0] { End::Client } else { End::Server }
    }

    /// Takes in one more of its packets; says who sent it.
    fn note(&mut self, frame: &Frame<'_>, packet: &Packet<'_>) -> End {
        let from = self.sender(packet);
        self.count(from, packet);
        let sent = &mut self.sent[from.index()];
        sent.frames = sent.frames.saturating_add(1);
        sent.octets += u64::from(frame.length);
        sent.text += u64::from(packet.text_len);
        sent.first = sent.first.or(Some(packet.seq));
        if let Some(at) = frame.at {
            let (first, last) = self.times.unwrap_or((at, at));
            self.times = Some((first.min(at), last.max(at)));
        }
        let (syn, acknowledges) = (packet.flags.contains(Flags::SYN), packet.ack.is_some());
        let rst = packet.flags.contains(Flags::RST);
        let seen = [
            (syn && !acknowledges, Completeness::SYN),
            (syn && acknowledges, Completeness::SYN_ACK),
            (!syn && !rst && acknowledges, Completeness::ACK),
            (packet.text_len > 0, Completeness::DATA),
            (packet.flags.contains(Flags::FIN), Completeness::FIN),
            (rst, Completeness::RST),
        ];
        for (_, what) in seen.into_iter().filter(|(is, _)| *is) {
            self.completeness.add(what);
        }
        from
    }

    /// Counts what shows of a packet beside those before it: by the rules of
    /// [`Observed`](crate::Observed), as far as they need no more than the last numbers.
    fn count(&mut self, from: End, packet: &Packet<'_>) {
        let [client, server] = &mut self.sent;
        let (own, peer) = match from {
            End::Client => (client, server),
            End::Server => (server, client),
        };
        let brief = &mut self.brief;
        let has = |flag| packet.flags.contains(flag);
        let control = has(Flags::SYN) || has(Flags::FIN) || has(Flags::RST);
        let end = packet.seq + packet.len();
        let is_next = own.next == Some(packet.seq);
        let probes = packet.text_len == 1 && is_next && peer.window == Some(0) && !control;
        let keeps = !control
            && packet.text_len <= 1
            && !probes
            && own.next.is_some_and(|next| packet.seq + 1 == next);
        if !probes {
            brief.zero_windows += u32::from(packet.wnd == 0 && !control);
            let beyond = own.next.is_some_and(|next| packet.seq.after(next));
            brief.gaps += u32::from(beyond && !has(Flags::RST));
            let same = packet.text_len == 0 && !control && is_next && packet.ack == own.ack;
            let same_window = own.window == Some(packet.wnd);
            let answers = peer.asked;
            brief.duplicates += u32::from(same && same_window && packet.wnd > 0 && !answers);
            let acknowledged =
                packet.text_len > 0 && peer.ack.is_some_and(|ack| end.at_or_before(ack));
            let before = own.next.is_some_and(|next| packet.seq.before(next));
            let probed = packet.text_len > 1 && own.next.is_some_and(|next| packet.seq + 1 == next);
            let repeats = own.next.is_some() && (acknowledged || before && !probed);
            brief.repeats += u32::from(repeats && !keeps && !packet.is_empty());
        }
        own.asked = keeps;
        if !has(Flags::RST) {
            own.window = Some(packet.wnd);
            own.ack = packet.ack.or(own.ack);
        }
        let counts = !probes && (!has(Flags::RST) || packet.text_len == 0);
        if counts && own.next.is_none_or(|next| end.after(next)) {
            own.next = Some(end);
        }
    }
}
