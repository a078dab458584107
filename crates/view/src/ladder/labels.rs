//! Where a segment's label goes: along its arrow, clear of other labels and, if it can be, of
//! other arrows.

use std::ops::Range;

use tcpscope_sim::{PacketIndex, Trace};

use super::arrows::Sent;
use super::{Anchor, Arrow, Label, LadderLayout};
use crate::{Detail, Numbers, Point, Rect, flags_text, segment_label};

/// What is kept free at either end of an arrow.
const INSET: f64 = 20.0;
/// Between an arrow and the text above it.
const GAP: f64 = 3.0;
/// Where a label may stand, as a part of what it could be moved: near the sender first.
const PLACES: [f64; 6] = [0.1, 0.0, 0.3, 0.5, 0.7, 0.9];
/// As many neighbours are looked at on either side: in what is denser nothing can be read anyway.
const NEIGHBOURS: usize = 48;

/// What labels are placed among.
pub(super) struct Placing<'a> {
    pub(super) trace: &'a Trace,
    pub(super) numbers: Numbers,
    pub(super) layout: &'a LadderLayout,
    /// The arrows, from the top. Those before the one that is looked at have their labels.
    pub(super) all: &'a [Sent],
    /// Texts that were there before, from the top.
    pub(super) captions: &'a [Label],
}

impl Placing<'_> {
    /// The label of the arrow at `index`, where there is room for one: the fuller the better,
    /// above its arrow rather than below it, and across another arrow only if it must.
    /// `near` are the places of its neighbours.
    pub(super) fn label(&self, near: Range<usize>, index: usize) -> Option<Label> {
        let arrow = &self.all[index].arrow;
        let line = Line::of(arrow, self.layout);
        let first = near.start.max(index.saturating_sub(NEIGHBOURS));
        let last = near.end.min(index + NEIGHBOURS);
        let others =
            || (first..last).filter(|other| *other != index).map(|other| &self.all[other].arrow);
        let is_free = |label: &Label| {
            others().filter_map(|other| other.label.as_ref()).all(|taken| !label.overlaps(taken))
                && self.captions_near(label).all(|caption| !label.overlaps(caption))
        };
        let is_clear = |label: &Label, margin: f64| {
            !others().any(|other| label.is_crossed(other.from, other.to, margin))
        };

        let [long, short, numbers, flags] = self.texts(arrow.packet);
        let full = [long.as_str(), &short, &numbers];
        let brief = [short.as_str(), &numbers, &flags];
        let find = |texts: &[&str], side: Side, fits: &dyn Fn(&Label) -> bool| {
            let places = |text| PLACES.into_iter().map(move |part| (text, part));
            texts
                .iter()
                .flat_map(|text| places(*text))
                .filter_map(|(text, part)| line.label(text, part, side))
                .find(|label| is_free(label) && fits(label))
        };
        let clear = |label: &Label| is_clear(label, 0.0);
        // Below its arrow a label could be taken for the next one's, so that one must be far off.
        let apart = |label: &Label| is_clear(label, label.size);
        find(&full, Side::Above, &clear)
            .or_else(|| find(&full, Side::Below, &apart))
            .or_else(|| find(&[&flags], Side::Above, &clear))
            .or_else(|| find(&[&flags], Side::Below, &apart))
            .or_else(|| find(&brief, Side::Above, &|_| true))
    }

    /// The label of a selected arrow: all of it, whatever is in the way.
    pub(super) fn whole(&self, arrow: &Arrow) -> Label {
        let line = Line::of(arrow, self.layout);
        let texts = self.texts(arrow.packet);
        let above = |text: &String| line.label(text, PLACES[0], Side::Above);
        let [.., flags] = &texts;
        texts.iter().find_map(above).unwrap_or_else(|| Label {
            text: flags.clone(),
            at: arrow.from.toward(arrow.to, 0.5),
            angle: 0.0,
            anchor: Anchor::Middle,
            size: self.layout.label_size,
        })
    }

    /// What may be written, the fullest first.
    fn texts(&self, packet: PacketIndex) -> [String; 4] {
        let text = |detail| segment_label(self.trace, packet, self.numbers, detail);
        let short = text(Detail::Short);
        let numbers = short.split(" win=").next().unwrap_or_default().to_owned();
        let flags = flags_text(&self.trace.packet(packet).segment);
        [text(Detail::Long), short, numbers, flags]
    }

    fn captions_near(&self, label: &Label) -> impl Iterator<Item = &Label> {
        let Rect { y, height, .. } = label.bounds();
        let (top, bottom) = (y - label.size, y + height + label.size);
        let first = self.captions.partition_point(|caption| caption.at.y < top);
        self.captions[first..].iter().take_while(move |caption| caption.at.y <= bottom)
    }
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
