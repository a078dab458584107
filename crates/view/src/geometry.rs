//! Points, boxes and paths, in CSS pixels: x to the right, y downwards.

use std::fmt::Write as _;

/// A point.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A box whose sides are level.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A path: lines and cubic curves, one after another.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Path {
    /// Where it begins.
    pub start: Point,
    /// How it goes on.
    pub steps: Vec<PathStep>,
}

/// One piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    /// A straight line to here.
    Line(Point),
    /// A cubic Bézier curve: two control points, then its end.
    Curve(Point, Point, Point),
}

/// The value, no less than `least` and no more than `most`. `f64::clamp` does the same, but checks
/// bounds that are no constants and brings the printing of numbers along to complain about them.
pub(crate) const fn between(value: f64, least: f64, most: f64) -> f64 {
    value.min(most).max(least)
}

impl Point {
    /// The direction in which most text reads.
    pub const RIGHT: Self = Self::new(1.0, 0.0);

    /// A point.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point this part of the way from here to `to`: 0 is here, 1 is there.
    #[must_use]
    pub fn toward(self, to: Self, part: f64) -> Self {
        Self::new(self.x + (to.x - self.x) * part, self.y + (to.y - self.y) * part)
    }

    /// How far it is to `to`.
    #[must_use]
    pub fn distance(self, to: Self) -> f64 {
        let (dx, dy) = (to.x - self.x, to.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// How far it is to the straight line from `a` to `b`, ends included.
    #[must_use]
    pub fn distance_to_line(self, a: Self, b: Self) -> f64 {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let square = dx * dx + dy * dy;
        if square <= 0.0 {
            return self.distance(a);
        }
        let part = ((self.x - a.x) * dx + (self.y - a.y) * dy) / square;
        self.distance(a.toward(b, part.clamp(0.0, 1.0)))
    }
}

impl Rect {
    /// The smallest that holds all these points; an empty one where there are none.
    #[must_use]
    pub fn around(points: &[Point]) -> Self {
        let Some(first) = points.first() else { return Self::default() };
        let (mut least, mut most) = (*first, *first);
        for point in points {
            least = Point::new(lesser(least.x, point.x), lesser(least.y, point.y));
            most = Point::new(greater(most.x, point.x), greater(most.y, point.y));
        }
        let (width, height) = (most.x - least.x, most.y - least.y);
        Self { x: least.x, y: least.y, width, height }
    }

    /// The box that reaches so far to each side of a point.
    #[must_use]
    pub(crate) fn about(at: Point, reach: f64) -> Self {
        Self { x: at.x - reach, y: at.y - reach, width: 2.0 * reach, height: 2.0 * reach }
    }

    /// Its four corners, around.
    #[must_use]
    pub fn corners(&self) -> [Point; 4] {
        let Self { x, y, width, height } = *self;
        [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
            .map(|(x, y)| Point::new(x, y))
    }

    /// The point in its middle.
    #[must_use]
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether the point lies in it, its sides included.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        (self.x..=self.x + self.width).contains(&point.x)
            && (self.y..=self.y + self.height).contains(&point.y)
    }

    /// Whether the two have some area in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

impl PathStep {
    /// Where the piece ends.
    #[must_use]
    pub const fn end(&self) -> Point {
        match self {
            Self::Line(end) | Self::Curve(_, _, end) => *end,
        }
    }
}

impl Path {
    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> Point {
        self.steps.last().map_or(self.start, PathStep::end)
    }

    /// The path as SVG's `d` attribute writes it (and as `Path2D` reads it).
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut d = String::new();
        let put = |d: &mut String, letter: &str, points: &[Point]| {
            d.push_str(letter);
            for point in points {
                let _ = write!(d, "{} {} ", tenths(point.x), tenths(point.y));
            }
        };
        put(&mut d, "M", &[self.start]);
        for step in &self.steps {
            match *step {
                PathStep::Line(end) => put(&mut d, "L", &[end]),
                PathStep::Curve(c1, c2, end) => put(&mut d, "C", &[c1, c2, end]),
            }
        }
        d.truncate(d.trim_end().len());
        d
    }
}

/// Whether two convex shapes have some area in common; a shape of two points is a line, one of
/// one a point. They do unless some side of one of them parts them.
pub(crate) fn convex_overlap(a: &[Point], b: &[Point]) -> bool {
    !parts(a, b) && !parts(b, a)
}

/// Whether all of `b` lies on one side of a side of `a`, and all of `a` on the other.
fn parts(a: &[Point], b: &[Point]) -> bool {
    let Some(mut p) = a.last() else { return false };
    for q in a {
        if p != q {
            let normal = Point::new(p.y - q.y, q.x - p.x);
            let ((a0, a1), (b0, b1)) = (along(a, normal), along(b, normal));
            if a1 <= b0 || b1 <= a0 {
                return true;
            }
        }
        p = q;
    }
    false
}

/// From where to where a shape reaches in a direction.
fn along(shape: &[Point], direction: Point) -> (f64, f64) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for point in shape {
        let at = point.x * direction.x + point.y * direction.y;
        (least, most) = (lesser(least, at), greater(most, at));
    }
    (least, most)
}

/// The lesser of two numbers. `f64::min` asks besides whether one is none, in a call of its own in
/// WASM; and labels are compared by the thousand.
const fn lesser(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The greater of two numbers.
const fn greater(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// Rounded to a tenth of a pixel: what a drawing can show.
pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
