//! Second, check the RST bit (RFC 9293 §3.10.7.4, RFC 5961 §3.2).

use super::Verdict;
use crate::{Connection, Effects, Notification, Reason, Segment, State};

impl Connection {
    /// A RST outside the window does not get this far. RFC 5961's check comes before those of the
    /// states (MAY-12); SYN-RECEIVED remembers how it came about (MUST-11).
    pub(super) fn check_rst(&mut self, segment: &Segment, effects: &mut Effects) -> Verdict {
        if !segment.rst() {
            return Verdict::GoOn;
        }
        let (seq, rcv_nxt, state) = (segment.seq, self.rcv.nxt, self.state());
        if state == State::TimeWait && self.config.rfc1337 {
            self.decide(effects, Reason::RstIgnoredInTimeWait { seq });
            return Verdict::Done;
        }
        if self.config.rfc5961 && seq != rcv_nxt {
            let reason = Reason::RstChallenged { seq, rcv_nxt };
            self.decide(effects, reason);
            self.send_challenge_ack(reason, effects);
            return Verdict::Done;
        }
        let reason = Reason::RstAccepted { seq, rcv_nxt, state };
        self.decide(effects, reason);
        match state {
            State::SynReceived if self.opened.is_some_and(|opened| opened.passively) => {
                self.return_to_listen(reason, effects);
            }
            State::SynReceived => self.end(Notification::Refused, reason, effects),
            State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait => {
                self.end(Notification::Reset, reason, effects);
            }
            // Text that never arrived is news to the user; a FIN alone is not.
            State::Closing | State::LastAck if !self.outgoing.queue.is_empty() => {
                self.end(Notification::Reset, reason, effects);
            }
            State::Closed
            | State::Listen
            | State::SynSent
            | State::Closing
            | State::LastAck
            | State::TimeWait => self.delete_tcb(reason, effects),
        }
        Verdict::Done
    }
}
