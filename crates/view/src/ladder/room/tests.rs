//! That asking fewer arrows, and placing fewer blocks, changes nothing.

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Timeline, Trace};

use super::*;
use crate::ladder::line::{PLACES, Side};
use crate::{LabelLevel, Ladder, LadderLayout, LadderScene, Numbers, Playhead};

const FILES: [&str; 3] = [
    include_str!("../../../../../scenarios/sliding-window.json"),
    include_str!("../../../../../scenarios/four-way-close.json"),
    include_str!("../../../../../scenarios/lost-last-ack.json"),
];

/// Runs with other seeds, so that other packets are lost, as ladders at several zooms.
fn for_each_ladder(mut check: impl FnMut(&Trace, &Ladder)) {
    for (file, text) in FILES.into_iter().enumerate() {
        let setup = Scenario::from_json(text).expect("a scenario").setup();
        for seed in 0..3 {
            let mut setup = setup.clone();
            setup.seed = seed;
            setup.links.iter_mut().for_each(|link| link.loss_ppm = 60_000);
            let timeline = Timeline::new(setup).expect("a setup that can be run");
            let trace = timeline.trace();
            for (width, zoom) in [(360.0, 1.0), (900.0, 1.0), (900.0, 0.7), (900.0, 3.0)] {
                let layout = LadderLayout::of(trace, width);
                let mut ladder = Ladder::new(trace, layout, Numbers::Relative);
                ladder.set_zoom(trace, zoom);
                check(trace, &ladder);
            }
            assert!(!trace.packets().is_empty(), "scenario {file}");
        }
    }
}

fn scene(trace: &Trace, ladder: &Ladder, visible: std::ops::Range<f64>) -> LadderScene {
    let playhead: Playhead = ladder.axis().playhead_at(0.0);
    ladder.scene(trace, visible, playhead, None)
}

#[test]
fn what_is_written_does_not_depend_on_how_much_shows() {
    for_each_ladder(|trace, ladder| {
        let all = scene(trace, ladder, 0.0..ladder.height());
        let mut top = 0.0;
        while top < ladder.height() {
            let visible = top..top + 230.0;
            // Another ladder: none of its labels is placed yet.
            let part =
                scene(trace, &ladder.clone().with_labels(LabelLevel::Usual), visible.clone());
            for arrow in &all.arrows {
                let Some(label) = &arrow.label else { continue };
                let bounds = label.bounds();
                if bounds.y < visible.end && visible.start < bounds.y + bounds.height {
                    let same = part.arrows.iter().find(|it| it.packet == arrow.packet);
                    if let Some(same) = same {
                        assert_eq!(same.label.as_ref(), Some(label), "from {top} on");
                    }
                }
            }
            top += 170.0;
        }
    });
}

#[test]
fn the_arrows_that_are_asked_first_say_what_all_would() {
    for_each_ladder(|trace, ladder| {
        let Ladder { axis, layout, zoom, arrows, beside, .. } = ladder;
        let placing = arrows.placing(trace, axis, layout, zoom, beside);
        for index in 0..placing.all.len() {
            let line = Line::of(&placing.all[index], layout, zoom);
            let room = Room::along(&placing, &line, index, f64::INFINITY, &[]);
            let mut all = room.in_strip(0..placing.all.len());
            let uprights =
                layout.uprights(line.ends()[0], line.ends()[1], &Rect::around(&room.strip));
            all.extend(uprights.map(|ends| ends.map(|end| line.own(end))));
            for text in placing.texts_of(index) {
                let spots = [Side::Above, Side::Below].into_iter().flat_map(|side| {
                    let (line, text) = (&line, text.as_str());
                    PLACES.into_iter().filter_map(move |part| line.spot(text, part, side))
                });
                for (spot, margin) in spots.flat_map(|spot| {
                    [(0.0), line.size]
                        .map(|margin| (Spot { at: spot.at, width: spot.width }, margin))
                }) {
                    let half = Point::new(spot.width / 2.0, line.size / 2.0 + margin);
                    let middle = line.own(spot.at);
                    let plain = !all.iter().any(|ends| passes(*ends, middle, half));
                    assert_eq!(room.no_arrow(&line, &spot, margin), plain, "{text}");
                }
            }
        }
    });
}
