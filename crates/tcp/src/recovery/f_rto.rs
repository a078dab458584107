//! After a timeout: slow start over what was in flight (RFC 5681 §3.1), unless the timeout turns out
//! to be spurious (F-RTO, RFC 5682).

use super::scoreboard::{Judgement, Marks};
use super::{AckNews, Due, Phase};
use crate::{Connection, Effects, Instant, Reason};

/// How far F-RTO has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FRto {
    /// Step 2: the first segment was sent again; its acknowledgment is waited for.
    Resent,
    /// It has come: so many segments of new text go out instead of others again.
    SendsNew(u8),
    /// Step 3: the next acknowledgment decides.
    Decides,
}

impl FRto {
    /// Whether new text goes out now.
    pub(crate) const fn sends_new(self) -> bool {
        match self {
            Self::SendsNew(_) => true,
            Self::Resent | Self::Decides => false,
        }
    }
}

impl Connection {
    /// The retransmission timer ran out for the `attempt`th time in a row.
    pub(crate) fn begin_loss(&mut self, now: Instant, attempt: u32, effects: &mut Effects) {
        let nxt = self.snd.nxt;
        // Again for a segment that was sent again by timeout before: ssthresh stays
        // (RFC 5681 §3.1).
        let again = attempt > 1;
        let recovering = matches!(self.recovery.phase, Phase::Loss { .. })
            && self.snd.una.before(self.recovery.recover);
        let flight = self.flight();
        if let Some(reason) = self.congestion.on_timeout(flight, again, now) {
            self.decide(effects, reason);
        }
        // RFC 5682 §2.1 step 1: not in the recovery from another timeout.
        let f_rto = (self.config.f_rto && !again && !recovering).then_some(FRto::Resent);
        self.recovery.phase = Phase::Loss { f_rto };
        self.recovery.recover = nxt;
        self.recovery.duplicates = 0;
        self.recovery.limited = 0;
        self.recovery.cwr_due = self.agreed.ecn;
        self.recovery.tail.forget();
        self.mark_losses_of_timeout(now);
        self.recovery.due = Some(Due::Timeout { attempt });
        if f_rto.is_some() {
            self.decide(effects, Reason::FRtoBegins { recover: nxt });
        }
    }

    /// What is lost where the timer ran out: all, and SACK is no longer believed (RFC 2018 §8);
    /// but with RACK what had no time to arrive is not, and SACK is believed unless it claims the
    /// very segment that the acknowledgment number denies (RFC 8985 §6.3).
    fn mark_losses_of_timeout(&mut self, now: Instant) {
        let reneged = self.recovery.board.first().is_some_and(|first| first.has(Marks::SACKED));
        if !self.rack_runs() || reneged {
            self.recovery.board.lose_all(true);
            return;
        }
        let allowed = self.recovery.rack.allowed(self.reordering_window());
        let una = self.snd.una;
        self.recovery.board.judge(|flown| {
            if flown.seq == una || now.since(flown.sent_at) >= allowed {
                Judgement::Lost
            } else {
                Judgement::Stays
            }
        });
    }

    /// An ACK after a timeout.
    pub(super) fn recover_from_timeout(
        &mut self,
        now: Instant,
        news: &AckNews,
        duplicate: bool,
        effects: &mut Effects,
    ) {
        let Phase::Loss { f_rto } = self.recovery.phase else { return };
        if self.snd.una.at_or_after(self.recovery.recover) {
            self.grow_window(now, news, effects);
            self.leave_loss(now, effects);
            return;
        }
        match f_rto {
            None => self.grow_window(now, news, effects),
            Some(FRto::Resent) => self.after_first_ack(now, news, duplicate, effects),
            Some(FRto::SendsNew(_) | FRto::Decides) => {
                self.after_second_ack(now, news, duplicate, effects);
            }
        }
    }

    fn leave_loss(&mut self, now: Instant, effects: &mut Effects) {
        self.recovery.phase = Phase::Open;
        self.recovery.duplicates = 0;
        self.recovery.rack.recovery_ends();
        self.recover_from_new_losses(now, effects);
    }

    /// RFC 5682 §2.1 and §3.1, step 2.
    fn after_first_ack(
        &mut self,
        now: Instant,
        news: &AckNews,
        duplicate: bool,
        effects: &mut Effects,
    ) {
        if news.advanced {
            self.grow_window(now, news, effects);
            if self.unsent() > 0 && self.room_at_peer() > 0 {
                self.recovery.phase = Phase::Loss { f_rto: Some(FRto::SendsNew(2)) };
            } else {
                // Nothing new can be sent: nothing can be found out.
                self.take_for_genuine(effects);
            }
        } else if duplicate && !self.agreed.sack {
            self.take_for_genuine(effects);
        }
    }

    /// Step 3.
    fn after_second_ack(
        &mut self,
        now: Instant,
        news: &AckNews,
        duplicate: bool,
        effects: &mut Effects,
    ) {
        let spurious = if self.agreed.sack { news.original && !news.beyond } else { news.advanced };
        if spurious {
            let (cwnd, ssthresh) = self.congestion.undo();
            self.recovery.board.find_all();
            self.decide(effects, Reason::FRtoSpurious { cwnd, ssthresh });
            self.leave_loss(now, effects);
            return;
        }
        if !duplicate && !news.advanced && news.delivered == 0 {
            return;
        }
        // Two round trips have passed since the timeout: slow start would have got so far.
        self.congestion.set_cwnd(self.congestion.mss().saturating_mul(3));
        self.take_for_genuine(effects);
    }

    fn take_for_genuine(&mut self, effects: &mut Effects) {
        self.recovery.phase = Phase::Loss { f_rto: None };
        self.decide(effects, Reason::FRtoGenuine { ack: self.snd.una });
    }

    /// A segment of new text went out: two of them do.
    pub(crate) fn count_f_rto_segment(&mut self) {
        if let Phase::Loss { f_rto: Some(f_rto) } = &mut self.recovery.phase {
            *f_rto = match *f_rto {
                FRto::SendsNew(2) => FRto::SendsNew(1),
                FRto::SendsNew(_) | FRto::Decides => FRto::Decides,
                FRto::Resent => FRto::Resent,
            };
        }
    }

    /// No more new text can be sent. Where none could, nothing can be found out, and recovery goes
    /// on as ever: says whether that is so.
    pub(crate) fn finish_f_rto(&mut self, effects: &mut Effects) -> bool {
        let Phase::Loss { f_rto: Some(FRto::SendsNew(left)) } = self.recovery.phase else {
            return false;
        };
        if left < 2 {
            self.recovery.phase = Phase::Loss { f_rto: Some(FRto::Decides) };
            return false;
        }
        self.take_for_genuine(effects);
        true
    }
}
