//! RECEIVE (RFC 9293 §3.10.3).

use super::{CallError, Reply};
use crate::buffer::length;
use crate::{Connection, Effects, Reason, State};

impl Connection {
    /// Octets that are on hand are handed out in every state. The RFC says so for CLOSE-WAIT
    /// alone; but octets that were acknowledged were promised to the application.
    pub(super) fn receive(&mut self, max: u32, effects: &mut Effects) -> Result<Reply, CallError> {
        if !self.incoming.queue.is_empty() {
            let first = self.consumed();
            let data = self.incoming.queue.take(max);
            let octets = length(&data);
            let push = self.incoming.pushed_to.take_if(|end| end.at_or_before(first + octets));
            self.incoming.read += u64::from(octets);
            let unread = self.incoming.queue.len();
            self.decide(effects, Reason::ReceiveReturns { octets, unread });
            self.pass_urgent();
            self.update_window(effects);
            return Ok(Reply::Received { data, push: push.is_some() });
        }
        let rcv_nxt = self.rcv.nxt;
        match self.state {
            _ if self.incoming.ended || self.incoming.shut => {
                self.decide(effects, Reason::ReceiveEndOfStream { rcv_nxt });
                Ok(Reply::EndOfStream)
            }
            State::Listen
            | State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2 => {
                self.decide(effects, Reason::ReceiveWaits { rcv_nxt });
                Ok(Reply::NothingYet)
            }
            State::Closed => Err(CallError::DoesNotExist),
            State::CloseWait | State::Closing | State::LastAck | State::TimeWait => {
                Err(CallError::Closing)
            }
        }
    }
}
