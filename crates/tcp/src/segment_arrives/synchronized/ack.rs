//! Fifth, check the ACK field (RFC 9293 §3.10.7.4).

use super::Verdict;
use crate::congestion::AckNews;
use crate::{Connection, Effects, Instant, Notification, Reason, Segment, SeqNumber, State, Timer};

impl Connection {
    pub(super) fn check_ack(
        &mut self,
        now: Instant,
        segment: &Segment,
        effects: &mut Effects,
    ) -> Verdict {
        let Some(ack) = segment.ack else {
            self.decide(effects, Reason::AckMissing { state: self.state() });
            return Verdict::Done;
        };
        if self.refuse_ack(ack, effects) == Verdict::Done {
            return Verdict::Done;
        }
        if self.state() == State::SynReceived {
            self.establish_from_syn_received(segment, ack, effects);
        }
        let una = self.snd.una;
        if ack.after(una) {
            self.advance(now, ack, effects);
        } else {
            self.take_duplicate(now, segment, ack, effects);
        }
        let advanced = self.snd.una.distance_from(una);
        self.update_send_window(segment, ack, advanced, effects);
        self.close_on_ack(now, effects)
    }

    /// Acknowledgments that cannot be right: of what was never sent, or far too old.
    fn refuse_ack(&mut self, ack: SeqNumber, effects: &mut Effects) -> Verdict {
        let (una, nxt, max_wnd) = (self.snd.una, self.snd.nxt, self.snd.max_wnd);
        if self.state() == State::SynReceived && !(ack.after(una) && ack.at_or_before(nxt)) {
            let reason = Reason::AckRefused { ack, state: State::SynReceived };
            self.decide(effects, reason);
            self.send_reset(ack, None, reason, effects);
            return Verdict::Done;
        }
        let reason = if ack.after(nxt) {
            Reason::AckOfUnsent { ack, snd_nxt: nxt }
        } else if self.config.rfc5961 && ack.before(una - max_wnd) {
            Reason::AckTooOld { ack, snd_una: una, max_wnd }
        } else {
            return Verdict::GoOn;
        };
        self.decide(effects, reason);
        self.send_ack(reason, effects);
        Verdict::Done
    }

    fn establish_from_syn_received(
        &mut self,
        segment: &Segment,
        ack: SeqNumber,
        effects: &mut Effects,
    ) {
        let reason = Reason::OurSynAcked { ack, iss: self.snd.iss };
        self.decide(effects, reason);
        self.snd.wnd = self.window_of(segment);
        self.snd.wl1 = segment.seq;
        self.snd.wl2 = ack;
        self.begin_congestion(effects);
        self.enter(State::Established, reason, effects);
        self.notify(Notification::Connected, reason, effects);
        if self.outgoing.closing {
            let reason = Reason::Close { unsent: self.unsent(), state: State::Established };
            self.enter(State::FinWait1, reason, effects);
        }
    }

    /// SND.UNA moves: what is acknowledged leaves the queue.
    fn advance(&mut self, now: Instant, ack: SeqNumber, effects: &mut Effects) {
        let from = self.snd.una;
        let syn = u32::from(!self.outgoing.syn_acked);
        let fin = u32::from(self.outgoing.fin.is_some_and(|fin| ack.after(fin)));
        let text = ack.distance_from(from) - syn - fin;
        self.outgoing.queue.advance(text);
        self.outgoing.syn_acked = true;
        self.snd.una = ack;
        self.decide(effects, Reason::AckAdvances { from, to: ack, octets: text });
        self.settle_round_trip(now, effects);
        self.outgoing.attempts = 0;
        self.outgoing.resend = self
            .outgoing
            .resend
            .map(|next| next.later_of(ack))
            .filter(|next| *next != self.snd.nxt);
        if ack == self.snd.nxt {
            self.outgoing.probing = false;
        }
        if fin > 0 {
            let reason = Reason::OurFinAcked { ack, state: self.state() };
            self.decide(effects, reason);
            self.notify(Notification::CloseAcknowledged, reason, effects);
        }
        self.rearm_retransmission(now, effects);
        if text > 0 {
            self.grow_window(now, text, effects);
        }
    }

    /// The round trip of the segment that was timed, if this acknowledges it (RFC 6298 §3).
    pub(in crate::segment_arrives) fn settle_round_trip(
        &mut self,
        now: Instant,
        effects: &mut Effects,
    ) {
        let una = self.snd.una;
        match self.outgoing.timed {
            Some((end, sent)) if una.at_or_after(end) => {
                let rtt = now.since(sent);
                self.outgoing.timed = None;
                self.rtt.measure(rtt, now);
                let srtt = self.rtt.srtt().unwrap_or_default();
                let rttvar = self.rtt.rttvar().unwrap_or_default();
                let rto = self.rtt.rto();
                self.decide(effects, Reason::RttMeasured { rtt, srtt, rttvar, rto });
            }
            None if self.outgoing.attempts > 0 => {
                self.decide(effects, Reason::KarnSkips { ack: una });
            }
            Some(_) | None => {}
        }
    }

    /// Our SYN is acknowledged in SYN-SENT: its timer stops and its count of attempts ends.
    pub(in crate::segment_arrives) fn stop_timer_of_syn(&mut self, effects: &mut Effects) {
        self.outgoing.attempts = 0;
        self.stop_timer(Timer::Retransmission, Reason::RtoStops, effects);
    }

    /// RFC 6298 §5.2 and §5.3.
    fn rearm_retransmission(&mut self, now: Instant, effects: &mut Effects) {
        if self.snd.una == self.snd.nxt {
            self.stop_timer(Timer::Retransmission, Reason::RtoStops, effects);
        } else if self.timers.deadline(Timer::Retransmission).is_some() {
            let rto = self.rtt.rto();
            let reason = Reason::RtoRestarts { rto };
            self.set_timer(now, Timer::Retransmission, rto, reason, effects);
        }
    }

    fn grow_window(&mut self, now: Instant, acked: u32, effects: &mut Effects) {
        let una = self.snd.una;
        let flight = self.snd.nxt.distance_from(una);
        let srtt = self.rtt.srtt();
        let (news, reason) = self.congestion.on_ack_or_recover(acked, una, flight, now, srtt);
        if let Some(reason) = reason {
            self.decide(effects, reason);
        }
        if let AckNews::Partial { recover } = news {
            let mss = self.outgoing.mss;
            let reason = |octets| Reason::RetransmitPartial { seq: una, octets, recover };
            self.retransmit(now, una, mss, reason, effects);
        }
    }

    /// An ACK that covers nothing new; the third in a row means a loss (RFC 5681 §2, §3.2).
    fn take_duplicate(
        &mut self,
        now: Instant,
        segment: &Segment,
        ack: SeqNumber,
        effects: &mut Effects,
    ) {
        let (una, nxt) = (self.snd.una, self.snd.nxt);
        if self.outgoing.probing {
            // The peer answers our probe: it is there (RFC 9293 §3.8.6.1, MUST-37).
            self.outgoing.attempts = 0;
        }
        let tells_of_a_gap = ack == una
            && una != nxt
            && segment.is_empty()
            && !self.outgoing.probing
            && self.window_of(segment) == self.snd.wnd;
        if !tells_of_a_gap {
            if segment.is_empty() {
                self.decide(effects, Reason::AckDuplicate { ack, snd_una: una, count: 0 });
            }
            return;
        }
        let (count, reason) = self.congestion.on_duplicate(una, nxt, nxt.distance_from(una), now);
        self.decide(effects, Reason::AckDuplicate { ack, snd_una: una, count });
        let Some(reason) = reason else { return };
        self.decide(effects, reason);
        if matches!(reason, Reason::RecoveryBegins { .. }) {
            let mss = self.outgoing.mss;
            let reason = |octets| Reason::FastRetransmit { seq: una, octets, duplicates: count };
            self.retransmit(now, una, mss, reason, effects);
        }
    }

    /// SND.WND, unless the segment is older than the one that last set it.
    fn update_send_window(
        &mut self,
        segment: &Segment,
        ack: SeqNumber,
        advanced: u32,
        effects: &mut Effects,
    ) {
        let to = self.window_of(segment);
        let snd = &mut self.snd;
        let newer =
            snd.wl1.before(segment.seq) || (snd.wl1 == segment.seq && snd.wl2.at_or_before(ack));
        if ack.before(snd.una) || !newer {
            // SND.WND is an offset from SND.UNA. That has moved, but what the peer allows has not.
            snd.wnd = snd.wnd.saturating_sub(advanced);
            return;
        }
        let from = snd.wnd;
        snd.wnd = to;
        snd.max_wnd = snd.max_wnd.max(to);
        snd.wl1 = segment.seq;
        snd.wl2 = ack;
        if to == 0 && from != 0 {
            self.decide(effects, Reason::WindowClosed { from });
        } else if from != to {
            let (wl1, wl2) = (segment.seq, ack);
            self.decide(effects, Reason::WindowTaken { from, to, wl1, wl2 });
        }
        if to > 0 {
            self.leave_zero_window(to, effects);
        }
    }

    /// The window is open: no probes any more. An octet that was sent as a probe and refused was
    /// never kept, so it goes out again at once.
    fn leave_zero_window(&mut self, wnd: u32, effects: &mut Effects) {
        self.outgoing.probes = 0;
        self.stop_timer(Timer::Persist, Reason::PersistStops { wnd }, effects);
        if self.outgoing.probing {
            self.outgoing.attempts = 0;
            self.outgoing.resend = Some(self.snd.una);
        }
    }

    /// What the acknowledgment of our FIN means in the closing states. FIN-WAIT-1 waits for the
    /// segment's own FIN: see `leave_fin_wait_1`.
    fn close_on_ack(&mut self, now: Instant, effects: &mut Effects) -> Verdict {
        if !self.fin_acked() {
            return Verdict::GoOn;
        }
        let reason = Reason::OurFinAcked { ack: self.snd.una, state: self.state() };
        match self.state() {
            State::Closing => {
                self.enter_time_wait(now, reason, effects);
                Verdict::GoOn
            }
            State::LastAck => {
                self.delete_tcb(reason, effects);
                Verdict::Done
            }
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::TimeWait => Verdict::GoOn,
        }
    }

    /// "If the FIN segment is now acknowledged, then enter FIN-WAIT-2 and continue processing in
    /// that state": done after the segment's own FIN was looked at, so that a FIN that comes with
    /// the acknowledgment of ours leads straight to TIME-WAIT, as the eighth check has it.
    pub(super) fn leave_fin_wait_1(&mut self, effects: &mut Effects) {
        if self.state() == State::FinWait1 && self.fin_acked() {
            let reason = Reason::OurFinAcked { ack: self.snd.una, state: State::FinWait1 };
            self.enter(State::FinWait2, reason, effects);
        }
    }
}
