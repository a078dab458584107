//! Sixth, check the URG bit (RFC 9293 §3.10.7.4).

use crate::{Connection, Effects, Flags, Notification, Reason, Segment};

impl Connection {
    /// The user is told once for each stretch of urgent data.
    pub(super) fn check_urg(&mut self, segment: &Segment, effects: &mut Effects) {
        if !segment.flags.contains(Flags::URG) || !self.state().receives_text() {
            return;
        }
        self.rcv.up = self.rcv.up.later_of(segment.seq + u32::from(segment.urg));
        let (rcv_up, rcv_nxt) = (self.rcv.up, self.rcv.nxt);
        let ahead = rcv_up.at_or_after(rcv_nxt);
        if ahead && !self.incoming.urgent_told {
            self.notify(Notification::Urgent, Reason::UrgentAhead { rcv_up, rcv_nxt }, effects);
        }
        self.incoming.urgent_told = ahead;
    }
}
