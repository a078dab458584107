//! What is under the pointer.

use std::iter;

use tcpscope_sim::{HostId, PacketIndex, RecordId};
use tcpscope_tcp::Instant;

use crate::{
    Arrow, Band, CallMark, FoldMark, Ladder, LadderScene, MessageMark, PathStep, Point, Rect,
    TimerMark,
};

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A segment.
    Packet(PacketIndex),
    /// A call of an application: the record of it.
    Call(HostId, RecordId),
    /// A timer: the record of its setting.
    Timer(HostId, RecordId),
    /// An ICMP message: whom it reaches, and the record of that.
    Message(HostId, RecordId),
    /// A state: the record that it begins with.
    State(HostId, RecordId),
    /// A host's line, at a time.
    Lifeline(HostId, Instant),
    /// A stretch that is folded, from here to there.
    Fold(Instant, Instant),
    /// A note, by its place in the list, and the record that it is about.
    Note(usize, RecordId),
}

/// How near a mouse has to come.
pub const REACH_MOUSE: f64 = 8.0;
/// How near a finger has to come.
pub const REACH_TOUCH: f64 = 14.0;

/// What lies within `reach` of a point of the figure, in the figure's own coordinates. Of several
/// the nearest segment comes first, then calls, timers, states, folds, and the lifeline last.
#[must_use]
pub fn hit(scene: &LadderScene, ladder: &Ladder, x: f64, y: f64, reach: f64) -> Option<Target> {
    let point = Point::new(x, y);
    note(scene, point, reach)
        .or_else(|| packet(scene, point, reach))
        .or_else(|| message(scene, point, reach))
        .or_else(|| call(scene, point, reach))
        .or_else(|| timer(scene, point, reach))
        .or_else(|| state(scene, point))
        .or_else(|| lifeline(scene, ladder, point, reach))
        .or_else(|| fold(scene, point))
}

fn note(scene: &LadderScene, point: Point, reach: f64) -> Option<Target> {
    let near = scene.notes.iter().find(|note| note.at.distance(point) <= reach)?;
    Some(Target::Note(near.note, near.record))
}

/// The nearest segment; of two that are as near, the later, which is drawn above.
fn packet(scene: &LadderScene, point: Point, reach: f64) -> Option<Target> {
    let far = |arrow: &Arrow| {
        let on_label = arrow.label.as_ref().is_some_and(|label| label.contains(point));
        // Whoever points at a label means its arrow, if no other arrow is right there.
        let label = if on_label { reach * 0.75 } else { f64::INFINITY };
        let far = |[from, to]: [Point; 2]| point.distance_to_line(from, to);
        arrow.stretches().map(far).fold(label, f64::min)
    };
    let near = scene.arrows.iter().rev().map(|arrow| (far(arrow), arrow.packet));
    near.filter(|(far, _)| *far <= reach)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, packet)| Target::Packet(packet))
}

fn call(scene: &LadderScene, point: Point, reach: f64) -> Option<Target> {
    let is_near = |call: &&CallMark| {
        point.distance(call.at) <= reach
            || call.label.as_ref().is_some_and(|label| label.contains(point))
    };
    scene.calls.iter().find(is_near).map(|call| Target::Call(call.host, call.record))
}

fn message(scene: &LadderScene, point: Point, reach: f64) -> Option<Target> {
    let is_near = |message: &&MessageMark| {
        point.distance_to_line(message.from, message.to) <= reach
            || message.label.as_ref().is_some_and(|label| label.contains(point))
    };
    let near = scene.messages.iter().find(is_near);
    near.map(|message| Target::Message(message.host, message.record))
}

fn timer(scene: &LadderScene, point: Point, reach: f64) -> Option<Target> {
    let is_near = |timer: &&TimerMark| {
        let corners: Vec<_> = iter::once(timer.path.start)
            .chain(timer.path.steps.iter().map(PathStep::end))
            .collect();
        corners.windows(2).any(|piece| point.distance_to_line(piece[0], piece[1]) <= reach / 2.0)
            || timer.label.as_ref().is_some_and(|label| label.contains(point))
    };
    scene.timers.iter().find(is_near).map(|timer| Target::Timer(timer.host, timer.set_by))
}

fn state(scene: &LadderScene, point: Point) -> Option<Target> {
    let is_there = |band: &&Band| {
        let (width, height) = (band.width, band.y1 - band.y0);
        Rect { x: band.x, y: band.y0, width, height }.contains(point)
            || band.name.as_ref().is_some_and(|name| name.contains(point))
    };
    scene.bands.iter().find(is_there).map(|band| Target::State(band.host, band.since))
}

fn lifeline(scene: &LadderScene, ladder: &Ladder, point: Point, reach: f64) -> Option<Target> {
    let on_axis = ladder.on_axis(point.y);
    let near = scene
        .lifelines
        .iter()
        .filter(|line| !line.is_router)
        .find(|line| (line.x - point.x).abs() <= reach)?;
    (near.y0..=near.y1)
        .contains(&point.y)
        .then(|| Target::Lifeline(near.host, ladder.axis().time_at(on_axis)))
}

fn fold(scene: &LadderScene, point: Point) -> Option<Target> {
    let is_there = |fold: &&FoldMark| fold.label.as_ref().is_some_and(|it| it.contains(point));
    let fold = scene.folds.iter().find(is_there)?;
    Some(Target::Fold(fold.from, fold.to))
}
