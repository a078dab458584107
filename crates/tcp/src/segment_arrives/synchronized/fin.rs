//! Eighth, check the FIN bit (RFC 9293 §3.10.7.4).

use crate::{Connection, Effects, Instant, Notification, Reason, SeqNumber, State, Timer};

impl Connection {
    /// Takes the peer's FIN once all text before it has been taken: the segment's own, `fin`, or
    /// one that arrived ahead of a gap.
    pub(super) fn check_fin(
        &mut self,
        now: Instant,
        fin: Option<SeqNumber>,
        effects: &mut Effects,
    ) {
        let state = self.state();
        let in_order = [fin, self.incoming.fin_ahead].contains(&Some(self.rcv.nxt));
        if self.incoming.ended || !in_order || !state.receives_text() {
            return;
        }
        self.advance_rcv_nxt(1);
        self.incoming.ended = true;
        self.incoming.fin_ahead = None;
        let rcv_nxt = self.rcv.nxt;
        let reason = Reason::FinArrives { rcv_nxt, state };
        self.decide(effects, reason);
        self.owe_ack(Reason::AckFin { rcv_nxt });
        match state {
            State::Established => self.enter(State::CloseWait, reason, effects),
            State::FinWait1 if !self.fin_acked() => self.enter(State::Closing, reason, effects),
            State::FinWait1 | State::FinWait2 => self.enter_time_wait(now, reason, effects),
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => {}
        }
        self.notify(Notification::PeerClosed, reason, effects);
    }

    /// TIME-WAIT: the other timers are turned off, the time-wait timer starts.
    pub(super) fn enter_time_wait(&mut self, now: Instant, reason: Reason, effects: &mut Effects) {
        if self.skip_time_wait(effects) {
            return;
        }
        self.enter(State::TimeWait, reason, effects);
        for timer in [Timer::Retransmission, Timer::Persist] {
            self.stop_timer(timer, Reason::TimerDies { timer }, effects);
        }
        let msl = self.config.msl;
        let reason = Reason::TimeWaitStarts { msl };
        self.set_timer(now, Timer::TimeWait, msl.times(2), reason, effects);
    }

    pub(super) fn restart_time_wait(&mut self, now: Instant, effects: &mut Effects) {
        let msl = self.config.msl;
        let reason = Reason::TimeWaitRestarts { msl };
        self.set_timer(now, Timer::TimeWait, msl.times(2), reason, effects);
    }
}
