//! The windows as ribbons of octets: RFC 9293 §3.3.1, Figures 3 and 4, filled in.

mod flight;
mod highlights;
mod pieces;
mod scale;

use tcpscope_sim::RecordId;
use tcpscope_tcp::{SeqNumber, State, Status};

use crate::geometry::between;
use crate::order::sorted;
use crate::{End, Messages};
pub(crate) use flight::in_flight;
pub use highlights::{Highlight, HighlightKind, highlights};
pub use pieces::{Piece, piece, pieces};
pub use scale::RibbonScale;

/// One of the two streams of a connection, as one of its ends sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// What it sends.
    Sent,
    /// What it receives.
    Received,
}

/// A stretch of sequence numbers, from left to right.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ribbon {
    /// The spans, adjacent, in the order of the numbers; none where there is nothing to show.
    pub spans: Vec<Span>,
    /// What the application has given and TCP has not sent: it lies over the spans.
    pub queued: Option<Span>,
    /// The variables along it, from left to right.
    pub marks: Vec<Mark>,
    /// Which numbers it shows.
    view: View,
}

impl Ribbon {
    /// The number at a place: 0 is the left end, 1 the right end. None where nothing is shown.
    #[must_use]
    pub fn number_at(&self, x: f64) -> Option<SeqNumber> {
        self.spans.first()?;
        Some(self.view.number_at(x))
    }

    /// The span of a number, the octets that wait to be sent before those that lie below them.
    #[must_use]
    pub fn span_of(&self, number: SeqNumber) -> Option<&Span> {
        let covers = |span: &&Span| number.distance_from(span.start) < span.len;
        self.queued.iter().find(covers).or_else(|| self.spans.iter().find(covers))
    }
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
    /// How many they are. A SYN and a FIN take a number each.
    pub len: u32,
    /// Where it begins: 0 is the ribbon's left end.
    pub x0: f64,
    /// Where it ends: 1 is the ribbon's right end.
    pub x1: f64,
    /// Whether it began before the ribbon's left end.
    pub comes_on: bool,
    /// Whether it goes on beyond the ribbon's right end.
    pub goes_on: bool,
}

/// The standing of sequence numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// Sent and acknowledged.
    Acknowledged,
    /// Sent and not acknowledged.
    InFlight,
    /// Sent, and the peer has them, as its SACK blocks tell; not acknowledged.
    Sacked,
    /// Sent and taken for lost.
    Lost,
    /// Sent again and not acknowledged.
    Resent,
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

impl SpanKind {
    /// What octets of this standing are called, and what that means.
    #[must_use]
    pub const fn in_words(self, words: &Messages) -> (&'static str, &'static str) {
        let (words, side) = (&words.window, &words.side);
        match self {
            Self::Acknowledged => (words.acknowledged, words.acknowledged_hint),
            Self::InFlight => (words.in_flight, words.in_flight_hint),
            Self::Sacked => (side.sacked, side.sacked_hint),
            Self::Lost => (side.taken_for_lost, side.taken_for_lost_hint),
            Self::Resent => (side.resent, side.resent_hint),
            Self::Usable => (words.usable, words.usable_hint),
            Self::NotAllowed => (words.not_allowed, words.not_allowed_hint),
            Self::Queued => (words.unsent, words.unsent),
            Self::Read => (words.read, words.read_hint),
            Self::Waiting => (words.waiting, words.waiting_hint),
            Self::Missing => (words.missing, words.missing_hint),
            Self::OutOfOrder => (words.out_of_order, words.out_of_order_hint),
            Self::Window => (words.window, words.window_hint),
        }
    }

    /// The name that style sheets use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::InFlight => "in-flight",
            Self::Sacked => "sacked",
            Self::Lost => "taken-for-lost",
            Self::Resent => "resent",
            Self::Usable => "usable",
            Self::NotAllowed => "not-allowed",
            Self::Queued => "queued",
            Self::Read => "read",
            Self::Waiting => "waiting",
            Self::Missing => "missing",
            Self::OutOfOrder => "out-of-order",
            Self::Window => "window",
        }
    }
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
    /// Where the middle of its name is: at `x`, or a little off where the ribbon ends.
    pub name_x: f64,
    /// The row for its name, 0 nearest: short names with their
    /// values do not meet in a row, in a ribbon of 300 pixels.
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

    /// The name where it is clear whose: without SND and RCV.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::SndUna => "UNA",
            Self::SndNxt | Self::RcvNxt => "NXT",
            Self::SndLimit => "UNA+WND",
            Self::Cwnd => "UNA+cwnd",
            Self::RcvLimit => "NXT+WND",
        }
    }

    /// The width of the short name and a number of eight digits, as a part of the ribbon.
    fn name_width(self) -> f64 {
        let characters = u8::try_from(self.short_name().len() + 10).unwrap_or(u8::MAX);
        f64::from(characters) * 5.6 / 300.0
    }
}

/// What one end sends: acknowledged · in flight · usable · not allowed.
#[must_use]
pub fn send_window(end: End<'_>, record: RecordId, scale: &RibbonScale) -> Ribbon {
    let status = end.status(record);
    let Some(iss) = status.iss.filter(|_| has_tcb(status.state)) else { return Ribbon::default() };
    let Status { snd_una: una, snd_nxt: nxt, snd_wnd, cwnd, unsent, .. } = status;
    let view = scale.send.view(iss, una);
    let mut ends = vec![(SpanKind::Acknowledged, una)];
    ends.extend(in_flight(end, record, una, nxt));
    let mut marks = vec![(MarkKind::SndUna, una), (MarkKind::SndNxt, nxt)];
    // Before the peer's SYN nothing is known of its window.
    if status.irs.is_some() {
        let limit = una + snd_wnd;
        ends.push((SpanKind::Usable, limit));
        marks.push((MarkKind::SndLimit, limit));
        if cwnd > 0 && cwnd < snd_wnd && view.x(una + cwnd) <= 1.0 {
            marks.push((MarkKind::Cwnd, una + cwnd));
        }
    }
    let queued = (unsent > 0).then(|| view.span(SpanKind::Queued, nxt, nxt + unsent)).flatten();
    Ribbon { spans: view.spans(iss, ends), queued, marks: view.marks(marks), view }
}

/// What one end receives: read · waiting · missing · out of order · window.
#[must_use]
pub fn receive_window(end: End<'_>, record: RecordId, scale: &RibbonScale) -> Ribbon {
    let status = end.status(record);
    let Some(irs) = status.irs.filter(|_| has_tcb(status.state)) else { return Ribbon::default() };
    let Status { rcv_nxt: nxt, rcv_wnd, unread, .. } = status;
    let view = scale.receive.view(irs, nxt);
    // The peer's FIN comes after all text: it is read with the last octet.
    let has_fin = finished(status.state);
    let read = if unread > 0 { nxt - u32::from(has_fin) - unread } else { nxt };
    let mut ends = vec![(SpanKind::Read, read), (SpanKind::Waiting, nxt)];
    let mut marks = vec![(MarkKind::RcvNxt, nxt)];
    for (start, end) in status.out_of_order.runs() {
        ends.extend([(SpanKind::Missing, *start), (SpanKind::OutOfOrder, *end)]);
    }
    if !has_fin {
        ends.push((SpanKind::Window, nxt + rcv_wnd));
        marks.push((MarkKind::RcvLimit, nxt + rcv_wnd));
    }
    Ribbon { spans: view.spans(irs, ends), queued: None, marks: view.marks(marks), view }
}

/// Whether there are windows at all.
pub(crate) const fn has_tcb(state: State) -> bool {
    !matches!(state, State::Closed | State::Listen)
}

/// Whether the peer's FIN has been taken: nothing more will come.
const fn finished(state: State) -> bool {
    state.is_synchronized() && !state.receives_text()
}

/// The numbers that a ribbon shows.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
struct View {
    /// The first number of the stream: a SYN's.
    first: SeqNumber,
    /// The number at the left end, from the first on.
    left: u32,
    span: u32,
}

impl View {
    /// Where a number lies; outside of 0 to 1 where it does not show.
    fn x(&self, seq: SeqNumber) -> f64 {
        // A little before the first number is not a whole circle after it.
        let from_first = if seq.before(self.first) { 0 } else { seq.distance_from(self.first) };
        (f64::from(from_first) - f64::from(self.left)) / f64::from(self.span)
    }

    /// The number at a place.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place is from 0 to 1, and `as` stops at the ends of the type"
    )]
    fn number_at(&self, x: f64) -> SeqNumber {
        let along = (between(x, 0.0, 1.0) * f64::from(self.span)) as u32;
        self.first + self.left + along.min(self.span.saturating_sub(1))
    }

    /// The adjacent spans that begin at `start` and end at these numbers, as far as they show;
    /// what is beyond them is not allowed.
    fn spans(
        &self,
        start: SeqNumber,
        ends: impl IntoIterator<Item = (SpanKind, SeqNumber)>,
    ) -> Vec<Span> {
        let right = self.first + self.left + self.span;
        let mut start = start;
        let mut spans = Vec::new();
        let mut add = |kind, end: SeqNumber| {
            if end.after(start) {
                spans.extend(self.span(kind, start, end));
                start = end;
            }
        };
        ends.into_iter().for_each(|(kind, end)| add(kind, end));
        add(SpanKind::NotAllowed, right);
        spans
    }

    /// A span, if any of it shows.
    fn span(&self, kind: SpanKind, start: SeqNumber, end: SeqNumber) -> Option<Span> {
        let (x0, x1) = (self.x(start), self.x(end));
        (x0 < 1.0 && x1 > 0.0).then(|| Span {
            kind,
            start,
            end,
            len: end.distance_from(start),
            x0: x0.max(0.0),
            x1: x1.min(1.0),
            comes_on: x0 < 0.0,
            goes_on: x1 > 1.0 || kind == SpanKind::NotAllowed,
        })
    }

    /// The marks from left to right, each name in the first row in which it meets no other.
    fn marks(&self, variables: Vec<(MarkKind, SeqNumber)>) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (kind, seq) in variables {
            let x = self.x(seq);
            let half = kind.name_width() / 2.0;
            let name_x = between(x, half, 1.0 - half);
            let meets =
                |other: &Mark| (other.name_x - name_x).abs() < half + other.kind.name_width() / 2.0;
            let taken: Vec<_> =
                marks.iter().filter(|other| meets(other)).map(|other| other.row).collect();
            let row = (0..u8::MAX).find(|row| !taken.contains(row)).unwrap_or_default();
            marks.push(Mark { kind, seq, x: x.clamp(0.0, 1.0), beyond: x > 1.0, name_x, row });
        }
        sorted(marks, |mark| mark.x)
    }
}
