//! Congestion control: slow start, congestion avoidance and fast recovery (RFC 5681, RFC 6582).

use crate::{Config, CongestionControl, Reason, SeqNumber};

/// Duplicate ACKs that make a loss likely (RFC 5681 §3.2).
pub(crate) const DUPLICATE_THRESHOLD: u32 = 3;

/// The congestion window and what moves it.
#[derive(Clone, Debug)]
pub(crate) struct Congestion {
    control: CongestionControl,
    initial_segments: u32,
    /// The sender maximum segment size, SMSS.
    mss: u32,
    cwnd: u32,
    ssthresh: u32,
    /// Duplicate ACKs in a row.
    duplicates: u32,
    /// SND.NXT when a loss was last noticed (RFC 6582 §3.2: "recover" plus one); first the ISS.
    recover: SeqNumber,
    /// Whether fast recovery is under way.
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
    pub(crate) const fn new(config: &Config) -> Self {
        Self {
            control: config.congestion,
            initial_segments: config.initial_window_segments,
            mss: 0,
            cwnd: 0,
            ssthresh: u32::MAX,
            duplicates: 0,
            recover: SeqNumber::new(0),
            recovering: false,
        }
    }

    /// Begins, when both SYNs have been seen. After SYNs were lost one segment must do
    /// (RFC 5681 §3.1, RFC 6928 §2).
    pub(crate) fn begin(&mut self, mss: u32, iss: SeqNumber, syns_were_lost: bool) -> Reason {
        self.mss = mss;
        self.recover = iss;
        let segments = if syns_were_lost { 1 } else { self.initial_segments.max(1) };
        // RFC 6928 §2: min (10*MSS, max (2*MSS, 14600)).
        let most = segments.saturating_mul(1460).max(2 * mss);
        self.cwnd = segments.saturating_mul(mss).min(most).max(mss);
        Reason::InitialWindow { segments, mss, cwnd: self.cwnd() }
    }

    /// The congestion window.
    pub(crate) const fn cwnd(&self) -> u32 {
        match self.control {
            CongestionControl::NewReno | CongestionControl::Cubic => self.cwnd,
            CongestionControl::None => u32::MAX,
        }
    }

    pub(crate) const fn ssthresh(&self) -> u32 {
        self.ssthresh
    }

    /// New octets of text were acknowledged, up to `una`.
    pub(crate) fn on_ack(
        &mut self,
        acked: u32,
        una: SeqNumber,
        flight: u32,
    ) -> (AckNews, Option<Reason>) {
        self.duplicates = 0;
        if self.recovering {
            return self.on_ack_in_recovery(acked, una, flight);
        }
        let from = self.cwnd;
        if from < self.ssthresh {
            self.cwnd = from.saturating_add(acked.min(self.mss));
            let reason = Reason::SlowStart { from, to: self.cwnd, ssthresh: self.ssthresh };
            (AckNews::Ordinary, self.told(reason))
        } else {
            let square = u64::from(self.mss) * u64::from(self.mss);
            let grown = u32::try_from(square / u64::from(from.max(1))).unwrap_or(u32::MAX);
            self.cwnd = from.saturating_add(grown.max(1));
            (AckNews::Ordinary, self.told(Reason::CongestionAvoidance { from, to: self.cwnd }))
        }
    }

    fn on_ack_in_recovery(
        &mut self,
        acked: u32,
        una: SeqNumber,
        flight: u32,
    ) -> (AckNews, Option<Reason>) {
        if una.at_or_after(self.recover) {
            self.recovering = false;
            self.cwnd = self.ssthresh.min(flight.max(self.mss) + self.mss);
            return (AckNews::Ordinary, Some(Reason::RecoveryEnds { cwnd: self.cwnd }));
        }
        let refill = if acked >= self.mss { self.mss } else { 0 };
        self.cwnd = self.cwnd.saturating_sub(acked).saturating_add(refill).max(self.mss);
        let news = AckNews::Partial { recover: self.recover };
        (news, Some(Reason::RecoveryDeflates { cwnd: self.cwnd }))
    }

    /// An ACK came again. Says how many that makes, and whether recovery begins with it.
    pub(crate) fn on_duplicate(
        &mut self,
        una: SeqNumber,
        nxt: SeqNumber,
        flight: u32,
    ) -> (u32, Option<Reason>) {
        if self.control == CongestionControl::None {
            return (0, None);
        }
        self.duplicates += 1;
        if self.recovering {
            self.cwnd = self.cwnd.saturating_add(self.mss);
            return (self.duplicates, Some(Reason::RecoveryInflates { cwnd: self.cwnd }));
        }
        // RFC 6582 §3.2 step 1: only a loss after the last one noticed begins a new recovery.
        if self.duplicates != DUPLICATE_THRESHOLD || una.before(self.recover) {
            return (self.duplicates, None);
        }
        self.recovering = true;
        self.recover = nxt;
        self.ssthresh = self.half_of(flight);
        self.cwnd = self.ssthresh + DUPLICATE_THRESHOLD * self.mss;
        let (ssthresh, cwnd) = (self.ssthresh, self.cwnd);
        let reason = Reason::RecoveryBegins { flight, ssthresh, cwnd, recover: nxt };
        (self.duplicates, Some(reason))
    }

    /// The retransmission timer ran out; `again`: for the same segment as before, whose loss has
    /// already been answered (RFC 5681 §3.1).
    pub(crate) fn on_timeout(
        &mut self,
        nxt: SeqNumber,
        flight: u32,
        again: bool,
    ) -> Option<Reason> {
        self.recovering = false;
        self.duplicates = 0;
        self.recover = nxt;
        if !again {
            self.ssthresh = self.half_of(flight);
        }
        self.cwnd = self.mss;
        let (ssthresh, cwnd) = (self.ssthresh, self.cwnd);
        self.told(Reason::CongestionTimeout { flight, ssthresh, cwnd })
    }

    /// max (FlightSize / 2, 2*SMSS): RFC 5681 equation (4).
    const fn half_of(&self, flight: u32) -> u32 {
        let (half, least) = (flight / 2, 2 * self.mss);
        if half > least { half } else { least }
    }

    fn told(&self, reason: Reason) -> Option<Reason> {
        (self.control != CongestionControl::None).then_some(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MSS: u32 = 1000;
    const ISS: SeqNumber = SeqNumber::new(0);

    fn begun() -> Congestion {
        let mut congestion = Congestion::new(&Config::plain());
        congestion.begin(MSS, ISS, false);
        congestion
    }

    #[test]
    fn the_initial_window_of_rfc_6928() {
        // (MSS, whether SYNs were lost, cwnd)
        let cases =
            [(536, false, 5_360), (1460, false, 14_600), (9000, false, 18_000), (1460, true, 1460)];
        for (mss, lost, cwnd) in cases {
            let mut congestion = Congestion::new(&Config::plain());
            congestion.begin(mss, ISS, lost);
            assert_eq!(congestion.cwnd(), cwnd, "MSS {mss}, SYNs lost: {lost}");
        }
    }

    #[test]
    fn slow_start_grows_by_a_segment_an_ack_and_avoidance_by_one_a_window() {
        let mut congestion = begun();
        congestion.on_ack(MSS, ISS + 1 + MSS, 9 * MSS);
        assert_eq!(congestion.cwnd(), 11 * MSS);
        congestion.on_ack(3 * MSS, ISS + 1 + 4 * MSS, 6 * MSS);
        assert_eq!(congestion.cwnd(), 12 * MSS);

        congestion.ssthresh = 10 * MSS;
        for ack in 0..12 {
            congestion.on_ack(MSS, ISS + 5 * MSS + ack * MSS, 6 * MSS);
        }
        assert!((13 * MSS - 100..=13 * MSS).contains(&congestion.cwnd()), "{}", congestion.cwnd());
    }

    #[test]
    fn a_timeout_leaves_one_segment_and_halves_once() {
        let mut congestion = begun();
        congestion.on_timeout(ISS + 10 * MSS, 10 * MSS, false);
        assert_eq!((congestion.cwnd(), congestion.ssthresh()), (MSS, 5 * MSS));
        congestion.on_timeout(ISS + 10 * MSS, MSS, true);
        assert_eq!((congestion.cwnd(), congestion.ssthresh()), (MSS, 5 * MSS));
    }

    #[test]
    fn the_third_duplicate_begins_recovery_and_the_full_ack_ends_it() {
        let mut congestion = begun();
        let (una, nxt) = (ISS + 1, ISS + 1 + 10 * MSS);
        for expected in [1, 2] {
            assert_eq!(congestion.on_duplicate(una, nxt, 10 * MSS), (expected, None));
        }
        let (count, reason) = congestion.on_duplicate(una, nxt, 10 * MSS);
        assert_eq!(count, 3);
        assert!(matches!(reason, Some(Reason::RecoveryBegins { ssthresh: 5000, cwnd: 8000, .. })));

        let (news, _) = congestion.on_ack(2 * MSS, una + 2 * MSS, 8 * MSS);
        assert_eq!(news, AckNews::Partial { recover: nxt });
        let (news, reason) = congestion.on_ack(8 * MSS, nxt, 0);
        assert_eq!(news, AckNews::Ordinary);
        assert!(matches!(reason, Some(Reason::RecoveryEnds { cwnd: 2000 })));
    }

    #[test]
    fn duplicates_of_a_loss_already_answered_begin_nothing() {
        let mut congestion = begun();
        let nxt = ISS + 1 + 10 * MSS;
        congestion.on_timeout(nxt, 10 * MSS, false);
        for _ in 0..5 {
            assert_eq!(congestion.on_duplicate(ISS + 1, nxt, MSS).1, None);
        }
    }
}
