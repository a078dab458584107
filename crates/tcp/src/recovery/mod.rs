//! Recovery from losses: how they are noticed, and what is sent again.
//!
//! Without SACK, NewReno (RFC 5681 §3.2, RFC 6582). With it, RFC 6675; and where losses are detected
//! by time, RFC 8985 says what is lost, and RFC 6675 what follows from that. After a timeout, slow
//! start (RFC 5681 §3.1), unless F-RTO finds that the timeout was spurious (RFC 5682).

mod f_rto;
mod new_reno;
pub(crate) mod prr;
pub(crate) mod rack;
mod sack;
pub(crate) mod scoreboard;
mod tail_loss;

use crate::{Connection, Effects, Instant, Reason, SeqNumber, Timer};
use f_rto::FRto;
use prr::Prr;
use rack::{AckFacts, Rack};
use scoreboard::{Flown, Marks, Scoreboard};
use tail_loss::TailLoss;

/// So many duplicate ACKs make a loss likely (RFC 5681 §3.2, RFC 6675 §2).
pub(crate) const DUPLICATE_THRESHOLD: u32 = 3;

/// What is in flight, and what recovery knows of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recovery {
    pub(crate) board: Scoreboard,
    pub(crate) phase: Phase,
    /// SND.NXT when a loss was last noticed: "recover" of RFC 6582 and RecoveryPoint of RFC 6675,
    /// plus one; first the ISS.
    pub(crate) recover: SeqNumber,
    /// Duplicate ACKs in a row.
    pub(crate) duplicates: u32,
    /// Octets that limited transmit sent since the first of them: they do not count in the
    /// FlightSize that is halved (RFC 5681 §3.2 step 2).
    pub(crate) limited: u32,
    /// What goes out next, whatever the windows say.
    pub(crate) due: Option<Due>,
    pub(crate) rack: Rack,
    pub(crate) tail: TailLoss,
    /// Round trips of what was sent before this are not measured: it may have been sent twice, or
    /// acknowledged late (RFC 6298 §3).
    pub(crate) measured_from: SeqNumber,
    /// Until SND.UNA reaches this, a mark was answered already (RFC 3168 §6.1.2).
    pub(crate) marked_until: Option<SeqNumber>,
    /// The window was reduced, and the peer is still to be told by CWR.
    pub(crate) cwr_due: bool,
    /// When text was last sent.
    pub(crate) last_sent: Option<Instant>,
}

impl Recovery {
    /// Whether all that is in flight was sent once, nothing is taken for lost, and nothing is known
    /// to have arrived of it.
    pub(crate) fn is_undisturbed(&self) -> bool {
        let board = &self.board;
        matches!(self.phase, Phase::Open)
            && board.sent_in_order()
            && board.sacked() == 0
            && board.missing() == 0
            && self.tail.is_quiet()
    }

    /// Where the recovery under way ends.
    pub(crate) const fn under_way(&self) -> Option<SeqNumber> {
        match self.phase {
            Phase::Open => None,
            Phase::NewReno | Phase::Sack { .. } | Phase::Loss { .. } => Some(self.recover),
        }
    }
}

/// How recovery stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Phase {
    /// Nothing is taken for lost.
    #[default]
    Open,
    /// Fast recovery without SACK (RFC 6582).
    NewReno,
    /// Fast recovery with SACK (RFC 6675).
    Sack {
        /// How much may be sent, where that is in proportion (RFC 9937).
        prr: Option<Prr>,
        /// RescueRxt, plus one: the one rescue retransmission waits until SND.UNA is beyond it
        /// (RFC 6675 §4, `NextSeg` rule 4).
        rescue: SeqNumber,
    },
    /// After a timeout, until all that was in flight is acknowledged.
    Loss {
        /// Whether the timeout may still be spurious.
        f_rto: Option<FRto>,
    },
}

/// A retransmission that does not wait for room in the congestion window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// The retransmission timer ran out (RFC 6298 §5.4).
    Timeout { attempt: u32 },
    /// Fast retransmit (RFC 5681 §3.2).
    Fast { duplicates: u32 },
    /// A partial ACK shows the next hole (RFC 6582 §3.2).
    Partial,
    /// The window is open again, and the octet of a probe was refused (RFC 9293 §3.8.6.1).
    Refused,
}

/// What one ACK brings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AckNews {
    /// Octets of text that are now acknowledged.
    pub(crate) acked: u32,
    /// Whether SND.UNA moved.
    pub(crate) advanced: bool,
    /// Octets of which it was not known before that they have arrived, by number or by SACK.
    pub(crate) delivered: u32,
    /// Those of them that SACK told of.
    pub(crate) sacked: u32,
    /// Whether some of them were sent once, and before the last loss was noticed.
    pub(crate) original: bool,
    /// Whether some of them were sent after it.
    pub(crate) beyond: bool,
    /// The first segment that SND.UNA moved over.
    pub(crate) first: Option<Flown>,
    /// The first of those that may be measured without timestamps, if it has arrived whole.
    pub(crate) measurable: Option<Flown>,
    /// Whether the peer tells of a mark (ECE): then the window does not grow (RFC 3168 §6.1.2).
    pub(crate) marked: bool,
    /// What the peer received twice.
    pub(crate) dsack: Option<(SeqNumber, SeqNumber)>,
    /// Before the ACK: FlightSize, pipe, and what SACK had told of.
    pub(crate) flight_before: u32,
    pub(crate) pipe_before: u32,
    pub(crate) sacked_before: u32,
}

impl AckNews {
    fn take(&mut self, flown: &Flown, recover: SeqNumber) {
        self.delivered += flown.len;
        let before = flown.end().at_or_before(recover);
        self.original |= before && !flown.has(Marks::AGAIN);
        self.beyond |= !before;
    }
}

impl Connection {
    /// What was known before an ACK.
    pub(crate) fn before_ack(&self) -> AckNews {
        AckNews {
            flight_before: self.flight(),
            pipe_before: self.recovery.board.pipe(),
            sacked_before: self.recovery.board.sacked(),
            ..AckNews::default()
        }
    }

    /// When what is in flight was sent is not known, so that its round trip is not either.
    pub(crate) fn forget_round_trip(&mut self) {
        self.recovery.measured_from = self.snd.nxt;
    }

    /// FlightSize: what was sent and is not acknowledged.
    pub(crate) fn flight(&self) -> u32 {
        self.snd.nxt.distance_from(self.snd.una)
    }

    /// All before SND.UNA has left the flight.
    pub(crate) fn settle_flight(
        &mut self,
        now: Instant,
        echo: Option<u32>,
        news: &mut AckNews,
        effects: &mut Effects,
    ) {
        let facts = self.facts(now, echo);
        let rack_runs = self.rack_runs();
        let mut reordered = None;
        let Recovery { board, rack, recover, measured_from, .. } = &mut self.recovery;
        news.first = board.first().copied();
        let una = self.snd.una;
        board.acknowledge(una, |flown| {
            news.take(flown, *recover);
            let whole = flown.end().before(una) || flown.end() == una;
            let once = !flown.has(Marks::AGAIN) && flown.seq.at_or_after(*measured_from);
            if news.measurable.is_none() && whole && once {
                news.measurable = Some(*flown);
            }
            if rack_runs && rack.delivered(flown, &facts) {
                reordered = Some(flown.seq);
            }
        });
        self.tell_of_reordering(reordered, effects);
    }

    pub(crate) fn facts(&self, now: Instant, echo: Option<u32>) -> AckFacts {
        AckFacts {
            now,
            echo: echo.filter(|_| self.agreed.timestamps),
            offset: self.config.timestamp_offset,
            min_rtt: self.rtt.min_rtt(),
        }
    }

    fn tell_of_reordering(&self, seen: Option<SeqNumber>, effects: &mut Effects) {
        if let Some(seq) = seen {
            self.decide(effects, Reason::ReorderingSeen { seq });
        }
    }

    /// What an ACK means to recovery and to the congestion window.
    pub(crate) fn react_to_ack(
        &mut self,
        now: Instant,
        news: &AckNews,
        duplicate: bool,
        effects: &mut Effects,
    ) {
        let missing_before = self.recovery.board.missing();
        if self.agreed.sack {
            self.detect_losses(now, news, effects);
        }
        let safe = news.advanced && self.recovery.board.missing() <= missing_before;
        match self.recovery.phase {
            Phase::Open if self.agreed.sack => self.open_with_sack(now, news, effects),
            Phase::Open => self.open_without_sack(now, news, duplicate, effects),
            Phase::NewReno => self.recover_by_new_reno(now, news, duplicate, effects),
            Phase::Sack { .. } => self.recover_by_sack(now, news, safe, effects),
            Phase::Loss { .. } => self.recover_from_timeout(now, news, duplicate, effects),
        }
    }

    /// The same, where nothing can be lost by all that is known.
    pub(crate) fn react_to_ack_in_order(
        &mut self,
        now: Instant,
        news: &AckNews,
        effects: &mut Effects,
    ) {
        if self.rack_runs() {
            let (una, nxt) = (self.snd.una, self.snd.nxt);
            self.recovery.rack.note_dsack(false, una, nxt);
            self.stop_timer(Timer::Reordering, Reason::ReorderingTimerStops, effects);
        }
        self.grow_window(now, news, effects);
    }

    /// The window grows, unless recovery governs it.
    fn grow_window(&mut self, now: Instant, news: &AckNews, effects: &mut Effects) {
        if news.acked == 0 || news.marked {
            return;
        }
        let srtt = self.rtt.srtt();
        let grown = self.congestion.on_ack(news.acked, news.pipe_before, now, srtt);
        if let Some(reason) = grown {
            self.decide(effects, reason);
        }
    }

    /// A loss is noticed: ssthresh is reduced, unless a mark in the same window of data led to that
    /// already (RFC 3168 §6.1.2); and the peer will be told (CWR).
    fn note_loss(&mut self, flight: u32, now: Instant, effects: &mut Effects) {
        let una = self.snd.una;
        if self.recovery.marked_until.is_some_and(|until| una.before(until)) {
            return;
        }
        if let Some(reason) = self.congestion.on_loss(flight, now) {
            self.decide(effects, reason);
        }
        self.recovery.cwr_due = self.agreed.ecn;
    }

    /// FlightSize as RFC 5681 §3.2 wants it halved.
    fn flight_at_loss(&self) -> u32 {
        self.flight().saturating_sub(self.recovery.limited)
    }

    /// The peer's ACK says that a packet of ours was marked: the window is reduced, once a window
    /// of data, and not where a loss has just led to that (RFC 3168 §6.1.2).
    pub(crate) fn hear_echo(&mut self, flight: u32, now: Instant, effects: &mut Effects) {
        let una = self.snd.una;
        let recovery = &self.recovery;
        let answered = recovery.marked_until.is_some_and(|until| una.before(until))
            || una.before(recovery.recover);
        if answered {
            return;
        }
        if let Some(reason) = self.congestion.on_ecn(flight, now) {
            self.decide(effects, reason);
        }
        self.recovery.marked_until = Some(self.snd.nxt);
        self.recovery.cwr_due = true;
    }

    /// Something that can no longer be lost is too large for the way: it goes out again in smaller
    /// segments, and the congestion window knows nothing of it (RFC 1191 §6.5).
    pub(crate) fn resend_too_large(&mut self, now: Instant, mss: u32, effects: &mut Effects) {
        if !self.recovery.board.lose_larger_than(mss) {
            return;
        }
        if matches!(self.recovery.phase, Phase::Open) {
            self.begin_repair();
        }
        self.send_what_is_due(now, effects);
    }

    /// What is taken for lost goes out again, though congestion was not the reason.
    pub(crate) fn begin_repair(&mut self) {
        match self.recovery.phase {
            Phase::Open | Phase::Loss { .. } => {}
            // cwnd was recovery's; what it was to become in the end, it becomes now.
            Phase::NewReno | Phase::Sack { .. } => {
                self.congestion.set_cwnd(self.congestion.ssthresh());
            }
        }
        self.recovery.phase = Phase::Loss { f_rto: None };
        self.recovery.recover = self.snd.nxt;
    }
}
