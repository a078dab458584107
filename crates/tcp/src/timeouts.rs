//! Timeouts (RFC 9293 §3.10.8, RFC 6298 §5).

use crate::{Connection, Effects, Instant, Notification, Reason, Timer};

impl Connection {
    /// A timer has run out. One that is not running, or runs out later, is left alone.
    pub fn timeout(&mut self, now: Instant, timer: Timer, effects: &mut Effects) {
        if self.timers.deadline(timer).is_none_or(|at| at > now) {
            return;
        }
        self.now = now;
        // Where the user timeout is over too, nothing else is worth doing.
        let over = self.timers.deadline(Timer::UserTimeout).is_some_and(|at| at <= now);
        let timer = if over { Timer::UserTimeout } else { timer };
        self.timers.stop(timer);
        match timer {
            Timer::Retransmission => self.retransmission_timeout(now, effects),
            Timer::Persist => self.persist_timeout(now, effects),
            Timer::DelayedAck => self.delayed_ack_timeout(effects),
            Timer::Reordering => self.reordering_timeout(now, effects),
            Timer::TailLossProbe => self.probe_timeout(now, effects),
            Timer::KeepAlive => self.keep_alive_timeout(effects),
            Timer::UserTimeout => self.user_timeout(effects),
            Timer::FinWait2 => self.fin_wait_2_timeout(effects),
            Timer::TimeWait => {
                let reason = Reason::TimeWaitExpires { msl: self.config.msl };
                self.decide(effects, reason);
                self.delete_tcb(reason, effects);
            }
        }
        self.watch_progress(effects);
    }

    /// The earliest segment that is not acknowledged goes out again; the rest of what is in flight
    /// is taken for lost too and follows as the congestion window allows.
    fn retransmission_timeout(&mut self, now: Instant, effects: &mut Effects) {
        if self.timers.deadline(Timer::TailLossProbe).is_some_and(|at| at <= now) {
            // PTO is never longer than RTO: a probe goes first, and RTO begins anew with it
            // (RFC 8985 §7.2).
            self.timers.stop(Timer::TailLossProbe);
            self.probe_timeout(now, effects);
            if self.timers.deadline(Timer::Retransmission).is_some() {
                return;
            }
        }
        let rto = self.rtt.rto();
        let attempt = self.outgoing.attempts.saturating_add(1);
        self.outgoing.attempts = attempt;
        self.decide(effects, Reason::RtoExpires { rto, attempt });
        if self.give_up(attempt, effects) {
            return;
        }
        self.rtt.back_off();
        let to = self.rtt.rto();
        self.decide(effects, Reason::RtoBacksOff { from: rto, to });
        if !self.outgoing.syn_acked {
            self.syn_timeout(now, attempt, effects);
        } else if self.window_of_peer() == 0 {
            self.probe_shut_window(now, effects);
        } else {
            self.begin_loss(now, attempt, effects);
            self.send_what_is_due(now, effects);
        }
    }

    fn syn_timeout(&mut self, now: Instant, attempt: u32, effects: &mut Effects) {
        self.outgoing.syn_timeouts += 1;
        let seq = self.snd.una;
        if self.retransmission_is_off(now, seq, effects) {
            return;
        }
        let reason = Reason::RetransmitAfterTimeout { seq, octets: 0, attempt };
        self.send_syn(now, reason, true, effects);
    }

    /// R1 and R2 (RFC 9293 §3.8.3): a warning, then the end.
    pub(crate) fn give_up(&mut self, attempt: u32, effects: &mut Effects) -> bool {
        let r2 = if self.outgoing.syn_acked {
            self.config.data_retries
        } else {
            self.config.syn_retries
        };
        // A user timeout takes the place of the count (RFC 9293 §3.8.3: R2 may be a time).
        let timed = self.outgoing.syn_acked && self.config.user_timeout.is_some();
        if attempt > r2 && !timed {
            let reason = Reason::R2Reached { attempt };
            self.decide(effects, reason);
            self.end(Notification::TimedOut, reason, effects);
            return true;
        }
        if attempt == self.config.r1_retries {
            self.notify(Notification::Unresponsive, Reason::R1Reached { attempt }, effects);
        }
        false
    }
}
