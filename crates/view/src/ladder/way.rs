//! The way of a packet across the figure: from its sender over routers to where it ends.

use tcpscope_sim::{Fate, Fragment, HostId, Packet, PacketIndex, Trace};

use super::{FragmentMark, LadderLayout};
use crate::lanes::Lanes;
use crate::{Point, TimeAxis};

/// A lost packet gets at least this part of the way, and leaves at least as much.
const LEAST_WAY: f64 = 0.15;
/// How far on its way a packet is held that somebody holds at its end.
const HELD_AT: f64 = 0.88;
/// A packet that is held for less than this height is drawn as if it were not.
const LEAST_HELD: f64 = 14.0;
/// A way with bends that are no further than this from the straight line is read as one.
const STRAIGHT: f64 = 7.0;

/// A way, on the axis.
pub(super) struct Way {
    pub(super) from: Point,
    /// Its bends, from the top.
    pub(super) via: Vec<Point>,
    pub(super) to: Point,
    /// The stretch that a label stands along: all of it, also where it is lost before.
    pub(super) along: [Point; 2],
    pub(super) pieces: Vec<FragmentMark>,
}

/// What ways are found by.
pub(super) struct Ways<'a> {
    pub(super) trace: &'a Trace,
    pub(super) lanes: &'a Lanes,
    pub(super) axis: &'a TimeAxis,
    pub(super) layout: &'a LadderLayout,
}

impl Ways<'_> {
    /// The way of a packet.
    pub(super) fn of(&self, index: PacketIndex) -> Way {
        let Self { trace, lanes, axis, layout } = self;
        let packet = trace.packet(index);
        let flight = lanes.flight(index);
        let departs = if packet.departs > packet.sent {
            axis.y_first(packet.departs)
        } else {
            axis.y_of(trace.record(packet.sent_by))
        };
        let ends =
            flight.ended_by.map_or_else(|| axis.y(packet.ends), |by| axis.y_of(trace.record(by)));
        let first = self.begins_at(packet);
        let from = Point::new(layout.lifeline(first), departs);
        let mut via = Vec::new();
        let mut here = first;
        for hop in packet.hops() {
            let x = layout.lifeline(hop.router);
            let low = via.last().map_or(from.y, |last: &Point| last.y);
            let comes = axis.y(hop.comes).max(low);
            via.push(Point::new(x, comes));
            if hop.departs > hop.comes {
                via.push(Point::new(x, axis.y(hop.departs).max(comes)));
            }
            here = hop.router;
        }
        let last = via.last().copied().unwrap_or(from);
        let ends = ends.max(last.y);
        let (to, across) = match packet.fate {
            Fate::Delivered | Fate::Corrupted | Fate::Duplicate => {
                let to = Point::new(layout.lifeline(packet.to), ends);
                (to, to)
            }
            Fate::Lost | Fate::Dropped => self.lost(index, here, last, ends),
            Fate::UnderWay => self.so_far(packet, here, last, ends),
        };
        if flight.is_held && via.is_empty() {
            via = self.held(packet, from, to);
        }
        // Words stand where it goes: beyond its end only on the stretch on which it is lost.
        let along = match longest(from, &via, to) {
            stretch if via.is_empty() || stretch[1] == to => [stretch[0], across],
            stretch => stretch,
        };
        let pieces = self.pieces(packet, [last, across]);
        Way { from, via, to, along, pieces }
    }

    /// Where a packet comes into being: at its sender, or at the router that made a copy.
    fn begins_at(&self, packet: &Packet) -> HostId {
        let original = packet.copy_of().map(|original| self.trace.packet(original));
        let hops = original.map_or(&[][..], Packet::hops);
        let made_at = hops.iter().find(|hop| hop.departs == packet.departs);
        made_at.map_or(packet.id.from, |hop| hop.router)
    }

    /// Where a packet is lost, and where it would have come to.
    fn lost(&self, index: PacketIndex, here: HostId, last: Point, ends: f64) -> (Point, Point) {
        let packet = self.trace.packet(index);
        let next = self.layout.places.next(here, packet.to);
        let x = self.layout.lifeline(next);
        let part = if next == packet.to && here == packet.id.from {
            // In a fold it would arrive too early: no way is shorter than the usual one.
            let way = self.would_arrive(index) - last.y;
            part_of_the_way((ends - last.y) / way.max(self.layout.scale.flight))
        } else {
            part_of_the_way(f64::from(packet.reached_ppm) / 1e6)
        };
        let to = Point::new(last.x + (x - last.x) * part, ends);
        (to, last.toward(to, 1.0 / part))
    }

    /// How far a packet has come, and where it will come to if nothing befalls it.
    fn so_far(&self, packet: &Packet, here: HostId, last: Point, ends: f64) -> (Point, Point) {
        let x = self.layout.lifeline(self.layout.places.next(here, packet.to));
        let part = f64::from(packet.reached_ppm) / 1e6;
        let to = Point::new(last.x + (x - last.x) * part, ends);
        (to, to)
    }

    /// Where a lost packet would have arrived, judged by how long others take. So its arrow is as
    /// steep as theirs.
    fn would_arrive(&self, index: PacketIndex) -> f64 {
        let Self { trace, lanes, axis, .. } = self;
        let packet = trace.packet(index);
        let usual = |host: HostId| lanes.usual.get(host.index()).copied().flatten();
        let flight = usual(packet.id.from).or_else(|| usual(packet.to));
        // Where nothing ever arrives, it is lost half-way.
        axis.y(packet.departs + flight.unwrap_or(packet.ends.since(packet.departs).times(2)))
    }

    /// The bends of a packet that waits at the end of its way: it comes there as others do, and
    /// stays.
    fn held(&self, packet: &Packet, from: Point, to: Point) -> Vec<Point> {
        let usual = self.lanes.usual.get(packet.id.from.index()).copied().flatten();
        let Some(usual) = usual else { return Vec::new() };
        let whole = self.axis.y(packet.departs + usual) - from.y;
        let x = from.toward(to, HELD_AT).x;
        let (comes, leaves) = (from.y + whole * HELD_AT, to.y - whole * (1.0 - HELD_AT));
        if leaves - comes < LEAST_HELD {
            return Vec::new();
        }
        vec![Point::new(x, comes), Point::new(x, leaves)]
    }

    /// The fragments that a packet goes in, on the last stretch of its way.
    fn pieces(&self, packet: &Packet, [from, to]: [Point; 2]) -> Vec<FragmentMark> {
        let fragments = packet.fragments();
        if packet.fate == Fate::UnderWay {
            return Vec::new();
        }
        let took = |piece: &Fragment| piece.ends.since(piece.departs).as_micros();
        let whole = fragments.iter().map(took).max().unwrap_or(0).max(1);
        let piece = |piece: &Fragment| {
            let y0 = self.axis.y(piece.departs).max(from.y);
            let y1 = self.axis.y(piece.ends).max(y0);
            let part = if piece.is_lost {
                part_of_the_way(crate::axis::pixels(took(piece)) / crate::axis::pixels(whole))
            } else {
                1.0
            };
            let x = from.x + (to.x - from.x) * part;
            FragmentMark {
                from: Point::new(from.x, y0),
                to: Point::new(x, y1),
                is_lost: piece.is_lost,
            }
        };
        fragments.iter().map(piece).collect()
    }
}

/// Drawn, a lost packet gets some of the way, and not nearly all of it.
const fn part_of_the_way(part: f64) -> f64 {
    part.clamp(LEAST_WAY, 1.0 - LEAST_WAY)
}

/// The longest straight stretch of a way; all of it, where it is nearly straight.
fn longest(from: Point, via: &[Point], to: Point) -> [Point; 2] {
    if via.iter().all(|bend| bend.distance_to_line(from, to) <= STRAIGHT) {
        return [from, to];
    }
    let mut best = [from, to];
    let mut length = 0.0;
    let mut last = from;
    for next in via.iter().chain([&to]) {
        let across = (next.x - last.x).abs();
        if across > length {
            (best, length) = ([last, *next], across);
        }
        last = *next;
    }
    best
}
