//! The ladder of a figure: all of the run, or a part of it.

use std::ops::Range;

use tcpscope_sim::Trace;
use tcpscope_view::{
    LADDER_HEADER, Label, Ladder, LadderLayout, LadderScene, Playhead, Point, Rect, Svg,
    draw_hosts, draw_ladder, draw_present, host_title,
};

use super::sheet::Block;
use super::{LAST, Still};

/// How wide one of two hosts is, if nothing else is said, and what each host and router more takes.
const WIDTH: f64 = 760.0;
const MORE: f64 = 150.0;
/// A ladder that would be higher is drawn smaller, if nothing else is said: about two pages.
const HIGHEST: f64 = 2_000.0;
/// What shows of the run before and after a part of it.
const AROUND: f64 = 28.0;

/// How wide a run's ladder is, if nothing else is said.
pub(super) fn usual(trace: &Trace) -> f64 {
    let places = trace.hosts().iter().map(|_| ()).chain(trace.routers().iter().map(|_| ()));
    places.skip(2).fold(WIDTH, |width, ()| width + MORE)
}

/// A ladder, as it is drawn.
pub(super) struct Drawn {
    pub(super) block: Block,
    pub(super) scene: LadderScene,
}

/// The ladder, all of the part that is wanted.
pub(super) fn ladder(still: &Still<'_>, width: f64) -> Drawn {
    let Still { trace, numbers, part, .. } = *still;
    let mut ladder = Ladder::new(trace, LadderLayout::of(trace, width), numbers);
    let whole = visible(&ladder, still);
    let height = whole.end - whole.start;
    let most = still.height.map_or(HIGHEST, |height| (height - LADDER_HEADER).max(120.0));
    if height > most {
        ladder.set_zoom(trace, most / height);
    }
    let visible = if part.is_whole() { 0.0..ladder.height() } else { visible(&ladder, still) };
    drawn(still, &ladder, visible)
}

/// What shows of the ladder around the moment, in a window of the height that is wanted.
pub(super) fn window(still: &Still<'_>, width: f64) -> Drawn {
    let Still { trace, numbers, height, .. } = *still;
    let ladder = Ladder::new(trace, LadderLayout::of(trace, width), numbers);
    let whole = visible(&ladder, still);
    let room = height.unwrap_or(HIGHEST) - LADDER_HEADER;
    let visible = if whole.end - whole.start <= room {
        whole
    } else {
        let present = ladder.drawn(playhead(&ladder, still).y);
        let start = (present - 0.6 * room).clamp(whole.start, whole.end - room);
        start..start + room
    };
    drawn(still, &ladder, visible)
}

fn playhead(ladder: &Ladder, still: &Still<'_>) -> Playhead {
    match still.moment {
        Some(moment) => ladder.axis().playhead(moment),
        // All of it is past.
        None => Playhead { y: ladder.axis().height(), moment: still.trace.at(LAST) },
    }
}

/// The heights of the part that is wanted, as they are drawn.
fn visible(ladder: &Ladder, still: &Still<'_>) -> Range<f64> {
    let axis = ladder.axis();
    let start = still.part.from.map_or(0.0, |from| ladder.drawn(axis.y_first(from)) - AROUND);
    let end = still.part.to.map_or(f64::MAX, |to| ladder.drawn(axis.y(to)) + AROUND);
    let (start, end) = (start.max(0.0), end.min(ladder.height()));
    start..end.max(start + 40.0)
}

fn drawn(still: &Still<'_>, ladder: &Ladder, visible: Range<f64>) -> Drawn {
    let playhead = playhead(ladder, still);
    let height = visible.end - visible.start + LADDER_HEADER;
    let mut scene = ladder.scene(still.trace, visible.clone(), playhead, still.selection);
    for line in &mut scene.lifelines {
        line.name = host_title(still.locale, &line.name);
    }
    leave_out_what_is_cut(&mut scene);
    let mut svg = Svg::fragment();
    svg.open_at("ladder", Point::new(0.0, LADDER_HEADER - visible.start));
    draw_hosts(&mut svg, &scene);
    let shown = visible.end - visible.start;
    svg.open_clipped(
        "ladder",
        Rect { x: 0.0, y: visible.start, width: scene.width, height: shown },
    );
    draw_ladder(&mut svg, &scene);
    if still.moment.is_some() {
        draw_present(&mut svg, &scene, &ladder.in_flight(playhead));
    }
    svg.close();
    svg.close();
    let block = Block { width: scene.width, height, marks: svg.into_marks() };
    Drawn { block, scene }
}

/// No text is cut at the edge of what shows: it is left out.
fn leave_out_what_is_cut(scene: &mut LadderScene) {
    let visible = scene.visible.clone();
    let is_cut = |label: &Label| {
        let Rect { y, height, .. } = label.bounds();
        y < visible.start || y + height > visible.end
    };
    let arrows = scene.arrows.iter_mut().map(|arrow| &mut arrow.label);
    let bands = scene.bands.iter_mut().map(|band| &mut band.name);
    let timers = scene.timers.iter_mut().map(|timer| &mut timer.label);
    let calls = scene.calls.iter_mut().map(|call| &mut call.label);
    let messages = scene.messages.iter_mut().map(|message| &mut message.label);
    let folds = scene.folds.iter_mut().map(|fold| &mut fold.label);
    for label in arrows.chain(bands).chain(timers).chain(calls).chain(messages).chain(folds) {
        if label.as_ref().is_some_and(&is_cut) {
            *label = None;
        }
    }
    scene.times.retain(|time| !is_cut(&time.label));
}
