//! The ladder as SVG.

use tcpscope_sim::{Fate, PacketKind};
use tcpscope_tcp::State;

use super::{Svg, Theme};
use crate::{
    Anchor, Arrow, Band, CallMark, Density, Dot, FoldMark, Ghost, LadderScene, MessageMark, Path,
    PathStep, Point, SackMark, Tense, Tie, TimerMark,
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
        let class = if line.is_router { "lifeline router" } else { "lifeline" };
        svg.line(class, Point::new(line.x, line.y0), Point::new(line.x, line.y1));
    }
    for time in &scene.times {
        let at = Point::new(time.label.at.x + 3.0, time.label.at.y);
        svg.line("tick", at, Point::new(at.x + 5.0, at.y));
        svg.label(&format!("time {}", time.tense.name()), &time.label);
    }
    scene.ghosts.iter().for_each(|ghost| draw_ghost(&mut svg, ghost));
    scene.timers.iter().for_each(|timer| draw_timer(&mut svg, timer));
    scene.densities.iter().for_each(|density| draw_density(&mut svg, density));
    scene.ties.iter().for_each(|tie| draw_tie(&mut svg, tie));
    scene.arrows.iter().for_each(|arrow| draw_arrow(&mut svg, arrow));
    scene.sacks.iter().for_each(|sack| draw_sack(&mut svg, sack));
    scene.messages.iter().for_each(|message| draw_message(&mut svg, message));
    for arrow in &scene.arrows {
        if let Some(label) = &arrow.label {
            let class = format!("label {} {}", kind_class(arrow.kind), arrow.tense.name());
            svg.label(&class, label);
        }
    }
    scene.calls.iter().for_each(|call| draw_call(&mut svg, call));
    scene.folds.iter().for_each(|fold| draw_fold(&mut svg, fold));
    let y = scene.present;
    svg.line("playhead", Point::new(0.0, y), Point::new(scene.width, y));
    for dot in dots {
        let kind = kind_class(dot.kind);
        svg.line(&format!("tail {kind}"), dot.tail, dot.at);
        svg.circle(&format!("dot {kind}"), dot.at, 6.0);
    }
    for line in &scene.lifelines {
        svg.text("host", Point::new(line.x, top + HEADER / 2.0), Anchor::Middle, 13.0, &line.name);
    }
    for note in &scene.notes {
        svg.circle(&format!("note-mark {}", note.tense.name()), note.at, 4.0);
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

fn draw_sack(svg: &mut Svg, sack: &SackMark) {
    let outline = |[first, rest @ ..]: [Point; 4]| {
        let steps = rest.into_iter().chain([first]).map(PathStep::Line).collect();
        Path { start: first, steps }
    };
    svg.open(sack.tense.name());
    svg.path("sack", &outline(sack.frame));
    for block in &sack.blocks {
        svg.path("sack held", &outline(*block));
    }
    svg.close();
}

fn draw_message(svg: &mut Svg, message: &MessageMark) {
    let (from, to) = (message.from, message.to);
    svg.open(message.tense.name());
    svg.line("message", from, to);
    svg.head("message-head", to, (to.y - from.y).atan2(to.x - from.x), HEAD);
    if let Some(label) = &message.label {
        svg.label("message-name", label);
    }
    svg.close();
}

fn draw_arrow(svg: &mut Svg, arrow: &Arrow) {
    let kind = kind_class(arrow.kind);
    let again = if arrow.retransmission { " again" } else { "" };
    let class = format!("arrow {kind}{again}");
    let selected = if arrow.selected { " selected" } else { "" };
    if arrow.tense == Tense::Present {
        for [from, to] in arrow.stretches().filter(|[_, to]| to.y > arrow.tip.y) {
            let from = if from.y < arrow.tip.y { arrow.tip } else { from };
            svg.line(&format!("{class} future"), from, to);
        }
    }
    svg.open(&format!("segment {}{selected}", arrow.tense.name()));
    for [from, to] in arrow.stretches() {
        let past = arrow.tense != Tense::Present || from.y < arrow.tip.y;
        let cut = arrow.tense == Tense::Present && to.y > arrow.tip.y;
        if past {
            svg.line(&class, from, if cut { arrow.tip } else { to });
        }
    }
    for piece in &arrow.pieces {
        svg.line(&format!("piece {kind}"), piece.from, piece.to);
        if piece.is_lost {
            svg.cross("cross", piece.to, 4.0);
        }
    }
    if arrow.tense != Tense::Present {
        let [from, to] = arrow.stretches().last().unwrap_or([arrow.from, arrow.to]);
        let angle = (to.y - from.y).atan2(to.x - from.x);
        match arrow.fate {
            Fate::Delivered | Fate::Duplicate => {
                svg.head(&format!("head {kind}"), arrow.to, angle, HEAD);
            }
            Fate::Corrupted => {
                svg.head(&format!("head {kind}"), arrow.to, angle, HEAD);
                svg.path("broken", &crack(from.toward(to, 0.82), angle));
            }
            Fate::UnderWay => {}
            Fate::Lost => svg.cross("cross", arrow.to, 5.5),
            Fate::Dropped => {
                svg.circle("dropped", arrow.to, 8.0);
                svg.cross("cross", arrow.to, 4.0);
            }
        }
    }
    if arrow.is_marked {
        svg.circle("marked", arrow.from.toward(arrow.to, 0.9), 4.0);
    }
    if arrow.is_copy {
        svg.circle("fork", arrow.from, 4.5);
    }
    svg.close();
}

/// A zigzag across an arrow: what it carries is damaged.
fn crack(at: Point, angle: f64) -> Path {
    let (sin, cos) = angle.sin_cos();
    let point = |along: f64, aside: f64| {
        PathStep::Line(Point::new(
            at.x + along * cos - aside * sin,
            at.y + along * sin + aside * cos,
        ))
    };
    let steps = vec![point(2.5, -2.0), point(-2.5, 2.0), point(2.0, 7.0)];
    Path { start: point(-2.0, -7.0).end(), steps }
}

fn draw_ghost(svg: &mut Svg, ghost: &Ghost) {
    svg.line("ghost", ghost.from, ghost.to);
    if ghost.is_lost {
        svg.cross("ghost", ghost.to, 4.0);
    }
}

fn draw_density(svg: &mut Svg, density: &Density) {
    let ([a, b], [d, c]) = (density.begin, density.end);
    let steps = vec![PathStep::Line(b), PathStep::Line(c), PathStep::Line(d)];
    let again = if density.repeats > 0 { " again" } else { "" };
    let class = format!("density {}{again}", kind_class(density.kind));
    svg.open(density.tense.name());
    svg.path(&class, &Path { start: a, steps });
    if density.lost > 0 {
        svg.cross("cross", a.toward(b, 0.5).toward(d.toward(c, 0.5), 0.5), 4.0);
    }
    svg.close();
}

fn draw_call(svg: &mut Svg, call: &CallMark) {
    svg.open(call.tense.name());
    let left = call.label.as_ref().is_none_or(|label| label.anchor == Anchor::End);
    let turn = if left { 0.0 } else { std::f64::consts::PI };
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
    if let Some(label) = &fold.label {
        svg.label(&format!("fold {}", fold.tense.name()), label);
    }
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
