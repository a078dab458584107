//! The retransmission timeout, from measured round trips (RFC 6298).

use crate::{Config, Duration, Instant};

/// The granularity G of the clock in RFC 6298's formulas.
const GRANULARITY: Duration = Duration::from_millis(1);

/// RTO after a SYN timed out, once data flows (RFC 6298 §5.7).
const AFTER_SYN_TIMEOUT: Duration = Duration::from_secs(3);

/// How long the smallest round trip is remembered, at the least; twice that at the most
/// (RFC 8985 §6.2 step 1 asks for a window of some minutes).
const MIN_RTT_WINDOW: Duration = Duration::from_secs(150);

/// A longer round trip counts as this one: twelve days, so that no sum overflows.
const LONGEST: Duration = Duration::from_micros(1 << 40);

/// SRTT and RTTVAR are kept in parts of a microsecond, 2⁻⁸ each, so that no rounding adds up.
const PART_BITS: u32 = 8;

/// SRTT, RTTVAR and RTO; and the smallest round trip.
#[derive(Clone, Debug)]
pub(crate) struct RttEstimator {
    /// SRTT and RTTVAR, in parts; `None` before the first measurement.
    smoothed: Option<Smoothed>,
    rto: Duration,
    initial_rto: Duration,
    min_rto: Duration,
    max_rto: Duration,
    smallest: Option<Smallest>,
}

#[derive(Clone, Copy, Debug)]
struct Smoothed {
    srtt: u64,
    rttvar: u64,
}

/// The smallest round trip of the present window and of the one before.
#[derive(Clone, Copy, Debug)]
struct Smallest {
    began: Instant,
    present: Duration,
    earlier: Duration,
}

impl RttEstimator {
    pub(crate) fn new(config: &Config) -> Self {
        let initial_rto = config.initial_rto.min(config.max_rto);
        Self {
            smoothed: None,
            rto: initial_rto,
            initial_rto,
            min_rto: config.min_rto,
            max_rto: config.max_rto,
            smallest: None,
        }
    }

    pub(crate) fn srtt(&self) -> Option<Duration> {
        self.smoothed.map(|smoothed| whole(smoothed.srtt))
    }

    pub(crate) fn rttvar(&self) -> Option<Duration> {
        self.smoothed.map(|smoothed| whole(smoothed.rttvar))
    }

    /// RTO, back-off included.
    pub(crate) const fn rto(&self) -> Duration {
        self.rto
    }

    /// The smallest round trip of the last minutes.
    pub(crate) fn min_rtt(&self) -> Option<Duration> {
        self.smallest.map(|smallest| smallest.present.min(smallest.earlier))
    }

    /// Takes the measurement R into account (RFC 6298 §2.2, §2.3); any back-off is over (§5).
    /// For one measurement a round trip, as without timestamps.
    pub(crate) fn measure(&mut self, rtt: Duration, now: Instant) {
        self.measure_one_of(1, rtt, now);
    }

    /// Takes into account one of `samples` measurements that are expected in a round trip, as
    /// every ACK is one with timestamps: each counts for less, so that SRTT and RTTVAR remember
    /// for as many round trips as ever (RFC 7323 §4.2, appendix G).
    pub(crate) fn measure_one_of(&mut self, samples: u32, rtt: Duration, now: Instant) {
        self.observe(rtt, now);
        let samples = u64::from(samples.max(1));
        let rtt = rtt.min(LONGEST).as_micros() << PART_BITS;
        let smoothed = match self.smoothed {
            Some(Smoothed { srtt, rttvar }) => Smoothed {
                // RTTVAR before SRTT: it is about the SRTT from before the measurement.
                rttvar: blend(rttvar, srtt.abs_diff(rtt), 4 * samples),
                srtt: blend(srtt, rtt, 8 * samples),
            },
            None => Smoothed { srtt: rtt, rttvar: rtt / 2 },
        };
        self.smoothed = Some(smoothed);
        let variation = GRANULARITY.max(whole(4 * smoothed.rttvar));
        self.set_rto(whole(smoothed.srtt) + variation);
    }

    /// Takes a round trip into account for the smallest alone.
    pub(crate) fn observe(&mut self, rtt: Duration, now: Instant) {
        let smallest = match self.smallest {
            None => Smallest { began: now, present: rtt, earlier: rtt },
            Some(last) if now.since(last.began) >= MIN_RTT_WINDOW.times(2) => {
                Smallest { began: now, present: rtt, earlier: rtt }
            }
            Some(last) if now.since(last.began) >= MIN_RTT_WINDOW => {
                Smallest { began: now, present: rtt, earlier: last.present }
            }
            Some(last) => Smallest { present: last.present.min(rtt), ..last },
        };
        self.smallest = Some(smallest);
    }

    /// Doubles RTO after it ran out (RFC 6298 §5.5; RFC 9293 §3.8.2, MUST-19).
    pub(crate) fn back_off(&mut self) {
        self.rto = self.rto.times(2).min(self.max_rto);
    }

    /// Data begins to flow after a SYN timed out (RFC 6298 §5.7): what RTO is now. A measurement
    /// of the handshake, where timestamps made one, says more.
    pub(crate) fn after_syn_timeout(&mut self) -> Option<Duration> {
        if self.smoothed.is_some() {
            return None;
        }
        self.rto = AFTER_SYN_TIMEOUT.max(self.initial_rto).min(self.max_rto);
        Some(self.rto)
    }

    fn set_rto(&mut self, rto: Duration) {
        self.rto = rto.max(self.min_rto).min(self.max_rto);
    }
}

/// How many measurements a round trip will bring where each ACK is one: an ACK for two segments
/// of what is in flight (RFC 7323 appendix G).
pub(crate) fn expected_samples(flight: u32, mss: u32) -> u32 {
    flight.div_ceil(mss.saturating_mul(2).max(1)).max(1)
}

/// `(1 - 1/share) * old + 1/share * new`.
const fn blend(old: u64, new: u64, share: u64) -> u64 {
    if new > old { old + (new - old) / share } else { old - (old - new) / share }
}

const fn whole(parts: u64) -> Duration {
    Duration::from_micros(parts >> PART_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(rtts: &[u64]) -> RttEstimator {
        let config = Config { min_rto: Duration::from_millis(1), ..Config::plain() };
        let mut rtt = RttEstimator::new(&config);
        for millis in rtts {
            rtt.measure(Duration::from_millis(*millis), Instant::ZERO);
        }
        rtt
    }

    #[test]
    fn the_formulas_of_rfc_6298() {
        // (measurements, SRTT, RTTVAR, RTO), worked by hand, in microseconds
        let cases: [(&[u64], u64, u64, u64); 5] = [
            (&[100], 100_000, 50_000, 300_000),
            (&[100, 100], 100_000, 37_500, 250_000),
            (&[100, 180], 110_000, 57_500, 340_000),
            (&[100, 20], 90_000, 57_500, 320_000),
            (&[8, 16, 0], 7_875, 6_000, 31_875),
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
        rtt.measure(Duration::from_micros(50), Instant::ZERO);
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
        rtt.measure(Duration::from_millis(100), Instant::ZERO);
        assert_eq!(rtt.rto(), Duration::from_millis(250));
    }

    #[test]
    fn the_clock_is_no_finer_than_its_granularity() {
        let mut estimate = millis(&[10]);
        for _ in 0..100 {
            estimate.measure(Duration::from_millis(10), Instant::ZERO);
        }
        assert_eq!(estimate.rto(), Duration::from_millis(11));
    }

    #[test]
    fn no_rounding_adds_up() {
        // A thousand round trips of 99 999 µs draw SRTT from 100 ms to them, and not below.
        let mut estimate = millis(&[100]);
        for _ in 0..1000 {
            estimate.measure(Duration::from_micros(99_999), Instant::ZERO);
        }
        assert_eq!(estimate.srtt(), Some(Duration::from_micros(99_999)));
        assert_eq!(estimate.rttvar(), Some(Duration::ZERO));
    }

    #[test]
    fn many_measurements_a_round_trip_weigh_as_much_as_one() {
        // (flight, samples): RFC 7323 appendix G, ⌈FlightSize / (2 * SMSS)⌉
        for (flight, samples) in [(0, 1), (1000, 1), (2000, 1), (2001, 2), (40_000, 20)] {
            assert_eq!(expected_samples(flight, 1000), samples, "{flight}");
        }
        let mut often = millis(&[100]);
        for _ in 0..20 {
            often.measure_one_of(20, Duration::from_millis(180), Instant::ZERO);
        }
        // 100 + 80 · (1 − (1 − 1/160)²⁰), where one measurement alone would give 110.
        let srtt = often.srtt().unwrap_or_default().as_micros();
        assert!((109_400..109_440).contains(&srtt), "{srtt}");
        let mut one = millis(&[100]);
        one.measure_one_of(20, Duration::from_millis(180), Instant::ZERO);
        assert_eq!(one.srtt(), Some(Duration::from_micros(100_500)));
        assert_eq!(one.rttvar(), Some(Duration::from_micros(50_375)));
    }

    #[test]
    fn after_a_lost_syn_three_seconds_unless_a_round_trip_is_known() {
        // (initial RTO, measurements, RTO once data flows)
        let second = Duration::from_secs(1);
        for (initial, rtts, expected) in [
            (second, &[][..], Some(second.times(3))),
            (second.times(5), &[], Some(second.times(5))),
            (second, &[100], None),
        ] {
            let mut rtt = RttEstimator::new(&Config { initial_rto: initial, ..Config::plain() });
            rtt.back_off();
            for millis in rtts {
                rtt.measure(Duration::from_millis(*millis), Instant::ZERO);
            }
            assert_eq!(rtt.after_syn_timeout(), expected, "{initial:?}");
        }
    }

    #[test]
    fn the_smallest_round_trip_is_forgotten_after_minutes() {
        let mut rtt = millis(&[]);
        // (second, measured in milliseconds, smallest in milliseconds)
        let cases =
            [(0, 50, 50), (10, 80, 50), (160, 70, 50), (200, 90, 50), (320, 90, 70), (900, 95, 95)];
        for (second, measured, smallest) in cases {
            rtt.observe(
                Duration::from_millis(measured),
                Instant::ZERO + Duration::from_secs(second),
            );
            assert_eq!(rtt.min_rtt(), Some(Duration::from_millis(smallest)), "at {second} s");
        }
    }

    #[test]
    fn no_round_trip_is_too_long() {
        let mut rtt = millis(&[]);
        for _ in 0..3 {
            rtt.measure(Duration::from_micros(u64::MAX), Instant::from_micros(u64::MAX));
        }
        assert_eq!(rtt.rto(), Config::plain().max_rto);
    }
}
