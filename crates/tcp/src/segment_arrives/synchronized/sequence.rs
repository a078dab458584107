//! First, check sequence number (RFC 9293 §3.10.7.4).

use super::Verdict;
use crate::{Connection, Effects, Flags, Instant, Reason, Segment, State};

impl Connection {
    /// Judges the segment against the window as it was announced, and trims off what lies outside,
    /// so that what remains begins at RCV.NXT or after it and does not exceed the window.
    pub(super) fn check_sequence(
        &mut self,
        now: Instant,
        segment: &mut Segment,
        effects: &mut Effects,
    ) -> Verdict {
        let (seq, len) = (segment.seq, segment.len());
        let (rcv_nxt, rcv_wnd) = (self.rcv.nxt, self.rcv.wnd);
        if self.is_second_half_of_simultaneous_open(segment) {
            segment.seq = rcv_nxt;
            segment.flags.remove(Flags::SYN);
            return Verdict::GoOn;
        }
        if self.is_acceptable(segment) {
            self.decide(effects, Reason::Acceptable { seq, len, rcv_nxt, rcv_wnd });
            self.trim(segment, effects);
            return Verdict::GoOn;
        }
        if segment.rst() {
            self.decide(effects, Reason::RstOutsideWindow { seq, rcv_nxt, rcv_wnd });
            return Verdict::Done;
        }
        let reason = if len > 0 && segment.end().at_or_before(rcv_nxt) {
            Reason::OldDuplicate { seq, len, rcv_nxt }
        } else {
            Reason::NotAcceptable { seq, len, rcv_nxt, rcv_wnd }
        };
        if rcv_wnd == 0 && seq == rcv_nxt {
            // "Special allowance should be made to accept valid ACKs, URGs, and RSTs" (MUST-66):
            // only the text and the FIN are left aside.
            self.decide(effects, reason);
            segment.payload.clear();
            segment.flags.remove(Flags::FIN);
            self.owe_ack(reason);
            return Verdict::GoOn;
        }
        if self.state() == State::TimeWait && segment.fin() && segment.end() == rcv_nxt {
            // "The only thing that can arrive in this state is a retransmission of the remote FIN.
            // Acknowledge it, and restart the 2 MSL timeout." It lies before RCV.NXT, so this is
            // where it is met.
            let reason = Reason::FinAgain { seq, rcv_nxt };
            self.decide(effects, reason);
            self.send_ack(reason, effects);
            self.restart_time_wait(now, effects);
            return Verdict::Done;
        }
        self.decide(effects, reason);
        self.send_ack(reason, effects);
        Verdict::Done
    }

    /// Table 6: Segment Acceptability Tests.
    fn is_acceptable(&self, segment: &Segment) -> bool {
        let (nxt, wnd, len) = (self.rcv.nxt, self.rcv.wnd, segment.len());
        match (len, wnd) {
            (0, 0) => segment.seq == nxt,
            (0, _) => segment.seq.within(nxt, wnd),
            (_, 0) => false,
            _ => segment.seq.within(nxt, wnd) || (segment.end() - 1).within(nxt, wnd),
        }
    }

    /// In a simultaneous opening the peer's SYN comes a second time, now with the ACK of ours: the
    /// SYN is old, the ACK is news, and "only the new parts are processed" (Figure 7, Appendix A.2).
    fn is_second_half_of_simultaneous_open(&self, segment: &Segment) -> bool {
        let opened_actively = self.opened.is_some_and(|opened| !opened.passively);
        self.state() == State::SynReceived
            && opened_actively
            && segment.syn()
            && !segment.rst()
            && segment.seq == self.rcv.irs
            && segment.ack.is_some_and(|ack| ack == self.snd.nxt)
    }

    /// Cuts off what was received before and what lies beyond the window, SYN and FIN included.
    fn trim(&self, segment: &mut Segment, effects: &mut Effects) {
        let nxt = self.rcv.nxt;
        if segment.seq.before(nxt) {
            let mut old = nxt.distance_from(segment.seq);
            if segment.syn() {
                segment.flags.remove(Flags::SYN);
                old -= 1;
            }
            let old_text = old.min(segment.text_len());
            segment.payload = segment.payload.slice(old_text as usize..);
            segment.seq = nxt;
        }
        let room = self.rcv.wnd.saturating_sub(segment.text_seq().distance_from(nxt));
        let text = segment.text_len();
        if text > room {
            segment.payload.truncate(room as usize);
            segment.flags.remove(Flags::FIN);
            self.decide(effects, Reason::TextBeyondWindow { kept: room, cut: text - room });
        } else if text == room {
            // The FIN's number is the first beyond the window.
            segment.flags.remove(Flags::FIN);
        }
    }
}
