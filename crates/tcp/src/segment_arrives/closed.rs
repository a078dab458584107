//! SEGMENT ARRIVES in CLOSED (RFC 9293 §3.10.7.1).

use crate::{Connection, Effects, Reason, Segment, SeqNumber, State};

impl Connection {
    pub(super) fn arrives_in_closed(&self, segment: &Segment, effects: &mut Effects) {
        if segment.rst() {
            self.decide(effects, Reason::RstIgnored { state: State::Closed });
            return;
        }
        let reason = Reason::NoConnection { seq: segment.seq, ack: segment.ack };
        self.decide(effects, reason);
        self.reset_unwanted(segment, reason, effects);
    }

    /// A reset that whoever sent `segment` will find acceptable.
    pub(super) fn reset_unwanted(&self, segment: &Segment, reason: Reason, effects: &mut Effects) {
        match segment.ack {
            Some(ack) => self.send_reset(ack, None, reason, effects),
            None => self.send_reset(SeqNumber::new(0), Some(segment.end()), reason, effects),
        }
    }
}
