//! One segment in flight, and what is known of it.

use bitflags::bitflags;

use crate::{Instant, SeqNumber};

bitflags! {
    /// What is known of a segment in flight.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
    pub(crate) struct Marks: u8 {
        /// Its first number is our SYN's.
        const SYN = 1;
        /// Its last number is our FIN's.
        const FIN = 1 << 1;
        /// It went out with PSH.
        const PUSHED = 1 << 2;
        /// It was sent more than once: its round trip cannot be told (RFC 6298 §3).
        const AGAIN = 1 << 3;
        /// The peer has it, as SACK tells (RFC 2018).
        const SACKED = 1 << 4;
        /// It is taken for lost.
        const LOST = 1 << 5;
        /// It was sent again since it was taken for lost, or without being so.
        const RESENT = 1 << 6;
    }
}

/// A segment in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flown {
    pub(crate) seq: SeqNumber,
    /// Its numbers: those of text, SYN and FIN.
    pub(crate) len: u32,
    pub(crate) marks: Marks,
    /// When it was last sent.
    pub(crate) sent_at: Instant,
    /// When it was first sent. Never decreases from one entry to the next.
    pub(crate) first_sent: Instant,
}

impl Flown {
    pub(crate) fn end(&self) -> SeqNumber {
        self.seq + self.len
    }

    pub(crate) const fn has(&self, marks: Marks) -> bool {
        self.marks.contains(marks)
    }

    /// The octets of text.
    pub(crate) fn text_len(&self) -> u32 {
        self.len - u32::from(self.has(Marks::SYN)) - u32::from(self.has(Marks::FIN))
    }

    /// Whether it is taken for lost and was not sent again since.
    pub(crate) fn is_missing(&self) -> bool {
        let known = Marks::LOST | Marks::RESENT | Marks::SACKED;
        self.marks.intersection(known) == Marks::LOST
    }

    /// What it counts in pipe (RFC 6675 §4, `SetPipe`): once unless it is lost, and once more if
    /// it was sent again.
    pub(super) fn in_pipe(&self) -> u32 {
        if self.has(Marks::SACKED) {
            return 0;
        }
        let copies = u32::from(!self.has(Marks::LOST)) + u32::from(self.has(Marks::RESENT));
        self.len * copies
    }
}
