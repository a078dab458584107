//! What a kernel counts along a connection, counted from the run.

use tcpscope_sim::{Moment, Packet, RecordKind};
use tcpscope_tcp::{Instant, SeqNumber, Status};

use crate::End;
use crate::windows::{SpanKind, in_flight};

/// What a kernel counts along a connection (RFC 4898's variables, as Linux keeps them).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Octets of text sent, again and again.
    pub(super) bytes_sent: u64,
    /// Those of them that were sent again.
    pub(super) bytes_retrans: u64,
    /// Octets of text that were acknowledged.
    pub(super) bytes_acked: u64,
    /// Octets of text received in order.
    pub(super) bytes_received: u64,
    pub(super) segs_out: u64,
    pub(super) segs_in: u64,
    pub(super) data_segs_out: u64,
    pub(super) data_segs_in: u64,
    pub(super) last_sent: Option<Instant>,
    pub(super) last_received: Option<Instant>,
    pub(super) last_ack: Option<Instant>,
    /// Segments that are not acknowledged.
    pub(super) unacked: u64,
    /// Those of them that were sent again.
    pub(super) retrans_now: u64,
    /// All segments that were sent again.
    pub(super) retrans: u64,
    /// Segments that are taken for lost and were not sent again.
    pub(super) lost: u64,
    /// Segments that have arrived out of order, as the peer's SACKs tell.
    pub(super) sacked: u64,
}

impl Counts {
    pub(super) fn of(end: End<'_>, status: &Status, moment: Moment) -> Self {
        let mut counts = Self::default();
        let Some(info) = end.info(moment.record) else { return counts };
        let trace = end.trace();
        let ours =
            |packet: &Packet| packet.source == info.local && packet.destination == info.remote;
        let theirs =
            |packet: &Packet| packet.source == info.remote && packet.destination == info.local;
        let begun = info.since.index()..=moment.record.index();
        for record in trace.records().get(begun).unwrap_or_default() {
            if record.host != Some(end.host()) {
                continue;
            }
            match record.kind {
                RecordKind::Transmit { packet } if ours(trace.packet(packet)) => {
                    counts.sent(trace.packet(packet), status, record.at);
                }
                RecordKind::Arrive { packet } if theirs(trace.packet(packet)) => {
                    counts.received(trace.packet(packet), record.at);
                }
                _ => {}
            }
        }
        let text = |from: Option<SeqNumber>, to: SeqNumber, fin: bool| {
            let numbers = from.map_or(0, |from| to.distance_from(from));
            u64::from(numbers.saturating_sub(1 + u32::from(fin)))
        };
        let fin_acked = status.closing && status.flight == 0 && status.unsent == 0;
        counts.bytes_acked = text(status.iss, status.snd_una, fin_acked);
        counts.bytes_received = text(
            status.irs,
            status.rcv_nxt,
            !status.state.receives_text() && status.state.is_synchronized(),
        );
        counts.stretches(end, status, moment);
        counts
    }

    fn sent(&mut self, packet: &Packet, status: &Status, at: Instant) {
        let segment = &packet.segment;
        let octets = u64::from(segment.text_len());
        self.segs_out += 1;
        self.bytes_sent += octets;
        if octets > 0 {
            self.data_segs_out += 1;
            self.last_sent = Some(at);
        }
        let in_flight = !segment.is_empty() && (segment.seq + segment.len()).after(status.snd_una);
        if packet.retransmission && !segment.is_empty() {
            self.bytes_retrans += octets;
            self.retrans += 1;
            self.retrans_now += u64::from(in_flight);
        } else {
            self.unacked += u64::from(in_flight);
        }
    }

    fn received(&mut self, packet: &Packet, at: Instant) {
        self.segs_in += 1;
        if packet.segment.text_len() > 0 {
            self.data_segs_in += 1;
            self.last_received = Some(at);
        }
        if packet.segment.ack.is_some() {
            self.last_ack = Some(at);
        }
    }

    /// Segments that lie in stretches of which the sender knows more.
    fn stretches(&mut self, end: End<'_>, status: &Status, moment: Moment) {
        let mss = status.mss.max(1);
        let mut from = status.snd_una;
        for (kind, to) in in_flight(end, moment.record, status.snd_una, status.snd_nxt) {
            let segments = u64::from(to.distance_from(from).div_ceil(mss));
            match kind {
                SpanKind::Lost => self.lost += segments,
                SpanKind::Sacked => self.sacked += segments,
                _ => {}
            }
            from = to;
        }
    }
}
