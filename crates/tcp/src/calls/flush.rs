//! FLUSH (RFC 9293 §3.9.1.7, MAY-14).

use super::{CallError, Reply};
use crate::{Connection, Effects, Instant, Reason, State, Timer};

impl Connection {
    /// Drops the text that is "to the right of the current send window": what was sent, or may be
    /// sent, stays, as the numbers of the sequence space have been given to it.
    pub(super) fn flush(
        &mut self,
        now: Instant,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        if self.state == State::Closed {
            return Err(CallError::DoesNotExist);
        }
        let begin = self.text_end() - self.outgoing.queue.len();
        let window = self.snd.una + self.snd.wnd;
        let kept_to = self.snd.nxt.later_of(window).later_of(begin);
        let before = self.outgoing.queue.len();
        self.outgoing.queue.truncate(kept_to.distance_from(begin));
        let octets = before - self.outgoing.queue.len();
        let end = self.text_end();
        for mark in [&mut self.outgoing.pushed_to, &mut self.snd.up] {
            if mark.after(end) {
                *mark = end;
            }
        }
        self.decide(effects, Reason::Flushed { octets });
        if self.snd.una == self.snd.nxt && before == octets && !self.outgoing.closing {
            let wnd = self.snd.wnd;
            self.stop_timer(Timer::Persist, Reason::PersistStops { wnd }, effects);
        }
        self.send_what_is_due(now, effects);
        Ok(Reply::Ok)
    }
}
