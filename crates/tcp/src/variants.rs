//! Departures from the standard that a lesson can turn on, to show what a rule is good for. Each is
//! asked at one place, where the rule would be applied.

use crate::config::Variant;
use crate::{Connection, Effects, Instant, Isn, Notification, Reason, SeqNumber, State, Timer};

/// The number that every connection begins with, where all begin with the same.
const FIXED_ISS: SeqNumber = SeqNumber::new(1);

impl Variant {
    /// ISS: from where it comes, or always the same. One that was given stays.
    pub(crate) fn iss(self, isn: Isn, now: Instant) -> SeqNumber {
        match isn {
            Isn::Clocked { .. } if self.fixed_isn => FIXED_ISS,
            Isn::Clocked { .. } | Isn::Given(_) => isn.at(now),
        }
    }
}

impl Connection {
    /// Says where an ISS that is always the same comes from.
    pub(crate) fn explain_iss(&self, effects: &mut Effects) {
        if self.config.variant.fixed_isn {
            self.decide(effects, Reason::FixedIsn { iss: self.snd.iss });
        }
    }

    /// The passive side does not wait for the third segment: it takes its SYN for acknowledged. So
    /// it takes an old duplicate SYN for a connection too (RFC 9293 §3.5, Figure 8).
    pub(crate) fn open_in_two_ways(&mut self, effects: &mut Effects) {
        if !self.config.variant.two_way_opening || self.state != State::SynReceived {
            return;
        }
        let reason = Reason::TwoWayOpening { iss: self.snd.iss };
        self.decide(effects, reason);
        self.snd.una = self.snd.iss + 1;
        self.outgoing.syn_acked = true;
        self.recovery.board.clear();
        self.stop_timer(Timer::Retransmission, reason, effects);
        self.begin_congestion(effects);
        self.enter(State::Established, reason, effects);
        self.notify(Notification::Connected, reason, effects);
    }

    /// Where TIME-WAIT would begin, the connection is gone, once the peer's FIN is acknowledged;
    /// says whether it is.
    pub(crate) fn skip_time_wait(&mut self, effects: &mut Effects) -> bool {
        if !self.config.variant.no_time_wait {
            return false;
        }
        self.decide(effects, Reason::TimeWaitSkipped);
        self.send_owed_ack(effects);
        self.delete_tcb(Reason::TimeWaitSkipped, effects);
        true
    }

    /// What is lost stays lost; says whether it does. Only the timer goes on, up to R2.
    pub(crate) fn retransmission_is_off(
        &mut self,
        now: Instant,
        seq: SeqNumber,
        effects: &mut Effects,
    ) -> bool {
        if !self.config.variant.no_retransmission {
            return false;
        }
        self.decide(effects, Reason::RetransmissionOff { seq });
        self.keep_retransmission_timer(now, effects);
        true
    }
}
