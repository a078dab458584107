//! The windows as ribbons of octets: RFC 9293 §3.3.1, Figures 3 and 4, filled in.

use tcpscope_sim::{AppCall, HostId, RecordId, Trace};
use tcpscope_tcp::{SeqNumber, State, Status};

use crate::geometry::between;
use crate::order::sorted;
use crate::words::peer_of;

/// A stretch of sequence numbers, from left to right.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ribbon {
    /// The spans, adjacent, in the order of the numbers; none where there is nothing to show.
    pub spans: Vec<Span>,
    /// What the application has given and TCP has not sent: it lies over the spans.
    pub queued: Option<Span>,
    /// The variables along it, from left to right.
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
    /// The name that style sheets use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::InFlight => "in-flight",
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

/// How a host's two ribbons are scaled in one run. To be made anew when the run changes.
///
/// A host's send ribbon and its peer's receive ribbon have the same scale: one above the other
/// they show the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct RibbonScale {
    send: Track,
    receive: Track,
}

/// The scale of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Track {
    /// All numbers that the direction uses, SYN and FIN among them, and a little more.
    total: u32,
    /// As many numbers fit into the ribbon.
    span: u32,
}

impl RibbonScale {
    /// The scale for the ribbons of `host`.
    #[must_use]
    pub fn new(trace: &Trace, host: HostId) -> Self {
        let track = |from| Track::new(trace, from);
        Self { send: track(host), receive: track(peer_of(trace, host)) }
    }
}

impl Track {
    /// The scale of what `from` sends.
    ///
    /// Where the whole stream fits beside the window, it is shown from its first number to its
    /// last, and the window slides along it; else the ribbon shows one and a half windows, and
    /// the stream slides through it.
    fn new(trace: &Trace, from: HostId) -> Self {
        /// A quarter of the circle: in more than that, before and after could be confused.
        const MOST: u32 = 1 << 30;
        let planned = trace.host(from).script.iter().map(|step| match &step.call {
            AppCall::Send(data) => u32::try_from(data.len()).unwrap_or(MOST),
            AppCall::Generate { octets } | AppCall::Type { octets, .. } => {
                u32::try_from(*octets).unwrap_or(MOST)
            }
            AppCall::Open { .. }
            | AppCall::Receive(_)
            | AppCall::Close
            | AppCall::Abort
            | AppCall::Connect(_)
            | AppCall::Bind { .. }
            | AppCall::Listen { .. }
            | AppCall::Accept
            | AppCall::Serve { .. }
            | AppCall::Set(_)
            | AppCall::Shutdown(_)
            | AppCall::Release
            | AppCall::Exit
            | AppCall::SendTo { .. }
            | AppCall::Forge(_)
            | AppCall::Repeat { .. }
            | AppCall::Nothing => 0,
        });
        let numbers = planned.fold(2, u32::saturating_add).min(MOST / 2);
        let total = (numbers + numbers / 5).max(4);
        let offers = trace.packets().iter().filter(|packet| packet.to == from);
        let widest = offers.map(|packet| u32::from(packet.segment.wnd)).max();
        let span = widest.filter(|wnd| *wnd > 0).map_or(total, |wnd| total.min(wnd + wnd / 2));
        Self { total, span }
    }

    /// The ribbon of the numbers from `first` on, in which `present` is where things happen.
    const fn view(&self, first: SeqNumber, present: SeqNumber) -> View {
        // A quarter of the ribbon shows what is behind; at either end of the stream it stops.
        let behind = present.distance_from(first).saturating_sub(self.span / 4);
        let most = self.total.saturating_sub(self.span);
        View { first, left: if behind < most { behind } else { most }, span: self.span }
    }
}

/// What `host` sends: acknowledged · in flight · usable · not allowed.
#[must_use]
pub fn send_window(trace: &Trace, host: HostId, record: RecordId, scale: &RibbonScale) -> Ribbon {
    let status = trace.status(host, record);
    let Some(iss) = status.iss.filter(|_| has_tcb(status.state)) else { return Ribbon::default() };
    let Status { snd_una: una, snd_nxt: nxt, snd_wnd, cwnd, unsent, .. } = status;
    let view = scale.send.view(iss, una);
    let mut ends = vec![(SpanKind::Acknowledged, una), (SpanKind::InFlight, nxt)];
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
    Ribbon { spans: view.spans(iss, ends), queued, marks: view.marks(marks) }
}

/// What `host` receives: read · waiting · missing · out of order · window.
#[must_use]
pub fn receive_window(
    trace: &Trace,
    host: HostId,
    record: RecordId,
    scale: &RibbonScale,
) -> Ribbon {
    let status = trace.status(host, record);
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
    Ribbon { spans: view.spans(irs, ends), queued: None, marks: view.marks(marks) }
}

/// Whether there are windows at all.
const fn has_tcb(state: State) -> bool {
    !matches!(state, State::Closed | State::Listen)
}

/// Whether the peer's FIN has been taken: nothing more will come.
const fn finished(state: State) -> bool {
    state.is_synchronized() && !state.receives_text()
}

/// The numbers that a ribbon shows.
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
