//! Fourth, check the SYN bit (RFC 9293 §3.10.7.4, RFC 5961 §4.2).

use super::Verdict;
use crate::{Connection, Effects, Notification, Reason, Segment, State};

impl Connection {
    pub(super) fn check_syn(&mut self, segment: &Segment, effects: &mut Effects) -> Verdict {
        if !segment.syn() {
            return Verdict::GoOn;
        }
        let (seq, rcv_nxt) = (segment.seq, self.rcv.nxt);
        let passively = self.opened.is_some_and(|opened| opened.passively);
        if self.state() == State::SynReceived && passively {
            let reason = Reason::SynReturnsToListen { seq };
            self.decide(effects, reason);
            self.return_to_listen(reason, effects);
        } else if self.config.rfc5961 {
            let reason = Reason::SynChallenged { seq, rcv_nxt };
            self.decide(effects, reason);
            self.send_challenge_ack(reason, effects);
        } else {
            let reason = Reason::SynInWindow { seq };
            self.decide(effects, reason);
            self.send_reset(self.snd.nxt, Some(rcv_nxt), reason, effects);
            self.end(Notification::Reset, reason, effects);
        }
        Verdict::Done
    }
}
