//! Loss detection by time: RACK (RFC 8985 §6). What was sent before something that has arrived is
//! lost once it had a round trip and a reordering window's time to arrive.

use super::scoreboard::{Flown, Judgement, Marks, Scoreboard};
use super::{DUPLICATE_THRESHOLD, Phase};
use crate::timestamps::{older, stamp};
use crate::{Connection, Duration, Effects, Instant, Reason, SeqNumber, Timer};

/// So many recoveries without a D-SACK take a widened reordering window back.
const PERSISTENCE: u8 = 16;

/// The variables of RFC 8985 §5.2.
#[derive(Clone, Debug)]
pub(crate) struct Rack {
    /// `RACK.xmit_ts` and `RACK.end_seq`: when that was sent which was sent last of all that has
    /// arrived, and where it ends.
    newest: Option<(Instant, SeqNumber)>,
    /// `RACK.rtt`: its round trip.
    rtt: Duration,
    /// `RACK.fack`: the end of the highest that has arrived.
    fack: Option<SeqNumber>,
    /// `RACK.reordering_seen`.
    reordering_seen: bool,
    /// `RACK.dsack_round`: D-SACKs widen the reordering window once until SND.UNA reaches this.
    dsack_round: Option<SeqNumber>,
    /// `RACK.reo_wnd_mult`.
    multiplier: u32,
    /// `RACK.reo_wnd_persist`.
    persist: u8,
}

impl Default for Rack {
    fn default() -> Self {
        Self {
            newest: None,
            rtt: Duration::ZERO,
            fack: None,
            reordering_seen: false,
            dsack_round: None,
            multiplier: 1,
            persist: PERSISTENCE,
        }
    }
}

/// What RACK has to know of an ACK.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AckFacts {
    pub(crate) now: Instant,
    /// TSecr, where timestamps are agreed on.
    pub(crate) echo: Option<u32>,
    /// The offset of our timestamp clock.
    pub(crate) offset: u32,
    pub(crate) min_rtt: Option<Duration>,
}

/// `RACK_sent_after`: whether the first was sent after the second (RFC 8985 §6.2 step 2).
fn sent_after(first: (Instant, SeqNumber), second: (Instant, SeqNumber)) -> bool {
    first.0 > second.0 || (first.0 == second.0 && first.1.after(second.1))
}

impl Rack {
    /// A segment has arrived: steps 2 and 3. Says whether it shows that the network reorders.
    pub(crate) fn delivered(&mut self, flown: &Flown, facts: &AckFacts) -> bool {
        let reordered = self.note_order(flown);
        let rtt = facts.now.since(flown.sent_at);
        if flown.has(Marks::AGAIN) {
            // It may be an earlier transmission that has arrived.
            let before_it = |echo| older(echo, stamp(flown.sent_at, facts.offset));
            if facts.echo.is_some_and(before_it) || facts.min_rtt.is_some_and(|least| rtt < least) {
                return reordered;
            }
        }
        self.rtt = rtt;
        let sent = (flown.sent_at, flown.end());
        if self.newest.is_none_or(|newest| sent_after(sent, newest)) {
            self.newest = Some(sent);
        }
        reordered
    }

    fn note_order(&mut self, flown: &Flown) -> bool {
        let end = flown.end();
        match self.fack {
            Some(fack) if end.before(fack) => {
                let reordered = !flown.has(Marks::AGAIN) && !self.reordering_seen;
                self.reordering_seen |= reordered;
                reordered
            }
            Some(fack) => {
                self.fack = Some(fack.later_of(end));
                false
            }
            None => {
                self.fack = Some(end);
                false
            }
        }
    }

    /// Step 4, the first half: a D-SACK widens the reordering window, once a round trip.
    pub(crate) fn note_dsack(&mut self, dsack: bool, una: SeqNumber, nxt: SeqNumber) {
        if self.dsack_round.is_some_and(|round| una.at_or_after(round)) {
            self.dsack_round = None;
        }
        if dsack && self.dsack_round.is_none() {
            self.dsack_round = Some(nxt);
            self.multiplier = self.multiplier.saturating_add(1);
            self.persist = PERSISTENCE;
        }
    }

    /// A recovery is over: after some without D-SACK the window becomes as small as it was.
    pub(crate) fn recovery_ends(&mut self) {
        self.persist = self.persist.saturating_sub(1);
        if self.persist == 0 {
            self.multiplier = 1;
        }
    }

    /// Step 4, the second half: how late a segment may be.
    pub(crate) fn reordering_window(
        &self,
        recovering: bool,
        sacked_segments: u32,
        min_rtt: Option<Duration>,
        srtt: Option<Duration>,
    ) -> Duration {
        if !self.reordering_seen && (recovering || sacked_segments >= DUPLICATE_THRESHOLD) {
            return Duration::ZERO;
        }
        let quarters = min_rtt.unwrap_or_default().times(u64::from(self.multiplier));
        let window = Duration::from_micros(quarters.as_micros() / 4);
        srtt.map_or(window, |srtt| window.min(srtt))
    }

    /// Step 5: takes for lost what is too late. Says how long until the last of the others is.
    pub(crate) fn detect_loss(
        &self,
        board: &mut Scoreboard,
        window: Duration,
        now: Instant,
        mut lost: impl FnMut(&Flown, Duration, Duration),
    ) -> Option<Duration> {
        let newest = self.newest?;
        let allowed = self.rtt + window;
        let mut wait: Option<Duration> = None;
        board.judge(|flown| {
            if flown.first_sent > newest.0 {
                return Judgement::Enough;
            }
            if !sent_after(newest, (flown.sent_at, flown.end())) {
                return Judgement::Stays;
            }
            let elapsed = now.since(flown.sent_at);
            if elapsed >= allowed {
                lost(flown, elapsed, allowed);
                return Judgement::Lost;
            }
            let remaining = allowed - elapsed;
            wait = Some(wait.map_or(remaining, |longest| longest.max(remaining)));
            Judgement::Stays
        });
        wait
    }

    /// How late a segment may be after a timeout: `RACK_mark_losses_on_RTO` (RFC 8985 §6.3).
    pub(crate) fn allowed(&self, window: Duration) -> Duration {
        self.rtt + window
    }
}

impl Connection {
    /// Whether losses are detected by time: it takes SACK to know what was sent last of what has
    /// arrived (RFC 8985 §4).
    pub(crate) const fn rack_runs(&self) -> bool {
        self.config.rack_tlp && self.agreed.sack
    }

    /// Takes for lost what RACK says, and sets the timer for what may only be late.
    pub(crate) fn detect_loss_by_time(&mut self, now: Instant, effects: &mut Effects) {
        let board = &self.recovery.board;
        if board.sacked() == 0 && board.sent_in_order() {
            // Whatever is in flight was sent after all that has arrived.
            self.stop_timer(Timer::Reordering, Reason::ReorderingTimerStops, effects);
            return;
        }
        let window = self.reordering_window();
        let observed = effects.is_observed();
        let mut noted = alloc::vec::Vec::new();
        let recovery = &mut self.recovery;
        let wait = recovery.rack.detect_loss(
            &mut recovery.board,
            window,
            now,
            |flown, elapsed, allowed| {
                if observed {
                    let (seq, octets) = (flown.seq, flown.len);
                    noted.push(Reason::LostByRack { seq, octets, elapsed, allowed });
                }
            },
        );
        for reason in noted {
            self.decide(effects, reason);
        }
        match wait {
            Some(after) => {
                let reason = Reason::ReorderingTimerStarts { after };
                self.set_timer(now, Timer::Reordering, after, reason, effects);
            }
            None => self.stop_timer(Timer::Reordering, Reason::ReorderingTimerStops, effects),
        }
    }

    pub(crate) fn reordering_window(&self) -> Duration {
        let recovery = &self.recovery;
        let recovering = match recovery.phase {
            Phase::Open => false,
            Phase::NewReno | Phase::Sack { .. } | Phase::Loss { .. } => true,
        };
        let sacked = recovery.board.sacked_segments();
        recovery.rack.reordering_window(recovering, sacked, self.rtt.min_rtt(), self.rtt.srtt())
    }

    /// The reordering timer ran out: what was late is lost now.
    pub(crate) fn reordering_timeout(&mut self, now: Instant, effects: &mut Effects) {
        self.decide(effects, Reason::ReorderingTimerExpires);
        self.detect_loss_by_time(now, effects);
        self.recover_from_new_losses(now, effects);
        self.send_what_is_due(now, effects);
    }
}
