//! What goes across the whole figure: times at the margin, folds.

use std::ops::Range;

use tcpscope_sim::HostId;

use super::text::{fold_text, time_text};
use super::zoom::Zoom;
use super::{Anchor, Column, FoldMark, Label, LadderLayout, Tense, TimeMark};
use crate::{Fold, Path, PathStep, Playhead, Point, TimeAxis};

/// Drawn smaller, at most one time is written in so many pixels.
const TIMES_APART: f64 = 30.0;
/// A fold that is drawn lower than this does not show.
const LEAST_FOLD: f64 = 6.0;

/// The times that lie in `visible`.
pub(super) fn times(
    axis: &TimeAxis,
    layout: &LadderLayout,
    zoom: &Zoom,
    visible: &Range<f64>,
    playhead: Playhead,
) -> Vec<TimeMark> {
    let ticks = axis.ticks();
    let from = |y: f64| zoom.from(y);
    let first = ticks.partition_point(|tick| tick.y < from(visible.start - layout.note_size));
    let last = ticks.partition_point(|tick| tick.y <= from(visible.end + layout.note_size));
    let places: Vec<usize> = if zoom.factor() < 1.0 {
        thinned(axis, zoom, visible)
    } else {
        (first..last.max(first)).collect()
    };
    // Times that differ by less than is written are written once.
    let text = |index: usize| time_text(ticks[index].at, layout.width >= 520.0);
    let repeats = |index: usize| index > 0 && text(index) == text(index - 1);
    places
        .into_iter()
        .filter(|index| !repeats(*index))
        .map(|index| TimeMark {
            at: ticks[index].at,
            label: Label {
                text: text(index),
                at: Point::new(layout.times, zoom.to(ticks[index].y)),
                angle: 0.0,
                along: Point::RIGHT,
                anchor: Anchor::End,
                size: layout.note_size,
            },
            tense: if ticks[index].at <= playhead.moment.at { Tense::Past } else { Tense::Future },
        })
        .collect()
}

/// The first tick of each stretch of the margin, where it is far enough from the first of the
/// stretch before: the same ones wherever the view begins.
fn thinned(axis: &TimeAxis, zoom: &Zoom, visible: &Range<f64>) -> Vec<usize> {
    let ticks = axis.ticks();
    let first_of = |stretch: f64| {
        let first = ticks.partition_point(|tick| zoom.to(tick.y) < stretch * TIMES_APART);
        let y = zoom.to(ticks.get(first)?.y);
        (y < (stretch + 1.0) * TIMES_APART).then_some((first, y))
    };
    let mut stretch = (visible.start / TIMES_APART).floor() - 1.0;
    let mut before = first_of(stretch - 1.0).map_or(f64::NEG_INFINITY, |(_, y)| y);
    let mut places = Vec::new();
    while stretch * TIMES_APART <= visible.end {
        if let Some((place, y)) = first_of(stretch) {
            if y - before >= TIMES_APART / 2.0 {
                places.push(place);
            }
            before = y;
        }
        stretch += 1.0;
    }
    places
}

/// The folds that lie in `visible`.
pub(super) fn folds(
    axis: &TimeAxis,
    layout: &LadderLayout,
    zoom: &Zoom,
    visible: &Range<f64>,
    playhead: Playhead,
) -> Vec<FoldMark> {
    axis.folds_in(zoom.from(visible.start)..zoom.from(visible.end))
        .iter()
        .filter(|fold| zoom.to(fold.y1) - zoom.to(fold.y0) >= LEAST_FOLD)
        .map(|fold| {
            let middle = break_at(layout, zoom, fold);
            let break_of = |column: &Column, is_host: bool| {
                let outer = column.x + column.outwards * if is_host { layout.band } else { 0.0 };
                zigzag(outer.min(column.x), outer.max(column.x), middle)
            };
            let columns = (0..).map(HostId).zip(&layout.columns);
            FoldMark {
                from: fold.from,
                to: fold.to,
                y0: zoom.to(fold.y0),
                y1: zoom.to(fold.y1),
                label: caption(layout, zoom, fold),
                breaks: columns
                    .map(|(place, column)| break_of(column, layout.places.is_host(place)))
                    .collect(),
                tense: if fold.to <= playhead.moment.at {
                    Tense::Past
                } else if fold.from < playhead.moment.at {
                    Tense::Present
                } else {
                    Tense::Future
                },
            }
        })
        .collect()
}

/// How long a fold lasts, written between the lifelines, where there is room for it.
pub(super) fn caption(layout: &LadderLayout, zoom: &Zoom, fold: &Fold) -> Option<Label> {
    let (top, bottom) = (zoom.to(fold.y0), zoom.to(fold.y1));
    (bottom - top >= layout.note_size + 6.0).then(|| Label {
        text: fold_text(fold.to.since(fold.from)),
        at: Point::new(layout.middle(), top.midpoint(bottom)),
        angle: 0.0,
        along: Point::RIGHT,
        anchor: Anchor::Middle,
        size: layout.note_size,
    })
}

/// Where the lifelines break: in the middle of a fold, but where names stand upright in the bands
/// near its end, to leave room for them.
pub(super) fn break_at(layout: &LadderLayout, zoom: &Zoom, fold: &Fold) -> f64 {
    let (top, bottom) = (zoom.to(fold.y0), zoom.to(fold.y1));
    if layout.has_notes() {
        top.midpoint(bottom)
    } else {
        (bottom - BREAK).max(top.midpoint(bottom))
    }
}

/// The height that is kept for a break, above its middle and below.
pub(super) const BREAK: f64 = 12.0;

/// A zigzag across a band and its lifeline, a little wider than they are.
fn zigzag(left: f64, right: f64, middle: f64) -> Path {
    const TEETH: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
    let (left, right) = (left - 4.0, right + 4.0);
    let mut down = false;
    let mut points = TEETH.map(|part| {
        down = !down;
        Point::new(left + (right - left) * part, middle + if down { 3.0 } else { -3.0 })
    });
    points[0].y = middle;
    points[TEETH.len() - 1].y = middle;
    Path { start: points[0], steps: points[1..].iter().map(|end| PathStep::Line(*end)).collect() }
}
