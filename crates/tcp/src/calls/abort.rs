//! ABORT (RFC 9293 §3.10.5).

use super::{CallError, Reply};
use crate::{Connection, Effects, Reason, State};

impl Connection {
    pub(super) fn abort(&mut self, effects: &mut Effects) -> Result<Reply, CallError> {
        let state = self.state;
        let reason = Reason::Abort { state };
        match state {
            State::Closed => return Err(CallError::DoesNotExist),
            State::Listen | State::SynSent | State::Closing | State::LastAck | State::TimeWait => {
                self.decide(effects, reason);
            }
            State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait => {
                self.decide(effects, reason);
                self.send_reset(self.snd.nxt, None, reason, effects);
            }
        }
        self.incoming.queue.clear();
        self.delete_tcb(reason, effects);
        Ok(Reply::Ok)
    }
}
