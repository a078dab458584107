//! What of a segment is new and in the window (RFC 9293 §3.10.7.4): the RFC's "idealized segment".

use crate::{Connection, Effects, Flags, Reason, Segment, SeqNumber};

impl Connection {
    /// Cuts off what was received before and what lies beyond the window, SYN and FIN included.
    /// Whoever sends such a segment is told at once how things stand.
    pub(in crate::segment_arrives) fn trim(
        &mut self,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        let nxt = self.rcv.nxt;
        if segment.seq.before(nxt) {
            self.report_old_text(segment);
            cut_before(segment, nxt);
            self.ack_promptly();
        }
        let room = self.rcv.wnd.saturating_sub(segment.text_seq().distance_from(nxt));
        let text = segment.text_len();
        if text > room {
            segment.payload.truncate(room as usize);
            // Both belong to what is cut off.
            segment.flags.remove(Flags::FIN | Flags::PSH);
            self.decide(effects, Reason::TextBeyondWindow { kept: room, cut: text - room });
            self.ack_promptly();
        } else if text == room && segment.fin() {
            // The FIN's number is the first beyond the window.
            segment.flags.remove(Flags::FIN);
            self.ack_promptly();
        }
    }

    /// Text before RCV.NXT was received before: D-SACK says so (RFC 2883 §4).
    pub(super) fn report_old_text(&mut self, segment: &Segment) {
        let (left, nxt) = (segment.text_seq(), self.rcv.nxt);
        let right = left + segment.text_len();
        if left.before(nxt) {
            self.report_duplicate(left, if right.before(nxt) { right } else { nxt });
        }
    }
}

/// Cuts off what lies before `nxt`, so that the segment begins there. The urgent pointer is an
/// offset from SEG.SEQ, and so it moves too.
pub(in crate::segment_arrives) fn cut_before(segment: &mut Segment, nxt: SeqNumber) {
    let old = nxt.distance_from(segment.seq);
    let syn = u32::from(segment.syn());
    segment.flags.remove(Flags::SYN);
    let old_text = old.saturating_sub(syn).min(segment.text_len());
    segment.payload = segment.payload.slice(old_text as usize..);
    segment.seq = nxt;
    match u32::from(segment.urg).checked_sub(old).map(u16::try_from) {
        Some(Ok(urg)) => segment.urg = urg,
        Some(Err(_)) | None => segment.flags.remove(Flags::URG),
    }
}
