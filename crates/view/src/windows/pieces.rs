//! What can be pointed at along a ribbon: octets that went together.

use tcpscope_sim::{Packet, PacketIndex, RecordId};
use tcpscope_tcp::SeqNumber;

use super::{Ribbon, Span, SpanKind, Stream};
use crate::{End, printable};

/// Octets of one standing that the same segments carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Their standing.
    pub kind: SpanKind,
    /// The first number.
    pub start: SeqNumber,
    /// The number after the last.
    pub end: SeqNumber,
    /// The segments that carried them, in the order in which they were sent.
    pub carriers: Vec<PacketIndex>,
    /// The octets themselves, as far as a segment has carried them and as many as are shown;
    /// what cannot be printed is a dot.
    pub text: String,
    /// Whether more octets follow than are shown.
    pub cut: bool,
    /// Whether a SYN is among them.
    pub syn: bool,
    /// Whether a FIN is among them.
    pub fin: bool,
}

/// As many octets of a piece are shown.
const SHOWN: usize = 64;

/// The piece at a number, if the ribbon shows it.
#[must_use]
pub fn piece(
    end: End<'_>,
    record: RecordId,
    stream: Stream,
    ribbon: &Ribbon,
    number: SeqNumber,
) -> Option<Piece> {
    let span = ribbon.span_of(number)?;
    let of_stream = carriers(end, record, stream, span);
    let (start, end_of_piece) = bounds(span, &of_stream, number);
    let here = |(_, packet): &&(PacketIndex, &Packet)| covers(packet, start);
    let here: Vec<_> = of_stream.iter().filter(here).collect();
    let mut piece = Piece {
        kind: span.kind,
        start,
        end: end_of_piece,
        carriers: here.iter().map(|(index, _)| *index).collect(),
        text: String::new(),
        cut: false,
        syn: false,
        fin: false,
    };
    if let Some((_, packet)) = here.first() {
        piece.read(packet);
    }
    Some(piece)
}

/// Where each piece that a ribbon shows begins, from left to right: what arrow keys go along.
#[must_use]
pub fn pieces(end: End<'_>, record: RecordId, stream: Stream, ribbon: &Ribbon) -> Vec<SeqNumber> {
    let mut starts = Vec::new();
    for span in ribbon.spans.iter().filter(|span| span.len > 0) {
        let of_stream = carriers(end, record, stream, span);
        let mut at = span.start;
        while at.distance_from(span.start) < span.len {
            starts.push(at);
            at = bounds(span, &of_stream, at).1;
        }
    }
    starts
}

impl Piece {
    /// The octets that a packet carried of it.
    fn read(&mut self, packet: &Packet) {
        let segment = &packet.segment;
        let len = self.end.distance_from(self.start);
        let skipped = self.start.distance_from(segment.seq);
        self.syn = segment.syn() && skipped == 0;
        self.fin = segment.fin() && skipped + len == segment.len();
        let text = skipped.saturating_sub(u32::from(segment.syn())) as usize;
        let octets = len - u32::from(self.syn) - u32::from(self.fin).min(len);
        let rest = segment.payload.get(text..).unwrap_or_default();
        let whole = rest.get(..octets as usize).unwrap_or(rest);
        let shown = whole.get(..SHOWN).unwrap_or(whole);
        self.text = shown.iter().map(|octet| printable(*octet)).collect();
        self.cut = whole.len() > SHOWN;
    }
}

/// The packets of a stream that carry any of a span and have been sent.
fn carriers<'a>(
    end: End<'a>,
    record: RecordId,
    stream: Stream,
    span: &Span,
) -> Vec<(PacketIndex, &'a Packet)> {
    let trace = end.trace();
    let never_sent = match span.kind {
        SpanKind::Usable | SpanKind::NotAllowed | SpanKind::Queued => true,
        SpanKind::Acknowledged
        | SpanKind::InFlight
        | SpanKind::Sacked
        | SpanKind::Lost
        | SpanKind::Resent
        | SpanKind::Read
        | SpanKind::Waiting
        | SpanKind::Missing
        | SpanKind::OutOfOrder
        | SpanKind::Window => false,
    };
    let Some(info) = end.info(record).filter(|_| !never_sent) else { return Vec::new() };
    let (from, to) = match stream {
        Stream::Sent => (info.local, info.remote),
        Stream::Received => (info.remote, info.local),
    };
    let sent = (0..).map(PacketIndex).zip(trace.packets());
    let sent = sent.take_while(|(_, packet)| packet.sent_by <= record);
    let overlaps = |packet: &Packet| {
        let len = packet.segment.len();
        len > 0
            && (covers(packet, span.start)
                || packet.segment.seq.distance_from(span.start) < span.len)
    };
    sent.filter(|(_, packet)| packet.source == from && packet.destination == to && overlaps(packet))
        .collect()
}

fn covers(packet: &Packet, number: SeqNumber) -> bool {
    number.distance_from(packet.segment.seq) < packet.segment.len()
}

/// Where the piece of a span begins and ends that a number is in: at the edges of segments.
fn bounds(
    span: &Span,
    of_stream: &[(PacketIndex, &Packet)],
    number: SeqNumber,
) -> (SeqNumber, SeqNumber) {
    let at = number.distance_from(span.start);
    let (mut from, mut to) = (0, span.len);
    for (_, packet) in of_stream {
        let first = packet.segment.seq;
        for edge in [first, first + packet.segment.len()] {
            let edge = edge.distance_from(span.start);
            if edge <= at {
                from = from.max(edge);
            } else if edge < span.len {
                to = to.min(edge);
            }
        }
    }
    (span.start + from, span.start + to)
}
