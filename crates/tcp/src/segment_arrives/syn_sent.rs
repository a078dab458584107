//! SEGMENT ARRIVES in SYN-SENT (RFC 9293 §3.10.7.3).

use super::synchronized::trim::cut_before;
use crate::{Connection, Effects, Instant, Notification, Reason, Segment, State};

impl Connection {
    pub(super) fn arrives_in_syn_sent(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        // First, check the ACK bit.
        if let Some(ack) = segment.ack
            && (ack.at_or_before(self.snd.iss) || ack.after(self.snd.nxt))
        {
            let reason = Reason::AckRefused { ack, state: State::SynSent };
            self.decide(effects, reason);
            if !segment.rst() {
                self.send_reset(ack, None, reason, effects);
            }
            return;
        }
        // Second, check the RST bit.
        if segment.rst() {
            self.take_rst_in_syn_sent(segment, effects);
            return;
        }
        // Third, there is no security or compartment to check. Fourth, check the SYN bit.
        if !segment.syn() {
            self.decide(effects, Reason::NotForSynSent);
        } else if let Some(ack) = segment.ack {
            self.take_peer_syn(segment);
            self.snd.una = ack;
            self.outgoing.syn_acked = true;
            self.establish_from_syn_sent(now, segment, effects);
        } else {
            self.open_simultaneously(now, segment, effects);
        }
    }

    /// Nobody else can have known our SYN's number: the reset is the peer's answer. The RFC calls
    /// the signal "connection reset"; to the user who opened, it is a refusal.
    fn take_rst_in_syn_sent(&mut self, segment: &Segment, effects: &mut Effects) {
        let state = State::SynSent;
        if segment.ack.is_some() {
            let reason = Reason::RstAccepted { seq: segment.seq, rcv_nxt: self.rcv.nxt, state };
            self.decide(effects, reason);
            self.end(Notification::Refused, reason, effects);
        } else {
            self.decide(effects, Reason::RstIgnored { state });
        }
    }

    /// SYN,ACK: our SYN is acknowledged.
    fn establish_from_syn_sent(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        let (irs, rcv_nxt, snd_una) = (self.rcv.irs, self.rcv.nxt, self.snd.una);
        let reason = Reason::SynAckInSynSent { irs, rcv_nxt, snd_una };
        self.decide(effects, reason);
        self.settle_options(segment, effects);
        self.settle_syn(now, segment, effects);
        self.settle_text_of_syn();
        self.begin_congestion(effects);
        self.enter(State::Established, reason, effects);
        self.notify(Notification::Connected, reason, effects);
        self.owe_ack(Reason::SynAcknowledged { rcv_nxt });
        // "If there are other controls or text in the segment, then continue processing at the
        // sixth step under Section 3.10.7.4."
        cut_before(segment, rcv_nxt);
        self.trim(segment, effects);
        self.finish_from_sixth_step(now, segment, effects);
    }

    /// A SYN without ACK: the peer opened too.
    fn open_simultaneously(&mut self, now: Instant, segment: &Segment, effects: &mut Effects) {
        self.take_peer_syn(segment);
        let (irs, rcv_nxt, iss) = (self.rcv.irs, self.rcv.nxt, self.snd.iss);
        let reason = Reason::SimultaneousOpen { irs, rcv_nxt, iss };
        self.decide(effects, reason);
        self.settle_options(segment, effects);
        self.enter(State::SynReceived, reason, effects);
        // Our SYN goes out a second time, now with an ACK: which of the two will be acknowledged
        // cannot be told, so that no round trip is measured. It is no retransmission: nothing was
        // lost, and the ACK is new (Figure 7).
        self.send_syn(now, reason, false, effects);
        self.keep_text_of_syn(segment, effects);
    }
}
