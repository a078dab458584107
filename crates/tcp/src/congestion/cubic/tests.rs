//! CUBIC against the RFC's formulas, in floating-point numbers.

extern crate std;

use super::*;
use proptest::prelude::*;

const MSS: u32 = 1000;

/// The RFC's own variables and formulas (§4.1 to §4.7), a segment being one.
#[derive(Clone, Debug, Default)]
struct Reference {
    w_max: f64,
    cwnd_prior: f64,
    stage: Option<ReferenceStage>,
}

#[derive(Clone, Debug)]
struct ReferenceStage {
    began: f64,
    k: f64,
    plateau: f64,
    w_est: f64,
}

/// What the reference holds of one ACK.
struct Judged {
    cwnd: f64,
    /// W_cubic(t) − W_est: its sign decides the region.
    margin: f64,
}

impl Reference {
    fn reduce(&mut self, cwnd: f64) {
        self.w_max = if cwnd < self.w_max { cwnd * (1.0 + 0.7) / 2.0 } else { cwnd };
        self.cwnd_prior = cwnd;
        self.stage = None;
    }

    fn grow(&mut self, cwnd: f64, acked: f64, now: f64, rtt: f64) -> Judged {
        let w_max = self.w_max;
        let stage = self.stage.get_or_insert_with(|| ReferenceStage {
            began: now,
            k: if w_max > cwnd { ((w_max - cwnd) / 0.4).cbrt() } else { 0.0 },
            plateau: w_max.max(cwnd),
            w_est: cwnd,
        });
        self.w_max = stage.plateau;
        let alpha =
            if stage.w_est >= self.cwnd_prior { 1.0 } else { 3.0 * (1.0 - 0.7) / (1.0 + 0.7) };
        stage.w_est += alpha * acked / cwnd;
        let (k, plateau) = (stage.k, stage.plateau);
        let curve = |t: f64| 0.4 * (t - k).powi(3) + plateau;
        let t = now - stage.began;
        let margin = curve(t) - stage.w_est;
        let cwnd = if margin < 0.0 {
            stage.w_est.max(cwnd)
        } else {
            let target = curve(t + rtt).clamp(cwnd, 1.5 * cwnd);
            cwnd + (target - cwnd) / cwnd * acked
        };
        Judged { cwnd, margin }
    }
}

fn seconds(micros: u64) -> f64 {
    let micros = u32::try_from(micros).expect("tests last less than an hour");
    f64::from(micros) / 1e6
}

fn segments(octets: u32) -> f64 {
    f64::from(octets) / f64::from(MSS)
}

proptest! {
    /// RFC 9438 §4.1 to §4.7; MAY-18.
    #[test]
    fn whole_numbers_grow_as_the_formulas_do(
        mut cwnd in 2_u32..5_000,
        events in prop::collection::vec((1_u32..40, 0_u64..300_000, 0_u32..60), 1..400),
        rtt in 100_u64..400_000,
    ) {
        cwnd *= MSS;
        let (mut cubic, mut reference) = (Cubic::default(), Reference::default());
        let mut now = 0;
        for (acked, gap, event) in events {
            now += gap;
            if event == 0 {
                cubic.reduce(cwnd);
                reference.reduce(segments(cwnd));
                cwnd = Cubic::reduced(cwnd).max(2 * MSS);
                continue;
            }
            let acked = (acked * MSS / 2).min(cwnd);
            let at = Instant::from_micros(now);
            let (to, region) = cubic.grow(cwnd, acked, MSS, at, Duration::from_micros(rtt));
            let judged =
                reference.grow(segments(cwnd), segments(acked), seconds(now), seconds(rtt));
            // Where the two estimates are all but equal, rounding may decide the region.
            if judged.margin.abs() > 0.01 {
                prop_assert_eq!(
                    region == Region::RenoFriendly,
                    judged.margin < 0.0,
                    "{:?}, margin {}", region, judged.margin
                );
                let error = (segments(to) - judged.cwnd).abs();
                prop_assert!(error < 0.01, "{to} is {error} segments from {}", judged.cwnd);
            }
            prop_assert!(to >= cwnd, "an ACK shrinks the window: {cwnd} to {to}");
            prop_assert!(to <= cwnd + cwnd / 2 + MSS, "more than half again: {cwnd} to {to}");
            cwnd = to;
        }
    }

    #[test]
    fn no_number_is_too_large(
        cwnd in any::<u32>(),
        acked in any::<u32>(),
        mss in 1_u32..=65_535,
        times in prop::collection::vec(any::<u64>(), 3),
        w_max in any::<u32>(),
    ) {
        let mut cubic = Cubic::default();
        cubic.reduce(w_max);
        let mut now = Instant::ZERO;
        for time in times {
            now = now + Duration::from_micros(time);
            cubic.pause_until(now);
            cubic.pause_for(Duration::from_micros(time));
            let (to, _) = cubic.grow(cwnd, acked, mss, now, Duration::from_micros(time));
            prop_assert!(to >= cwnd);
        }
    }

    #[test]
    fn the_cube_root_is_exact(of in 0_u128..1 << 98) {
        let root = u128::from(cube_root(of));
        prop_assert!(root.pow(3) <= of && of < (root + 1).pow(3));
    }
}

#[test]
fn the_time_to_the_plateau_worked_by_hand() {
    // (W_max, cwnd_epoch, K in microseconds), K = ∛((W_max − cwnd_epoch) / 0.4)
    let cases = [
        (100, 70, 4_217_163),   // ∛75
        (1000, 700, 9_085_603), // ∛750
        (70, 70, 0),
        (10, 7, 1_957_434), // ∛7.5
        (60, 70, 0),
    ];
    for (w_max, cwnd, micros) in cases {
        let k = k(u32::saturating_sub(w_max, cwnd) * MSS, MSS);
        let expected = ticks(Duration::from_micros(micros));
        assert!(k.abs_diff(expected) <= 2, "W_max {w_max}, cwnd {cwnd}: {k}, not {expected}");
    }
}

/// RFC 9438 §4.2.
#[test]
fn the_curve_worked_by_hand() {
    // K is ∛75 s; (microseconds, W_cubic in octets)
    let cases = [
        (0, 70_000),
        (1_000_000, 86_682),   // 100 − 0.4 · 3.217163³
        (4_217_163, 100_000),  // the plateau
        (6_217_163, 103_200),  // 100 + 0.4 · 2³
        (14_217_163, 500_000), // 100 + 0.4 · 10³
    ];
    let stage = Stage::begin(70 * MSS, 100 * MSS, MSS, Instant::ZERO);
    for (micros, expected) in cases {
        let window = stage.curve(Duration::from_micros(micros), MSS);
        assert!(window.abs_diff(expected) <= 2, "at {micros}: {window}, not {expected}");
    }
}

/// A window's worth of ACKs, one for each segment, evenly over a round trip.
fn round_trip(cubic: &mut Cubic, cwnd: &mut u32, now: &mut u64, rtt: u64) -> Region {
    let count = u64::from(*cwnd / MSS);
    let mut last = Region::RenoFriendly;
    for _ in 0..count {
        *now += rtt / count;
        let at = Instant::from_micros(*now);
        let (to, region) = cubic.grow(*cwnd, MSS, MSS, at, Duration::from_micros(rtt));
        *cwnd = to;
        last = region;
    }
    last
}

#[test]
fn a_long_fast_path_is_back_at_its_plateau_after_k() {
    let (rtt, mut now) = (100_000, 0);
    let mut cubic = Cubic::default();
    cubic.reduce(1000 * MSS);
    let mut cwnd = 700 * MSS;
    let mut steps = std::vec![];
    while now < 9_000_000 {
        let before = cwnd;
        let region = round_trip(&mut cubic, &mut cwnd, &mut now, rtt);
        assert!(matches!(region, Region::Curve { .. }), "at {now}: {region:?}");
        steps.push(cwnd - before);
    }
    assert!((990 * MSS..=1000 * MSS).contains(&cwnd), "{cwnd}");
    // Concave: fast at first, slower and slower (§4.4).
    assert!(steps[1] > 10 * steps[steps.len() - 10], "{steps:?}");
    // Convex: slow at first, faster and faster (§4.5).
    while now < 20_000_000 {
        round_trip(&mut cubic, &mut cwnd, &mut now, rtt);
    }
    assert!(cwnd > 1400 * MSS, "{cwnd}");
}

/// RFC 9438 §4.3.
#[test]
fn on_a_short_path_it_is_as_fast_as_reno() {
    // 20 segments and 10 ms: Reno is far ahead of the curve (§4.3).
    let (rtt, mut now) = (10_000, 0);
    let mut cubic = Cubic::default();
    cubic.reduce(20 * MSS);
    let mut cwnd = 14 * MSS;
    for _ in 0..20 {
        assert_eq!(round_trip(&mut cubic, &mut cwnd, &mut now, rtt), Region::RenoFriendly);
    }
    // 9/17 of a segment a round trip until it is back at 20 segments, after eleven or twelve; then
    // a whole one.
    assert!((26 * MSS..=29 * MSS).contains(&cwnd), "{cwnd}");
}

#[test]
fn who_does_not_get_back_to_the_plateau_leaves_room() {
    // §4.7: (cwnd at the loss, W_max after it), W_max having been 100 segments
    for (cwnd, w_max) in [(80, 68), (100, 100), (120, 120)] {
        let mut cubic = Cubic::default();
        cubic.reduce(100 * MSS);
        assert_eq!(cubic.reduce(cwnd * MSS), w_max * MSS, "loss at {cwnd} segments");
    }
}

#[test]
fn after_a_timeout_the_plateau_is_where_the_stage_begins() {
    let mut cubic = Cubic::default();
    cubic.reduce(100 * MSS);
    cubic.reduce_by_timeout(80 * MSS);
    let at = Instant::from_micros(5_000_000);
    cubic.grow(56 * MSS, MSS, MSS, at, Duration::ZERO);
    let stage = cubic.stage.clone().expect("a stage begins with the first ACK");
    assert_eq!((stage.k, stage.plateau), (0, 56 * MSS));
    assert_eq!(cubic.cwnd_prior, 80 * MSS);
}

#[test]
fn time_in_which_the_window_was_not_filled_does_not_count() {
    let at = |millis: u64| Instant::from_micros(millis * 1000);
    let rtt = Duration::from_millis(100);
    let begun = || {
        let mut cubic = Cubic::default();
        cubic.reduce(1000 * MSS);
        cubic.grow(700 * MSS, MSS, MSS, at(0), rtt);
        cubic
    };
    let mut steady = begun();
    let expected = steady.grow(700 * MSS, MSS, MSS, at(1_000), rtt);

    let mut limited = begun();
    limited.pause_until(at(30_000));
    assert_eq!(limited.grow(700 * MSS, MSS, MSS, at(31_000), rtt), expected);

    let mut idle = begun();
    idle.pause_for(Duration::from_secs(30));
    assert_eq!(idle.grow(700 * MSS, MSS, MSS, at(31_000), rtt), expected);
}
