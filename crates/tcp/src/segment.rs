//! What one TCP endpoint says to the other.

use bitflags::bitflags;
use bytes::Bytes;

use crate::{Ecn, Options, SeqNumber};

bitflags! {
    /// The control bits of a segment (RFC 9293 §3.1), ACK aside.
    ///
    /// ACK is not among them: it says that the acknowledgment number counts, and that is what
    /// [`Segment::ack`] being `Some` says. So no one can read an acknowledgment that was not sent.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
    pub struct Flags: u8 {
        /// No more data from the sender.
        const FIN = 0b0000_0001;
        /// Synchronize sequence numbers.
        const SYN = 0b0000_0010;
        /// Reset the connection.
        const RST = 0b0000_0100;
        /// Push function.
        const PSH = 0b0000_1000;
        /// The urgent pointer counts.
        const URG = 0b0010_0000;
        /// ECN echo (RFC 3168).
        const ECE = 0b0100_0000;
        /// Congestion window reduced (RFC 3168).
        const CWR = 0b1000_0000;
    }
}

/// One TCP segment, without the ports: who it is for is the host's concern.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Segment {
    /// SEG.SEQ: the number of the first octet of text, or of the SYN where there is one.
    pub seq: SeqNumber,
    /// SEG.ACK: the next number that the sender expects; `None` where the ACK bit is off.
    pub ack: Option<SeqNumber>,
    /// The control bits.
    pub flags: Flags,
    /// SEG.WND as it stands in the header: 16 bits, unscaled.
    pub wnd: u16,
    /// The urgent pointer as it stands in the header, an offset from `seq`; it counts if URG is set.
    pub urg: u16,
    /// The options.
    pub options: Options,
    /// The ECN field of the IP header that the segment travels under (RFC 3168 §5).
    pub ecn: Ecn,
    /// The text.
    pub payload: Bytes,
}

impl Segment {
    /// A segment with nothing in it.
    pub(crate) const EMPTY: Self = Self {
        seq: SeqNumber::new(0),
        ack: None,
        flags: Flags::empty(),
        wnd: 0,
        urg: 0,
        options: Options::NONE,
        ecn: Ecn::NotEct,
        payload: Bytes::new(),
    };

    /// SEG.LEN: the sequence numbers that the segment uses up, text and SYN and FIN (§3.4).
    #[must_use]
    pub fn len(&self) -> u32 {
        self.text_len() + u32::from(self.syn()) + u32::from(self.fin())
    }

    /// Whether the segment uses up no sequence number at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The octets of text.
    #[must_use]
    pub fn text_len(&self) -> u32 {
        u32::try_from(self.payload.len()).unwrap_or(u32::MAX >> 1)
    }

    /// The number of the first octet of text: one on from a SYN.
    #[must_use]
    pub fn text_seq(&self) -> SeqNumber {
        self.seq + u32::from(self.syn())
    }

    /// The number after the last that the segment uses up.
    #[must_use]
    pub fn end(&self) -> SeqNumber {
        self.seq + self.len()
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
}
