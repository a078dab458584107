//! Sixth, check the URG bit (RFC 9293 §3.10.7.4, §3.8.5, MUST-30).

use crate::{Connection, Effects, Flags, Notification, Reason, Segment, SeqNumber};

impl Connection {
    /// The user is told when urgent data lies ahead of what was read, and again whenever it
    /// reaches further (MUST-32); not again for what it was told of.
    pub(super) fn check_urg(&mut self, segment: &Segment, effects: &mut Effects) {
        if !segment.flags.contains(Flags::URG) || !self.state().receives_text() {
            return;
        }
        // The urgent pointer points to the octet that follows the urgent data (MUST-62).
        let seg_up = segment.seq + u32::from(segment.urg);
        if !seg_up.after(self.rcv.up) || !seg_up.after(self.consumed()) {
            return;
        }
        self.rcv.up = seg_up;
        let reason = Reason::UrgentAhead { rcv_up: seg_up, rcv_nxt: self.rcv.nxt };
        self.notify(Notification::Urgent, reason, effects);
    }

    /// How many octets are to be read until the urgent data ends; zero where none is pending
    /// (RFC 9293 §3.8.5, MUST-33). They may not all have arrived.
    #[must_use]
    pub fn urgent_ahead(&self) -> u32 {
        let consumed = self.consumed();
        if self.rcv.up.after(consumed) { self.rcv.up.distance_from(consumed) } else { 0 }
    }

    /// The number of the first octet that RECEIVE has not taken: the peer's FIN is none.
    pub(crate) fn consumed(&self) -> SeqNumber {
        self.rcv.nxt - u32::from(self.incoming.ended) - self.incoming.queue.len()
    }

    /// Urgent data that was read is no longer urgent: RCV.UP never falls behind it, so that it
    /// can be compared with what comes after.
    pub(crate) fn pass_urgent(&mut self) {
        self.rcv.up = self.rcv.up.later_of(self.consumed());
    }
}
