//! What ties a retransmission to the segment that it repeats, as in the ladder of a run.

use std::ops::Range;

use tcpscope_sim::PacketIndex;
use tcpscope_view::{Path, PathStep, Point, Tense, Tie};

use crate::conversations::End;
use crate::gather::Gathered;
use crate::observe::Observed;

use super::CapturedLadder;
use super::layout::Layout;

/// Of ties that end nearer to each other than this, at one side, one is drawn.
const APART: f64 = 4.0;

/// A segment that is repeated, and the one that repeats it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Repeated {
    original: usize,
    repeat: usize,
    by: End,
}

/// All of a conversation.
pub(super) fn all(gathered: &Gathered, observed: &Observed) -> Vec<Repeated> {
    let segments = gathered.segments.iter().zip(&observed.findings).enumerate();
    let tie = |(repeat, (seen, finding)): (usize, (&crate::Seen, &crate::Finding))| {
        Some(Repeated { original: finding.repeats?, repeat, by: seen.from })
    };
    segments.filter_map(tie).collect()
}

impl CapturedLadder {
    /// The ties of which something shows.
    pub(super) fn ties(&self, visible: &Range<f64>) -> Vec<Tie> {
        let shown = self.axis.segments(visible);
        let first = self.ties.partition_point(|tie| tie.repeat < shown.start);
        let mut last = [f64::NEG_INFINITY; 2];
        let below = self.ties.iter().skip(first).filter(|tie| tie.original < shown.end);
        below.filter_map(|repeated| self.tie(*repeated, &mut last)).collect()
    }

    /// One, unless it ends too near to the one before it.
    fn tie(&self, repeated: Repeated, last: &mut [f64; 2]) -> Option<Tie> {
        let Repeated { original, repeat, by } = repeated;
        let (top, bottom) = (self.y_of(original)?, self.y_of(repeat)?);
        let last = &mut last[by.index()];
        if bottom - *last < APART {
            return None;
        }
        *last = bottom;
        // It bulges outwards, where nothing is written, more the longer it is.
        let x = self.layout.reach(by);
        let room = if self.layout.near == Some(by) { self.layout.band } else { self.layout.short };
        let bulge = ((bottom - top) / 6.0).max(6.0).min(room - 2.0);
        let aside = x + Layout::outwards(by) * bulge;
        let curve = PathStep::Curve(
            Point::new(aside, top + bulge / 2.0),
            Point::new(aside, bottom - bulge / 2.0),
            Point::new(x, bottom),
        );
        let path = Path { start: Point::new(x, top), steps: vec![curve] };
        let index = |place: usize| PacketIndex(u32::try_from(place).unwrap_or(u32::MAX));
        let (original, repeat) = (index(original), index(repeat));
        Some(Tie { original, repeat, path, tense: Tense::Past })
    }
}
