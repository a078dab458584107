//! Fast recovery as it was before `recovery` took it over.

use super::{Algorithm, Congestion};
use crate::{Instant, Reason, SeqNumber};

/// Duplicate ACKs that make a loss likely (RFC 5681 §3.2).
const DUPLICATE_THRESHOLD: u32 = 3;

/// What fast recovery remembers.
#[derive(Clone, Debug, Default)]
pub(super) struct Legacy {
    duplicates: u32,
    recover: SeqNumber,
    recovering: bool,
}

/// What a new acknowledgment means to recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AckNews {
    /// Nothing special.
    Ordinary,
    /// In recovery, more is missing: the next hole begins at SND.UNA (RFC 6582 §3.2 step 3).
    Partial {
        /// Where recovery will end.
        recover: SeqNumber,
    },
}

impl Congestion {
    pub(crate) fn on_ack_or_recover(
        &mut self,
        acked: u32,
        una: SeqNumber,
        flight: u32,
        now: Instant,
        srtt: Option<crate::Duration>,
    ) -> (AckNews, Option<Reason>) {
        self.legacy.duplicates = 0;
        if !self.legacy.recovering {
            return (AckNews::Ordinary, self.on_ack(acked, flight + acked, now, srtt));
        }
        if una.at_or_after(self.legacy.recover) {
            self.legacy.recovering = false;
            self.cwnd = self.ssthresh.min(flight.max(self.mss) + self.mss);
            return (AckNews::Ordinary, Some(Reason::RecoveryEnds { cwnd: self.cwnd }));
        }
        let refill = if acked >= self.mss { self.mss } else { 0 };
        self.cwnd = self.cwnd.saturating_sub(acked).saturating_add(refill).max(self.mss);
        let news = AckNews::Partial { recover: self.legacy.recover };
        (news, Some(Reason::RecoveryDeflates { cwnd: self.cwnd }))
    }

    pub(crate) fn on_duplicate(
        &mut self,
        una: SeqNumber,
        nxt: SeqNumber,
        flight: u32,
        now: Instant,
    ) -> (u32, Option<Reason>) {
        if matches!(self.algorithm, Algorithm::None) {
            return (0, None);
        }
        self.legacy.duplicates += 1;
        if self.legacy.recovering {
            self.cwnd = self.cwnd.saturating_add(self.mss);
            return (self.legacy.duplicates, Some(Reason::RecoveryInflates { cwnd: self.cwnd }));
        }
        if self.legacy.duplicates != DUPLICATE_THRESHOLD || una.before(self.legacy.recover) {
            return (self.legacy.duplicates, None);
        }
        self.legacy.recovering = true;
        self.legacy.recover = nxt;
        self.on_loss(flight, now);
        self.cwnd = self.ssthresh + DUPLICATE_THRESHOLD * self.mss;
        let (ssthresh, cwnd) = (self.ssthresh, self.cwnd);
        let reason = Reason::RecoveryBegins { flight, ssthresh, cwnd, recover: nxt };
        (self.legacy.duplicates, Some(reason))
    }

    /// Where the recovery under way ends.
    pub(crate) fn recover(&self) -> Option<SeqNumber> {
        self.legacy.recovering.then_some(self.legacy.recover)
    }

    /// Duplicate ACKs in a row.
    pub(crate) const fn duplicates(&self) -> u32 {
        self.legacy.duplicates
    }

    /// A timeout, or the beginning: recovery is over, what was sent until `recover` is answered.
    pub(crate) const fn leave_recovery(&mut self, recover: SeqNumber) {
        self.legacy = Legacy { duplicates: 0, recover, recovering: false };
    }
}
