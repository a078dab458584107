//! The present's time, in a box at the margin.

use tcpscope_tcp::Instant;

use super::text::coarse_texts;
use super::{Anchor, Label, LadderLayout, NowMark};
use crate::{Playhead, Point, Rect};

/// Between the box's sides and its text.
const PADDING: f64 = 5.0;
/// How far the box reaches above the present, and below it.
const REACH: f64 = 9.0;

/// The box of a present that is drawn at `y`: as exact as there is room for it before the names
/// and bands of the first host.
pub(super) fn now(layout: &LadderLayout, playhead: Playhead, y: f64) -> NowMark {
    let since = playhead.moment.at.since(Instant::ZERO);
    let size = if layout.has_notes() { 11.0 } else { layout.note_size };
    let wide = |text: &str| Label::width_of(text, size) + 2.0 * PADDING;
    let room = layout.margin();
    let [exact, near, coarse] = coarse_texts(since);
    let fits = |text: &String| wide(text) <= room;
    let text = [exact, near].into_iter().find(fits).unwrap_or(coarse);
    let rect = Rect { x: 0.0, y: y - REACH, width: wide(&text), height: 2.0 * REACH };
    let label = Label {
        text,
        at: Point::new(PADDING, y + 0.5),
        angle: 0.0,
        along: Point::RIGHT,
        anchor: Anchor::Start,
        size,
    };
    NowMark { rect, label }
}
