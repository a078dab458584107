//! An application that reads no more, or lets go of its connection: the "half-duplex" close of
//! RFC 9293 §3.6.1 (MAY-1), and what becomes of a connection that nobody holds.

use super::{CallError, Reply};
use crate::{Connection, Effects, Instant, Notification, Reason, Segment, State, Timer};

impl Connection {
    /// The application will read no more than what has arrived. The peer is not told, as TCP has
    /// no way to: what it sends is still acknowledged, up to the window (RFC 9293 §3.6 knows only
    /// the end of sending).
    pub(super) fn shut_read(&mut self) -> Result<Reply, CallError> {
        if self.state == State::Closed {
            return Err(CallError::DoesNotExist);
        }
        self.incoming.shut = true;
        Ok(Reply::Ok)
    }

    /// The application lets go: nothing more is to be sent, and nobody is left to read.
    pub(super) fn orphan(
        &mut self,
        now: Instant,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        match self.state {
            State::Closed => return Err(CallError::DoesNotExist),
            State::Listen | State::SynSent => return self.shut_write(now, effects),
            State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => {}
        }
        if self.incoming.orphaned {
            return Err(CallError::Closing);
        }
        let unread = self.incoming.queue.len();
        self.incoming.queue.clear();
        // In TIME-WAIT the peer is through: all that it waited for was acknowledged.
        if unread > 0 && self.state != State::TimeWait {
            let reason = self.reset_unread(unread, effects);
            self.delete_tcb(reason, effects);
            return Ok(Reply::Ok);
        }
        self.incoming.shut = true;
        self.incoming.orphaned = true;
        if self.state == State::FinWait2 {
            self.start_fin_wait_2(effects);
        }
        if !self.outgoing.closing {
            return self.shut_write(now, effects);
        }
        Ok(Reply::Ok)
    }

    /// "[I]f new data is received after CLOSE is called, its TCP implementation SHOULD send a RST
    /// to show that data was lost" (§3.6.1, SHLD-3). It is the reset of a connection that does not
    /// exist (§3.10.7.1), since for this text there is none.
    pub(crate) fn refuse_unwanted_text(
        &mut self,
        segment: &Segment,
        effects: &mut Effects,
    ) -> bool {
        let octets = segment.text_len();
        let state = self.state;
        let gone = self.incoming.shut && self.outgoing.closing;
        if octets == 0 || !gone || !state.receives_text() {
            return false;
        }
        let reason = Reason::TextUnwanted { octets, state };
        self.decide(effects, reason);
        self.send_reset(segment.ack.unwrap_or(self.snd.nxt), None, reason, effects);
        self.end(Notification::Reset, reason, effects);
        true
    }

    /// FIN-WAIT-2 has no timer in the RFC: it lasts until the peer closes. But where nobody holds
    /// the connection, nobody could end it either.
    pub(crate) fn time_fin_wait_2(&mut self, from: State, to: State, effects: &mut Effects) {
        if from == State::FinWait2 {
            let timer = Timer::FinWait2;
            self.stop_timer(timer, Reason::TimerDies { timer }, effects);
        } else if to == State::FinWait2 && self.incoming.orphaned {
            self.start_fin_wait_2(effects);
        }
    }

    fn start_fin_wait_2(&mut self, effects: &mut Effects) {
        let after = self.config.fin_wait_2_timeout;
        let reason = Reason::FinWait2Starts { after };
        self.set_timer(self.now, Timer::FinWait2, after, reason, effects);
    }

    /// The peer's FIN has not come: the connection is gone. A late FIN meets a reset.
    pub(crate) fn fin_wait_2_timeout(&mut self, effects: &mut Effects) {
        self.decide(effects, Reason::FinWait2Expires);
        self.delete_tcb(Reason::FinWait2Expires, effects);
    }
}
