//! What is answered.

mod error;
mod parse;
mod segment;
mod write;

use tcpscope_sim::{CallResult, HostId};
use tcpscope_tcp::{Flags, Instant, Segment, State, Timer};

pub use error::AnswerError;
pub use parse::LONGEST_ANSWER;
pub(crate) use parse::{ERRNOS, REFUSALS};
pub use write::flags_in_words;

use crate::Outcome;

/// An answer to a question. Right answers have the same form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The state that is entered next; `None`: none any more.
    State(Option<State>),
    /// The segment that is sent next; `None`: none any more.
    Segment(Option<NextSegment>),
    /// Who sends next, and when.
    Sender(Sender),
    /// Which timer runs out first, and when.
    Timer(Stop),
    /// What the call returns.
    Call(CallResult),
    /// So many octets.
    Octets(u32),
    /// What follows.
    Outcome(Box<Outcome>),
}

/// A segment, as far as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NextSegment {
    /// The control bits as they stand in the header, ACK among them ([`FLAGS`]).
    pub flags: u8,
    /// The sequence number, relative or absolute as the quiz has it.
    pub seq: u32,
    /// The acknowledgment number; `None`: there is none.
    pub ack: Option<u32>,
    /// The octets of text.
    pub len: u32,
}

/// Who sends, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sender {
    /// Who.
    pub host: HostId,
    /// When: the time of the run.
    pub at: Instant,
}

/// Which timer runs out, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stop {
    /// Whose it is.
    pub host: HostId,
    /// Which.
    pub timer: Timer,
    /// When: the time of the run.
    pub at: Instant,
}

/// The control bits by their names, the one that gives a segment its purpose first.
pub const FLAGS: [(&str, u8); 8] = [
    ("SYN", 0x02),
    ("FIN", 0x01),
    ("RST", 0x04),
    ("PSH", 0x08),
    ("ACK", ACK),
    ("URG", 0x20),
    ("ECE", 0x40),
    ("CWR", 0x80),
];

/// The bit of ACK.
pub(crate) const ACK: u8 = 0x10;
/// The bit of PSH.
pub(crate) const PSH: u8 = Flags::PSH.bits();

/// A segment's control bits as they stand in the header.
pub(crate) const fn flags_of(segment: &Segment) -> u8 {
    segment.flags.bits() | if segment.ack.is_some() { ACK } else { 0 }
}
