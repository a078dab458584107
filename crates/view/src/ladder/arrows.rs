//! Segments as arrows, and what ties those together that carry the same octets.

use std::cell::RefCell;
use std::ops::Range;

use tcpscope_sim::{PacketIndex, RecordId, Trace};

use super::across::caption;
use super::beside::Beside;
use super::clear::{Moved, place_in};
use super::density::Streams;
use super::extents::Extents;
use super::labels::{Placing, Written};
use super::marks::Marks;
use super::way::{Way, Ways};
use super::zoom::Zoom;
use super::{Arrow, Density, FragmentMark, Label, LadderLayout, Tense, Tie};
use crate::lanes::Lanes;
use crate::order::{in_order, sorted};
use crate::{Dot, LabelLevel, Numbers, Path, PathStep, Playhead, Point, Rect, TimeAxis};

/// How far an arrow's label may stand out above or below it.
const STANDS_OUT: f64 = 24.0;
/// How long the tail of a packet under way is.
const TAIL: f64 = 26.0;
/// Of ties that begin nearer to each other than this, one is drawn.
const TIES_APART: f64 = 4.0;

/// All arrows of a run, by the heights at which they begin, as the axis has them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrows {
    all: Vec<Sent>,
    /// The place of each packet's arrow.
    places: Vec<usize>,
    extents: Extents,
    marks: Marks,
    streams: Streams,
    ties: Vec<TieSpan>,
    tie_extents: Extents,
    /// What is written along arrows at the present zoom, as far as it has been asked for.
    labels: RefCell<Written>,
    pub(super) numbers: Numbers,
    pub(super) level: LabelLevel,
}

/// An arrow as it is before its segment is sent, and the records that change that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sent {
    pub(super) arrow: Arrow,
    /// The stretch that its label stands along.
    pub(super) along: [Point; 2],
    /// How near the next arrow of its sender's to the same end is, above or below.
    pub(super) room: f64,
    sent_by: RecordId,
    ended_by: Option<RecordId>,
}

#[derive(Clone, Debug, PartialEq)]
struct TieSpan {
    tie: Tie,
    sent_by: RecordId,
}

impl Arrows {
    pub(super) fn new(
        trace: &Trace,
        lanes: &Lanes,
        axis: &TimeAxis,
        layout: &LadderLayout,
        numbers: Numbers,
    ) -> Self {
        let ways = Ways { trace, lanes, axis, layout };
        let all: Vec<_> = (0..)
            .map(PacketIndex)
            .zip(trace.packets())
            .map(|(index, packet)| {
                let Way { from, via, to, along, pieces } = ways.of(index);
                let flight = lanes.flight(index);
                let arrow = Arrow {
                    packet: index,
                    kind: packet.id.kind,
                    fate: packet.fate,
                    retransmission: packet.retransmission,
                    is_copy: packet.copy_of().is_some(),
                    is_marked: packet.is_marked(),
                    is_forged: packet.id.flow.posing_as.is_some(),
                    delayed: flight.delayed,
                    from,
                    via,
                    to,
                    pieces,
                    tip: from,
                    tense: Tense::Future,
                    selected: false,
                    label: None,
                };
                let (sent_by, ended_by) = (packet.sent_by, flight.ended_by);
                Sent { arrow, along, room: f64::INFINITY, sent_by, ended_by }
            })
            .collect();
        let ties = ties(trace, lanes, &all, layout);
        let mut all = sorted(all, |sent| sent.arrow.from.y);
        let bottom = |sent: &Sent| sent.arrow.to.y.max(sent.along[1].y);
        let extents = Extents::new(all.iter().map(|sent| (sent.arrow.from.y, bottom(sent))));
        let marks = Marks::new(all.iter().map(|sent| &sent.arrow));
        let tie_extents =
            Extents::new(ties.iter().map(|span| (span.tie.path.start.y, span.tie.path.end().y)));
        let streams = Streams::new(trace, &mut all, layout);
        let mut places = vec![0; all.len()];
        for (place, sent) in all.iter().enumerate() {
            places[sent.arrow.packet.0 as usize] = place;
        }
        let labels = RefCell::default();
        let level = LabelLevel::Usual;
        Self { all, places, extents, marks, streams, ties, tie_extents, labels, numbers, level }
    }

    /// What was written is not where it was.
    pub(super) fn forget_labels(&mut self) {
        self.labels = RefCell::default();
    }

    /// The arrows that lie in `visible`, as they are at the present, and what stands for those
    /// that are too many to be drawn one by one.
    pub(super) fn scene(
        &self,
        placing: &Placing<'_>,
        visible: &Range<f64>,
        playhead: Playhead,
        selection: Option<PacketIndex>,
        obstacles: &[Rect],
    ) -> (Vec<Arrow>, Vec<Density>) {
        let shown = visible.start - STANDS_OUT..visible.end + STANDS_OUT;
        let zoom = placing.zoom;
        let (mut places, densities) = self.streams.shown(&self.all, zoom, &shown, playhead);
        // What is selected is seen also where others are dense.
        let selected = place_in(&self.places, selection);
        places.extend(selected.filter(|place| {
            let Arrow { from, to, .. } = self.all[*place].arrow;
            let shows = zoom.to(from.y) <= shown.end && zoom.to(to.y) >= shown.start;
            shows && !places.contains(place)
        }));
        let places = in_order(places);
        let mut written = self.labels.borrow_mut();
        let present = zoom.to(playhead.y);
        let moved = Moved::new(placing, &mut written, selected, present, obstacles, &shown);
        let arrows = places.into_iter().map(|place| {
            let mut arrow = self.all[place].at(zoom, playhead);
            arrow.selected = Some(arrow.packet) == selection;
            let usual = || written.look(placing, place, shown.start).cloned();
            arrow.label = moved.label(place).cloned().unwrap_or_else(usual);
            arrow
        });
        (arrows.collect(), densities)
    }

    /// What labels are placed among.
    pub(super) fn placing<'a>(
        &'a self,
        trace: &'a Trace,
        axis: &'a TimeAxis,
        layout: &'a LadderLayout,
        zoom: &'a Zoom,
        beside: &'a [Beside],
    ) -> Placing<'a> {
        let Self { all, extents, marks, numbers, level, .. } = self;
        let (numbers, level) = (*numbers, *level);
        Placing { trace, numbers, level, axis, layout, all, extents, marks, zoom, beside }
    }

    pub(super) fn ties(&self, zoom: &Zoom, visible: &Range<f64>, playhead: Playhead) -> Vec<Tie> {
        let mut last = f64::NEG_INFINITY;
        self.tie_extents
            .near(zoom.from(visible.start)..zoom.from(visible.end))
            .filter(|place| {
                let top = zoom.to(self.ties[*place].tie.path.start.y);
                let apart = top - last >= TIES_APART;
                last = if apart { top } else { last };
                apart
            })
            .map(|place| {
                let span = &self.ties[place];
                let sent = span.sent_by <= playhead.moment.record;
                let tense = if sent { Tense::Past } else { Tense::Future };
                Tie {
                    original: span.tie.original,
                    repeat: span.tie.repeat,
                    path: stretched(&span.tie.path, zoom),
                    tense,
                }
            })
            .collect()
    }

    /// Where a packet's arrow begins and ends.
    pub(super) fn place_of(&self, zoom: &Zoom, packet: PacketIndex) -> Option<(Point, Point)> {
        let arrow = &self.all.get(*self.places.get(packet.0 as usize)?)?.arrow;
        let place = |point: Point| Point::new(point.x, zoom.to(point.y));
        Some((place(arrow.from), place(arrow.to)))
    }

    /// The packets under way.
    pub(super) fn in_flight(&self, zoom: &Zoom, playhead: Playhead) -> Vec<Dot> {
        let here = playhead.y;
        self.extents
            .near(here..here)
            .map(|place| &self.all[place])
            .filter(|sent| sent.tense(playhead) == Tense::Present)
            .map(|sent| {
                let arrow = &sent.arrow;
                let (at, back) = sent.reached(zoom, here);
                let way = back.distance(at).max(f64::EPSILON);
                Dot {
                    packet: arrow.packet,
                    kind: arrow.kind,
                    retransmission: arrow.retransmission,
                    at,
                    tail: at.toward(back, (TAIL / way).min(1.0)),
                }
            })
            .collect()
    }
}

impl Sent {
    fn tense(&self, playhead: Playhead) -> Tense {
        let present = playhead.moment.record;
        if self.ended_by.is_some_and(|record| record <= present) {
            Tense::Past
        } else if self.sent_by <= present && self.arrow.from.y <= playhead.y {
            Tense::Present
        } else {
            Tense::Future
        }
    }

    /// The arrow at the present, as it is drawn.
    fn at(&self, zoom: &Zoom, playhead: Playhead) -> Arrow {
        let place = |point: Point| Point::new(point.x, zoom.to(point.y));
        let Arrow { from, ref via, to, ref pieces, .. } = self.arrow;
        let (from, to) = (place(from), place(to));
        let tense = self.tense(playhead);
        let tip = match tense {
            Tense::Past => to,
            Tense::Present => self.reached(zoom, playhead.y).0,
            Tense::Future => from,
        };
        Arrow {
            from,
            via: via.iter().map(|bend| place(*bend)).collect(),
            to,
            tip,
            tense,
            pieces: pieces
                .iter()
                .map(|piece| FragmentMark {
                    from: place(piece.from),
                    to: place(piece.to),
                    ..*piece
                })
                .collect(),
            label: None,
            kind: self.arrow.kind,
            packet: self.arrow.packet,
            fate: self.arrow.fate,
            retransmission: self.arrow.retransmission,
            is_copy: self.arrow.is_copy,
            is_marked: self.arrow.is_marked,
            is_forged: self.arrow.is_forged,
            delayed: self.arrow.delayed,
            selected: false,
        }
    }

    /// How far it has got at a height of the axis, as it is drawn, and where the straight stretch
    /// begins that it is on.
    fn reached(&self, zoom: &Zoom, y: f64) -> (Point, Point) {
        let Arrow { from, ref via, to, .. } = self.arrow;
        let place = |point: Point| Point::new(point.x, zoom.to(point.y));
        let mut stretch = [from, to];
        for bend in via {
            if bend.y >= y {
                stretch[1] = *bend;
                break;
            }
            stretch[0] = *bend;
        }
        let [begin, end] = stretch.map(place);
        let part = (zoom.to(y) - begin.y) / (end.y - begin.y).max(f64::EPSILON);
        (begin.toward(end, crate::geometry::between(part, 0.0, 1.0)), begin)
    }

    /// The stretch that its label stands along, as it is drawn.
    pub(super) fn along(&self, zoom: &Zoom) -> [Point; 2] {
        self.along.map(|end| Point::new(end.x, zoom.to(end.y)))
    }

    /// The straight stretches of the arrow, as they are drawn.
    pub(super) fn stretches<'a>(&'a self, zoom: &'a Zoom) -> impl Iterator<Item = [Point; 2]> + 'a {
        let Arrow { from, ref via, to, .. } = self.arrow;
        let ends = via.iter().copied().chain([to]);
        let begins = std::iter::once(from).chain(via.iter().copied());
        begins
            .zip(ends)
            .map(|(begin, end)| [begin, end].map(|point| Point::new(point.x, zoom.to(point.y))))
    }
}

/// The texts that labels keep clear of: how long folds last, from the top.
pub(super) fn captions(
    axis: &TimeAxis,
    layout: &LadderLayout,
    zoom: &Zoom,
    within: &Range<f64>,
) -> Vec<Label> {
    let folds = axis.folds_in(zoom.from(within.start)..zoom.from(within.end));
    folds.iter().filter_map(|fold| caption(layout, zoom, fold)).collect()
}

/// A path whose heights are those of the axis, as it is drawn.
fn stretched(path: &Path, zoom: &Zoom) -> Path {
    let place = |point: Point| Point::new(point.x, zoom.to(point.y));
    let step = |step: &PathStep| match *step {
        PathStep::Line(end) => PathStep::Line(place(end)),
        PathStep::Curve(a, b, end) => PathStep::Curve(place(a), place(b), place(end)),
    };
    Path { start: place(path.start), steps: path.steps.iter().map(step).collect() }
}

/// The ties of a run, by the heights at which they begin. `sent` is in the order of the packets.
fn ties(trace: &Trace, lanes: &Lanes, sent: &[Sent], layout: &LadderLayout) -> Vec<TieSpan> {
    let ties: Vec<_> = sent
        .iter()
        .filter_map(|repeat| {
            let original = lanes.flight(repeat.arrow.packet).repeats?;
            let top = sent.get(original.0 as usize)?.arrow.from;
            let bottom = repeat.arrow.from;
            let host = trace.packet(original).id.from;
            // It bulges inwards, more the longer it is, and never far.
            let bulge = ((bottom.y - top.y) / 6.0).clamp(8.0, 22.0);
            let inwards = layout.outside(host, -bulge);
            let curve = PathStep::Curve(
                Point::new(inwards, top.y + bulge / 2.0),
                Point::new(inwards, bottom.y - bulge / 2.0),
                bottom,
            );
            let path = Path { start: top, steps: vec![curve] };
            let tie = Tie { original, repeat: repeat.arrow.packet, path, tense: Tense::Future };
            Some(TieSpan { tie, sent_by: repeat.sent_by })
        })
        .collect();
    sorted(ties, |span| span.tie.path.start.y)
}
