//! The segments of another run behind those of the present one.

use std::ops::Range;

use tcpscope_sim::{Packet, Trace};
use tcpscope_tcp::Instant;

use super::extents::Extents;
use super::zoom::Zoom;
use super::{Ghost, LadderLayout};
use crate::order::sorted;
use crate::{Point, TimeAxis};

/// Ghosts that begin nearer to each other than this are drawn as one.
const APART: f64 = 2.0;

/// A ghost that is lower than this is in a fold: there they are this far apart.
const LEVEL: f64 = 12.0;

/// What another run sent that the present one does not send, or not at the same time, or that fares
/// otherwise: on the present run's axis.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ghosts {
    all: Vec<Ghost>,
    extents: Extents,
}

impl Ghosts {
    /// The ghosts of another run in a ladder of this one.
    pub(super) fn new(
        other: &Trace,
        trace: &Trace,
        axis: &TimeAxis,
        layout: &LadderLayout,
    ) -> Self {
        // What is drawn at the same place is the same to the eye.
        let apart = |a: Instant, b: Instant| (axis.y(a) - axis.y(b)).abs() >= APART;
        let differs = |packet: &&Packet| {
            let same = trace.find_packet(packet.id).map(|same| trace.packet(same));
            same.is_none_or(|same| {
                same.fate.arrives() != packet.fate.arrives()
                    || apart(same.departs, packet.departs)
                    || apart(same.ends, packet.ends)
            })
        };
        let bottom = axis.height();
        let ghost = |packet: &Packet| {
            let [from, to] = [packet.departs, packet.ends].map(|at| axis.y(at).min(bottom));
            let reached = f64::from(packet.reached_ppm) / 1e6;
            let part = if packet.fate.arrives() {
                1.0
            } else if packet.fate.is_lost() {
                reached.clamp(0.15, 0.85)
            } else {
                reached
            };
            let begin = layout.lifeline(packet.id.from);
            let across = layout.lifeline(packet.to) - begin;
            Ghost {
                kind: packet.id.kind,
                is_lost: packet.fate.is_lost(),
                from: Point::new(begin, from),
                to: Point::new(begin + across * part, to),
            }
        };
        let all = other.packets().iter().filter(differs).map(ghost);
        let all = sorted(all.filter(|ghost| ghost.from.y < bottom).collect(), |it| it.from.y);
        let extents = Extents::new(all.iter().map(|ghost| (ghost.from.y, ghost.to.y)));
        Self { all, extents }
    }

    /// Those that lie in `visible`.
    pub(super) fn shown(&self, zoom: &Zoom, visible: &Range<f64>) -> Vec<Ghost> {
        let place = |point: Point| Point::new(point.x, zoom.to(point.y));
        let mut last = [f64::NEG_INFINITY; 2];
        self.extents
            .near(zoom.from(visible.start)..zoom.from(visible.end))
            .map(|index| self.all[index])
            .map(|ghost| Ghost { from: place(ghost.from), to: place(ghost.to), ..ghost })
            .filter(|ghost| {
                let side = usize::from(ghost.from.x > ghost.to.x);
                // Where this run's time is folded, another's segments are as good as level.
                let level = ghost.to.y - ghost.from.y < LEVEL;
                let apart = ghost.from.y - last[side] >= if level { LEVEL } else { APART };
                last[side] = if apart { ghost.from.y } else { last[side] };
                apart
            })
            .collect()
    }
}
