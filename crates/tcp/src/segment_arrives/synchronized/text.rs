//! Seventh, process the segment text (RFC 9293 §3.10.7.4).

use crate::{Connection, Effect, Effects, Reason, Segment};

impl Connection {
    /// Text at RCV.NXT is delivered, and what waited behind it too; text ahead of a gap is kept
    /// (SHLD-31). Either way an acknowledgment is owed.
    pub(super) fn process_text(&mut self, segment: Segment, effects: &mut Effects) {
        let octets = segment.text_len();
        let seq = segment.text_seq();
        if self.refuse_unwanted_text(&segment, effects) {
            return;
        }
        if !self.state().receives_text() {
            if octets > 0 {
                self.decide(effects, Reason::TextIgnored { octets, state: self.state() });
            }
            return;
        }
        let rcv_nxt = self.rcv.nxt;
        if seq != rcv_nxt {
            if segment.fin() {
                self.incoming.fin_ahead = Some(seq + octets);
            }
            if octets > 0 || segment.fin() {
                self.incoming.ahead.insert(seq, segment.payload);
                self.decide(effects, Reason::TextOutOfOrder { seq, octets, rcv_nxt });
                self.owe_ack(Reason::AckOutOfOrder { seq, rcv_nxt });
            }
            return;
        }
        self.incoming.queue.push(segment.payload);
        let waited = self.incoming.ahead.take_from(seq + octets, &mut self.incoming.queue);
        self.advance_rcv_nxt(octets + waited);
        if octets + waited == 0 {
            return;
        }
        let rcv_nxt = self.rcv.nxt;
        let reason = if waited > 0 {
            Reason::TextFillsGap { seq, octets, waited, rcv_nxt }
        } else {
            Reason::TextInOrder { seq, octets, rcv_nxt }
        };
        self.decide(effects, reason);
        self.emit(effects, Effect::Deliver { octets: octets + waited }, reason);
        self.owe_ack_of_text();
    }
}
