//! What a segment is found to be.

use bitflags::bitflags;
use tcpscope_tcp::SeqNumber;

bitflags! {
    /// What shows of a segment beside those before it; named as in Wireshark's analysis.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
    pub struct Marks: u16 {
        /// Segments before it were not captured: its number is beyond the next one.
        const LOST_SEGMENT = 1;
        /// It acknowledges what was not captured.
        const ACK_LOST_SEGMENT = 1 << 1;
        /// An ACK that says nothing new.
        const DUPLICATE_ACK = 1 << 2;
        /// An ACK that says nothing but a new window.
        const WINDOW_UPDATE = 1 << 3;
        /// It leaves no window.
        const ZERO_WINDOW = 1 << 4;
        /// It fills the window to its edge.
        const WINDOW_FULL = 1 << 5;
        /// One octet into a closed window.
        const ZERO_WINDOW_PROBE = 1 << 6;
        /// The answer to such a probe.
        const ZERO_WINDOW_PROBE_ACK = 1 << 7;
        /// It begins one number before the next, so that it has to be answered.
        const KEEP_ALIVE = 1 << 8;
        /// The answer to such a one.
        const KEEP_ALIVE_ACK = 1 << 9;
        /// At least two duplicate ACKs ask for it, and it comes soon after them.
        const FAST_RETRANSMISSION = 1 << 10;
    }
}

/// Why a segment is not the next one: its number was passed already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// All of it passed here before, and was not acknowledged yet.
    Retransmission,
    /// All of it was acknowledged already.
    Spurious,
    /// It fills a gap, and its timestamp is later than those of segments beyond the gap: one that was
    /// sent before was lost before it came here.
    LostBefore,
    /// It fills a gap, and its timestamp is earlier: it was overtaken.
    OutOfOrder,
    /// It fills a gap; whether it was overtaken, or is sent again, does not show.
    Unsure,
}

/// What a segment is found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Finding {
    /// What shows.
    pub marks: Marks,
    /// Why it is not the next one, if it is not.
    pub repeat: Option<Repeat>,
    /// The place of what it repeats, where it is sent again: of the last segment before it that carried
    /// any of its sequence numbers.
    pub repeats: Option<usize>,
    /// The place of the next segment that repeats it.
    pub repeated_by: Option<usize>,
    /// Which duplicate ACK in a row it is.
    pub duplicate: u32,
    /// The number that was next before it.
    pub next: Option<SeqNumber>,
    /// The nanoseconds from the captured segment that it acknowledges: a round trip from here to
    /// its sender and back. `None` where that segment was sent more than once.
    pub round_trip: Option<i64>,
    /// The place of that segment in the conversation.
    pub acknowledges: Option<usize>,
    /// The octets of text that its sender has sent, up to this segment and with it, and that were not
    /// acknowledged here yet.
    pub in_flight: Option<u32>,
    /// The window that it announces, in octets; `None` where its scale is not known.
    pub window: Option<u32>,
}

impl Marks {
    /// The names of those that are set, for programs.
    pub fn names(self) -> impl Iterator<Item = String> {
        self.iter_names().map(|(name, _)| name.to_ascii_lowercase().replace('_', "-"))
    }
}

impl Repeat {
    /// Whether what it carries was sent before, as far as that shows.
    #[must_use]
    pub const fn is_again(self) -> bool {
        match self {
            Self::Retransmission | Self::Spurious | Self::LostBefore => true,
            Self::OutOfOrder | Self::Unsure => false,
        }
    }

    /// Its name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retransmission => "retransmission",
            Self::Spurious => "spurious-retransmission",
            Self::LostBefore => "lost-before",
            Self::OutOfOrder => "out-of-order",
            Self::Unsure => "unsure",
        }
    }
}
