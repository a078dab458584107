//! Seventh, process the segment text (RFC 9293 §3.10.7.4).

use super::trim::cut_before;
use crate::{Connection, Effects, Flags, Reason, Segment, SeqNumber, State};

impl Connection {
    /// Text at RCV.NXT is delivered, and what waited behind it too; text ahead of a gap is kept
    /// (SHLD-31). Either way an acknowledgment is owed.
    pub(super) fn process_text(&mut self, segment: &mut Segment, effects: &mut Effects) {
        if self.refuse_unwanted_text(segment, effects) {
            return;
        }
        if !self.state().receives_text() {
            self.ignore_text(segment, effects);
            return;
        }
        self.deliver_text_of_syn(effects);
        let rcv_nxt = self.rcv.nxt;
        if segment.text_seq().before(rcv_nxt) {
            cut_before(segment, rcv_nxt);
        }
        self.keep_push(segment);
        if segment.text_seq() == rcv_nxt {
            self.take_text_in_order(segment, effects);
        } else {
            self.keep_text_out_of_order(segment, effects);
        }
    }

    /// PSH is passed on to RECEIVE (RFC 9293 §3.9.1.3, MAY-17). It is no record marker: where it
    /// comes several times before RECEIVE, the last counts for all.
    pub(crate) fn keep_push(&mut self, segment: &Segment) {
        if segment.flags.contains(Flags::PSH) && segment.text_len() > 0 {
            let end = segment.text_seq() + segment.text_len();
            let pushed_to = &mut self.incoming.pushed_to;
            *pushed_to = Some(pushed_to.map_or(end, |last| last.later_of(end)));
        }
    }

    /// The usual case, and so the short one: nothing is held, and nothing is allocated.
    fn take_text_in_order(&mut self, segment: &mut Segment, effects: &mut Effects) {
        let (seq, octets) = (segment.text_seq(), segment.text_len());
        if octets == 0 {
            return;
        }
        // What fills all or a part of a gap is acknowledged at once (RFC 5681 §4.2).
        let gap = !self.incoming.ahead.is_empty() || self.incoming.fin_ahead.is_some();
        self.incoming.queue.push(core::mem::take(&mut segment.payload));
        let waited = if gap { self.close_gap(seq, seq + octets) } else { 0 };
        self.advance_rcv_nxt(octets + waited);
        let rcv_nxt = self.rcv.nxt;
        let reason = if waited > 0 {
            Reason::TextFillsGap { seq, octets, waited, rcv_nxt }
        } else {
            Reason::TextInOrder { seq, octets, rcv_nxt }
        };
        self.decide(effects, reason);
        self.deliver(octets + waited, reason, effects);
        if gap {
            self.owe_ack(Reason::AckFillsGap { rcv_nxt });
        } else {
            self.owe_ack_of_text();
        }
    }

    /// `[left, right)` has been taken: what waited behind it follows. What of it had come before
    /// is a duplicate.
    fn close_gap(&mut self, left: SeqNumber, right: SeqNumber) -> u32 {
        if let Some((from, to)) = self.incoming.ahead.held_within(left, right) {
            self.report_duplicate(from, to);
        }
        self.incoming.ahead.take_from(right, &mut self.incoming.queue)
    }

    /// An ACK of it is sent at once (MAY-13, RFC 5681 §4.2), so that the sender learns of the gap.
    pub(in crate::segment_arrives) fn keep_text_out_of_order(
        &mut self,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        let (seq, octets, rcv_nxt) = (segment.text_seq(), segment.text_len(), self.rcv.nxt);
        if octets == 0 && !segment.fin() {
            return;
        }
        let end = seq + octets;
        if segment.fin() && self.incoming.fin_ahead.is_none() {
            self.incoming.fin_ahead = Some(end);
        }
        if let Some((from, to)) = self.incoming.ahead.held_within(seq, end) {
            self.report_duplicate(from, to);
        }
        self.incoming.ahead.insert(seq, core::mem::take(&mut segment.payload));
        self.decide(effects, Reason::TextOutOfOrder { seq, octets, rcv_nxt });
        self.owe_ack(Reason::AckOutOfOrder { seq, rcv_nxt });
    }

    /// Whether text that came with the SYN is held at RCV.NXT, where nothing else that is held can
    /// begin: it is delivered with the next segment.
    pub(in crate::segment_arrives) fn text_of_syn_waits(&self) -> bool {
        let next = self.rcv.nxt;
        !self.incoming.ahead.is_empty() && self.incoming.ahead.held_within(next, next + 1).is_some()
    }

    /// Text that came with the SYN was kept until now: it begins at RCV.NXT, and nothing else that
    /// is held can (§3.10.7.2).
    fn deliver_text_of_syn(&mut self, effects: &mut Effects) {
        let seq = self.rcv.nxt;
        if self.incoming.ahead.is_empty() {
            return;
        }
        let octets = self.incoming.ahead.take_from(seq, &mut self.incoming.queue);
        if octets > 0 {
            self.advance_rcv_nxt(octets);
            let reason = Reason::TextInOrder { seq, octets, rcv_nxt: self.rcv.nxt };
            self.decide(effects, reason);
            self.deliver(octets, reason, effects);
            self.owe_ack_of_text();
        }
    }

    /// "This should not occur since a FIN has been received from the remote side. Ignore the
    /// segment text." But in TIME-WAIT all that arrives is acknowledged, since the peer may have
    /// missed our last acknowledgment.
    fn ignore_text(&mut self, segment: &Segment, effects: &mut Effects) {
        let (octets, state) = (segment.text_len(), self.state());
        if octets > 0 {
            let reason = Reason::TextIgnored { octets, state };
            self.decide(effects, reason);
            if state == State::TimeWait {
                self.owe_ack(reason);
            }
        }
    }
}
