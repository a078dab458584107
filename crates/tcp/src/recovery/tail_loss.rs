//! Tail-loss probes (RFC 8985 §7): when no acknowledgment comes for a while, a segment is sent to
//! draw one, so that the loss of a flight's end is seen by SACK and not only by a timeout.

use super::{AckNews, Phase};
use crate::{Connection, Duration, Effects, Instant, Reason, SeqNumber, Timer};

/// `TLP.max_ack_delay`: as long the peer may hold an acknowledgment back (RFC 8985 §7.2).
const MAX_ACK_DELAY: Duration = Duration::from_millis(200);

/// PTO where no round trip is known (RFC 8985 §7.2).
const WITHOUT_SRTT: Duration = Duration::from_secs(1);

/// The variables of RFC 8985 §5.2.
#[derive(Clone, Debug, Default)]
pub(crate) struct TailLoss {
    /// `TLP.end_seq` and `TLP.is_retrans`: a probe is out that ends there; and whether what it
    /// carries was sent before.
    probe: Option<Probe>,
    /// Whether a round trip was measured since the last probe, or the beginning.
    pub(crate) measured: bool,
    /// Whether something was sent or acknowledged in this event, so that the timer starts anew.
    pub(crate) moved: bool,
}

#[derive(Clone, Copy, Debug)]
struct Probe {
    end: SeqNumber,
    again: bool,
}

impl TailLoss {
    /// Whether no probe is out, and no timer is to be looked after.
    pub(crate) const fn is_quiet(&self) -> bool {
        self.probe.is_none() && !self.moved
    }

    /// A timeout, or the end of the connection: the probe is forgotten.
    pub(crate) fn forget(&mut self) {
        self.probe = None;
    }
}

impl Connection {
    /// Starts the timer anew where something was sent or acknowledged, and stops it where no probe
    /// is wanted: in recovery, or where SACK tells of something (RFC 8985 §7.2).
    pub(crate) fn schedule_probe(&mut self, now: Instant, effects: &mut Effects) {
        let moved = core::mem::take(&mut self.recovery.tail.moved);
        if !self.probe_is_wanted() {
            self.stop_timer(Timer::TailLossProbe, Reason::ProbeTimerStops, effects);
            return;
        }
        if !moved {
            return;
        }
        let mut after = match self.rtt.srtt() {
            Some(srtt) if self.recovery.board.segments() == 1 => srtt.times(2) + MAX_ACK_DELAY,
            Some(srtt) => srtt.times(2),
            None => WITHOUT_SRTT,
        };
        if let Some(at) = self.timers.deadline(Timer::Retransmission) {
            after = after.min(at.since(now));
        }
        let reason = Reason::ProbeTimerStarts { after };
        self.set_timer(now, Timer::TailLossProbe, after, reason, effects);
    }

    fn probe_is_wanted(&self) -> bool {
        self.rack_runs()
            && matches!(self.recovery.phase, Phase::Open)
            && !self.recovery.board.is_empty()
            && self.recovery.board.sacked() == 0
            && self.recovery.tail.probe.is_none()
            && self.recovery.tail.measured
            && self.outgoing.syn_acked
            && self.outgoing.attempts == 0
            && !self.outgoing.probing
            && !self.config.variant.no_retransmission
    }

    /// The timer ran out: new text, if the peer's window has room for it, or else the last segment
    /// again (RFC 8985 §7.3). Then the retransmission timer starts anew.
    pub(crate) fn probe_timeout(&mut self, now: Instant, effects: &mut Effects) {
        self.decide(effects, Reason::ProbeTimerExpires);
        if !self.probe_is_wanted() {
            return;
        }
        self.recovery.tail.measured = false;
        let again = !self.send_new_as_probe(now, effects);
        if again && let Some(last) = self.recovery.board.last_unsacked() {
            let (seq, octets) = (last.seq, last.text_len());
            let reason = Reason::TailLossProbe { seq, octets, new_text: false };
            self.resend_segment(now, seq, |_| reason, effects);
        }
        self.recovery.tail.probe = Some(Probe { end: self.snd.nxt, again });
        let rto = self.rtt.rto();
        let reason = Reason::RtoRestarts { rto };
        self.set_timer(now, Timer::Retransmission, rto, reason, effects);
        self.send_owed_ack(effects);
    }

    /// What an ACK says of the probe that is out (RFC 8985 §7.4): whether it filled a hole, which
    /// would otherwise go unnoticed.
    pub(crate) fn settle_probe(
        &mut self,
        now: Instant,
        ack: SeqNumber,
        news: &AckNews,
        bare_duplicate: bool,
        effects: &mut Effects,
    ) {
        let Some(Probe { end, again }) = self.recovery.tail.probe else { return };
        if !ack.at_or_after(end) {
            return;
        }
        let arrived_twice = news.dsack.is_some_and(|(_, right)| right == end);
        if !again || arrived_twice {
            self.recovery.tail.probe = None;
        } else if ack.after(end) {
            self.recovery.tail.probe = None;
            self.repaired_by_probe(now, end, news.flight_before, effects);
        } else if bare_duplicate {
            // Both the probe and what it repeats have arrived.
            self.recovery.tail.probe = None;
        }
    }

    fn repaired_by_probe(
        &mut self,
        now: Instant,
        seq: SeqNumber,
        flight: u32,
        effects: &mut Effects,
    ) {
        self.decide(effects, Reason::ProbeRepairedLoss { seq });
        self.note_loss(flight, now, effects);
        let cwnd = self.congestion.cwnd().min(self.congestion.ssthresh());
        self.congestion.set_cwnd(cwnd);
    }
}
