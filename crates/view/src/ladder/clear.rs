//! What is written gives way to what moves: to packets under way and to the present's time.
//!
//! A label that a packet comes up to goes on ahead of it, and back when the packet has passed; one
//! that has nowhere to go is left out for as long.

use std::ops::Range;

use tcpscope_sim::PacketIndex;

use super::labels::{Placing, Written};
use super::line::{Line, PLACES, Side, Spot};
use super::marks::{LOST, reach};
use super::room::{Crossing, Room};
use super::{Density, Ghost, Label, LadderScene, NoteMark};
use crate::{Dot, Point, Rect};

/// How far a dot reaches.
const DOT: f64 = 7.25;
/// Between the middle of a dot and a text ahead of it or behind it, however steep its arrow is.
const AHEAD: f64 = 11.0;
/// How far above the present or below it a label may stand that meets what is drawn there.
const NEAR: f64 = 60.0;
/// How far a note's flag reaches.
const NOTE: f64 = 6.0;

impl Dot {
    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::about(self.at, DOT)
    }
}

impl Ghost {
    pub(super) fn mark(&self) -> Rect {
        Rect::about(self.to, if self.is_lost { 5.0 } else { 3.5 })
    }
}

impl NoteMark {
    fn mark(&self) -> Rect {
        Rect::about(self.at, NOTE)
    }
}

impl Density {
    /// The cross that says that some of them are lost, if any is.
    fn mark(&self) -> Option<Rect> {
        let ([a, b], [d, c]) = (self.begin, self.end);
        let middle = a.toward(b, 0.5).toward(d.toward(c, 0.5), 0.5);
        (self.lost > 0).then(|| Rect::about(middle, 6.0))
    }
}

impl LadderScene {
    /// Boxes around the marks that nothing is written over: crosses, flags of notes, the time of
    /// the present. Those of packets under way are with the dots.
    #[must_use]
    pub fn marks(&self) -> Vec<Rect> {
        let lost = self.arrows.iter().filter(|arrow| arrow.fate.is_lost());
        let lost = lost.map(|arrow| Rect::about(arrow.to, reach(arrow.fate)));
        let pieces = self.arrows.iter().flat_map(|arrow| &arrow.pieces);
        let pieces = pieces.filter(|piece| piece.is_lost);
        let ghosts = self.ghosts.iter().filter(|ghost| ghost.is_lost);
        lost.chain(pieces.map(|piece| Rect::about(piece.to, LOST)))
            .chain(ghosts.map(Ghost::mark))
            .chain(self.densities.iter().filter_map(Density::mark))
            .chain(self.notes.iter().map(NoteMark::mark))
            .chain([self.now.rect])
            .collect()
    }

    /// Leaves out what would stand over a mark or a packet under way.
    pub(super) fn keep_clear(mut self, dots: &[Dot]) -> Self {
        let mut marks = self.marks();
        marks.extend(dots.iter().map(Dot::bounds));
        let chosen = self.arrows.iter().find(|arrow| arrow.selected);
        let chosen = chosen.and_then(|arrow| arrow.label.clone());
        let clear = |label: &Label| {
            if chosen.as_ref().is_some_and(|chosen| chosen.overlaps(label)) {
                return false;
            }
            let bounds = label.bounds();
            let mut near = marks.iter().filter(|mark| mark.overlaps(&bounds));
            near.all(|mark| !label.meets(mark))
        };
        let keep = |label: &mut Option<Label>| {
            if label.as_ref().is_some_and(|label| !clear(label)) {
                *label = None;
            }
        };
        // One time is enough at a height.
        let now = self.now.rect;
        let beside =
            |label: &Label| (label.at.y - now.center().y).abs() < (label.size + now.height) / 2.0;
        self.times.retain(|time| clear(&time.label) && !beside(&time.label));
        self.bands.iter_mut().for_each(|band| keep(&mut band.name));
        self.folds.iter_mut().for_each(|fold| keep(&mut fold.label));
        self.timers.iter_mut().for_each(|timer| keep(&mut timer.label));
        self.calls.iter_mut().for_each(|call| keep(&mut call.label));
        let others = self.arrows.iter_mut().filter(|arrow| !arrow.selected);
        others.for_each(|arrow| keep(&mut arrow.label));
        self.messages.iter_mut().for_each(|message| keep(&mut message.label));
        self.give_way()
    }

    /// What says more than is there already gives way to it: messages to other texts, strips to all.
    fn give_way(mut self) -> Self {
        let mut messages = std::mem::take(&mut self.messages);
        for place in 0..messages.len() {
            let Some(label) = messages[place].label.take() else { continue };
            let before = messages[..place].iter().filter_map(|message| message.label.as_ref());
            if self.texts().chain(before).all(|text| !text.overlaps(&label)) {
                messages[place].label = Some(label);
            }
        }
        self.messages = messages;
        let mut sacks = std::mem::take(&mut self.sacks);
        sacks.retain(|sack| {
            let bounds = Rect::around(&sack.frame);
            let mut near = self.texts().filter(|text| text.bounds().overlaps(&bounds));
            near.all(|text| !crate::geometry::convex_overlap(&text.corners(), &sack.frame))
        });
        self.sacks = sacks;
        self
    }

    /// All that is written in it, but for the time of the present.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        let arrows = self.arrows.iter().filter_map(|arrow| arrow.label.as_ref());
        let names = self.bands.iter().filter_map(|band| band.name.as_ref());
        let calls = self.calls.iter().filter_map(|call| call.label.as_ref());
        let timers = self.timers.iter().filter_map(|timer| timer.label.as_ref());
        let messages = self.messages.iter().filter_map(|message| message.label.as_ref());
        let times = self.times.iter().map(|time| &time.label);
        let folds = self.folds.iter().filter_map(|fold| fold.label.as_ref());
        arrows.chain(names).chain(calls).chain(timers).chain(messages).chain(times).chain(folds)
    }
}

/// The labels that are not where they usually are: the selected arrow's, which is always written,
/// and those in whose way something is at present.
pub(super) struct Moved {
    /// By the places of their arrows.
    labels: Vec<(usize, Option<Label>)>,
}

impl Moved {
    pub(super) fn new(
        placing: &Placing<'_>,
        written: &mut Written,
        selected: Option<usize>,
        present: f64,
        obstacles: &[Rect],
        shown: &Range<f64>,
    ) -> Self {
        let mut moved = Self { labels: Vec::new() };
        if let Some(place) = selected {
            moved.labels.push((place, Some(whole(placing, place, obstacles))));
        }
        let chosen = moved.labels.first().and_then(|(_, label)| label.clone());
        let mut heights = vec![present - NEAR..present + NEAR];
        heights.extend(
            chosen.iter().map(Label::bounds).map(|it| it.y - NEAR..it.y + it.height + NEAR),
        );
        // Where nobody looks nothing has to give way: the present may be far from what shows, and
        // what is written there would have to be placed first.
        heights.retain(|heights| heights.start <= shown.end && shown.start <= heights.end);
        // What is written above the highest of these is in nothing's way.
        let top = heights.iter().map(|heights| heights.start).fold(f64::INFINITY, f64::min);
        let mut near: Vec<usize> = heights
            .into_iter()
            .map(|heights| placing.zoom.from(heights.start)..placing.zoom.from(heights.end))
            .flat_map(|heights| placing.extents.near(heights))
            .filter(|place| Some(*place) != selected)
            .collect();
        near.sort_unstable();
        near.dedup();
        let met: Vec<(usize, Label)> = near
            .into_iter()
            .filter_map(|place| {
                let label = written.look(placing, place, top)?;
                let bounds = label.bounds();
                let on_mark = obstacles.iter().any(|it| it.overlaps(&bounds) && label.meets(it));
                let meets = on_mark || chosen.as_ref().is_some_and(|it| it.overlaps(label));
                meets.then(|| (place, label.clone()))
            })
            .collect();
        for (place, label) in &met {
            let found = moved.find(placing, written, *place, label, &met, obstacles);
            moved.labels.push((*place, found));
        }
        moved
    }

    /// The label of an arrow, where it is not the usual one.
    pub(super) fn label(&self, place: usize) -> Option<&Option<Label>> {
        self.labels.iter().find(|(moved, _)| *moved == place).map(|(_, label)| label)
    }

    /// Another place along its arrow for a label, as near as there is one; or a shorter text.
    fn find(
        &self,
        placing: &Placing<'_>,
        written: &mut Written,
        place: usize,
        label: &Label,
        met: &[(usize, Label)],
        obstacles: &[Rect],
    ) -> Option<Label> {
        let lines = placing.lines(place);
        let line = &lines[0];
        let mut texts = placing.fixed(line);
        let heights = line.heights();
        let top = heights.start;
        let heights = placing.zoom.from(heights.start)..placing.zoom.from(heights.end);
        for other in placing.extents.near(heights) {
            if other != place && met.iter().all(|(met, _)| *met != other) {
                texts.extend(written.look(placing, other, top).cloned());
            }
        }
        texts.extend(self.labels.iter().filter_map(|(_, label)| label.clone()));
        let mut room = Room::along(placing, line, place, f64::INFINITY, &texts);
        obstacles.iter().for_each(|mark| room.add(mark));
        let [.., number, flags] = placing.texts_of(place);
        let usual = line.along(label.at);
        [
            (label.text.as_str(), Crossing::None),
            (label.text.as_str(), Crossing::Any),
            (number.as_str(), Crossing::None),
            (flags.as_str(), Crossing::None),
        ]
        .into_iter()
        .find_map(|(text, crossing)| {
            lines.iter().find_map(|line| {
                let mut spots = spots(line, text, usual, Side::Above, obstacles);
                let spot = spots.find(|spot| room.has(line, spot, crossing))?;
                Some(line.label(text, &spot))
            })
        })
    }
}

/// The label of a selected arrow: as much as fits along it clear of marks, whatever else is in the
/// way. There is always one.
fn whole(placing: &Placing<'_>, place: usize, obstacles: &[Rect]) -> Label {
    let lines = placing.lines(place);
    let line = &lines[0];
    let mut room = Room::along(placing, line, place, f64::INFINITY, &[]);
    obstacles.iter().for_each(|mark| room.add(mark));
    let texts = placing.texts_of(place);
    let [.., flags] = &texts;
    let clear = |text: &String| {
        let sides = [Side::Above, Side::Below];
        lines.iter().flat_map(|line| sides.map(|side| (line, side))).find_map(|(line, side)| {
            let usual = line.usual(text);
            let mut spots = spots(line, text, usual, side, obstacles);
            let spot = spots.find(|spot| room.has(line, spot, Crossing::Freely))?;
            Some(line.label(text, &spot))
        })
    };
    // Where the arrow is shorter than its flags, they stand about it wherever there is room.
    let about = || line.about(flags).find(|spot| room.has(line, spot, Crossing::Freely));
    let least = || about().unwrap_or_else(|| line.middle(flags));
    texts.iter().find_map(clear).unwrap_or_else(|| line.label(flags, &least()))
}

/// Where a text may go: as near as possible to its usual place, ahead of what is there or behind
/// it; then where labels usually go.
fn spots(
    line: &Line,
    text: &str,
    usual: f64,
    side: Side,
    obstacles: &[Rect],
) -> impl Iterator<Item = Spot> {
    let half = Label::width_of(text, line.size) / 2.0;
    let near = obstacles.iter().filter(|mark| line.is_near(mark.center()));
    let mut ways: Vec<f64> = near
        .flat_map(|mark| {
            let (at, by) = (line.along(mark.center()), half + AHEAD + mark.width / 2.0 - DOT);
            [at + by, at - by]
        })
        .collect();
    ways.push(usual);
    ways.sort_by(|a, b| (a - usual).abs().total_cmp(&(b - usual).abs()));
    let usual_places = PLACES.map(|part| line.spot(text, part, side));
    let beside: Vec<Option<Spot>> = ways.iter().map(|at| line.spot_at(text, *at, side)).collect();
    beside.into_iter().chain(usual_places).flatten()
}

/// The packet's place among all, if there is one.
pub(super) fn place_in(places: &[usize], packet: Option<PacketIndex>) -> Option<usize> {
    places.get(packet?.0 as usize).copied()
}

impl Label {
    /// Whether it has some area in common with a box.
    #[must_use]
    pub fn meets(&self, rect: &Rect) -> bool {
        crate::geometry::convex_overlap(&self.corners(), &rect.corners())
    }
}

impl Line {
    fn is_near(&self, point: Point) -> bool {
        self.own(point).y.abs() <= self.reach() + DOT
    }
}
