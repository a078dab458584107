//! The segments of one conversation, gathered while the capture is read.

use tcpscope_tcp::{Ecn, Flags, Options, SeqNumber};
use tcpscope_wire::read_options;

use crate::conversations::{Conversation, Conversations, End};
use crate::packet::Packet;
use crate::read::Frame;
use crate::time::Time;

/// As many segments of a conversation as are looked at; further ones are counted, no more.
pub const MOST_SEGMENTS: usize = 1 << 18;

/// A segment as it was captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The number of its frame in the file.
    pub frame: u64,
    /// When it was captured.
    pub at: Option<Time>,
    /// Who sent it.
    pub from: End,
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
    /// The options, as far as they were kept.
    pub options: Options,
    /// The IP header's ECN field.
    pub ecn: Ecn,
    /// The octets of text.
    pub text_len: u32,
}

impl Seen {
    fn of(frame: &Frame<'_>, packet: &Packet<'_>, from: End) -> Self {
        let mut options = Options::NONE;
        // What is broken in the list was not read; the rest counts.
        let _ = read_options(packet.options, &mut options);
        Self {
            frame: frame.number,
            at: frame.at,
            from,
            seq: packet.seq,
            ack: packet.ack,
            flags: packet.flags,
            wnd: packet.wnd,
            urg: packet.urg,
            options,
            ecn: packet.ecn,
            text_len: packet.text_len,
        }
    }

    /// Whether SYN is set.
    #[must_use]
    pub const fn syn(&self) -> bool {
        self.flags.contains(Flags::SYN)
    }

    /// Whether FIN is set.
    #[must_use]
    pub const fn fin(&self) -> bool {
        self.flags.contains(Flags::FIN)
    }

    /// Whether RST is set.
    #[must_use]
    pub const fn rst(&self) -> bool {
        self.flags.contains(Flags::RST)
    }

    /// SEG.LEN: the sequence numbers that it uses up.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.text_len.wrapping_add(u32::from(self.syn()) + u32::from(self.fin()))
    }

    /// Whether it uses up no sequence number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number after its last.
    #[must_use]
    pub fn end(&self) -> SeqNumber {
        self.seq + self.len()
    }
}

/// Gathers one conversation of a capture.
#[derive(Clone, Debug)]
pub struct Gather {
    conversations: Conversations,
    wanted: usize,
    segments: Vec<Seen>,
    beyond: u64,
}

/// One conversation, and its segments in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// Whose it is, and how many frames there were.
    pub conversation: Conversation,
    /// Its segments.
    pub segments: Vec<Seen>,
    /// How many more there are than are looked at.
    pub beyond: u64,
}

impl Gather {
    /// Gathers the conversation at this place of the list.
    #[must_use]
    pub fn new(conversation: usize) -> Self {
        let conversations = Conversations::new();
        Self { conversations, wanted: conversation, segments: Vec::new(), beyond: 0 }
    }

    /// Keeps the frame, if it is of the conversation.
    pub fn note(&mut self, frame: &Frame<'_>) {
        let Some((place, packet)) = self.conversations.note(frame) else { return };
        if place.conversation != self.wanted {
            return;
        }
        if self.segments.len() < MOST_SEGMENTS {
            self.segments.push(Seen::of(frame, &packet, place.from));
        } else {
            self.beyond += 1;
        }
    }

    /// What was gathered; `None` where there is no such conversation.
    #[must_use]
    pub fn finish(self) -> Option<Gathered> {
        let conversation = *self.conversations.list().get(self.wanted)?;
        Some(Gathered { conversation, segments: self.segments, beyond: self.beyond })
    }

    /// How many conversations there were.
    #[must_use]
    pub fn conversations(&self) -> usize {
        self.conversations.list().len()
    }
}
