//! RECEIVE (RFC 9293 §3.10.3).

use bytes::Bytes;

use super::{CallError, Reply};
use crate::buffer::OctetQueue;
use crate::{Connection, Effects, Instant, Reason, State};

impl Connection {
    /// RECEIVE of all that there is, in the pieces in which it lies: none is copied, as none is
    /// joined to another. [`Reply::Received`] comes without octets, since `reader` has them.
    ///
    /// # Errors
    /// As those of [`Call::Receive`](crate::Call::Receive).
    pub fn receive_pieces(
        &mut self,
        now: Instant,
        mut reader: impl FnMut(Bytes),
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        self.now = now;
        let take = |queue: &mut OctetQueue| {
            queue.drain(&mut reader);
            Bytes::new()
        };
        let result = self.receive(take, effects);
        self.end_call(result, effects)
    }

    /// Octets that are on hand are handed out in every state. The RFC says so for CLOSE-WAIT
    /// alone; but octets that were acknowledged were promised to the application.
    pub(super) fn receive(
        &mut self,
        take: impl FnOnce(&mut OctetQueue) -> Bytes,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        let before = self.incoming.queue.len();
        if before > 0 {
            let first = self.consumed();
            let data = take(&mut self.incoming.queue);
            let octets = before - self.incoming.queue.len();
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
