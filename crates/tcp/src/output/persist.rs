//! Zero windows: the peer is asked until it opens its window (RFC 9293 §3.8.6.1, MUST-36, RFC 6429);
//! and the override timeout of the sender's silly-window avoidance (§3.8.6.2.1).

use crate::recovery::Due;
use crate::recovery::scoreboard::Flown;
use crate::{Connection, Duration, Effects, Instant, Reason, SendPermit, Timer};

/// The override timeout lies in this range (RFC 9293 §3.8.6.2.1).
const OVERRIDE: core::ops::RangeInclusive<Duration> =
    Duration::from_millis(100)..=Duration::from_secs(1);

impl Connection {
    /// The persist timer runs while something waits that no acknowledgment will release: the
    /// window is zero, or silly-window avoidance holds it back (RFC 9293 §3.8.6.1, §3.8.6.2.1). So
    /// nothing waits for ever, pushed or not (MUST-60).
    pub(super) fn keep_probing(&mut self, now: Instant, effects: &mut Effects) {
        let (waits, stuck) = (self.has_more(), self.is_stuck());
        let running = self.timers.deadline(Timer::Persist).is_some();
        if stuck && !running {
            // A zero window is probed first when it was there for RTO (SHLD-29).
            let rto = self.rtt.rto();
            let after =
                if self.snd.wnd == 0 { rto } else { rto.clamp(*OVERRIDE.start(), *OVERRIDE.end()) };
            self.set_timer(now, Timer::Persist, after, Reason::PersistStarts { after }, effects);
        }
        if waits && !stuck && effects.is_observed() && !self.waits_for_recovery() {
            self.decide(effects, self.why_it_waits());
        }
    }

    /// Whether text or the FIN waits to be sent for the first time.
    fn has_more(&self) -> bool {
        self.unsent() > 0 || (self.outgoing.closing && !self.fin_sent())
    }

    fn is_stuck(&self) -> bool {
        (self.has_more() && self.snd.una == self.snd.nxt) || self.outgoing.probing
    }

    /// The window is still zero, or silly-window avoidance has held back for long enough.
    pub(crate) fn persist_timeout(&mut self, now: Instant, effects: &mut Effects) {
        if !self.is_stuck() {
            // What waited went out with more text meanwhile.
            return;
        }
        self.outgoing.probes = self.outgoing.probes.saturating_add(1);
        let attempt = self.outgoing.probes;
        self.decide(effects, Reason::PersistExpires { attempt });
        if self.outgoing.probing || self.snd.wnd == 0 {
            // Probes that are not answered count to R2; one that is ends the count (MUST-37), and
            // so does not let the connection end for what lies beyond the window (SHLD-17).
            self.outgoing.attempts += 1;
            if self.give_up(self.outgoing.attempts, effects) {
                return;
            }
        }
        if self.outgoing.probing {
            self.repeat_probe(now, attempt, effects);
        } else {
            self.send_probe(now, attempt, effects);
        }
        if self.outgoing.probing {
            self.back_off_probes(now, attempt, effects);
        }
        self.send_owed_ack(effects);
    }

    /// The retransmission timer ran out, but the peer has closed its window meanwhile: what is in
    /// flight may have been refused, and only a probe can tell (RFC 9293 §3.8.6, MUST-35).
    pub(crate) fn probe_shut_window(&mut self, now: Instant, effects: &mut Effects) {
        self.outgoing.probing = true;
        self.outgoing.probes = self.outgoing.probes.saturating_add(1);
        let attempt = self.outgoing.probes;
        self.repeat_probe(now, attempt, effects);
        self.back_off_probes(now, attempt, effects);
    }

    /// Each interval is twice the one before (RFC 9293 §3.8.6.1, SHLD-30).
    fn back_off_probes(&mut self, now: Instant, attempt: u32, effects: &mut Effects) {
        let doubled = self.rtt.rto().times(1 << attempt.min(16));
        let after = doubled.min(self.config.max_rto);
        self.set_timer(now, Timer::Persist, after, Reason::PersistStarts { after }, effects);
    }

    /// Sends the next octets as the probe of a zero window, or because the override timeout ran
    /// out: at least one, window or not.
    fn send_probe(&mut self, now: Instant, attempt: u32, effects: &mut Effects) {
        let seq = self.snd.nxt;
        let usable = self.usable_window();
        let octets = self.unsent().min(usable.max(1)).min(self.room_for_text());
        self.outgoing.probing = usable == 0;
        let reason = if usable == 0 {
            Reason::WindowProbe { seq, octets, attempt }
        } else {
            Reason::SendText { seq, octets, usable, permit: SendPermit::Override }
        };
        self.transmit_new(now, octets, octets == 0, reason, effects);
    }

    /// Sends the first octet in flight again: the only one that is sent again beyond the window's
    /// edge (RFC 9293 §3.8.6, MAY-7).
    fn repeat_probe(&mut self, now: Instant, attempt: u32, effects: &mut Effects) {
        let una = self.snd.una;
        let Some(sent) = self.recovery.board.resend(una, 1, una + 1, now) else { return };
        self.recovery.measured_from = self.snd.nxt;
        let Flown { seq, .. } = sent;
        let octets = sent.text_len();
        let reason = Reason::WindowProbe { seq, octets, attempt };
        self.transmit_again(now, &sent, reason, effects);
    }

    /// The window is open: no probes any more. What was refused goes out again at once.
    pub(crate) fn leave_zero_window(&mut self, wnd: u32, effects: &mut Effects) {
        self.outgoing.probes = 0;
        self.stop_timer(Timer::Persist, Reason::PersistStops { wnd }, effects);
        if self.outgoing.probing {
            self.outgoing.probing = false;
            self.outgoing.attempts = 0;
            self.recovery.due = Some(Due::Refused);
        }
    }

    /// The octet of a probe that was refused was never kept: it goes out with what follows it, as
    /// one octet alone would be a silly segment (§3.8.6.2.1). Where the window had shrunk over more
    /// than that, all of it is lost, though not by congestion.
    pub(super) fn resend_refused(&mut self, now: Instant, effects: &mut Effects) {
        let (seq, wnd) = (self.snd.una, self.snd.wnd);
        if self.flight() != 1 {
            self.recovery.board.lose_all(false);
            self.begin_repair();
            self.keep_retransmission_timer(now, effects);
            return;
        }
        let room = self.window_of_peer().min(self.congestion.cwnd());
        let text = self.text_end().distance_from(seq);
        let octets = text.min(room).min(self.room_for_text());
        let reason = Reason::RetransmitProbe { seq, octets, wnd };
        let fin = self.outgoing.closing && octets < room;
        self.transmit_in_place(now, octets, fin, reason, effects);
    }
}
