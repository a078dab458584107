//! Fast retransmit and fast recovery without SACK: duplicate ACKs are counted (RFC 5681 §3.2,
//! RFC 6582).

use super::{AckNews, DUPLICATE_THRESHOLD, Due, Phase};
use crate::{Connection, Effects, Instant, Reason};

impl Connection {
    /// No loss is known. The third duplicate ACK makes one likely.
    pub(super) fn open_without_sack(
        &mut self,
        now: Instant,
        news: &AckNews,
        duplicate: bool,
        effects: &mut Effects,
    ) {
        if news.advanced {
            self.grow_window(now, news, effects);
        }
        // RFC 6582 §3.2 step 2: only a loss after the last one noticed begins a new recovery.
        let known = self.snd.una.before(self.recovery.recover);
        if duplicate && self.recovery.duplicates == DUPLICATE_THRESHOLD && !known {
            self.begin_new_reno(now, effects);
        }
    }

    fn begin_new_reno(&mut self, now: Instant, effects: &mut Effects) {
        let flight = self.flight_at_loss();
        self.note_loss(flight, now, effects);
        let (ssthresh, mss) = (self.congestion.ssthresh(), self.congestion.mss());
        let recover = self.snd.nxt;
        self.recovery.phase = Phase::NewReno;
        self.recovery.recover = recover;
        // The three segments that have left the network, for which the duplicates came.
        self.congestion.set_cwnd(ssthresh.saturating_add(DUPLICATE_THRESHOLD * mss));
        let cwnd = self.congestion.cwnd();
        self.decide(effects, Reason::RecoveryBegins { flight, ssthresh, cwnd, recover });
        self.recovery.board.lose_first();
        self.recovery.due = Some(Due::Fast { duplicates: self.recovery.duplicates });
    }

    /// Recovery is under way: a duplicate says that another segment has left the network, a partial
    /// ACK that another one was lost, and a full ACK that all is repaired (RFC 6582 §3.2 step 3).
    pub(super) fn recover_by_new_reno(
        &mut self,
        now: Instant,
        news: &AckNews,
        duplicate: bool,
        effects: &mut Effects,
    ) {
        let (mss, cwnd) = (self.congestion.mss(), self.congestion.cwnd());
        if duplicate {
            self.congestion.set_cwnd(cwnd.saturating_add(mss));
            self.decide(effects, Reason::RecoveryInflates { cwnd: self.congestion.cwnd() });
        }
        if !news.advanced {
            return;
        }
        if self.snd.una.at_or_after(self.recovery.recover) {
            // "min (ssthresh, max(FlightSize, SMSS) + SMSS)", which sends no burst.
            let flight = self.flight().max(mss).saturating_add(mss);
            self.congestion.set_cwnd(self.congestion.ssthresh().min(flight));
            self.end_recovery(now, effects);
            return;
        }
        let acked = news.acked;
        let refill = if acked >= mss { mss } else { 0 };
        self.congestion.set_cwnd(cwnd.saturating_sub(acked).saturating_add(refill).max(mss));
        self.decide(effects, Reason::RecoveryDeflates { cwnd: self.congestion.cwnd() });
        self.recovery.board.lose_first();
        self.recovery.due = Some(Due::Partial);
    }

    /// Recovery is over.
    pub(super) fn end_recovery(&mut self, now: Instant, effects: &mut Effects) {
        self.recovery.phase = Phase::Open;
        self.recovery.duplicates = 0;
        self.recovery.rack.recovery_ends();
        self.decide(effects, Reason::RecoveryEnds { cwnd: self.congestion.cwnd() });
        // What was sent later, and is already known to be lost, begins the next one.
        self.recover_from_new_losses(now, effects);
    }
}
