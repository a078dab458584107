//! STATUS (RFC 9293 §3.10.6).

use super::{CallError, Reply};
use crate::{Connection, Effects, Reason, State};

impl Connection {
    pub(super) fn status_call(&self, effects: &mut Effects) -> Result<Reply, CallError> {
        if self.state == State::Closed {
            return Err(CallError::DoesNotExist);
        }
        self.decide(effects, Reason::StatusAsked { state: self.state });
        Ok(Reply::Status(self.status()))
    }
}
