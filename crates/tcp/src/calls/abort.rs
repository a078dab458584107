//! ABORT (RFC 9293 §3.10.5).

use super::{CallError, Reply};
use crate::{Connection, Effects, Reason, SeqNumber, State};

impl Connection {
    /// The reset is `<SEQ=SND.NXT><CTL=RST>`.
    pub(super) fn abort(&mut self, effects: &mut Effects) -> Result<Reply, CallError> {
        self.tear_down(Reason::Abort { state: self.state }, None, effects)
    }

    /// CLOSE that aborts: `SO_LINGER` of zero. The RFCs do not know it; the systems that do agree
    /// on `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>`.
    pub(super) fn linger(&mut self, effects: &mut Effects) -> Result<Reply, CallError> {
        self.tear_down(Reason::Lingers, Some(self.rcv.nxt), effects)
    }

    fn tear_down(
        &mut self,
        reason: Reason,
        ack: Option<SeqNumber>,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        match self.state {
            State::Closed => return Err(CallError::DoesNotExist),
            // Nothing is there yet that could be reset, or both sides have closed already.
            State::Listen | State::SynSent | State::Closing | State::LastAck | State::TimeWait => {
                self.decide(effects, reason);
            }
            State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait => {
                self.decide(effects, reason);
                self.send_reset(self.next_in_window(), ack, reason, effects);
            }
        }
        // For who tears it down, the connection does not exist any more, and no end of it either.
        self.incoming.queue.clear();
        self.incoming.ended = false;
        self.incoming.shut = false;
        self.delete_tcb(reason, effects);
        Ok(Reply::Ok)
    }
}
