//! What goes across the whole figure: times at the margin, folds.

use std::ops::Range;

use super::text::{fold_text, time_text};
use super::{Anchor, FoldMark, Label, LadderLayout, Tense, TimeMark};
use crate::{Fold, Path, PathStep, Playhead, Point, TimeAxis};

/// The times that lie in `visible`.
pub(super) fn times(
    axis: &TimeAxis,
    layout: &LadderLayout,
    visible: &Range<f64>,
    playhead: Playhead,
) -> Vec<TimeMark> {
    let ticks = axis.ticks();
    let first = ticks.partition_point(|tick| tick.y < visible.start - layout.note_size);
    let last = ticks.partition_point(|tick| tick.y <= visible.end + layout.note_size);
    // Times that differ by less than is written are written once.
    let text = |index: usize| time_text(ticks[index].at, layout.notes > 0.0);
    let repeats = |index: usize| index > 0 && text(index) == text(index - 1);
    (first..last)
        .filter(|index| !repeats(*index))
        .map(|index| TimeMark {
            at: ticks[index].at,
            label: Label {
                text: text(index),
                at: Point::new(layout.times, ticks[index].y),
                angle: 0.0,
                along: Point::RIGHT,
                anchor: Anchor::End,
                size: layout.note_size,
            },
            tense: if ticks[index].at <= playhead.moment.at { Tense::Past } else { Tense::Future },
        })
        .collect()
}

/// The folds that lie in `visible`.
pub(super) fn folds(
    axis: &TimeAxis,
    layout: &LadderLayout,
    visible: &Range<f64>,
    playhead: Playhead,
) -> Vec<FoldMark> {
    let folds = axis.folds();
    let first = folds.partition_point(|fold| fold.y1 < visible.start);
    let last = folds.partition_point(|fold| fold.y0 <= visible.end);
    folds[first..last.max(first)]
        .iter()
        .map(|fold| {
            let middle = break_at(layout, fold);
            FoldMark {
                from: fold.from,
                to: fold.to,
                y0: fold.y0,
                y1: fold.y1,
                label: caption(layout, fold),
                breaks: [
                    zigzag(layout.lifelines[0] - layout.band, layout.lifelines[0], middle),
                    zigzag(layout.lifelines[1], layout.lifelines[1] + layout.band, middle),
                ],
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

/// How long a fold lasts, written between the lifelines.
pub(super) fn caption(layout: &LadderLayout, fold: &Fold) -> Label {
    Label {
        text: fold_text(fold.to.since(fold.from)),
        at: Point::new(
            layout.lifelines[0].midpoint(layout.lifelines[1]),
            fold.y0.midpoint(fold.y1),
        ),
        angle: 0.0,
        along: Point::RIGHT,
        anchor: Anchor::Middle,
        size: layout.note_size,
    }
}

/// Where the lifelines break: in the middle of a fold, but where names stand upright in the bands
/// near its end, to leave room for them.
pub(super) fn break_at(layout: &LadderLayout, fold: &Fold) -> f64 {
    if layout.notes > 0.0 { fold.y0.midpoint(fold.y1) } else { fold.y1 - BREAK }
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
