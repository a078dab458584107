//! CLOSE (RFC 9293 §3.10.4), of one direction or of both.

use super::{CallError, Reply};
use crate::{Connection, Effects, Instant, Notification, Reason, State};

impl Connection {
    /// What the peer sent and nobody read is lost, and the peer should know (§3.6.1, SHLD-3).
    pub(super) fn close(
        &mut self,
        now: Instant,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        let unread = self.incoming.queue.len();
        if unread > 0 && matches!(self.state, State::Established | State::CloseWait) {
            let reason = self.reset_unread(unread, effects);
            self.end(Notification::Reset, reason, effects);
            return Ok(Reply::Ok);
        }
        self.shut_write(now, effects)
    }

    /// CLOSE as §3.6 has it, "in a simplex fashion": only sending is over.
    pub(super) fn shut_write(
        &mut self,
        now: Instant,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        let state = self.state;
        match state {
            State::Closed => return Err(CallError::DoesNotExist),
            State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait => return Err(CallError::Closing),
            State::Listen | State::SynSent => {
                let reason = Reason::CloseDeletes { state };
                self.decide(effects, reason);
                self.delete_tcb(reason, effects);
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
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => {}
        }
        self.send_what_is_due(now, effects);
        Ok(Reply::Ok)
    }

    /// `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>`: octets that were acknowledged were not read.
    pub(super) fn reset_unread(&self, unread: u32, effects: &mut Effects) -> Reason {
        let reason = Reason::CloseUnread { unread };
        self.decide(effects, reason);
        self.send_reset(self.next_in_window(), Some(self.rcv.nxt), reason, effects);
        reason
    }
}
