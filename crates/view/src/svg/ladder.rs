//! The ladder as SVG.

use tcpscope_sim::{Fate, PacketKind};
use tcpscope_tcp::State;

use super::{Svg, Theme};
use crate::{
    Anchor, Arrow, Band, CallMark, Dot, FoldMark, LadderScene, Point, Tense, Tie, TimerMark,
};

/// Above the figure, for the hosts' names.
const HEADER: f64 = 32.0;
const HEAD: f64 = 9.0;

/// The ladder as an SVG document. `dots` are the packets under way.
#[must_use]
pub fn ladder_svg(scene: &LadderScene, dots: &[Dot], theme: Theme) -> String {
    let height = scene.visible.end - scene.visible.start;
    let top = scene.visible.start - HEADER;
    let mut svg = Svg::new("ladder", 0.0, top, scene.width, height + HEADER, theme);
    for band in &scene.bands {
        draw_band(&mut svg, band);
    }
    for line in &scene.lifelines {
        svg.line("lifeline", Point::new(line.x, line.y0), Point::new(line.x, line.y1));
    }
    for time in &scene.times {
        let at = Point::new(time.label.at.x + 3.0, time.label.at.y);
        svg.line("tick", at, Point::new(at.x + 5.0, at.y));
        svg.label(&format!("time {}", time.tense.name()), &time.label);
    }
    scene.timers.iter().for_each(|timer| draw_timer(&mut svg, timer));
    scene.ties.iter().for_each(|tie| draw_tie(&mut svg, tie));
    scene.arrows.iter().for_each(|arrow| draw_arrow(&mut svg, arrow));
    for arrow in &scene.arrows {
        if let Some(label) = &arrow.label {
            let class = format!("label {} {}", kind_class(arrow.kind), arrow.tense.name());
            svg.label(&class, label);
        }
    }
    scene.calls.iter().for_each(|call| draw_call(&mut svg, call));
    scene.folds.iter().for_each(|fold| draw_fold(&mut svg, fold));
    let y = scene.playhead.y;
    svg.line("playhead", Point::new(0.0, y), Point::new(scene.width, y));
    for dot in dots {
        let kind = kind_class(dot.kind);
        svg.line(&format!("tail {kind}"), dot.tail, dot.at);
        svg.circle(&format!("dot {kind}"), dot.at, 6.0);
    }
    for line in &scene.lifelines {
        svg.text("host", Point::new(line.x, top + HEADER / 2.0), Anchor::Middle, 13.0, &line.name);
    }
    svg.finish()
}

fn draw_band(svg: &mut Svg, band: &Band) {
    let (class, tense) = (state_class(band.state), band.tense.name());
    svg.rect(&format!("band {class} {tense}"), band.x, band.y0, band.width, band.y1 - band.y0, 0.0);
    let left = Point::new(band.x, band.y0);
    svg.line(&format!("band-edge {tense}"), left, Point::new(band.x + band.width, band.y0));
    if let Some(name) = &band.name {
        svg.label(&format!("name {tense}"), name);
    }
}

fn draw_timer(svg: &mut Svg, timer: &TimerMark) {
    svg.open(&format!("timer-mark {}", timer.tense.name()));
    svg.path("timer", &timer.path);
    if let Some(elapsed) = &timer.elapsed {
        svg.path("timer elapsed", elapsed);
    }
    if timer.expires {
        let end = timer.path.end();
        let inwards = if end.x < timer.path.steps[0].end().x { std::f64::consts::PI } else { 0.0 };
        svg.head("timer-end", end, inwards, 6.0);
    }
    if let Some(label) = &timer.label {
        svg.label("timer-name", label);
    }
    svg.close();
}

fn draw_tie(svg: &mut Svg, tie: &Tie) {
    svg.open(tie.tense.name());
    svg.path("tie", &tie.path);
    svg.circle("tie-end", tie.path.start, 2.0);
    svg.circle("tie-end", tie.path.end(), 2.0);
    svg.close();
}

fn draw_arrow(svg: &mut Svg, arrow: &Arrow) {
    let kind = kind_class(arrow.kind);
    let again = if arrow.retransmission { " again" } else { "" };
    let class = format!("arrow {kind}{again}");
    let angle = (arrow.to.y - arrow.from.y).atan2(arrow.to.x - arrow.from.x);
    let selected = if arrow.selected { " selected" } else { "" };
    if arrow.tense == Tense::Present {
        svg.line(&format!("{class} future"), arrow.tip, arrow.to);
    }
    svg.open(&format!("segment {}{selected}", arrow.tense.name()));
    let end = if arrow.tense == Tense::Present { arrow.tip } else { arrow.to };
    svg.line(&class, arrow.from, end);
    if arrow.tense != Tense::Present {
        match arrow.fate {
            Fate::Delivered | Fate::Corrupted | Fate::Duplicate => {
                svg.head(&format!("head {kind}"), arrow.to, angle, HEAD);
            }
            Fate::Lost | Fate::Dropped => svg.cross("cross", arrow.to, 5.5),
        }
    }
    svg.close();
}

fn draw_call(svg: &mut Svg, call: &CallMark) {
    svg.open(call.tense.name());
    let turn = if call.host.0 == 0 { 0.0 } else { std::f64::consts::PI };
    svg.head("timer-end", call.at, turn, 6.0);
    if let Some(label) = &call.label {
        svg.label("call", label);
    }
    svg.close();
}

fn draw_fold(svg: &mut Svg, fold: &FoldMark) {
    for path in &fold.breaks {
        svg.path("casing", path);
        svg.path("gap", path);
    }
    svg.label(&format!("fold {}", fold.tense.name()), &fold.label);
}

/// The class of a kind of packet.
fn kind_class(kind: PacketKind) -> &'static str {
    kind.name()
}

/// The class of a state: what the connection is doing in it.
fn state_class(state: State) -> &'static str {
    match state {
        State::Closed | State::Listen => "none",
        State::SynSent | State::SynReceived => "opening",
        State::Established => "open",
        State::FinWait1 | State::FinWait2 | State::CloseWait | State::Closing | State::LastAck => {
            "closing"
        }
        State::TimeWait => "waiting",
    }
}
