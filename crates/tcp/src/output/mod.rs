//! What is sent, and when: first what is due, then what is lost, then what is new (RFC 6675 §4,
//! `NextSeg`).

mod permit;
mod persist;
mod segment;

use crate::recovery::scoreboard::Flown;
use crate::recovery::{Due, Phase};
use crate::{Connection, Effects, Instant, Reason, SendPermit, SeqNumber, State, Timer};

impl Connection {
    /// Sends all that may be sent now, and the acknowledgment that is owed if nothing carried it.
    pub(crate) fn send_what_is_due(&mut self, now: Instant, effects: &mut Effects) {
        if self.may_send_text() {
            self.send_due(now, effects);
            while self.resend_one(now, effects) {}
            while self.send_one(now, effects) {}
            if self.finish_f_rto(effects) {
                while self.resend_one(now, effects) {}
            }
            while self.resend_doubtful(now, effects) {}
            self.keep_probing(now, effects);
        }
        self.schedule_probe(now, effects);
        self.send_owed_ack(effects);
    }

    /// Whether the state lets text and FIN out: they are given to SEND and CLOSE before, but wait.
    pub(crate) const fn may_send_text(&self) -> bool {
        match self.state {
            State::Established
            | State::CloseWait
            | State::FinWait1
            | State::Closing
            | State::LastAck => true,
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::FinWait2
            | State::TimeWait => false,
        }
    }

    /// Sends again what a timeout, duplicate ACKs or a partial ACK call for, whether or not the
    /// congestion window has room.
    fn send_due(&mut self, now: Instant, effects: &mut Effects) {
        let Some(due) = self.recovery.due.take() else { return };
        let board = &mut self.recovery.board;
        let missing = board.next_missing();
        let Some(first) = board.first().copied() else { return };
        let recover = self.recovery.recover;
        match due {
            Due::Refused => self.resend_refused(now, effects),
            Due::Timeout { attempt } => {
                let reason = |sent: &Flown| {
                    let (seq, octets) = (sent.seq, sent.text_len());
                    Reason::RetransmitAfterTimeout { seq, octets, attempt }
                };
                self.resend_segment(now, first.seq, reason, effects);
            }
            Due::Fast { duplicates } => {
                let from = missing.unwrap_or(first).seq;
                let reason = |sent: &Flown| {
                    let (seq, octets) = (sent.seq, sent.text_len());
                    Reason::FastRetransmit { seq, octets, duplicates }
                };
                let sent = self.resend_segment(now, from, reason, effects);
                if let (Some(sent), Phase::Sack { rescue, .. }) = (sent, &mut self.recovery.phase) {
                    *rescue = sent.end();
                }
            }
            Due::Partial => {
                let reason = |sent: &Flown| {
                    let (seq, octets) = (sent.seq, sent.text_len());
                    Reason::RetransmitPartial { seq, octets, recover }
                };
                self.resend_segment(now, first.seq, reason, effects);
            }
        }
    }

    /// Sends again one segment of what is taken for lost, if the congestion window allows.
    fn resend_one(&mut self, now: Instant, effects: &mut Effects) -> bool {
        let by_sack = match self.recovery.phase {
            // While a timeout may be spurious, nothing but its own segment is sent again.
            Phase::Loss { f_rto: Some(_) } => return false,
            Phase::Sack { .. } => true,
            Phase::Open | Phase::NewReno | Phase::Loss { f_rto: None } => false,
        };
        let Some(missing) = self.recovery.board.next_missing() else { return false };
        if !self.has_room_for_segment() {
            return false;
        }
        let (pipe, cwnd) = (self.recovery.board.pipe(), self.congestion.cwnd());
        let reason = |sent: &Flown| {
            let (seq, octets) = (sent.seq, sent.text_len());
            if by_sack {
                Reason::RetransmitSack { seq, octets, pipe, cwnd }
            } else {
                Reason::RetransmitLost { seq, octets, cwnd }
            }
        };
        self.resend_segment(now, missing.seq, reason, effects).is_some()
    }

    /// Nothing lost and nothing new can be sent, but the congestion window has room: what may be
    /// lost goes out again, and once the end of the flight, of which SACK cannot tell (rules 3 and
    /// 4 of RFC 6675's `NextSeg`). RACK has its own means.
    fn resend_doubtful(&mut self, now: Instant, effects: &mut Effects) -> bool {
        let Phase::Sack { rescue, .. } = self.recovery.phase else { return false };
        if self.rack_runs() || self.recovery.board.missing() > 0 || !self.has_room_for_segment() {
            return false;
        }
        let (pipe, cwnd) = (self.recovery.board.pipe(), self.congestion.cwnd());
        if let Some(doubtful) = self.recovery.board.next_doubtful() {
            let reason = |sent: &Flown| {
                let (seq, octets) = (sent.seq, sent.text_len());
                Reason::RetransmitSack { seq, octets, pipe, cwnd }
            };
            return self.resend_segment(now, doubtful.seq, reason, effects).is_some();
        }
        if !self.snd.una.after(rescue) {
            return false;
        }
        let Some(last) = self.recovery.board.last_unsacked() else { return false };
        if let Phase::Sack { rescue, .. } = &mut self.recovery.phase {
            *rescue = self.recovery.recover;
        }
        let reason = |sent: &Flown| {
            let (seq, octets) = (sent.seq, sent.text_len());
            Reason::RescueRetransmit { seq, octets }
        };
        self.resend_segment(now, last.seq, reason, effects);
        false
    }

    /// "[C]wnd - pipe >= 1 SMSS" (RFC 6675 §5 step C).
    fn has_room_for_segment(&self) -> bool {
        let pipe = self.recovery.board.pipe();
        pipe.saturating_add(self.congestion.mss()) <= self.congestion.cwnd()
    }

    /// Sends again what begins at `from`, a segment at most, as far as the peer's window reaches:
    /// what lies beyond the edge of a window that has shrunk waits (RFC 9293 §3.8.6, SHLD-16).
    /// Says what was sent.
    pub(crate) fn resend_segment(
        &mut self,
        now: Instant,
        from: SeqNumber,
        reason: impl FnOnce(&Flown) -> Reason,
        effects: &mut Effects,
    ) -> Option<Flown> {
        if self.retransmission_is_off(now, from, effects) {
            return None;
        }
        let edge = self.snd.una + self.window_of_peer();
        if !from.before(edge) {
            self.keep_retransmission_timer(now, effects);
            return None;
        }
        let most = self.room_for_text();
        let sent = self.recovery.board.resend(from, most, edge, now)?;
        self.recovery.measured_from = self.snd.nxt;
        self.transmit_again(now, &sent, reason(&sent), effects);
        Some(sent)
    }

    /// Sends one segment of what was never sent, if RFC 9293 §3.8.6.2.1 allows.
    fn send_one(&mut self, now: Instant, effects: &mut Effects) -> bool {
        if self.outgoing.probing || self.waits_for_recovery() {
            return false;
        }
        let seq = self.snd.nxt;
        let unsent = self.unsent();
        let mut usable = self.usable_window();
        if unsent == 0 {
            if self.outgoing.closing && !self.fin_sent() && usable > 0 {
                self.send_text(now, 0, Reason::SendFin { seq }, effects);
            }
            return false;
        }
        let mut permitted = self.permitted(unsent, usable);
        if permitted.is_some() && self.snd.una == seq {
            self.restart_after_idle(now, effects);
            usable = self.usable_window();
            permitted = self.permitted(unsent, usable);
        }
        let Some((octets, permit)) = permitted else { return false };
        let reason = self.why_it_is_sent(seq, octets, usable, permit);
        self.send_text(now, octets, reason, effects);
        self.count_new_segment(octets);
        true
    }

    /// Whether new text waits until what is lost was sent again.
    fn waits_for_recovery(&self) -> bool {
        match self.recovery.phase {
            Phase::Loss { f_rto: Some(f_rto) } => !f_rto.sends_new(),
            Phase::Open | Phase::NewReno | Phase::Sack { .. } | Phase::Loss { f_rto: None } => {
                self.recovery.board.missing() > 0
            }
        }
    }

    fn why_it_is_sent(
        &self,
        seq: SeqNumber,
        octets: u32,
        usable: u32,
        permit: SendPermit,
    ) -> Reason {
        let duplicates = self.recovery.duplicates;
        if self.is_limited_transmit(octets) {
            Reason::LimitedTransmit { seq, octets, duplicates }
        } else {
            Reason::SendText { seq, octets, usable, permit }
        }
    }

    /// Whether only duplicate ACKs let the segment out: by FlightSize alone, cwnd would not
    /// (RFC 3042).
    fn is_limited_transmit(&self, octets: u32) -> bool {
        matches!(self.recovery.phase, Phase::Open)
            && self.recovery.duplicates > 0
            && self.flight().saturating_add(octets) > self.congestion.cwnd()
    }

    /// Recovery counts what is sent.
    fn count_new_segment(&mut self, octets: u32) {
        // By now SND.NXT has moved over it.
        if self.is_limited_transmit(0) {
            self.recovery.limited = self.recovery.limited.saturating_add(octets);
        }
        self.count_f_rto_segment();
    }

    /// Nothing is in flight, and nothing was sent for a while: what cwnd knew is old
    /// (RFC 5681 §4.1).
    fn restart_after_idle(&mut self, now: Instant, effects: &mut Effects) {
        let Some(last) = self.recovery.last_sent else { return };
        if self.snd.una != self.snd.nxt {
            return;
        }
        let idle = now.since(last);
        if let Some(reason) = self.congestion.on_idle(idle, self.rtt.rto()) {
            self.decide(effects, reason);
        }
    }

    /// Sends text that was never sent, and the FIN if it comes next and fits.
    #[inline(always)]
    fn send_text(&mut self, now: Instant, octets: u32, reason: Reason, effects: &mut Effects) {
        let fin = self.outgoing.closing && octets < self.usable_window();
        let sent = self.transmit_new(now, octets, fin, reason, effects);
        if octets > 0 && sent.has_fin() {
            self.decide(effects, Reason::SendFin { seq: self.text_end() });
        }
        let wnd = self.snd.wnd;
        if sent.end().after(self.snd.una + wnd) {
            self.decide(effects, Reason::FlowControlOff { octets, wnd });
        }
    }

    /// A tail-loss probe of new text, if the peer's window has room for it; cwnd is not asked
    /// (RFC 8985 §7.3). Says whether it was sent.
    pub(crate) fn send_new_as_probe(&mut self, now: Instant, effects: &mut Effects) -> bool {
        let octets = self.unsent().min(self.room_for_text());
        if octets == 0 || octets > self.room_at_peer() {
            return false;
        }
        let seq = self.snd.nxt;
        let reason = Reason::TailLossProbe { seq, octets, new_text: true };
        let fin = self.outgoing.closing && octets < self.room_at_peer();
        self.transmit_new(now, octets, fin, reason, effects);
        true
    }

    /// The retransmission timer runs while something is in flight (RFC 6298 §5.1); but the persist
    /// timer takes its place while the window is being probed.
    pub(crate) fn keep_retransmission_timer(&mut self, now: Instant, effects: &mut Effects) {
        let running = self.timers.deadline(Timer::Retransmission).is_some();
        if !running && !self.outgoing.probing && self.snd.una != self.snd.nxt {
            let rto = self.rtt.rto();
            self.set_timer(now, Timer::Retransmission, rto, Reason::RtoStarts { rto }, effects);
        }
    }
}
