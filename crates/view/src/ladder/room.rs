//! What there is along a line that a label could meet: other arrows, texts and marks.
//!
//! Where there is much of it most spots are taken, and the arrows that begin next are in the way.
//! So these are asked first; the others, and the marks, are looked for when they have to be.

use std::cell::{Cell, OnceCell};

use super::Label;
use super::labels::Placing;
use super::line::{Line, Spot};
use crate::geometry::convex_overlap;
use crate::{Point, Rect};

/// As many arrows above an arrow and below it are asked first whether they are in the way.
const NEXT: usize = 8;

/// Which arrows a label may stand across.
#[derive(Clone, Copy)]
pub(super) enum Crossing {
    /// None.
    None,
    /// None, nor may one be as near as a line of text: below its own arrow a label could be taken
    /// for the next one's.
    NoneNear,
    /// Any; but then no other text may be as near as that: what is dense is thinned out.
    Any,
    /// Any, and be as near to texts as it likes.
    Freely,
}

/// What there is along a line, as far as a label of it could meet it.
pub(super) struct Room<'a> {
    placing: &'a Placing<'a>,
    line: &'a Line,
    /// The line's own arrow.
    index: usize,
    /// All that a label could cover, and how far down.
    strip: [Point; 4],
    middle: Point,
    /// The arrows that begin next: where arrows are dense they are in the way of everything, and
    /// the others need not be looked for.
    next: Vec<[Point; 2]>,
    /// All arrows, and the lines and bands of hosts that it passes over: each by its ends, in the
    /// line's own coordinates; found when they are asked for.
    arrows: OnceCell<Vec<[Point; 2]>>,
    /// The arrow that was in the way last: often it is in the way of the next spot too.
    last: Cell<usize>,
    /// What is drawn at the ends of arrows; found when it is asked for.
    marks: OnceCell<Vec<Taken>>,
    /// Texts, and what else is said to be in the way.
    taken: Vec<Taken>,
}

/// Where something is already, and boxes around that.
struct Taken {
    corners: [Point; 4],
    /// A level one.
    bounds: Rect,
    /// One along the line, in its own coordinates: what stands along another line of the same
    /// direction takes little of it, and of a level one much.
    own: Rect,
}

/// So far apart two boxes are apart for sure, whatever was rounded on the way.
const APART: f64 = 1e-6;

impl Taken {
    fn new(line: &Line, corners: [Point; 4]) -> Self {
        let own = Rect::around(&corners.map(|corner| line.own(corner)));
        Self { corners, bounds: Rect::around(&corners), own }
    }

    /// Whether it is apart from a box along the line, given by its middle and half of its sides; the
    /// cheap half of whether they overlap.
    fn is_apart(&self, middle: Point, half: Point) -> bool {
        let Rect { x, y, width, height } = self.own;
        x > middle.x + half.x + APART
            || x + width < middle.x - half.x - APART
            || y > middle.y + half.y + APART
            || y + height < middle.y - half.y - APART
    }
}

impl<'a> Room<'a> {
    pub(super) fn along(
        placing: &'a Placing<'a>,
        line: &'a Line,
        index: usize,
        lowest: f64,
        texts: &[Label],
    ) -> Self {
        let (strip, middle) = line.strip(lowest);
        let mut room = Self {
            placing,
            line,
            index,
            strip,
            middle,
            next: Vec::new(),
            arrows: OnceCell::new(),
            last: Cell::new(0),
            marks: OnceCell::new(),
            taken: Vec::new(),
        };
        let first = index.saturating_sub(NEXT);
        room.next = room.in_strip(first..(index + NEXT + 1).min(placing.all.len()));
        for text in texts {
            room.add_text(text);
        }
        room
    }

    /// Whether a spot has room: it meets no text and no mark, and no arrow that it may not.
    pub(super) fn has(&self, line: &Line, spot: &Spot, crossing: Crossing) -> bool {
        let text = |margin| self.no_text(line, spot, margin);
        let arrow = |margin| self.no_arrow(line, spot, margin);
        match crossing {
            Crossing::None => arrow(0.0) && text(0.0),
            Crossing::NoneNear => arrow(line.size) && text(0.0),
            Crossing::Any => text(line.size),
            Crossing::Freely => text(0.0),
        }
    }

    /// Something more that is in the way.
    pub(super) fn add(&mut self, mark: &Rect) {
        self.taken.extend(self.taken_by(mark));
    }

    /// A mark, if a label of the line could meet it.
    fn taken_by(&self, mark: &Rect) -> Option<Taken> {
        let apart = self.line.own(mark.center()).y.abs();
        if apart > self.line.reach() + mark.width + mark.height {
            return None;
        }
        let taken = Taken::new(self.line, mark.corners());
        self.is_in_strip(&taken).then_some(taken)
    }

    fn add_text(&mut self, label: &Label) {
        // Most are far off: that is found without their corners.
        let radius = Label::width_of(&label.text, label.size) / 2.0 + label.size;
        if self.line.own(label.at).y.abs() > radius + self.line.reach() {
            return;
        }
        let taken = Taken::new(self.line, label.corners());
        if self.is_in_strip(&taken) {
            self.taken.push(taken);
        }
    }

    fn is_in_strip(&self, taken: &Taken) -> bool {
        !taken.is_apart(self.middle, self.half()) && convex_overlap(&self.strip, &taken.corners)
    }

    /// Half of the sides of the strip.
    fn half(&self) -> Point {
        Point::new(self.strip[0].distance(self.strip[1]) / 2.0, self.line.reach())
    }

    /// All marks of arrows that reach into the strip.
    fn marks(&self) -> &[Taken] {
        self.marks.get_or_init(|| {
            let bounds = Rect::around(&self.strip);
            let heights = bounds.y..bounds.y + bounds.height;
            let near = self.placing.marks.near(self.placing.zoom, heights);
            near.filter_map(|mark| self.taken_by(&mark)).collect()
        })
    }

    /// All arrows that pass through the strip, and what else stands upright in it.
    fn arrows(&self) -> &[[Point; 2]] {
        self.arrows.get_or_init(|| {
            let bounds = Rect::around(&self.strip);
            let zoom = self.placing.zoom;
            let heights = zoom.from(bounds.y)..zoom.from(bounds.y + bounds.height);
            let mut arrows = self.in_strip(self.placing.extents.near(heights));
            let [a, b] = self.line.ends();
            let uprights = self.placing.layout.uprights(a, b, &bounds);
            arrows.extend(uprights.map(|ends| ends.map(|end| self.line.own(end))));
            arrows
        })
    }

    /// Those of some arrows that pass through the strip.
    fn in_strip(&self, places: impl Iterator<Item = usize>) -> Vec<[Point; 2]> {
        let Self { placing, line, middle, .. } = self;
        let half = self.half();
        let mut arrows = Vec::new();
        for other in places.filter(|other| *other != self.index) {
            for stretch in placing.all[other].stretches(placing.zoom) {
                let ends = stretch.map(|end| line.own(end));
                if passes(ends, *middle, half) {
                    arrows.push(ends);
                }
            }
        }
        arrows
    }

    fn no_text(&self, line: &Line, spot: &Spot, margin: f64) -> bool {
        let half = Point::new(spot.width / 2.0, line.size / 2.0 + margin);
        let middle = line.own(spot.at);
        let corners = line.corners(spot, margin);
        let bounds = Rect::around(&corners);
        let is_free = |taken: &Taken| {
            taken.is_apart(middle, half)
                || !bounds.overlaps(&taken.bounds)
                || !convex_overlap(&corners, &taken.corners)
        };
        self.taken.iter().all(is_free) && self.marks().iter().all(is_free)
    }

    fn no_arrow(&self, line: &Line, spot: &Spot, margin: f64) -> bool {
        let half = Point::new(spot.width / 2.0, line.size / 2.0 + margin);
        let middle = line.own(spot.at);
        let is_in_the_way = |ends: &[Point; 2]| passes(*ends, middle, half);
        if self.next.iter().any(is_in_the_way) {
            return false;
        }
        let arrows = self.arrows();
        if arrows.get(self.last.get()).is_some_and(is_in_the_way) {
            return false;
        }
        let found = arrows.iter().position(is_in_the_way);
        self.last.set(found.unwrap_or(self.last.get()));
        found.is_none()
    }
}

/// Whether a line passes through a level box, given by its middle and half of its sides.
fn passes([from, to]: [Point; 2], middle: Point, half: Point) -> bool {
    let (top, bottom) = (middle.y - half.y, middle.y + half.y);
    let (upper, lower) = if from.y <= to.y { (from, to) } else { (to, from) };
    if lower.y <= top || bottom <= upper.y {
        return false;
    }
    // Where it comes into the heights of the box, and where it leaves them.
    let high = lower.y - upper.y;
    let high = if high < f64::EPSILON { f64::EPSILON } else { high };
    let at = |y: f64| {
        let part = (y - upper.y) / high;
        let part = if part < 0.0 { 0.0 } else { part };
        upper.x + (lower.x - upper.x) * if part > 1.0 { 1.0 } else { part }
    };
    let (a, b) = (at(top), at(bottom));
    let (left, right) = (middle.x - half.x, middle.x + half.x);
    (a < right || b < right) && (left < a || left < b)
}

#[cfg(test)]
mod tests;
