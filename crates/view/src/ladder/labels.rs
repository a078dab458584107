//! Where a segment's label goes: along its arrow, clear of other labels and, if it can be, of
//! other arrows.

use tcpscope_sim::{PacketIndex, PacketKind, Trace};

use super::arrows::{Sent, captions};
use super::beside::Beside;
use super::extents::Extents;
use super::line::{ABOVE, INSET, Line, PLACES, Side};
use super::marks::{Marks, reach};
use super::room::{Crossing, Room};
use super::zoom::Zoom;
use super::{Label, LadderLayout};
use crate::label::segment_labels;
use crate::{Detail, LabelLevel, Numbers, Point, TimeAxis, flags_text};

/// Between the mark where an arrow ends and a text beside it.
const BESIDE_END: f64 = 5.0;

/// The height of a block of labels, and how far below it they may reach.
const BLOCK: f64 = 640.0;
/// Below this zoom flags alone say nothing any more.
const FAR: f64 = 0.35;
/// There an arrow has a label only if so much around it is free of others of its sender's.
const ALONE: f64 = 36.0;
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
    pub(super) fn look(&mut self, placing: &Placing<'_>, place: usize, top: f64) -> Option<&Label> {
        let block = block_of(placing.zoom.to(placing.all[place].arrow.from.y));
        if lowest_of(block) < top {
            return None;
        }
        let labels = self.block(placing, block);
        let found = labels.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        Some(&labels[found].1)
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
    pub(super) marks: &'a Marks,
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
        let far = self.zoom.factor() < FAR;
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
        let lines = self.lines(index);
        let rooms: Vec<_> =
            lines.iter().map(|line| Room::along(self, line, index, lowest, texts)).collect();
        let find = |texts: &[&str], side: Side, crossing: Crossing| {
            let places = |text| PLACES.into_iter().map(move |part| (text, part));
            lines.iter().zip(&rooms).find_map(|(line, room)| {
                texts.iter().flat_map(|text| places(*text)).find_map(|(text, part)| {
                    let spot = line.spot(text, part, side)?;
                    // Whether it has room is the long question.
                    let fits = line.lowest(&spot) < lowest && room.has(line, &spot, crossing);
                    fits.then(|| line.label(text, &spot))
                })
            })
        };
        // On the arrow itself the number alone is better than all of it beyond the arrow's end.
        let own = |texts: &[&str]| {
            let (line, room) = (&lines[0], &rooms[0]);
            texts.iter().find_map(|text| {
                let spot = line.spot(text, PLACES[0], Side::Above)?;
                let fits = line.lowest(&spot) < lowest && room.has(line, &spot, Crossing::None);
                fits.then(|| line.label(text, &spot))
            })
        };
        let ends_before = lines.len() > 1;
        let whole = Some(())
            .filter(|()| ends_before)
            .and_then(|()| own(&full).or_else(|| own(&[number.as_str()])))
            .or_else(|| find(&full, Side::Above, Crossing::None))
            .or_else(|| find(&full, Side::Below, Crossing::NoneNear));
        if far || whole.is_some() {
            return whole;
        }
        find(&least, Side::Above, Crossing::None)
            .or_else(|| find(&least, Side::Below, Crossing::NoneNear))
            .or_else(|| find(&brief, Side::Above, Crossing::Any))
    }

    /// Where an arrow's label may stand: along the arrow; where that ends before it arrives, also
    /// beyond its end, on the way that it did not go.
    pub(super) fn lines(&self, place: usize) -> Vec<Line> {
        let sent = &self.all[place];
        let line = Line::of(sent, self.layout, self.zoom);
        if !sent.arrow.fate.is_lost() {
            return vec![line];
        }
        let Point { x, y } = sent.arrow.to;
        let end = line.along(Point::new(x, self.zoom.to(y)));
        let beside = reach(sent.arrow.fate) + BESIDE_END;
        if end >= line.length {
            // It is lost on another stretch than the one that its label stands along.
            return vec![line];
        }
        vec![line.within(INSET, end - beside), line.within(end + beside, line.length - INSET)]
    }

    /// What may be written along an arrow, the fullest first.
    pub(super) fn texts_of(&self, place: usize) -> [String; 5] {
        self.texts(self.all[place].arrow.packet)
    }

    /// What is written around a line besides labels, and stays where it is.
    pub(super) fn fixed(&self, line: &Line) -> Vec<Label> {
        let near = line.heights();
        let mut texts = captions(self.axis, self.layout, self.zoom, &near);
        for beside in self.beside {
            texts.extend(beside.fixed_names(self.layout, self.zoom, &near));
        }
        texts
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
