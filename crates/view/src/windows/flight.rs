//! What the sender knows of the octets in flight: which have arrived all the same, which it takes
//! for lost, which it has sent again.

use tcpscope_sim::{Packet, Record, RecordId, RecordKind, Why};
use tcpscope_tcp::{Reason, SeqNumber};

use super::SpanKind;
use crate::End;

/// The numbers from SND.UNA to SND.NXT: what is known of them, each up to that number. It is read
/// from the rules that the sender applied, so it is what this sender knows, and not what is true.
pub(crate) fn in_flight(
    end: End<'_>,
    record: RecordId,
    una: SeqNumber,
    nxt: SeqNumber,
) -> Vec<(SpanKind, SeqNumber)> {
    let mut paint = Paint { una, painted: vec![(SpanKind::InFlight, nxt.distance_from(una))] };
    if nxt.after(una) {
        for past in since_first_sent(end, record, una) {
            paint.by(end, past);
        }
    }
    paint.painted.into_iter().map(|(kind, to)| (kind, una + to)).collect()
}

/// The records of the host from the first sending of `una` on: before that, nothing could be known
/// of the numbers that are in flight.
fn since_first_sent(
    end: End<'_>,
    record: RecordId,
    una: SeqNumber,
) -> impl Iterator<Item = &Record> {
    let trace = end.trace();
    let sent = trace.packets().partition_point(|packet| packet.sent_by <= record);
    let carries = |packet: &&Packet| {
        !packet.retransmission
            && una.distance_from(packet.segment.seq) < packet.segment.len()
            && is_sent_by(end, record, packet)
    };
    let first = trace.packets().get(..sent).unwrap_or_default().iter().rev().find(carries);
    let from = first.map_or(record.index(), |packet| packet.sent_by.index());
    let past = trace.records().get(from..=record.index()).unwrap_or_default();
    let connection = end.connection(record);
    past.iter().filter(move |past| past.connection == connection)
}

/// Whether a packet belongs to what this end sends.
fn is_sent_by(end: End<'_>, record: RecordId, packet: &Packet) -> bool {
    end.info(record).is_some_and(|info| {
        packet.id.from == end.host()
            && packet.source == info.local
            && packet.destination == info.remote
    })
}

/// Stretches of numbers, each with what is known of it and where it ends, counted from SND.UNA.
struct Paint {
    una: SeqNumber,
    painted: Vec<(SpanKind, u32)>,
}

impl Paint {
    /// What a record says of the numbers.
    fn by(&mut self, end: End<'_>, record: &Record) {
        let whys = end.trace().whys(record.id);
        let keeps_trying =
            whys.iter().any(|why| matches!(why, Why::Tcp(Reason::FRtoBegins { .. })));
        for why in whys {
            let Why::Tcp(reason) = why else { continue };
            match *reason {
                Reason::SackTaken { left, right, .. } => {
                    self.over(SpanKind::Sacked, left, right, |_| true);
                }
                Reason::LostBySack { seq, octets } | Reason::LostByRack { seq, octets, .. } => {
                    self.over(SpanKind::Lost, seq, seq + octets, |kind| kind != SpanKind::Sacked);
                }
                // All that was in flight is taken for lost (RFC 5681 §3.1); under F-RTO only once
                // the timeout turns out to be no mistake (RFC 5682 §2.1).
                Reason::CongestionTimeout { .. } if !keeps_trying => self.all_lost(end, record.id),
                Reason::FRtoGenuine { .. } => self.all_lost(end, record.id),
                // Every other rule leaves it open what became of the octets.
                _ => {}
            }
        }
        if let RecordKind::Transmit { packet } = record.kind {
            let packet = end.trace().packet(packet);
            if packet.retransmission {
                let (from, len) = (packet.segment.seq, packet.segment.len());
                self.over(SpanKind::Resent, from, from + len, |kind| kind != SpanKind::Sacked);
            }
        }
    }

    fn all_lost(&mut self, end: End<'_>, record: RecordId) {
        let to = end.status_before(record).snd_nxt;
        self.over(SpanKind::Lost, self.una, to, |kind| kind != SpanKind::Sacked);
    }

    /// The numbers `[from, to)` are such from now on, as far as they were such as may change.
    fn over(
        &mut self,
        kind: SpanKind,
        from: SeqNumber,
        to: SeqNumber,
        may_change: impl Fn(SpanKind) -> bool,
    ) {
        let all = self.painted.last().map_or(0, |(_, to)| *to);
        let from = if from.before(self.una) { 0 } else { from.distance_from(self.una) };
        let to = if to.after(self.una) { to.distance_from(self.una).min(all) } else { 0 };
        let mut start = 0;
        let mut painted: Vec<(SpanKind, u32)> = Vec::new();
        let mut add = |kind, until: u32| match painted.last_mut() {
            _ if until <= start => {}
            Some((last, end)) if *last == kind => (*end, start) = (until, until),
            _ => {
                painted.push((kind, until));
                start = until;
            }
        };
        for (before, end) in &self.painted {
            add(*before, from.min(*end));
            let changed = if may_change(*before) { kind } else { *before };
            add(changed, to.min(*end));
            add(*before, *end);
        }
        self.painted = painted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(strokes: &[(SpanKind, u32, u32)]) -> Vec<(SpanKind, u32)> {
        let una = SeqNumber::new(u32::MAX - 2);
        let mut paint = Paint { una, painted: vec![(SpanKind::InFlight, 10)] };
        for (kind, from, to) in strokes {
            paint.over(*kind, una + *from, una + *to, |kind| kind != SpanKind::Sacked);
        }
        paint.painted
    }

    #[test]
    fn what_is_known_later_lies_over_what_was_known_before() {
        use SpanKind::{InFlight, Lost, Resent, Sacked};
        assert_eq!(painted(&[]), [(InFlight, 10)]);
        assert_eq!(painted(&[(Sacked, 4, 6)]), [(InFlight, 4), (Sacked, 6), (InFlight, 10)]);
        let lost = [(Sacked, 4, 6), (Lost, 0, 10)];
        assert_eq!(painted(&lost), [(Lost, 4), (Sacked, 6), (Lost, 10)]);
        let resent = [(Sacked, 4, 6), (Lost, 0, 10), (Resent, 0, 2)];
        assert_eq!(painted(&resent), [(Resent, 2), (Lost, 4), (Sacked, 6), (Lost, 10)]);
        assert_eq!(painted(&[(Lost, 8, 30)]), [(InFlight, 8), (Lost, 10)]);
    }
}
