//! The retransmission timeout, from measured round trips (RFC 6298).

use crate::{Config, Duration};

/// The granularity G of the clock in RFC 6298's formulas.
const GRANULARITY: Duration = Duration::from_millis(1);

/// RTO after a SYN timed out, once data flows (RFC 6298 §5.7).
const AFTER_SYN_TIMEOUT: Duration = Duration::from_secs(3);

/// SRTT, RTTVAR and RTO.
#[derive(Clone, Debug)]
pub(crate) struct RttEstimator {
    srtt: Option<Duration>,
    rttvar: Option<Duration>,
    rto: Duration,
    min_rto: Duration,
    max_rto: Duration,
}

impl RttEstimator {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            srtt: None,
            rttvar: None,
            rto: config.initial_rto.min(config.max_rto),
            min_rto: config.min_rto,
            max_rto: config.max_rto,
        }
    }

    pub(crate) const fn srtt(&self) -> Option<Duration> {
        self.srtt
    }

    pub(crate) const fn rttvar(&self) -> Option<Duration> {
        self.rttvar
    }

    pub(crate) const fn rto(&self) -> Duration {
        self.rto
    }

    /// Takes the measurement R into account (RFC 6298 §2.2, §2.3); any back-off is over (§5).
    pub(crate) fn measure(&mut self, rtt: Duration) {
        let (srtt, rttvar) = match (self.srtt, self.rttvar) {
            (Some(srtt), Some(rttvar)) => {
                let deviation = (srtt - rtt).max(rtt - srtt);
                // RTTVAR before SRTT: it is about the SRTT from before the measurement.
                (blend(srtt, rtt, 8), blend(rttvar, deviation, 4))
            }
            _ => (rtt, Duration::from_micros(rtt.as_micros() / 2)),
        };
        self.srtt = Some(srtt);
        self.rttvar = Some(rttvar);
        self.set_rto(srtt + GRANULARITY.max(rttvar.times(4)));
    }

    /// Doubles RTO after it ran out (RFC 6298 §5.5).
    pub(crate) fn back_off(&mut self) {
        self.rto = self.rto.times(2).min(self.max_rto);
    }

    /// Data begins to flow after a SYN timed out (RFC 6298 §5.7).
    pub(crate) fn after_syn_timeout(&mut self) {
        if self.srtt.is_none() {
            self.rto = AFTER_SYN_TIMEOUT.min(self.max_rto);
        }
    }

    fn set_rto(&mut self, rto: Duration) {
        self.rto = rto.max(self.min_rto).min(self.max_rto);
    }
}

/// `(1 - 1/share) * old + 1/share * new`.
const fn blend(old: Duration, new: Duration, share: u64) -> Duration {
    Duration::from_micros((old.as_micros() * (share - 1) + new.as_micros()) / share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(rtts: &[u64]) -> RttEstimator {
        let config = Config { min_rto: Duration::from_millis(1), ..Config::plain() };
        let mut rtt = RttEstimator::new(&config);
        for millis in rtts {
            rtt.measure(Duration::from_millis(*millis));
        }
        rtt
    }

    #[test]
    fn the_formulas_of_rfc_6298() {
        // (measurements, SRTT, RTTVAR, RTO), worked by hand, in microseconds
        let cases: [(&[u64], u64, u64, u64); 3] = [
            (&[100], 100_000, 50_000, 300_000),
            (&[100, 100], 100_000, 37_500, 250_000),
            (&[100, 180], 110_000, 57_500, 340_000),
        ];
        for (rtts, srtt, rttvar, rto) in cases {
            let estimate = millis(rtts);
            assert_eq!(estimate.srtt(), Some(Duration::from_micros(srtt)), "{rtts:?}");
            assert_eq!(estimate.rttvar(), Some(Duration::from_micros(rttvar)), "{rtts:?}");
            assert_eq!(estimate.rto(), Duration::from_micros(rto), "{rtts:?}");
        }
    }

    #[test]
    fn rto_stays_between_its_bounds() {
        let mut rtt = RttEstimator::new(&Config::plain());
        rtt.measure(Duration::from_micros(50));
        assert_eq!(rtt.rto(), Duration::from_millis(200));
        for _ in 0..20 {
            rtt.back_off();
        }
        assert_eq!(rtt.rto(), Duration::from_secs(60));
    }

    #[test]
    fn a_measurement_ends_the_back_off() {
        let mut rtt = millis(&[100]);
        rtt.back_off();
        assert_eq!(rtt.rto(), Duration::from_millis(600));
        rtt.measure(Duration::from_millis(100));
        assert_eq!(rtt.rto(), Duration::from_millis(250));
    }
}
