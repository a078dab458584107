//! CLOSE (RFC 9293 §3.10.4).

use super::{CallError, Reply};
use crate::{Connection, Effects, Instant, Notification, Reason, State};

impl Connection {
    pub(super) fn close(
        &mut self,
        now: Instant,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        let state = self.state;
        let unread = self.incoming.queue.len();
        match state {
            State::Closed => return Err(CallError::DoesNotExist),
            State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait => return Err(CallError::Closing),
            State::Listen | State::SynSent => {
                self.decide(effects, Reason::CloseDeletes { state });
                self.delete_tcb(Reason::CloseDeletes { state }, effects);
                return Ok(Reply::Ok);
            }
            // What the peer sent is lost, and it should know (§3.6.1, SHLD-3).
            State::Established | State::CloseWait if unread > 0 => {
                let reason = Reason::CloseUnread { unread };
                self.decide(effects, reason);
                self.send_reset(self.snd.nxt, Some(self.rcv.nxt), reason, effects);
                self.end(Notification::Reset, reason, effects);
                return Ok(Reply::Ok);
            }
            State::SynReceived | State::Established | State::CloseWait => {}
        }
        if self.outgoing.closing {
            return Err(CallError::Closing);
        }
        let reason = Reason::Close { unsent: self.unsent(), state };
        self.outgoing.closing = true;
        self.decide(effects, reason);
        match state {
            State::Established => self.enter(State::FinWait1, reason, effects),
            // With text queued, it waits for ESTABLISHED.
            State::SynReceived if self.outgoing.queue.is_empty() => {
                self.enter(State::FinWait1, reason, effects);
            }
            _ => {}
        }
        self.send_what_is_due(now, effects);
        Ok(Reply::Ok)
    }
}
