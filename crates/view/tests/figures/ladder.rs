//! The ladder, its packets under way, and what is under the pointer.

use tcpscope_sim::{Fate, PacketIndex, RecordKind};
use tcpscope_view::{Label, LadderScene, REACH_MOUSE, Rect, Target, Tense, hit};

use super::{SCENARIOS, WIDTHS, for_each_run, heights, ladder, run, whole};

pub(super) fn labels(scene: &LadderScene) -> Vec<&Label> {
    scene.texts().collect()
}

#[test]
fn no_two_texts_overlap_and_none_is_cut_off() {
    for_each_run(|id, trace| {
        for width in WIDTHS {
            let ladder = ladder(trace, width);
            for y in heights(&ladder, 3) {
                let scene = whole(&ladder, trace, ladder.axis().playhead_at(y));
                let figure = Rect { x: 0.0, y: 0.0, width, height: scene.height };
                let mut labels = labels(&scene);
                labels.sort_by(|a, b| a.bounds().y.total_cmp(&b.bounds().y));
                for (index, a) in labels.iter().enumerate() {
                    let inside = a.corners().iter().all(|corner| figure.contains(*corner));
                    assert!(inside, "{id} at {width}: {a:?} is cut off");
                    let bottom = a.bounds().y + a.bounds().height;
                    for b in labels[index + 1..].iter().take_while(|b| b.bounds().y < bottom) {
                        assert!(!a.overlaps(b), "{id} at {width}: {a:?} and {b:?}");
                    }
                }
            }
        }
    });
}

#[test]
fn every_packet_has_its_arrow_from_lifeline_to_lifeline() {
    for_each_run(|id, trace| {
        let ladder = ladder(trace, 900.0);
        let layout = ladder.layout();
        let end = ladder.axis().playhead(trace.at(trace.duration()));
        let mut arrows = whole(&ladder, trace, end).arrows;
        arrows.sort_by_key(|arrow| arrow.packet);
        assert_eq!(arrows.len(), trace.packets().len(), "{id}");
        for (arrow, packet) in arrows.iter().zip(trace.packets()) {
            assert!((arrow.from.x - layout.lifeline(packet.id.from)).abs() < 1e-9, "{id}");
            assert!(arrow.from.y < arrow.to.y, "{id}: {packet:?} goes up");
            assert_eq!(arrow.tense, Tense::Past, "{id}");
            let arrives = (arrow.to.x - layout.lifeline(packet.to)).abs() < 1e-9;
            assert_eq!(arrives, packet.fate == Fate::Delivered, "{id}: {packet:?}");
        }
    });
}

#[test]
fn arrows_of_one_direction_never_touch_unless_one_is_late() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        let ladder = ladder(trace, 900.0);
        let scene = whole(&ladder, trace, ladder.axis().playhead_at(0.0));
        for a in &scene.arrows {
            for b in &scene.arrows {
                if a.packet < b.packet && a.from.x.total_cmp(&b.from.x).is_eq() {
                    assert!(b.from.y - a.from.y >= 17.0, "{id}: {a:?} and {b:?} depart");
                    let both_arrive = a.fate == Fate::Delivered && b.fate == Fate::Delivered;
                    assert!(
                        !both_arrive || b.to.y - a.to.y >= 17.0,
                        "{id}: {a:?} and {b:?} arrive"
                    );
                }
            }
        }
    }
}

#[test]
fn the_arrows_of_the_scenarios_are_labelled() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for width in WIDTHS {
            let ladder = ladder(trace, width);
            let arrows = whole(&ladder, trace, ladder.axis().playhead_at(0.0)).arrows;
            let bare = arrows.iter().filter(|arrow| arrow.label.is_none()).count();
            assert!(bare * 10 <= arrows.len(), "{id} at {width}: {bare} of {}", arrows.len());
        }
    }
}

#[test]
fn packets_under_way_lie_on_their_arrows_and_on_the_playhead() {
    for_each_run(|id, trace| {
        let ladder = ladder(trace, 900.0);
        let mut seen = vec![false; trace.packets().len()];
        for y in heights(&ladder, 150) {
            let playhead = ladder.axis().playhead_at(y);
            let scene = whole(&ladder, trace, playhead);
            let dots = ladder.in_flight(playhead);
            let under_way = scene.arrows.iter().filter(|arrow| arrow.tense == Tense::Present);
            assert_eq!(dots.len(), under_way.count(), "{id} at {y}");
            for dot in dots {
                seen[dot.packet.0 as usize] = true;
                let arrow = scene.arrows.iter().find(|arrow| arrow.packet == dot.packet);
                let arrow = arrow.expect("its arrow");
                assert!((dot.at.y - playhead.y).abs() < 1e-6, "{id} at {y}: {dot:?}");
                assert!(dot.at.distance_to_line(arrow.from, arrow.to) < 1e-6, "{id}: {dot:?}");
                assert!(dot.tail.distance_to_line(arrow.from, arrow.to) < 1e-6, "{id}: {dot:?}");
                assert!(dot.at.distance(arrow.tip) < 1e-6, "{id}: {dot:?}");
                assert!(
                    trace.packet(dot.packet).is_in_flight(playhead.moment.at)
                        || trace.packet(dot.packet).ends == playhead.moment.at,
                    "{id}: {dot:?}"
                );
            }
        }
        assert!(seen.iter().all(|seen| *seen), "{id}: some packet is never seen");
    });
}

#[test]
fn states_are_divided_at_the_present_at_every_zoom() {
    for_each_run(|id, trace| {
        let mut ladder = ladder(trace, 900.0);
        for zoom in [0.4, 1.0, 3.0] {
            ladder.set_zoom(trace, zoom);
            let mut divided = 0;
            for y in heights(&ladder, 20) {
                let playhead = ladder.axis().playhead_at(y);
                let scene = ladder.scene(trace, 0.0..ladder.height(), playhead, None);
                for pair in scene.bands.windows(2) {
                    let [past, future] = pair else { continue };
                    let same = (past.host, past.since) == (future.host, future.since);
                    if same && past.tense == Tense::Past && future.tense == Tense::Future {
                        divided += 1;
                        let apart = (past.y1 - scene.present).abs();
                        assert!(apart < 1e-6, "{id} at {zoom}, {y}: {past:?}, {future:?}");
                    }
                }
            }
            assert!(divided > 0, "{id} at {zoom}: some state lasts over some present");
        }
    });
}

#[test]
fn a_part_of_the_figure_holds_what_of_the_whole_lies_in_it() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        let ladder = ladder(trace, 700.0);
        let playhead = ladder.axis().playhead_at(ladder.axis().height() / 2.0);
        let all = whole(&ladder, trace, playhead);
        for top in heights(&ladder, 25) {
            let part = ladder.scene(trace, top..top + 200.0, playhead, None);
            let shows = |from: f64, to: f64| from <= top + 200.0 && to >= top;
            let arrows = all.arrows.iter().filter(|arrow| shows(arrow.from.y, arrow.to.y));
            for arrow in arrows {
                assert!(part.arrows.contains(arrow), "{id} at {top}: {arrow:?}");
            }
            let ties = all.ties.iter().filter(|tie| shows(tie.path.start.y, tie.path.end().y));
            for tie in ties {
                assert!(part.ties.contains(tie), "{id} at {top}: {tie:?}");
            }
            for call in all.calls.iter().filter(|call| shows(call.at.y, call.at.y)) {
                assert!(part.calls.contains(call), "{id} at {top}: {call:?}");
            }
            for lifeline in part.lifelines.iter().filter(|line| line.y0 < line.y1) {
                let covered: f64 = part
                    .bands
                    .iter()
                    .filter(|band| band.host == lifeline.host)
                    .map(|band| band.y1 - band.y0)
                    .sum();
                let shown = lifeline.y1 - lifeline.y0;
                assert!((covered - shown).abs() < 1e-6, "{id} at {top}: {covered} of {shown}");
            }
        }
    }
}

#[test]
fn a_retransmission_is_tied_to_what_it_repeats() {
    for_each_run(|id, trace| {
        let ladder = ladder(trace, 900.0);
        let scene = whole(&ladder, trace, ladder.axis().playhead_at(0.0));
        let repeats: Vec<_> =
            scene.arrows.iter().filter(|arrow| arrow.retransmission).map(|a| a.packet).collect();
        for repeat in &repeats {
            assert!(scene.ties.iter().any(|tie| tie.repeat == *repeat), "{id}: {repeat:?}");
        }
        assert_eq!(repeats.len(), scene.ties.len(), "{id}");
        for tie in &scene.ties {
            assert!(tie.original < tie.repeat, "{id}: {tie:?}");
        }
    });
}

#[test]
fn every_arrow_is_hit_at_its_middle_or_on_its_label() {
    for_each_run(|id, trace| {
        for width in [320.0, 900.0] {
            let ladder = ladder(trace, width);
            let axis = ladder.axis();
            let scene = whole(&ladder, trace, axis.playhead_at(0.0));
            for arrow in &scene.arrows {
                let middle = arrow.from.toward(arrow.to, 0.5);
                // Where arrows cross, either is right; so somewhere along it must be its own.
                let own = [0.5, 0.35, 0.65, 0.2, 0.8].into_iter().any(|part| {
                    let at = arrow.from.toward(arrow.to, part);
                    let target = hit(&scene, &ladder, at.x, at.y, REACH_MOUSE);
                    target == Some(Target::Packet(arrow.packet))
                });
                assert!(own, "{id} at {width}: {arrow:?}");
                let target = hit(&scene, &ladder, middle.x, middle.y, REACH_MOUSE);
                assert!(matches!(target, Some(Target::Packet(_))), "{id} at {width}: {arrow:?}");
            }
        }
    });
}

#[test]
fn states_calls_timers_folds_and_lifelines_are_hit() {
    let timeline = run("lost-last-ack");
    let trace = timeline.trace();
    let ladder = ladder(trace, 900.0);
    let axis = ladder.axis();
    let scene = whole(&ladder, trace, axis.playhead(trace.at(trace.duration())));
    let at = |x: f64, y: f64| hit(&scene, &ladder, x, y, REACH_MOUSE);
    for call in &scene.calls {
        let label = call.label.as_ref().expect("room for calls");
        let middle = label.bounds().center();
        assert_eq!(at(middle.x, middle.y), Some(Target::Call(call.host, call.record)));
        assert!(matches!(trace.record(call.record).kind, RecordKind::Call { .. }));
    }
    for band in scene.bands.iter().filter(|band| band.y1 - band.y0 > 60.0) {
        let outer = if band.host.0 == 0 { band.x + 1.0 } else { band.x + band.width - 1.0 };
        let target = at(outer, band.y1 - 20.0);
        assert_eq!(target, Some(Target::State(band.host, band.since)), "{band:?}");
    }
    assert!(!scene.timers.is_empty());
    for timer in &scene.timers {
        let middle = timer.label.as_ref().expect("room for timers").bounds().center();
        assert_eq!(at(middle.x, middle.y), Some(Target::Timer(timer.host, timer.set_by)));
    }
    for fold in &scene.folds {
        let middle = fold.label.as_ref().expect("room for folds").bounds().center();
        assert_eq!(at(middle.x, middle.y), Some(Target::Fold(fold.from, fold.to)));
    }
    let [left, right] = ladder.layout().ends();
    let between = (left + right) / 2.0;
    assert_eq!(at(between, 5.0), None);
    assert!(matches!(at(left + 4.0, axis.height() - 5.0), Some(Target::Lifeline(..))));
}

#[test]
fn a_selected_arrow_always_says_what_it_is() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        let ladder = ladder(trace, 320.0);
        let playhead = ladder.axis().playhead_at(0.0);
        for packet in (0..trace.packets().len()).filter_map(|p| u32::try_from(p).ok()) {
            let packet = PacketIndex(packet);
            let scene = ladder.scene(trace, 0.0..ladder.axis().height(), playhead, Some(packet));
            let selected: Vec<_> = scene.arrows.iter().filter(|arrow| arrow.selected).collect();
            assert_eq!(selected.len(), 1, "{id}");
            assert_eq!(selected[0].packet, packet, "{id}");
            assert!(selected[0].label.is_some(), "{id}: {packet:?}");
        }
    }
}
