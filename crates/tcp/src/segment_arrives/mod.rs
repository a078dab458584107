//! SEGMENT ARRIVES (RFC 9293 §3.10.7): one file for each of its parts.

mod closed;
mod listen;
mod predicted;
mod syn_sent;
mod synchronized;

use crate::{Connection, Effects, Instant, Segment, State};

impl Connection {
    /// A segment arrives, at `now`. Whatever it is, there is an answer, if only to drop it.
    pub fn segment_arrives(&mut self, now: Instant, mut segment: Segment, effects: &mut Effects) {
        self.take_segment(now, &mut segment, effects);
    }

    /// The same. The segment stays where it is, as it is large and its way through the checks long;
    /// what is left of it is of no use to anybody.
    pub(crate) fn take_segment(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) {
        self.now = now;
        self.incoming.with_syn = segment.syn();
        self.incoming.with_text = segment.text_len() > 0 || segment.fin();
        self.begin_acking();
        if !self.take_predicted(now, segment, effects) {
            self.check(now, segment, effects);
        }
        self.note_arrival(effects);
        self.watch_progress(effects);
    }

    fn check(&mut self, now: Instant, segment: &mut Segment, effects: &mut Effects) {
        match self.state() {
            State::Closed => self.arrives_in_closed(segment, effects),
            State::Listen => self.arrives_in_listen(now, segment, effects),
            State::SynSent => self.arrives_in_syn_sent(now, segment, effects),
            State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => self.arrives_in_other_states(now, segment, effects),
        }
    }
}
