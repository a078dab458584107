//! Where a segment's label goes: along its arrow, clear of other labels and, if it can be, of
//! other arrows.

use std::cell::{Cell, OnceCell};

use tcpscope_sim::{PacketIndex, PacketKind, Trace};

use super::arrows::{Sent, captions};
use super::beside::Beside;
use super::extents::Extents;
use super::zoom::Zoom;
use super::{Anchor, Label, LadderLayout};
use crate::geometry::{between, convex_overlap};
use crate::label::segment_labels;
use crate::{Detail, LabelLevel, Numbers, Point, Rect, TimeAxis, flags_text};

/// What is kept free at either end of an arrow.
const INSET: f64 = 20.0;
/// Between an arrow and the text above it.
const GAP: f64 = 3.0;
/// Where a label may stand, as a part of what it could be moved: near the sender first.
const PLACES: [f64; 6] = [0.1, 0.0, 0.3, 0.5, 0.7, 0.9];

/// The height of a block of labels, and how far below it they may reach.
const BLOCK: f64 = 640.0;
/// How far above its arrow's beginning a label may stand.
const ABOVE: f64 = 28.0;
/// Below this zoom flags alone say nothing any more.
const FAR: f64 = 0.35;
/// There an arrow has a label only if so much around it is free of others of its sender's.
const ALONE: f64 = 36.0;
/// As many arrows above an arrow and below it are asked first whether they are in the way.
const NEXT: usize = 8;
/// As many blocks are kept as show in several views.
const KEPT: usize = 32;

/// The labels of a ladder at one zoom, as far as they have been asked for.
///
/// They are placed block by block: the even blocks each by itself, the odd ones around their
/// neighbours. So what is written at a place depends on what is near it alone: a run may be as long
/// as it likes, and it is all the same from where one came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Written(Vec<(i64, Vec<(usize, Label)>)>);

impl Written {
    /// The label of an arrow, where there is room for one and it may show below `top`. An arrow may
    /// begin far above what shows; what is written along it cannot reach so far down, and the
    /// blocks up there are not worth placing.
    pub(super) fn label(&mut self, placing: &Placing<'_>, place: usize, top: f64) -> Option<Label> {
        let block = block_of(placing.zoom.to(placing.all[place].arrow.from.y));
        if lowest_of(block) < top {
            return None;
        }
        let labels = self.block(placing, block);
        let found = labels.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        Some(labels[found].1.clone())
    }

    fn block(&mut self, placing: &Placing<'_>, block: i64) -> &[(usize, Label)] {
        let at = self.0.iter().position(|(kept, _)| *kept == block).unwrap_or_else(|| {
            let mut around = Vec::new();
            if block % 2 != 0 {
                for beside in [block - 1, block + 1] {
                    around
                        .extend(self.block(placing, beside).iter().map(|(_, label)| label.clone()));
                }
            }
            let labels = placing.block(block, around);
            if self.0.len() >= KEPT {
                self.0.remove(0);
            }
            self.0.push((block, labels));
            self.0.len() - 1
        });
        &self.0[at].1
    }
}

#[allow(clippy::cast_possible_truncation, reason = "`as` stops at the ends of the type")]
fn block_of(y: f64) -> i64 {
    (y / BLOCK).floor() as i64
}

#[allow(clippy::cast_precision_loss, reason = "no figure has 2⁵³ blocks")]
const fn top_of(block: i64) -> f64 {
    block as f64 * BLOCK
}

/// How far down the labels of a block may reach.
const fn lowest_of(block: i64) -> f64 {
    top_of(block + 2) - ABOVE
}

/// What labels are placed among.
pub(super) struct Placing<'a> {
    pub(super) trace: &'a Trace,
    pub(super) numbers: Numbers,
    pub(super) level: LabelLevel,
    pub(super) axis: &'a TimeAxis,
    pub(super) layout: &'a LadderLayout,
    /// The arrows, from the top.
    pub(super) all: &'a [Sent],
    pub(super) extents: &'a Extents,
    pub(super) zoom: &'a Zoom,
    /// What stands beside the lifelines, and may stand between others.
    pub(super) beside: &'a [Beside],
}

impl Placing<'_> {
    /// The labels of the arrows that begin in a block, with their places; clear of those around.
    fn block(&self, block: i64, around: Vec<Label>) -> Vec<(usize, Label)> {
        let (top, bottom) = (top_of(block), top_of(block + 1));
        let range = self.zoom.from(top)..self.zoom.from(bottom);
        let mut texts = around;
        let near = top - BLOCK..bottom + BLOCK;
        texts.extend(captions(self.axis, self.layout, self.zoom, &near));
        for beside in self.beside {
            texts.extend(beside.fixed_names(self.layout, self.zoom, &near));
        }
        // From afar little is written, and it is not worth a long search.
        let far = self.zoom.factor() < FAR;
        let least = if far { ALONE } else { self.layout.label_size };
        let mut labels = Vec::new();
        for place in self.extents.beginning_in(&range) {
            let room = self.all[place].room * self.zoom.factor();
            // Where arrows are nearer than a line of text, no text can stand between them.
            if room < least && self.zoom.factor() < 1.0 {
                continue;
            }
            if let Some(label) = self.label(place, lowest_of(block), &texts) {
                texts.push(label.clone());
                labels.push((place, label));
            }
        }
        labels
    }

    /// The label of the arrow at `index`, where there is room for one: the fuller the better,
    /// above its arrow rather than below it, and across another arrow only if it must.
    fn label(&self, index: usize, lowest: f64, texts: &[Label]) -> Option<Label> {
        let sent = &self.all[index];
        let line = Line::of(sent, self.layout, self.zoom);
        let room = Room::along(self, &line, index, lowest, texts);

        let [long, short, numbers, number, flags] = self.texts(sent.arrow.packet);
        let full = match self.level {
            LabelLevel::Short => [number.as_str(), "", ""],
            LabelLevel::Usual | LabelLevel::Full => [long.as_str(), &short, &numbers],
        };
        let least = [number.as_str(), &flags];
        let brief = match self.level {
            LabelLevel::Short => [number.as_str(), &flags],
            LabelLevel::Usual | LabelLevel::Full => [short.as_str(), &numbers],
        };
        let find = |texts: &[&str], side: Side, crossing: Crossing| {
            let places = |text| PLACES.into_iter().map(move |part| (text, part));
            texts.iter().flat_map(|text| places(*text)).find_map(|(text, part)| {
                let spot = line.spot(text, part, side)?;
                // Whether it has room is the long question.
                let fits = line.lowest(&spot) < lowest && room.has(&line, &spot, crossing);
                fits.then(|| line.label(text, &spot))
            })
        };
        let far = self.zoom.factor() < FAR;
        let whole = find(&full, Side::Above, Crossing::None)
            .or_else(|| find(&full, Side::Below, Crossing::NoneNear));
        if far || whole.is_some() {
            return whole;
        }
        find(&least, Side::Above, Crossing::None)
            .or_else(|| find(&least, Side::Below, Crossing::NoneNear))
            .or_else(|| find(&brief, Side::Above, Crossing::Any))
    }

    /// The label of a selected arrow: as much as fits along it, whatever is in the way.
    pub(super) fn whole(&self, sent: &Sent) -> Label {
        let line = Line::of(sent, self.layout, self.zoom);
        let texts = self.texts(sent.arrow.packet);
        let [.., flags] = &texts;
        texts
            .iter()
            .find_map(|text| Some(line.label(text, &line.spot(text, PLACES[0], Side::Above)?)))
            .unwrap_or_else(|| line.label(flags, &line.middle(flags)))
    }

    /// What may be written, the fullest first.
    fn texts(&self, packet: PacketIndex) -> [String; 5] {
        let long = match self.level {
            LabelLevel::Short | LabelLevel::Usual => Detail::Long,
            LabelLevel::Full => Detail::Full,
        };
        let [short, long] = segment_labels(self.trace, packet, self.numbers, [Detail::Short, long]);
        let packet = self.trace.packet(packet);
        let before = |end: &str| short.split(end).next().unwrap_or_default().to_owned();
        // What a bare ACK is sent for is its acknowledgment number; of others it is SEG.SEQ.
        let number = match packet.id.kind {
            PacketKind::Ack => short
                .split(' ')
                .filter(|word| !word.contains('=') || word.starts_with("ack="))
                .collect::<Vec<_>>()
                .join(" "),
            PacketKind::Syn
            | PacketKind::Data
            | PacketKind::Fin
            | PacketKind::Rst
            | PacketKind::Udp => before(" ack="),
        };
        [long, short.clone(), before(" win="), number, flags_text(&packet.segment)]
    }
}

/// Which arrows a label may stand across.
#[derive(Clone, Copy)]
enum Crossing {
    /// None.
    None,
    /// None, nor may one be as near as a line of text: below its own arrow a label could be taken
    /// for the next one's.
    NoneNear,
    /// Any; but then no other text may be as near as that: what is dense is thinned out.
    Any,
}

/// What there is along a line, as far as a label of it could meet it.
struct Room<'a> {
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
    /// Each by its ends, in the line's own coordinates; found when they are asked for.
    arrows: OnceCell<Vec<[Point; 2]>>,
    /// The arrow that was in the way last: often it is in the way of the next spot too.
    last: Cell<usize>,
    texts: Vec<([Point; 4], Rect)>,
}

impl<'a> Room<'a> {
    fn along(
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
            texts: Vec::new(),
        };
        let first = index.saturating_sub(NEXT);
        room.next = room.in_strip(first..(index + NEXT + 1).min(placing.all.len()));
        for text in texts {
            room.add_text(line, &strip, text);
        }
        room
    }

    /// All arrows that pass through the strip.
    fn arrows(&self) -> &[[Point; 2]] {
        self.arrows.get_or_init(|| {
            let bounds = Rect::around(&self.strip);
            let zoom = self.placing.zoom;
            let heights = zoom.from(bounds.y)..zoom.from(bounds.y + bounds.height);
            self.in_strip(self.placing.extents.near(heights))
        })
    }

    /// Those of some arrows that pass through the strip.
    fn in_strip(&self, places: impl Iterator<Item = usize>) -> Vec<[Point; 2]> {
        let Self { placing, line, strip, middle, .. } = self;
        let half = Point::new(strip[0].distance(strip[1]) / 2.0, line.reach());
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

    fn add_text(&mut self, line: &Line, strip: &[Point; 4], label: &Label) {
        // Most are far off: that is found without their corners.
        let radius = Label::width_of(&label.text, label.size) / 2.0 + label.size;
        if line.own(label.at).y.abs() > radius + line.reach() {
            return;
        }
        let corners = label.corners();
        if convex_overlap(strip, &corners) {
            self.texts.push((corners, Rect::around(&corners)));
        }
    }

    /// Whether a spot has room: it meets no text, and no arrow that it may not.
    fn has(&self, line: &Line, spot: &Spot, crossing: Crossing) -> bool {
        let text = |margin| self.no_text(&line.corners(spot, margin));
        let arrow = |margin| self.no_arrow(line, spot, margin);
        match crossing {
            Crossing::None => arrow(0.0) && text(0.0),
            Crossing::NoneNear => arrow(line.size) && text(0.0),
            Crossing::Any => text(line.size),
        }
    }

    fn no_text(&self, corners: &[Point; 4]) -> bool {
        let bounds = Rect::around(corners);
        let mut near = self.texts.iter().filter(|(_, around)| bounds.overlaps(around));
        near.all(|(text, _)| !convex_overlap(corners, text))
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
    let at = |y: f64| {
        let part = (y - upper.y) / (lower.y - upper.y).max(f64::EPSILON);
        upper.x + (lower.x - upper.x) * part.clamp(0.0, 1.0)
    };
    let (a, b) = (at(top), at(bottom));
    a.min(b) < middle.x + half.x && middle.x - half.x < a.max(b)
}

/// On which side of its arrow a label stands.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

/// A place for a text: its middle and its width.
struct Spot {
    at: Point,
    width: f64,
}

/// The line that a label stands on: from one lifeline to the other, also where the arrow ends
/// before.
struct Line {
    from: Point,
    to: Point,
    length: f64,
    size: f64,
    /// In which a text along it reads: from left to right, whichever way the arrow goes.
    angle: f64,
    /// The same as a direction of length 1.
    along: Point,
}

impl Line {
    fn of(sent: &Sent, layout: &LadderLayout, zoom: &Zoom) -> Self {
        let [from, to] = sent.along(zoom);
        let (left, right) = if from.x <= to.x { (from, to) } else { (to, from) };
        let angle = (right.y - left.y).atan2(right.x - left.x);
        let length = from.distance(to).max(1.0);
        let along = Point::new((right.x - left.x) / length, (right.y - left.y) / length);
        Self { from, to, length, size: layout.label_size, angle, along }
    }

    /// The lowest that a text at a spot gets.
    fn lowest(&self, spot: &Spot) -> f64 {
        let half = spot.width / 2.0;
        spot.at.y + (half * self.along.y).abs() + self.size
    }

    /// The place of a text beside the line, so far along what it can be moved; none if it is too
    /// long.
    fn spot(&self, text: &str, part: f64, side: Side) -> Option<Spot> {
        let width = Label::width_of(text, self.size);
        let free = self.length - 2.0 * INSET - width;
        if free < 0.0 || text.is_empty() {
            return None;
        }
        let on_line = self.from.toward(self.to, (INSET + part * free + width / 2.0) / self.length);
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
    fn middle(&self, text: &str) -> Spot {
        Spot { at: self.from.toward(self.to, 0.5), width: Label::width_of(text, self.size) }
    }

    fn label(&self, text: &str, spot: &Spot) -> Label {
        Label {
            text: text.to_owned(),
            at: spot.at,
            angle: self.angle,
            along: self.along,
            anchor: Anchor::Middle,
            size: self.size,
        }
    }

    /// The corners of a text, with so much more above and below.
    fn corners(&self, spot: &Spot, margin: f64) -> [Point; 4] {
        let (x, y) = (spot.width / 2.0, self.size / 2.0 + margin);
        self.around(spot.at, x, y)
    }

    /// All that a label of the line could cover that ends above `lowest`, on either side, with a
    /// line of text around it; and its middle in the line's own coordinates.
    fn strip(&self, lowest: f64) -> ([Point; 4], Point) {
        let down = self.along.y.abs().max(f64::EPSILON);
        let length = between((lowest - self.from.y) / down + self.reach(), 0.0, self.length);
        let middle = self.from.toward(self.to, length / 2.0 / self.length);
        (self.around(middle, length / 2.0, self.reach()), self.own(middle))
    }

    fn reach(&self) -> f64 {
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
    fn own(&self, point: Point) -> Point {
        let left = if self.from.x <= self.to.x { self.from } else { self.to };
        let (x, y) = (point.x - left.x, point.y - left.y);
        Point::new(x * self.along.x + y * self.along.y, y * self.along.x - x * self.along.y)
    }
}

#[cfg(test)]
mod tests;
