//! SEGMENT ARRIVES in the other states (RFC 9293 §3.10.7.4): eight checks, in the RFC's order.

mod ack;
mod fin;
mod rst;
mod sequence;
mod syn;
mod text;
mod time_wait;
pub(super) mod trim;
mod urg;

use crate::{Connection, Effects, Instant, Segment};

/// What a check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// The next check follows.
    GoOn,
    /// The segment has been dealt with.
    Done,
}

impl Connection {
    pub(super) fn arrives_in_other_states(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        // Before the sequence number itself: whether it may have been used twice (RFC 7323 §5.3).
        if self.refuse_by_timestamp(segment, effects) {
            return;
        }
        let seq = segment.seq;
        // First, check sequence number; what remains is the RFC's "idealized segment".
        if self.check_sequence(now, segment, effects) == Verdict::Done {
            return;
        }
        // Second, check the RST bit.
        if self.check_rst(segment, effects) == Verdict::Done {
            return;
        }
        // Third, check security: there is neither security nor compartment here.
        // Fourth, check the SYN bit.
        if self.check_syn(segment, effects) == Verdict::Done {
            return;
        }
        self.keep_timestamp(seq, segment.options.timestamps, effects);
        // Fifth, check the ACK field.
        if self.check_ack(now, segment, effects) == Verdict::Done {
            return;
        }
        self.finish_from_sixth_step(now, segment, effects);
    }

    /// Sixth, seventh and eighth: URG, text and FIN. Then what is due is sent; so that one segment
    /// acknowledges all that was processed (MUST-58, MUST-59).
    pub(super) fn finish_from_sixth_step(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        self.hear_of_congestion(segment, effects);
        self.check_urg(segment, effects);
        let fin = segment.fin().then(|| segment.text_seq() + segment.text_len());
        self.process_text(segment, effects);
        self.check_fin(now, fin, effects);
        self.leave_fin_wait_1(effects);
        self.send_what_is_due(now, effects);
    }
}
