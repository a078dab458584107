//! Fifth, check the ACK field (RFC 9293 §3.10.7.4).

use super::Verdict;
use crate::recovery::AckNews;
use crate::rtt::expected_samples;
use crate::{
    Connection, Duration, Effects, Flags, Instant, Notification, Reason, Segment, SeqNumber, State,
    Timer,
};

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
        self.take_ack(now, segment, ack, effects);
        self.update_send_window(segment, ack, una, effects);
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
        // What lies half the circle away is neither before nor after: it is not at or before.
        let reason = if !ack.at_or_before(nxt) {
            Reason::AckOfUnsent { ack, snd_nxt: nxt }
        } else if self.config.rfc5961 && ack.before(una - max_wnd) {
            Reason::AckTooOld { ack, snd_una: una, max_wnd }
        } else {
            return Verdict::GoOn;
        };
        self.decide(effects, reason);
        // RFC 5961 §5.2: its number may be a guess; and guesses come in numbers (§7).
        if self.config.rfc5961 {
            self.send_challenge_ack(reason, effects);
        } else {
            self.send_ack(reason, effects);
        }
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
        self.snd.max_wnd = self.snd.max_wnd.max(self.snd.wnd);
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

    /// What the acknowledgment says of what is in flight, and what follows for it.
    pub(in crate::segment_arrives) fn take_ack(
        &mut self,
        now: Instant,
        segment: &Segment,
        ack: SeqNumber,
        effects: &mut Effects,
    ) {
        let mut news = self.before_ack();
        news.advanced = ack.after(self.snd.una);
        news.marked = self.agreed.ecn
            && segment.flags.contains(Flags::ECE)
            && !self.incoming.with_syn
            && news.flight_before > 0;
        if news.advanced {
            self.advance(now, segment, ack, &mut news, effects);
        }
        self.take_sack(now, segment, ack, &mut news, effects);
        if news.advanced && news.sacked > 0 {
            // A duplicate by RFC 6675 §2, although SND.UNA moved: the count begins with it.
            self.recovery.duplicates = 1;
        }
        let duplicate = !news.advanced && self.take_duplicate(segment, ack, &news, effects);
        if news.marked {
            self.hear_echo(news.flight_before, now, effects);
        }
        self.settle_probe(now, ack, &news, duplicate, effects);
        self.react_to_ack(now, &news, duplicate, effects);
    }

    /// The same, where SND.UNA moves, the segment has no SACK blocks, and recovery is
    /// [undisturbed](crate::recovery::Recovery::is_undisturbed): then little is left of it.
    #[inline(always)]
    pub(in crate::segment_arrives) fn take_ack_in_order(
        &mut self,
        now: Instant,
        segment: &Segment,
        ack: SeqNumber,
        effects: &mut Effects,
    ) {
        let mut news = AckNews { advanced: true, ..self.before_ack() };
        self.advance(now, segment, ack, &mut news, effects);
        self.react_to_ack_in_order(now, &news, effects);
    }

    /// SND.UNA moves: what is acknowledged leaves the queue.
    fn advance(
        &mut self,
        now: Instant,
        segment: &Segment,
        ack: SeqNumber,
        news: &mut AckNews,
        effects: &mut Effects,
    ) {
        let from = self.snd.una;
        let syn = u32::from(!self.outgoing.syn_acked);
        let fin = u32::from(self.outgoing.fin.is_some_and(|fin| ack.after(fin)));
        let text = ack.distance_from(from) - syn - fin;
        self.outgoing.queue.advance(text);
        self.outgoing.syn_acked = true;
        self.snd.una = ack;
        self.snd.up = self.snd.up.later_of(ack);
        news.acked = text;
        self.decide(effects, Reason::AckAdvances { from, to: ack, octets: text });
        self.settle_round_trip(now, segment, news, effects);
        self.outgoing.attempts = 0;
        self.recovery.duplicates = 0;
        self.recovery.limited = 0;
        self.recovery.tail.moved = true;
        if ack == self.snd.nxt {
            self.outgoing.probing = false;
            if self.outgoing.queue.is_empty() {
                self.recovery.board.rest();
            }
        }
        if fin > 0 {
            let reason = Reason::OurFinAcked { ack, state: self.state() };
            self.decide(effects, reason);
            self.notify(Notification::CloseAcknowledged, reason, effects);
        }
        self.rearm_retransmission(now, effects);
    }

    /// What was acknowledged leaves the flight; and its round trip is measured: by the time of the
    /// first segment, if that was sent once; or else by the timestamp that comes back, which tells
    /// which transmission it answers (RFC 7323 §4.1). Without timestamps one segment is measured a
    /// round trip, and none that was sent twice (Karn's algorithm: RFC 6298 §3, MUST-18).
    pub(in crate::segment_arrives) fn settle_round_trip(
        &mut self,
        now: Instant,
        segment: &Segment,
        news: &mut AckNews,
        effects: &mut Effects,
    ) {
        let echo = segment.options.timestamps.map(|timestamps| timestamps.echo);
        self.settle_flight(now, echo, news, effects);
        let stamped = self.agreed.timestamps;
        let sampled = if stamped {
            news.first.and_then(|first| {
                if news.measurable == Some(first) {
                    return Some(now.since(first.sent_at));
                }
                // Rounded to the clock's ticks it may be none at all, but no longer than it was.
                let rtt = self.round_trip_by_timestamp(segment)?.max(Duration::from_millis(1));
                (rtt <= now.since(first.first_sent) + Duration::from_millis(1)).then_some(rtt)
            })
        } else {
            news.measurable.map(|flown| now.since(flown.sent_at))
        };
        let Some(rtt) = sampled else {
            if self.outgoing.attempts > 0 {
                self.decide(effects, Reason::KarnSkips { ack: self.snd.una });
            }
            return;
        };
        if stamped {
            let samples = expected_samples(news.flight_before, self.outgoing.mss);
            self.rtt.measure_one_of(samples, rtt, now);
        } else {
            self.recovery.measured_from = self.snd.nxt;
            self.rtt.measure(rtt, now);
        }
        self.recovery.tail.measured = true;
        let srtt = self.rtt.srtt().unwrap_or_default();
        let rttvar = self.rtt.rttvar().unwrap_or_default().into();
        let rto = self.rtt.rto().into();
        self.decide(effects, Reason::RttMeasured { rtt, srtt, rttvar, rto });
    }

    /// Our SYN is acknowledged in SYN-SENT: its round trip is measured, its timer stops and its
    /// count of attempts ends.
    pub(in crate::segment_arrives) fn settle_syn(
        &mut self,
        now: Instant,
        segment: &Segment,
        effects: &mut Effects,
    ) {
        let mut news = AckNews { advanced: true, ..AckNews::default() };
        self.settle_round_trip(now, segment, &mut news, effects);
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

    /// An ACK that covers nothing new. Says whether it counts as a duplicate, which tells that
    /// something has arrived beyond a gap: with SACK, if it tells of something new (RFC 6675 §2);
    /// without, by all five conditions of RFC 5681 §2.
    fn take_duplicate(
        &mut self,
        segment: &Segment,
        ack: SeqNumber,
        news: &AckNews,
        effects: &mut Effects,
    ) -> bool {
        let (una, nxt) = (self.snd.una, self.snd.nxt);
        if self.outgoing.probing {
            // The peer answers our probe: it is there (RFC 9293 §3.8.6.1, MUST-37).
            self.outgoing.attempts = 0;
        }
        let bare = ack == una
            && una != nxt
            && !self.incoming.with_text
            && !self.outgoing.probing
            && self.window_of(segment) == self.snd.wnd;
        let counts = if self.agreed.sack { news.sacked > 0 } else { bare };
        if counts {
            self.recovery.duplicates += 1;
        }
        if counts || segment.is_empty() {
            let count = if counts { self.recovery.duplicates } else { 0 };
            self.decide(effects, Reason::AckDuplicate { ack, snd_una: una, count });
        }
        counts || (bare && segment.options.sack.is_empty())
    }

    /// SND.WND, unless the segment is older than the one that last set it. `una` is SND.UNA as it
    /// was before the segment: the old right edge counts from there.
    pub(in crate::segment_arrives) fn update_send_window(
        &mut self,
        segment: &Segment,
        ack: SeqNumber,
        una: SeqNumber,
        effects: &mut Effects,
    ) {
        let to = self.window_of(segment);
        let unit = 1 << self.agreed.snd_shift();
        let snd = &mut self.snd;
        let newer =
            snd.wl1.before(segment.seq) || (snd.wl1 == segment.seq && snd.wl2.at_or_before(ack));
        if ack.before(snd.una) || !newer {
            // SND.WND is an offset from SND.UNA. That has moved, but what the peer allows has not.
            snd.wnd = snd.wnd.saturating_sub(snd.una.distance_from(una));
            return;
        }
        let from = snd.wnd;
        let edge = una + from;
        let probes = self.outgoing.probing || self.timers.is_running(Timer::Persist);
        if to == from && to > 0 && !probes {
            // Nothing is news but who told it last.
            snd.wl1 = segment.seq;
            snd.wl2 = ack;
            self.outgoing.probes = 0;
            return;
        }
        snd.wnd = to;
        snd.max_wnd = snd.max_wnd.max(to);
        snd.wl1 = segment.seq;
        snd.wl2 = ack;
        // Rounding to the scale's unit takes nothing back.
        if (ack + to).before(edge) && edge.distance_from(ack + to) >= unit {
            self.decide(effects, Reason::WindowShrinks { from, to });
        }
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
