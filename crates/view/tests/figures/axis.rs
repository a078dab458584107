//! Time and height.

use tcpscope_tcp::{Duration, Instant};
use tcpscope_view::{LadderLayout, TimeAxis};

use super::{SCENARIOS, for_each_run, run};

#[test]
fn time_and_height_never_fall_and_are_each_others_inverse() {
    for_each_run(|id, trace| {
        let axis = TimeAxis::new(trace, &LadderLayout::for_width(900.0).scale);
        let mut last = f64::NEG_INFINITY;
        let end = trace.duration().as_micros();
        let times = (0..=1000).map(|part| Instant::from_micros(end / 1000 * part));
        for at in times.chain([trace.duration()]) {
            let y = axis.y(at);
            assert!(y >= last, "{id}: {at:?} is above what came before");
            assert!((0.0..=axis.height()).contains(&y), "{id}: {at:?} is outside");
            last = y;
            let back = axis.time_at(y);
            let off = back.since(at) + at.since(back);
            assert!(off <= Duration::from_micros(1), "{id}: {at:?} becomes {back:?}");
        }
        let mut last = Instant::ZERO;
        for place in 0..2000 {
            let at = axis.time_at(axis.height() * f64::from(place) / 2000.0);
            assert!(at >= last, "{id}: time falls at {place}");
            last = at;
        }
    });
}

#[test]
fn records_that_share_an_instant_are_drawn_in_their_order() {
    for_each_run(|id, trace| {
        let axis = TimeAxis::new(trace, &LadderLayout::for_width(900.0).scale);
        let mut last = f64::NEG_INFINITY;
        for record in trace.records() {
            let moment = trace.moment_of(record.id);
            let playhead = axis.playhead(moment);
            assert!(playhead.y >= last, "{id}: {record:?}");
            assert!((playhead.y - axis.y_of(record)).abs() < 1e-9, "{id}: {record:?}");
            last = playhead.y;
            // What lies at one height happens at one moment: its last record.
            let there = axis.playhead_at(playhead.y).moment;
            assert_eq!(there.at, record.at, "{id}: {record:?}");
            assert!(there.record >= record.id, "{id}: {record:?}");
        }
    });
}

#[test]
fn playing_from_top_to_bottom_passes_every_moment_in_order() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        let axis = TimeAxis::new(trace, &LadderLayout::for_width(360.0).scale);
        let mut last = axis.playhead_at(0.0).moment;
        assert_eq!(last.at, Instant::ZERO);
        let mut y = 0.0;
        while y < axis.height() {
            y += 0.7;
            let moment = axis.playhead_at(y).moment;
            assert!(moment.at >= last.at && moment.record >= last.record, "{id} at {y}");
            // A moment is one: the record is the last by then, or shares its instant with it.
            let by_then = trace.at(moment.at).record;
            assert!(
                moment.record == by_then || trace.record(by_then).at == moment.at,
                "{id} at {y}: {moment:?}, but {by_then:?} has happened"
            );
            last = moment;
        }
        assert_eq!(last, trace.at(trace.duration()), "{id} ends at its end");
    }
}

#[test]
fn idle_stretches_fold_and_nothing_else_does() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        let scale = LadderLayout::for_width(900.0).scale;
        let axis = TimeAxis::new(trace, &scale);
        for fold in axis.folds() {
            let inside = |at: Instant| fold.from < at && at < fold.to;
            assert!(!trace.records().iter().any(|record| inside(record.at)), "{id}: {fold:?}");
            assert!(fold.y1 - fold.y0 >= scale.fold, "{id}: {fold:?}");
            assert!(fold.y1 - fold.y0 <= 2.0 * scale.fold, "{id}: {fold:?}");
        }
        // TIME-WAIT lasts a minute, a round trip a fraction of a second.
        let long =
            axis.folds().iter().any(|fold| fold.to.since(fold.from).as_micros() > 50_000_000);
        assert!(long, "{id}: 2 MSL is not folded");
        assert!(axis.height() < 6000.0, "{id} is {} high", axis.height());
    }
}
