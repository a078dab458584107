//! TIME-WAIT: how it begins, and begins again (RFC 9293 §3.6.1, §3.10.7.4).

use crate::{Connection, Effects, Instant, Reason, SeqNumber, State, Timer};

impl Connection {
    /// TIME-WAIT: the other timers are turned off, the time-wait timer starts, for two maximum
    /// segment lifetimes (MUST-13).
    pub(super) fn enter_time_wait(&mut self, now: Instant, reason: Reason, effects: &mut Effects) {
        if self.skip_time_wait(effects) {
            return;
        }
        self.enter(State::TimeWait, reason, effects);
        for timer in Timer::ALL {
            self.stop_timer(timer, Reason::TimerDies { timer }, effects);
        }
        let msl = self.config.msl;
        let reason = Reason::TimeWaitStarts { msl };
        self.set_timer(now, Timer::TimeWait, msl.times(2), reason, effects);
    }

    /// "The only thing that can arrive in this state is a retransmission of the remote FIN.
    /// Acknowledge it, and restart the 2 MSL timeout."
    pub(super) fn take_fin_again(&mut self, now: Instant, seq: SeqNumber, effects: &mut Effects) {
        let reason = Reason::FinAgain { seq, rcv_nxt: self.rcv.nxt };
        self.decide(effects, reason);
        self.send_ack(reason, effects);
        let msl = self.config.msl;
        let reason = Reason::TimeWaitRestarts { msl };
        self.set_timer(now, Timer::TimeWait, msl.times(2), reason, effects);
    }
}
