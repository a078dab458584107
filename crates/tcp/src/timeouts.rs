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
            Timer::Reordering | Timer::TailLossProbe => {}
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
        let rto = self.rtt.rto();
        let attempt = self.outgoing.attempts + 1;
        self.outgoing.attempts = attempt;
        self.decide(effects, Reason::RtoExpires { rto, attempt });
        if self.give_up(attempt, effects) {
            return;
        }
        self.rtt.back_off();
        let to = self.rtt.rto();
        self.decide(effects, Reason::RtoBacksOff { from: rto, to });
        let (una, nxt) = (self.snd.una, self.snd.nxt);
        if !self.outgoing.syn_acked {
            self.outgoing.syn_timeouts += 1;
            let reason = |octets| Reason::RetransmitAfterTimeout { seq: una, octets, attempt };
            self.retransmit(now, una, 0, reason, effects);
            return;
        }
        let flight = nxt.distance_from(una);
        self.congestion.leave_recovery(nxt);
        if let Some(reason) = self.congestion.on_timeout(flight, attempt > 1, now) {
            self.decide(effects, reason);
        }
        self.outgoing.resend = Some(una);
        self.send_what_is_due(now, effects);
    }

    /// The window is still zero, or silly-window avoidance has held back for long enough.
    fn persist_timeout(&mut self, now: Instant, effects: &mut Effects) {
        self.outgoing.probes += 1;
        self.outgoing.attempts += 1;
        let attempt = self.outgoing.probes;
        self.decide(effects, Reason::PersistExpires { attempt });
        if self.give_up(self.outgoing.attempts, effects) {
            return;
        }
        if self.outgoing.probing {
            let seq = self.snd.una;
            let reason = |octets| Reason::WindowProbe { seq, octets, attempt };
            self.retransmit(now, seq, 1, reason, effects);
        } else {
            self.send_probe(now, attempt, effects);
        }
        if self.outgoing.probing {
            // Each interval is twice the one before (RFC 9293 §3.8.6.1, SHLD-30).
            let doubled = self.rtt.rto().times(1 << attempt.min(16));
            let after = doubled.min(self.config.max_rto);
            self.set_timer(now, Timer::Persist, after, Reason::PersistStarts { after }, effects);
        }
    }

    /// R1 and R2 (RFC 9293 §3.8.3): a warning, then the end.
    fn give_up(&mut self, attempt: u32, effects: &mut Effects) -> bool {
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
