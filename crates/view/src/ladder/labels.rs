//! Where a segment's label goes: along its arrow, clear of other labels and, if it can be, of
//! other arrows.

use std::ops::Range;

use tcpscope_sim::{PacketIndex, Trace};

use super::arrows::Sent;
use super::{Anchor, Arrow, Label, LadderLayout};
use crate::{Detail, Numbers, Point, segment_label};

/// What is kept free at either end of an arrow.
const INSET: f64 = 20.0;
/// Between an arrow and the text above it.
const GAP: f64 = 3.0;
/// Where a label may stand, as a part of what it could be moved: near the sender first.
const PLACES: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];
/// As many neighbours are looked at on either side: in what is denser nothing can be read anyway.
const NEIGHBOURS: usize = 48;

/// The label of the arrow at `index`, where there is room for one. Those before it have theirs;
/// `near` are the places of its neighbours.
pub(super) fn place(
    trace: &Trace,
    numbers: Numbers,
    layout: &LadderLayout,
    all: &[Sent],
    near: Range<usize>,
    index: usize,
) -> Option<Label> {
    let arrow = &all[index].arrow;
    let line = Line::of(arrow, layout);
    let first = near.start.max(index.saturating_sub(NEIGHBOURS));
    let last = near.end.min(index + NEIGHBOURS);
    let others = || (first..last).filter(|other| *other != index).map(|other| &all[other].arrow);
    let clear_of_labels = |label: &Label| {
        others().all(|other| other.label.as_ref().is_none_or(|taken| !label.overlaps(taken)))
    };
    let clear_of_arrows =
        |label: &Label| !others().any(|other| label.is_crossed(other.from, other.to));

    let texts = texts(trace, numbers, arrow.packet);
    let along = |side: Side| {
        let line = &line;
        move |text: &String| {
            let text = text.clone();
            PLACES.into_iter().filter_map(move |part| line.label(&text, part, side))
        }
    };
    let above = || texts.iter().flat_map(along(Side::Above));
    // Below its arrow a label could be taken for the next one's, so that one must be far off.
    let below = || texts.iter().flat_map(along(Side::Below));
    let is_its_own =
        |label: &Label| clear_of_arrows(&Label { size: 2.4 * label.size, ..label.clone() });
    above()
        .find(|label| clear_of_labels(label) && clear_of_arrows(label))
        .or_else(|| below().find(|label| clear_of_labels(label) && is_its_own(label)))
        .or_else(|| above().find(clear_of_labels))
}

/// The label of a selected arrow: all of it, whatever is in the way.
pub(super) fn whole(
    trace: &Trace,
    numbers: Numbers,
    layout: &LadderLayout,
    arrow: &Arrow,
) -> Label {
    let line = Line::of(arrow, layout);
    let [long, short] = texts(trace, numbers, arrow.packet);
    let part = PLACES[0];
    let above = |text| line.label(text, part, Side::Above);
    above(&long).or_else(|| above(&short)).unwrap_or_else(|| Label {
        text: short,
        at: arrow.from.toward(arrow.to, 0.5),
        angle: 0.0,
        anchor: Anchor::Middle,
        size: layout.label_size,
    })
}

/// What may be written, the fullest first.
fn texts(trace: &Trace, numbers: Numbers, packet: PacketIndex) -> [String; 2] {
    [Detail::Long, Detail::Short].map(|detail| segment_label(trace, packet, numbers, detail))
}

/// On which side of its arrow a label stands.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

/// The line that a label stands on: from one lifeline to the other, also where the arrow ends
/// before.
struct Line {
    from: Point,
    to: Point,
    length: f64,
    size: f64,
}

impl Line {
    fn of(arrow: &Arrow, layout: &LadderLayout) -> Self {
        let across = layout.lifelines[1] - layout.lifelines[0];
        let part = across / (arrow.to.x - arrow.from.x).abs().max(1.0);
        let to = arrow.from.toward(arrow.to, part);
        let length = arrow.from.distance(to);
        Self { from: arrow.from, to, length, size: layout.label_size }
    }

    /// The text beside the line, so far along what it can be moved; none if it is too long.
    fn label(&self, text: &str, part: f64, side: Side) -> Option<Label> {
        let width = Label::width_of(text, self.size);
        let free = self.length - 2.0 * INSET - width;
        if free < 0.0 || text.is_empty() {
            return None;
        }
        let along = (INSET + part * free + width / 2.0) / self.length;
        let on_line = self.from.toward(self.to, along);
        // It reads from left to right, whichever way the arrow goes.
        let (left, right) =
            if self.from.x <= self.to.x { (self.from, self.to) } else { (self.to, self.from) };
        let angle = (right.y - left.y).atan2(right.x - left.x);
        let above = match side {
            Side::Above => self.size / 2.0 + GAP,
            Side::Below => -self.size / 2.0 - GAP,
        };
        let at = Point::new(on_line.x + above * angle.sin(), on_line.y - above * angle.cos());
        Some(Label { text: text.to_owned(), at, angle, anchor: Anchor::Middle, size: self.size })
    }
}
