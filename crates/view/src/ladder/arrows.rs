//! Segments as arrows, and what ties those together that carry the same octets.

use std::ops::Range;

use tcpscope_sim::{Fate, HostId, PacketIndex, RecordId, Trace};

use super::across::caption;
use super::extents::Extents;
use super::labels::{Line, Placing};
use super::{Arrow, Label, LadderLayout, Tense, Tie};
use crate::lanes::Lanes;
use crate::order::sorted;
use crate::{Dot, Numbers, Path, PathStep, Playhead, Point, TimeAxis};

/// How far an arrow's label may stand out above or below it.
const STANDS_OUT: f64 = 24.0;
/// How long the tail of a packet under way is.
const TAIL: f64 = 26.0;
/// A lost packet gets at least this part of the way, and leaves at least as much.
const LEAST_WAY: f64 = 0.15;

/// All arrows of a run, by the heights at which they begin.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrows {
    all: Vec<Sent>,
    extents: Extents,
    ties: Vec<TieSpan>,
    tie_extents: Extents,
    numbers: Numbers,
}

/// An arrow as it is before its segment is sent, and the records that change that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sent {
    pub(super) arrow: Arrow,
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
        let indices = (0..).map(PacketIndex);
        let sent = indices.zip(trace.packets()).map(|(index, _)| {
            let packet = trace.packet(index);
            let ended_by = lanes.flight(index).ended_by;
            Sent {
                arrow: arrow(trace, lanes, axis, layout, index),
                sent_by: packet.sent_by,
                ended_by,
            }
        });
        let all: Vec<_> = sent.collect();
        let ties = ties(trace, lanes, &all, layout);
        let all = sorted(all, |sent| sent.arrow.from.y);
        let bottom = |arrow: &Arrow| Line::of(arrow, layout).bottom();
        let extents = Extents::new(all.iter().map(|sent| (sent.arrow.from.y, bottom(&sent.arrow))));
        let tie_extents =
            Extents::new(ties.iter().map(|span| (span.tie.path.start.y, span.tie.path.end().y)));
        let mut arrows = Self { all, extents, ties, tie_extents, numbers };
        arrows.write_labels(trace, axis, layout);
        arrows
    }

    fn write_labels(&mut self, trace: &Trace, axis: &TimeAxis, layout: &LadderLayout) {
        let captions: Vec<_> = axis.folds().iter().map(|fold| caption(layout, fold)).collect();
        for index in 0..self.all.len() {
            let arrow = &self.all[index].arrow;
            let bottom = Line::of(arrow, layout).bottom();
            let shown = arrow.from.y - STANDS_OUT..bottom + STANDS_OUT;
            let near = self.extents.near(&shown);
            let label = self.placing(trace, layout, &captions).label(near, index);
            self.all[index].arrow.label = label;
        }
    }

    fn placing<'a>(
        &'a self,
        trace: &'a Trace,
        layout: &'a LadderLayout,
        captions: &'a [Label],
    ) -> Placing<'a> {
        Placing { trace, numbers: self.numbers, layout, all: &self.all, captions }
    }

    /// The arrows that lie in `visible`, as they are at the present.
    pub(super) fn scene(
        &self,
        trace: &Trace,
        layout: &LadderLayout,
        visible: &Range<f64>,
        playhead: Playhead,
        selection: Option<PacketIndex>,
    ) -> Vec<Arrow> {
        let shown = visible.start - STANDS_OUT..visible.end + STANDS_OUT;
        self.all[self.extents.near(&shown)]
            .iter()
            .filter(|sent| sent.bottom() >= shown.start)
            .map(|sent| {
                let mut arrow = sent.at(playhead);
                if selection == Some(arrow.packet) {
                    arrow.selected = true;
                    arrow.label = Some(self.placing(trace, layout, &[]).whole(&arrow));
                }
                arrow
            })
            .collect()
    }

    pub(super) fn ties(&self, visible: &Range<f64>, playhead: Playhead) -> Vec<Tie> {
        self.ties[self.tie_extents.near(visible)]
            .iter()
            .filter(|span| span.tie.path.end().y >= visible.start)
            .map(|span| {
                let sent = span.sent_by <= playhead.moment.record;
                let tense = if sent { Tense::Past } else { Tense::Future };
                Tie { tense, ..span.tie.clone() }
            })
            .collect()
    }

    /// The packets under way.
    pub(super) fn in_flight(&self, playhead: Playhead) -> Vec<Dot> {
        self.all[self.extents.near(&(playhead.y..playhead.y))]
            .iter()
            .map(|sent| sent.at(playhead))
            .filter(|arrow| arrow.tense == Tense::Present)
            .map(|arrow| {
                let way = arrow.from.distance(arrow.tip).max(f64::EPSILON);
                Dot {
                    packet: arrow.packet,
                    kind: arrow.kind,
                    retransmission: arrow.retransmission,
                    at: arrow.tip,
                    tail: arrow.tip.toward(arrow.from, (TAIL / way).min(1.0)),
                }
            })
            .collect()
    }
}

impl Sent {
    /// The lowest that the arrow or its label gets.
    fn bottom(&self) -> f64 {
        let label = self.arrow.label.as_ref().map(Label::bounds);
        label.map_or(self.arrow.to.y, |label| self.arrow.to.y.max(label.y + label.height))
    }

    /// The arrow at the present.
    fn at(&self, playhead: Playhead) -> Arrow {
        let mut arrow = self.arrow.clone();
        let Arrow { from, to, .. } = arrow;
        let ended = self.ended_by.is_some_and(|record| record <= playhead.moment.record);
        let begun = self.sent_by <= playhead.moment.record && from.y <= playhead.y;
        (arrow.tense, arrow.tip) = if ended {
            (Tense::Past, to)
        } else if begun {
            let part = (playhead.y - from.y) / (to.y - from.y).max(f64::EPSILON);
            (Tense::Present, from.toward(to, part.min(1.0)))
        } else {
            (Tense::Future, from)
        };
        arrow
    }
}

/// The arrow of a packet that has not been sent yet, without its label.
fn arrow(
    trace: &Trace,
    lanes: &Lanes,
    axis: &TimeAxis,
    layout: &LadderLayout,
    index: PacketIndex,
) -> Arrow {
    let packet = trace.packet(index);
    let flight = lanes.flight(index);
    let departs = if packet.departs > packet.sent {
        axis.y_first(packet.departs)
    } else {
        axis.y_of(trace.record(packet.sent_by))
    };
    let ends =
        flight.ended_by.map_or_else(|| axis.y(packet.ends), |by| axis.y_of(trace.record(by)));
    let from = Point::new(layout.lifeline(packet.id.from), departs);
    let across = Point::new(layout.lifeline(packet.to), ends);
    let part = match packet.fate {
        Fate::Delivered | Fate::Corrupted | Fate::Duplicate => 1.0,
        Fate::Lost | Fate::Dropped => {
            // In a fold it would arrive too early: no way is shorter than the usual one.
            let way = would_arrive(trace, lanes, axis, index) - departs;
            part_of_the_way((ends - departs) / way.max(layout.scale.flight))
        }
    };
    let to = Point::new(from.toward(across, part).x, ends);
    Arrow {
        packet: index,
        kind: packet.id.kind,
        fate: packet.fate,
        retransmission: packet.retransmission,
        delayed: flight.delayed,
        from,
        to,
        tip: from,
        tense: Tense::Future,
        selected: false,
        label: None,
    }
}

/// Where a lost packet would have arrived, judged by how long others take. So its arrow is as
/// steep as theirs.
fn would_arrive(trace: &Trace, lanes: &Lanes, axis: &TimeAxis, index: PacketIndex) -> f64 {
    let packet = trace.packet(index);
    let usual = |host: HostId| lanes.usual.get(host.index()).copied().flatten();
    let flight = usual(packet.id.from).or_else(|| usual(packet.to));
    // Where nothing ever arrives, it is lost half-way.
    axis.y(packet.departs + flight.unwrap_or(packet.ends.since(packet.departs).times(2)))
}

/// Drawn, a lost packet gets some of the way, and not nearly all of it.
const fn part_of_the_way(part: f64) -> f64 {
    part.clamp(LEAST_WAY, 1.0 - LEAST_WAY)
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
