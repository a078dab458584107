//! The windows as ribbons of octets.

use tcpscope_sim::{HostId, RecordId, Trace};
use tcpscope_tcp::SeqNumber;

/// A stretch of sequence numbers, from left to right.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ribbon {
    /// The spans, adjacent, in the order of the numbers; none where there is nothing to show.
    pub spans: Vec<Span>,
    /// What the application has given and TCP has not sent: it lies over the spans.
    pub queued: Option<Span>,
    /// The variables along it.
    pub marks: Vec<Mark>,
}

/// A run of sequence numbers that have the same standing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Their standing.
    pub kind: SpanKind,
    /// The first number.
    pub start: SeqNumber,
    /// The number after the last.
    pub end: SeqNumber,
    /// Where it begins: 0 is the ribbon's left end.
    pub x0: f64,
    /// Where it ends: 1 is the ribbon's right end.
    pub x1: f64,
    /// Whether it goes on beyond the ribbon's end.
    pub goes_on: bool,
}

/// The standing of sequence numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// Sent and acknowledged.
    Acknowledged,
    /// Sent and not acknowledged.
    InFlight,
    /// May be sent.
    Usable,
    /// May not be sent, or not be received: beyond the window.
    NotAllowed,
    /// Given by the application and not sent.
    Queued,
    /// Received and read.
    Read,
    /// Received in order and not read.
    Waiting,
    /// Not received, and something after it was.
    Missing,
    /// Received out of order.
    OutOfOrder,
    /// May be received.
    Window,
}

/// A variable along a ribbon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Which.
    pub kind: MarkKind,
    /// Its value.
    pub seq: SeqNumber,
    /// Where: 0 is the ribbon's left end, 1 its right end.
    pub x: f64,
    /// Whether it really lies beyond the ribbon's end.
    pub beyond: bool,
    /// The row for its name, 0 nearest: names in a row do not meet.
    pub row: u8,
}

/// Which variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// SND.UNA.
    SndUna,
    /// SND.NXT.
    SndNxt,
    /// SND.UNA + SND.WND: where the peer's window ends.
    SndLimit,
    /// SND.UNA + cwnd: where the congestion window ends.
    Cwnd,
    /// RCV.NXT.
    RcvNxt,
    /// RCV.NXT + RCV.WND: where our window ends.
    RcvLimit,
}

impl MarkKind {
    /// The name, as the RFC writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SndUna => "SND.UNA",
            Self::SndNxt => "SND.NXT",
            Self::SndLimit => "SND.UNA+SND.WND",
            Self::Cwnd => "SND.UNA+cwnd",
            Self::RcvNxt => "RCV.NXT",
            Self::RcvLimit => "RCV.NXT+RCV.WND",
        }
    }
}

/// How a host's ribbons are scaled in one run. To be made anew when the run changes.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct RibbonScale {}

impl RibbonScale {
    /// The scale for a host's ribbons.
    #[must_use]
    pub fn new(_trace: &Trace, _host: HostId) -> Self {
        Self {}
    }
}

/// What `host` sends: acknowledged · in flight · usable · not allowed.
#[must_use]
pub fn send_window(
    _trace: &Trace,
    _host: HostId,
    _record: RecordId,
    _scale: &RibbonScale,
) -> Ribbon {
    Ribbon::default()
}

/// What `host` receives: read · waiting · missing · out of order · window.
#[must_use]
pub fn receive_window(
    _trace: &Trace,
    _host: HostId,
    _record: RecordId,
    _scale: &RibbonScale,
) -> Ribbon {
    Ribbon::default()
}
