//! The segment that is expected: in a bulk transfer nearly every one is.
//!
//! Of the checks of RFC 9293 §3.10.7.4 nearly all find nothing in it. What they look for is asked
//! for here at once, and what they do for such a segment is done (header prediction: V. Jacobson,
//! "4BSD TCP header prediction", 1990). Where somebody wants the variables after each check, each is
//! made: so the properties that hold a connection that is watched to be the same as one that is not
//! hold this file to those.

use crate::timestamps::older;
use crate::{Connection, Ecn, Effects, Flags, Instant, Reason, Segment, SeqNumber, State};

impl Connection {
    /// Takes a segment that is either text, while nothing of ours is on the way, or a bare
    /// acknowledgment. Says whether it is one.
    pub(super) fn take_predicted(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) -> bool {
        if effects.has_variables() || !self.is_plain(segment) {
            return false;
        }
        if segment.payload.is_empty() {
            self.take_bare_ack(now, segment, effects)
        } else {
            self.take_text(segment, effects)
        }
    }

    /// Whether it carries nothing beside its text, its acknowledgment, blocks and a timestamp that is
    /// not old; and whether neither a FIN waits for it nor text that came with the SYN.
    fn is_plain(&self, segment: &Segment) -> bool {
        let Segment { seq: _, ack: _, flags, wnd: _, urg: _, options, ecn, payload: _ } = segment;
        Flags::PSH.contains(*flags)
            && *ecn != Ecn::Ce
            && self.incoming.fin_ahead.is_none()
            && !self.text_of_syn_waits()
            && (!self.agreed.timestamps
                || self
                    .agreed
                    .ts_recent
                    .zip(options.timestamps)
                    .is_some_and(|((recent, _), timestamps)| !older(timestamps.value, recent)))
    }

    /// What it acknowledges, or tells of by blocks, is for the fifth check's own code to judge; there
    /// is nothing in it for the others.
    fn take_bare_ack(&mut self, now: Instant, segment: &Segment, effects: &mut Effects) -> bool {
        let una = self.snd.una;
        let in_flight = |ack: SeqNumber| ack.at_or_after(una) && ack.at_or_before(self.snd.nxt);
        let Some(ack) = segment.ack.filter(|ack| in_flight(*ack)) else { return false };
        let ends = self.outgoing.fin.is_some_and(|fin| ack.after(fin));
        if ends || segment.seq != self.rcv.nxt || !self.may_send_text() {
            return false;
        }
        self.tell_acceptable(segment, effects);
        self.keep_timestamp(segment.seq, segment.options.timestamps, effects);
        let simple = ack != una && segment.options.sack.is_empty();
        if simple && self.recovery.is_undisturbed() {
            self.take_ack_in_order(now, segment, ack, effects);
        } else {
            self.take_ack(now, segment, ack, effects);
        }
        self.update_send_window(segment, ack, una, effects);
        self.send_what_is_due(now, effects);
        true
    }

    fn take_text(&mut self, segment: &mut Segment, effects: &mut Effects) -> bool {
        let (seq, octets, una) = (segment.seq, segment.text_len(), self.snd.una);
        let done = match self.state {
            State::Established => !self.outgoing.closing,
            State::FinWait2 => true,
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::FinWait1
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => false,
        };
        let idle = done
            && self.outgoing.queue.is_empty()
            && una == self.snd.nxt
            && !self.outgoing.probing
            && self.recovery.is_undisturbed()
            && self.recovery.due.is_none()
            && segment.options.sack.is_empty()
            && !self.incoming.shut;
        let Some(ack) = segment.ack.filter(|ack| idle && *ack == una) else { return false };
        let ahead = seq.distance_from(self.rcv.nxt);
        let in_order = ahead == 0 && self.incoming.ahead.is_empty();
        // What fills a gap is for the seventh check's own code.
        let out_of_order = ahead > 0;
        let fits = u64::from(ahead) + u64::from(octets) <= u64::from(self.rcv.wnd);
        if !fits || !(in_order || out_of_order) {
            return false;
        }
        self.tell_acceptable(segment, effects);
        self.keep_timestamp(seq, segment.options.timestamps, effects);
        self.update_send_window(segment, ack, una, effects);
        self.keep_push(segment);
        if out_of_order {
            self.keep_text_out_of_order(segment, effects);
            self.send_owed_ack(effects);
            return true;
        }
        self.incoming.queue.push(core::mem::take(&mut segment.payload));
        self.advance_rcv_nxt(octets);
        let reason = Reason::TextInOrder { seq, octets, rcv_nxt: self.rcv.nxt };
        self.decide(effects, reason);
        self.deliver(octets, reason, effects);
        self.owe_ack_of_text();
        self.send_owed_ack(effects);
        true
    }

    fn tell_acceptable(&self, segment: &Segment, effects: &mut Effects) {
        let (seq, len) = (segment.seq, segment.text_len());
        let (rcv_nxt, rcv_wnd) = (self.rcv.nxt, self.rcv.wnd);
        self.decide(effects, Reason::Acceptable { seq, len, rcv_nxt, rcv_wnd });
    }
}
