//! Nothing is written over anything: in every scenario's figure, at every width, zoom and moment.

use tcpscope_sim::{PacketIndex, Timeline};
use tcpscope_view::{Dot, Label, LabelLevel, Ladder, LadderLayout, LadderScene, Numbers, Rect};

use super::ladder::labels;
use super::run;

const EVERY: [&str; 21] = [
    "bufferbloat",
    "close-wait-leak",
    "fast-retransmit",
    "four-way-close",
    "fragmentation",
    "half-open",
    "keep-alive",
    "lost-last-ack",
    "lost-syn",
    "many-clients",
    "nagle-delayed-ack",
    "rst-from-closed-port",
    "simultaneous-close",
    "simultaneous-open",
    "sliding-window",
    "syn-flood",
    "three-way-handshake",
    "two-flows",
    "udp-vs-tcp",
    "why-three-not-two",
    "zero-window",
];

/// How high a part of a figure is looked at.
const VIEW: f64 = 700.0;

/// Holds that no text of a scene meets another, a mark or a packet under way.
fn assert_clear(id: &str, scene: &LadderScene, dots: &[Dot]) {
    let mut texts: Vec<&Label> = labels(scene);
    texts.sort_by(|a, b| a.bounds().y.total_cmp(&b.bounds().y));
    let bounds: Vec<Rect> = texts.iter().map(|text| text.bounds()).collect();
    for (index, a) in texts.iter().enumerate() {
        let bottom = bounds[index].y + bounds[index].height;
        let below = bounds[index + 1..].iter().take_while(|other| other.y < bottom).count();
        for b in &texts[index + 1..index + 1 + below] {
            assert!(!a.overlaps(b), "{id}: {a:?} and {b:?}");
        }
    }
    let mut marks = scene.marks();
    marks.extend(dots.iter().map(Dot::bounds));
    for (text, bounds) in texts.iter().zip(&bounds) {
        for mark in marks.iter().filter(|mark| mark.overlaps(bounds)) {
            assert!(!text.meets(mark), "{id}: {text:?} and the mark {mark:?}");
        }
    }
    let inside = |label: &Label, rect: &Rect| label.corners().iter().all(|at| rect.contains(*at));
    assert!(inside(&scene.now.label, &scene.now.rect), "{id}: {:?}", scene.now);
}

/// The moments that are looked at: when a segment is somewhere on its way, and at some heights.
fn heights(timeline: &Timeline, ladder: &Ladder) -> Vec<f64> {
    let trace = timeline.trace();
    let count = trace.packets().len();
    let flights = (0..count).step_by(count.div_ceil(9)).enumerate().filter_map(|(nth, packet)| {
        let (from, to) = ladder.place_of(PacketIndex(u32::try_from(packet).ok()?))?;
        let part = [0.02, 0.2, 0.45, 0.7, 0.95][nth % 5];
        Some(ladder.on_axis(from.y + (to.y - from.y) * part))
    });
    let height = ladder.axis().height();
    flights.chain([0.0, height * 0.37, height]).collect()
}

#[test]
fn nothing_is_written_over_anything() {
    for id in EVERY {
        let timeline = run(id);
        let trace = timeline.trace();
        for width in [320.0, 560.0, 800.0, 1400.0] {
            for level in LabelLevel::ALL {
                let layout = LadderLayout::of(trace, width);
                let mut ladder = Ladder::new(trace, layout, Numbers::Relative).with_labels(level);
                for (turn, zoom) in [1.0, 0.1, 0.5, 2.5].into_iter().enumerate() {
                    ladder.set_zoom(trace, zoom);
                    // As usual all of them; otherwise each by turns.
                    let all = heights(&timeline, &ladder).into_iter().enumerate();
                    for (nth, y) in all.filter(|(nth, _)| turn == 0 || nth % 4 == turn) {
                        let playhead = ladder.axis().playhead_at(y);
                        let top = ladder.drawn(y) - VIEW * [0.2, 0.5, 0.8][nth % 3];
                        let dots = ladder.in_flight(playhead);
                        let scene = ladder.scene(trace, top..top + VIEW, playhead, None);
                        let what = format!("{id} at {width}, {level:?}, {zoom}, {y}");
                        assert_clear(&what, &scene, &dots);
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_selected_is_written_and_others_make_room() {
    for id in EVERY {
        let timeline = run(id);
        let trace = timeline.trace();
        for width in [360.0, 800.0] {
            let ladder = Ladder::new(trace, LadderLayout::of(trace, width), Numbers::Relative);
            let count = trace.packets().len();
            for packet in (0..count).step_by(count.div_ceil(24)) {
                let packet = PacketIndex(u32::try_from(packet).expect("a packet's number"));
                let (from, to) = ladder.place_of(packet).expect("every packet has its place");
                for part in [0.1, 0.5] {
                    let playhead = ladder.axis().playhead_at(from.y + (to.y - from.y) * part);
                    let dots = ladder.in_flight(playhead);
                    let visible = from.y - VIEW / 2.0..from.y + VIEW / 2.0;
                    let scene = ladder.scene(trace, visible, playhead, Some(packet));
                    let selected = scene.arrows.iter().find(|arrow| arrow.selected);
                    assert!(
                        selected.is_some_and(|arrow| arrow.label.is_some()),
                        "{id}: {packet:?}"
                    );
                    assert_clear(&format!("{id} at {width}: {packet:?}, {part}"), &scene, &dots);
                }
            }
        }
    }
}
