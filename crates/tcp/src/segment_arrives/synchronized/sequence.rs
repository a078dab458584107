//! First, check sequence number (RFC 9293 §3.10.7.4).

use super::Verdict;
use super::trim::cut_before;
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
            self.withdraw_ecn(segment, effects);
            cut_before(segment, rcv_nxt);
            self.trim(segment, effects);
            return Verdict::GoOn;
        }
        if segment.rst() {
            return self.check_sequence_of_rst(segment, effects);
        }
        if self.is_syn_again(segment) {
            self.answer_syn_again(now, segment, effects);
            return Verdict::Done;
        }
        if self.is_acceptable(segment) {
            self.decide(effects, Reason::Acceptable { seq, len, rcv_nxt, rcv_wnd });
            // Under RFC 5961 a SYN is challenged wherever it lies: it must not be trimmed off.
            if !(segment.syn() && self.config.rfc5961) {
                self.trim(segment, effects);
            }
            return Verdict::GoOn;
        }
        let reason = if len > 0 && segment.end().at_or_before(rcv_nxt) {
            Reason::OldDuplicate { seq, len, rcv_nxt }
        } else {
            Reason::NotAcceptable { seq, len, rcv_nxt, rcv_wnd }
        };
        self.decide(effects, reason);
        if rcv_wnd == 0 && seq == rcv_nxt && !segment.syn() {
            // "Special allowance should be made to accept valid ACKs, URGs, and RSTs" (MUST-66):
            // only the text and the FIN are left aside.
            segment.payload.clear();
            segment.flags.remove(Flags::FIN);
            self.owe_ack(reason);
            return Verdict::GoOn;
        }
        self.report_old_text(segment);
        if self.state() == State::TimeWait && segment.fin() && segment.end() == rcv_nxt {
            self.take_fin_again(now, seq, effects);
        } else if segment.is_empty() {
            // Two ends of which each takes the other's ACKs for unacceptable would answer them
            // without end: so there are only so many of these (RFC 5961 §7).
            self.send_challenge_ack(reason, effects);
        } else {
            self.send_ack(reason, effects);
        }
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

    /// "If the RST bit is set and the sequence number is outside the current receive window,
    /// silently drop the segment": only SEG.SEQ counts, whatever text a RST carries (§3.5.3,
    /// SHLD-2), and RCV.NXT counts even where the window is zero (MUST-66).
    fn check_sequence_of_rst(&self, segment: &Segment, effects: &mut Effects) -> Verdict {
        let (seq, len) = (segment.seq, segment.len());
        let (rcv_nxt, rcv_wnd) = (self.rcv.nxt, self.rcv.wnd);
        if seq == rcv_nxt || seq.within(rcv_nxt, rcv_wnd) {
            self.decide(effects, Reason::Acceptable { seq, len, rcv_nxt, rcv_wnd });
            Verdict::GoOn
        } else {
            self.decide(effects, Reason::RstOutsideWindow { seq, rcv_nxt, rcv_wnd });
            Verdict::Done
        }
    }

    /// In a simultaneous opening the peer's SYN comes a second time, now with the ACK of ours: the
    /// SYN is old, the ACK is news, and "only the new parts are processed" (Figure 7, Appendix A.2,
    /// MUST-10).
    fn is_second_half_of_simultaneous_open(&self, segment: &Segment) -> bool {
        let opened_actively = self.opened.is_some_and(|opened| !opened.passively);
        self.state() == State::SynReceived
            && opened_actively
            && segment.syn()
            && !segment.rst()
            && segment.seq == self.rcv.irs
            && segment.ack.is_some_and(|ack| ack == self.snd.nxt)
    }

    /// After a passive OPEN, the same SYN again: our SYN,ACK was lost, or is late.
    fn is_syn_again(&self, segment: &Segment) -> bool {
        let opened_passively = self.opened.is_some_and(|opened| opened.passively);
        self.state() == State::SynReceived
            && opened_passively
            && segment.syn()
            && segment.ack.is_none()
            && segment.seq == self.rcv.irs
    }

    /// "[A]n acknowledgment should be sent in reply": here it is the SYN,ACK, since to a peer in
    /// SYN-SENT an acknowledgment without SYN says nothing. Its round trip can no longer be
    /// measured (RFC 6298 §3).
    fn answer_syn_again(&mut self, now: Instant, segment: &Segment, effects: &mut Effects) {
        let (seq, len, rcv_nxt) = (segment.seq, segment.len(), self.rcv.nxt);
        let reason = Reason::OldDuplicate { seq, len, rcv_nxt };
        self.decide(effects, reason);
        self.withdraw_ecn(segment, effects);
        self.send_syn(now, reason, true, effects);
    }
}
