//! The line that a label stands on, and the places along it.

use std::ops::Range;

use super::arrows::Sent;
use super::zoom::Zoom;
use super::{Anchor, Label, LadderLayout};
use crate::Point;
use crate::geometry::between;

/// What is kept free at either end of an arrow.
pub(super) const INSET: f64 = 20.0;
/// Between an arrow and the text above it.
const GAP: f64 = 3.0;
/// Where a label may stand, as a part of what it could be moved: near the sender first.
pub(super) const PLACES: [f64; 6] = [0.1, 0.0, 0.3, 0.5, 0.7, 0.9];
/// How far above its arrow's beginning a label may stand.
pub(super) const ABOVE: f64 = 28.0;

/// On which side of its arrow a label stands.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Above,
    Below,
}

/// A place for a text: its middle and its width.
pub(super) struct Spot {
    pub(super) at: Point,
    pub(super) width: f64,
}

/// The line that a label stands on: from one lifeline to the other, also where the arrow ends
/// before.
pub(super) struct Line {
    from: Point,
    to: Point,
    pub(super) length: f64,
    pub(super) size: f64,
    /// In which a text along it reads: from left to right, whichever way the arrow goes.
    angle: f64,
    /// The same as a direction of length 1.
    along: Point,
    /// Between these places along it a text may stand.
    least: f64,
    most: f64,
}

impl Line {
    pub(super) fn of(sent: &Sent, layout: &LadderLayout, zoom: &Zoom) -> Self {
        let [from, to] = sent.along(zoom);
        let (left, right) = if from.x <= to.x { (from, to) } else { (to, from) };
        let angle = (right.y - left.y).atan2(right.x - left.x);
        let length = from.distance(to).max(1.0);
        let along = Point::new((right.x - left.x) / length, (right.y - left.y) / length);
        let (size, most) = (layout.label_size, length - INSET);
        Self { from, to, length, size, angle, along, least: INSET, most }
    }

    /// The same line; a text may stand between these places along it.
    pub(super) const fn within(&self, least: f64, most: f64) -> Self {
        Self { least, most, ..*self }
    }

    /// The lowest that a text at a spot gets.
    pub(super) fn lowest(&self, spot: &Spot) -> f64 {
        let half = spot.width / 2.0;
        spot.at.y + (half * self.along.y).abs() + self.size
    }

    /// The place of a text beside the line, so far along what it can be moved; none if it is too
    /// long.
    pub(super) fn spot(&self, text: &str, part: f64, side: Side) -> Option<Spot> {
        let width = Label::width_of(text, self.size);
        let free = self.most - self.least - width;
        self.spot_at(text, self.least + part * free + width / 2.0, side)
    }

    /// The place of a text whose middle is so far along the line; none if it is too long for that.
    pub(super) fn spot_at(&self, text: &str, along: f64, side: Side) -> Option<Spot> {
        let width = Label::width_of(text, self.size);
        let half = width / 2.0 - 1e-6;
        if along < self.least + half || along > self.most - half || text.is_empty() {
            return None;
        }
        let on_line = self.from.toward(self.to, along / self.length);
        let up = match side {
            Side::Above => self.size / 2.0 + GAP,
            Side::Below => -self.size / 2.0 - GAP,
        };
        Some(Spot {
            at: Point::new(on_line.x + up * self.along.y, on_line.y - up * self.along.x),
            width,
        })
    }

    /// The place of a text on the middle of the line, where it is too short for any other.
    pub(super) fn middle(&self, text: &str) -> Spot {
        Spot { at: self.from.toward(self.to, 0.5), width: Label::width_of(text, self.size) }
    }

    /// Places of a text about the line, whether it is as long or not: the nearest first.
    pub(super) fn about(&self, text: &str) -> impl Iterator<Item = Spot> + '_ {
        let width = Label::width_of(text, self.size);
        let near = self.size / 2.0 + GAP;
        let aside = [0.0, near, -near, self.reach(), -self.reach()];
        aside.into_iter().flat_map(move |up| {
            [0.5, 0.25, 0.75, 0.0, 1.0].into_iter().map(move |part| {
                let at = self.from.toward(self.to, part);
                Spot { at: Point::new(at.x + up * self.along.y, at.y - up * self.along.x), width }
            })
        })
    }

    pub(super) fn label(&self, text: &str, spot: &Spot) -> Label {
        Label {
            text: text.to_owned(),
            at: spot.at,
            angle: self.angle,
            along: self.along,
            anchor: Anchor::Middle,
            size: self.size,
        }
    }

    /// How far along the line a point is.
    pub(super) fn along(&self, point: Point) -> f64 {
        let (dx, dy) = (self.to.x - self.from.x, self.to.y - self.from.y);
        ((point.x - self.from.x) * dx + (point.y - self.from.y) * dy) / self.length
    }

    /// How far along the line the middle of a text usually is.
    pub(super) fn usual(&self, text: &str) -> f64 {
        let width = Label::width_of(text, self.size);
        self.least + PLACES[0] * (self.most - self.least - width) + width / 2.0
    }

    /// How far to the right it begins, and where it ends.
    pub(super) const fn ends(&self) -> [f64; 2] {
        [self.from.x, self.to.x]
    }

    /// The heights at which something may be written along it.
    pub(super) fn heights(&self) -> Range<f64> {
        self.from.y.min(self.to.y) - ABOVE..self.from.y.max(self.to.y) + ABOVE
    }

    /// The corners of a text, with so much more above and below.
    pub(super) fn corners(&self, spot: &Spot, margin: f64) -> [Point; 4] {
        let (x, y) = (spot.width / 2.0, self.size / 2.0 + margin);
        self.around(spot.at, x, y)
    }

    /// All that a label of the line could cover that ends above `lowest`, on either side, with a
    /// line of text around it; and its middle in the line's own coordinates.
    pub(super) fn strip(&self, lowest: f64) -> ([Point; 4], Point) {
        let down = self.along.y.abs().max(f64::EPSILON);
        let length = between((lowest - self.from.y) / down + self.reach(), 0.0, self.length);
        let middle = self.from.toward(self.to, length / 2.0 / self.length);
        (self.around(middle, length / 2.0, self.reach()), self.own(middle))
    }

    pub(super) fn reach(&self) -> f64 {
        2.0 * self.size + GAP
    }

    /// The corners of a box along the line, by its middle and half of its sides.
    fn around(&self, at: Point, x: f64, y: f64) -> [Point; 4] {
        let (sin, cos) = (self.along.y, self.along.x);
        [(-x, -y), (x, -y), (x, y), (-x, y)]
            .map(|(x, y)| Point::new(at.x + x * cos - y * sin, at.y + x * sin + y * cos))
    }

    /// A point in the line's own coordinates: how far along the text's direction from where the
    /// line begins at the left, and how far below it.
    pub(super) fn own(&self, point: Point) -> Point {
        let left = if self.from.x <= self.to.x { self.from } else { self.to };
        let (x, y) = (point.x - left.x, point.y - left.y);
        Point::new(x * self.along.x + y * self.along.y, y * self.along.x - x * self.along.y)
    }
}
