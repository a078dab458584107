use super::*;
use proptest::prelude::*;

const MSS: u32 = 1000;
const RTO: Duration = Duration::from_secs(1);
const NOW: Instant = Instant::ZERO;

fn begun(congestion: CongestionControl) -> Congestion {
    let config = Config { congestion, restart_after_idle: true, ..Config::plain() };
    let mut congestion = Congestion::new(&config);
    congestion.begin(MSS, false);
    congestion
}

fn ack(congestion: &mut Congestion, acked: u32) -> Option<Reason> {
    let flight = congestion.cwnd();
    congestion.on_ack(acked, flight, NOW, None)
}

/// RFC 6928 §2; RFC 5681 §3.1.
#[test]
fn the_initial_window_of_rfc_6928() {
    // (segments, MSS, whether SYNs were lost, cwnd): min (10*MSS, max (2*MSS, 14600))
    let cases = [
        (10, 536, false, 5_360),
        (10, 1460, false, 14_600),
        (10, 2000, false, 14_600),
        (10, 9000, false, 18_000),
        (10, 1460, true, 1_460),
        (3, 1460, false, 4_380),
        (1, 1460, false, 1_460),
    ];
    for (initial_window_segments, mss, lost, cwnd) in cases {
        let config = Config { initial_window_segments, ..Config::plain() };
        let mut congestion = Congestion::new(&config);
        congestion.begin(mss, lost);
        assert_eq!(congestion.cwnd(), cwnd, "MSS {mss}, SYNs lost: {lost}");
    }
}

#[test]
fn slow_start_grows_by_what_is_acknowledged_and_a_segment_at_most() {
    for control in [CongestionControl::NewReno, CongestionControl::Cubic] {
        // (acknowledged, growth): RFC 5681 equation (2)
        for (acked, growth) in [(MSS, MSS), (3 * MSS, MSS), (300, 300)] {
            let mut congestion = begun(control);
            let reason = ack(&mut congestion, acked);
            assert!(matches!(reason, Some(Reason::SlowStart { from: 10_000, .. })), "{reason:?}");
            assert_eq!(congestion.cwnd(), 10 * MSS + growth, "{control:?}, {acked}");
        }
    }
}

/// RFC 9293 MUST-19: congestion avoidance, RFC 5681 §3.1.
#[test]
fn reno_grows_by_a_segment_for_each_window_that_is_acknowledged() {
    let mut congestion = begun(CongestionControl::NewReno);
    congestion.ssthresh = 10 * MSS;
    for (window, acks) in [(10, 10), (11, 11), (12, 12)] {
        assert_eq!(congestion.cwnd(), window * MSS);
        for _ in 1..acks {
            assert_eq!(ack(&mut congestion, MSS), None);
        }
        let reason = ack(&mut congestion, MSS);
        let (from, to) = (window * MSS, (window + 1) * MSS);
        assert_eq!(reason, Some(Reason::CongestionAvoidance { from, to }));
    }
    // One ACK for all that is in flight counts as much as one for each segment.
    ack(&mut congestion, 13 * MSS);
    assert_eq!(congestion.cwnd(), 14 * MSS);
}

/// RFC 5681 §3.1, RFC 9438 §4.6.
#[test]
fn a_loss_sets_the_threshold_and_leaves_the_window_to_recovery() {
    // (control, flight, ssthresh): a half or 0.7, and two segments at the least
    let cases = [
        (CongestionControl::NewReno, 10_000, 5_000),
        (CongestionControl::NewReno, 3_000, 2_000),
        (CongestionControl::Cubic, 10_000, 7_000),
        (CongestionControl::Cubic, 2_000, 2_000),
        (CongestionControl::None, 10_000, u32::MAX),
    ];
    for (control, flight, ssthresh) in cases {
        let mut congestion = begun(control);
        let cwnd = congestion.cwnd();
        let reason = congestion.on_loss(flight, NOW);
        let told = (control == CongestionControl::Cubic)
            .then_some(Reason::CubicReduces { w_max: 10_000, ssthresh });
        assert_eq!(reason, told, "{control:?}, {flight}");
        assert_eq!((congestion.ssthresh(), congestion.cwnd()), (ssthresh, cwnd), "{control:?}");
    }
}

/// RFC 3168 §6.1.2.
#[test]
fn a_mark_reduces_the_window_to_one_segment_at_the_least() {
    // (control, flight, ssthresh, cwnd)
    let cases = [
        (CongestionControl::NewReno, 10_000, 5_000, 5_000),
        (CongestionControl::NewReno, 1_000, 2_000, 1_000),
        (CongestionControl::Cubic, 10_000, 7_000, 7_000),
        (CongestionControl::Cubic, 2_000, 2_000, 1_400),
    ];
    for (control, flight, ssthresh, cwnd) in cases {
        let mut congestion = begun(control);
        let reason = congestion.on_ecn(flight, NOW);
        assert_eq!(reason, Some(Reason::CongestionHeard { flight, ssthresh, cwnd }));
        assert_eq!((congestion.ssthresh(), congestion.cwnd()), (ssthresh, cwnd), "{control:?}");
        assert_eq!(congestion.undo(), (cwnd, ssthresh), "nothing to take back");
    }
}

#[test]
fn a_timeout_leaves_one_segment_and_reduces_once() {
    for (control, ssthresh) in
        [(CongestionControl::NewReno, 5_000), (CongestionControl::Cubic, 7_000)]
    {
        let mut congestion = begun(control);
        congestion.on_timeout(10 * MSS, false, NOW);
        assert_eq!((congestion.cwnd(), congestion.ssthresh()), (MSS, ssthresh));
        congestion.on_timeout(MSS, true, NOW);
        assert_eq!((congestion.cwnd(), congestion.ssthresh()), (MSS, ssthresh));
        // Slow start up to the threshold, then congestion avoidance.
        while congestion.cwnd() < ssthresh {
            let reason = ack(&mut congestion, MSS);
            assert!(matches!(reason, Some(Reason::SlowStart { .. })), "{reason:?}");
        }
        let reason = ack(&mut congestion, MSS);
        assert!(!matches!(reason, Some(Reason::SlowStart { .. })), "{reason:?}");
    }
}

#[test]
fn a_spurious_timeout_is_taken_back_whole() {
    for control in [CongestionControl::NewReno, CongestionControl::Cubic] {
        let mut congestion = begun(control);
        congestion.on_loss(20 * MSS, NOW);
        congestion.set_cwnd(congestion.ssthresh());
        let mut undisturbed = congestion.clone();
        congestion.on_timeout(8 * MSS, false, NOW);
        congestion.on_timeout(8 * MSS, true, NOW);
        let before = (undisturbed.cwnd(), undisturbed.ssthresh());
        assert_eq!(congestion.undo(), before, "{control:?}");
        for _ in 0..100 {
            assert_eq!(ack(&mut congestion, MSS), ack(&mut undisturbed, MSS), "{control:?}");
        }
        assert!(congestion.cwnd() > before.0, "{control:?}");
    }
}

#[test]
fn a_window_that_was_not_filled_does_not_grow() {
    for control in [CongestionControl::NewReno, CongestionControl::Cubic] {
        // (whether in slow start, cwnd, flight, whether it grows): half the window is enough in
        // slow start, which doubles it; in congestion avoidance all of it.
        let cases = [
            (true, 10_000, 10_000, true),
            (true, 10_000, 6_000, true),
            (true, 10_000, 5_000, false),
            (true, 10_000, 1_000, false),
            (false, 10_000, 10_000, true),
            (false, 10_500, 10_000, true),
            (false, 10_000, 9_000, false),
        ];
        for (slow_start, cwnd, flight, grows) in cases {
            let mut congestion = begun(control);
            congestion.set_cwnd(cwnd);
            congestion.ssthresh = if slow_start { u32::MAX } else { 2 * MSS };
            let reason = congestion.on_ack(MSS, flight, NOW, None);
            let not_used = reason == Some(Reason::CwndNotUsed { cwnd, flight });
            assert_eq!(not_used, !grows, "{control:?}, {slow_start}, {flight}: {reason:?}");
        }
    }
}

#[test]
fn a_full_window_counts_until_all_of_it_is_acknowledged() {
    let mut congestion = begun(CongestionControl::NewReno);
    congestion.ssthresh = 2 * MSS;
    // Ten segments were sent at once, and nothing since.
    for left in (2..=10).rev() {
        assert_eq!(congestion.on_ack(MSS, left * MSS, NOW, None), None);
    }
    let reason = congestion.on_ack(MSS, MSS, NOW, None);
    assert!(matches!(reason, Some(Reason::CongestionAvoidance { .. })), "{reason:?}");
    let reason = congestion.on_ack(MSS, MSS, NOW, None);
    assert_eq!(reason, Some(Reason::CwndNotUsed { cwnd: 11_000, flight: 1_000 }));
}

#[test]
fn after_idleness_the_window_begins_anew_and_never_larger() {
    let long = RTO + Duration::from_micros(1);
    // (cwnd, idle, restart_after_idle, cwnd after it)
    let cases = [
        (40_000, long, true, 10_000),
        (40_000, RTO, true, 40_000),
        (40_000, long, false, 40_000),
        (4_000, long, true, 4_000),
    ];
    for (from, idle, restart_after_idle, to) in cases {
        let mut congestion = begun(CongestionControl::Cubic);
        congestion.restart_after_idle = restart_after_idle;
        congestion.set_cwnd(from);
        let reason = congestion.on_idle(idle, RTO);
        let told = (from != to).then_some(Reason::RestartAfterIdle { idle, from, to });
        assert_eq!((reason, congestion.cwnd()), (told, to));
    }
}

#[test]
fn without_control_nothing_is_limited_and_nothing_told() {
    let mut congestion = begun(CongestionControl::None);
    assert_eq!(congestion.on_ack(MSS, MSS, NOW, None), None);
    assert_eq!(congestion.on_loss(MSS, NOW), None);
    assert_eq!(congestion.on_ecn(MSS, NOW), None);
    assert_eq!(congestion.on_timeout(MSS, false, NOW), None);
    assert_eq!(congestion.on_idle(Duration::from_secs(100), RTO), None);
    assert_eq!(congestion.undo(), (u32::MAX, u32::MAX));
}

proptest! {
    /// What every control keeps, whatever happens: a segment of window, two of threshold.
    #[test]
    fn the_window_has_its_bounds(
        cubic in any::<bool>(),
        mss in 1_u32..=65_535,
        events in prop::collection::vec((0_u8..6, any::<u32>(), any::<u32>()), 0..60),
    ) {
        let control = if cubic { CongestionControl::Cubic } else { CongestionControl::NewReno };
        let mut congestion = begun(control);
        congestion.begin(mss, false);
        let mut now = NOW;
        for (event, octets, micros) in events {
            now = now + Duration::from_micros(u64::from(micros));
            let srtt = Some(Duration::from_micros(u64::from(micros / 7)));
            match event {
                0 => { congestion.on_loss(octets, now); }
                1 => { congestion.on_ecn(octets, now); }
                2 => { congestion.on_timeout(octets, micros % 2 == 0, now); }
                3 => { congestion.undo(); }
                4 => { congestion.on_idle(Duration::from_micros(u64::from(micros)), RTO); }
                _ => {
                    let before = congestion.cwnd();
                    congestion.on_ack(octets % 50_000, octets, now, srtt);
                    prop_assert!(congestion.cwnd() >= before);
                }
            }
            prop_assert!(congestion.cwnd() >= mss);
            prop_assert!(congestion.ssthresh() >= 2 * mss);
        }
    }
}
