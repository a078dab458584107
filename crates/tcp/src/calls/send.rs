//! SEND (RFC 9293 §3.10.2), with the PUSH flag (§3.9.1.2, MAY-15).

use bytes::Bytes;

use super::{CallError, Reply};
use crate::buffer::length;
use crate::{Connection, Effects, Instant, Reason, State};

impl Connection {
    pub(super) fn send(
        &mut self,
        now: Instant,
        data: Bytes,
        push: bool,
        urgent: bool,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        match self.state {
            State::Closed => return Err(CallError::DoesNotExist),
            // A connection knows no addresses: its holder turns a listening one active by OPEN.
            State::Listen => return Err(CallError::RemoteUnspecified),
            State::SynSent | State::SynReceived | State::Established | State::CloseWait => {}
            State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait => return Err(CallError::Closing),
        }
        if self.outgoing.closing {
            return Err(CallError::Closing);
        }
        let room = self.config.send_buffer.saturating_sub(self.outgoing.queue.len());
        let octets = length(&data).min(room);
        if octets == 0 && !data.is_empty() {
            return Err(CallError::InsufficientResources);
        }
        self.outgoing.queue.push_first(octets, data);
        if push {
            self.outgoing.pushed_to = self.text_end();
        }
        if urgent && octets > 0 {
            self.snd.up = self.text_end();
            self.decide(effects, Reason::SendUrgent { snd_up: self.snd.up });
        }
        let established = matches!(self.state, State::Established | State::CloseWait);
        if established {
            let reason = Reason::SendTaken { octets, unsent: self.unsent(), room: room - octets };
            self.decide(effects, reason);
            self.send_what_is_due(now, effects);
        } else {
            self.decide(effects, Reason::SendWaits { octets, state: self.state });
        }
        Ok(Reply::Sent { octets })
    }
}
