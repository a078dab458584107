//! What is drawn at the ends of arrows: where they begin, and where they or pieces of them end.

use std::ops::Range;

use tcpscope_sim::Fate;

use super::Arrow;
use super::zoom::Zoom;
use crate::order::sorted;
use crate::{Point, Rect};

/// How far the mark reaches with which an arrow begins.
const BEGIN: f64 = 5.0;
/// How far a cross reaches.
pub(super) const LOST: f64 = 8.0;
/// How far the mark reaches of what a full queue drops: as far as any.
const DROPPED: f64 = 10.0;

/// How far the mark reaches with which an arrow ends.
pub(super) const fn reach(fate: Fate) -> f64 {
    match fate {
        Fate::Lost => LOST,
        Fate::Dropped => DROPPED,
        Fate::Delivered | Fate::Corrupted | Fate::Duplicate | Fate::UnderWay => BEGIN,
    }
}

/// The marks of a run's arrows, by their heights on the axis. What is written stands beside them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marks(Vec<Mark>);

#[derive(Clone, Debug, PartialEq)]
struct Mark {
    at: Point,
    reach: f64,
}

impl Marks {
    pub(super) fn new<'a>(arrows: impl Iterator<Item = &'a Arrow>) -> Self {
        let marks = arrows.flat_map(|arrow| {
            let lost = arrow.pieces.iter().filter(|piece| piece.is_lost);
            let ends = [
                Mark { at: arrow.from, reach: BEGIN },
                Mark { at: arrow.to, reach: reach(arrow.fate) },
            ];
            ends.into_iter().chain(lost.map(|piece| Mark { at: piece.to, reach: LOST }))
        });
        Self(sorted(marks.collect(), |mark| mark.at.y))
    }

    /// The boxes around those that reach into some heights, as they are drawn.
    pub(super) fn near<'a>(
        &'a self,
        zoom: &'a Zoom,
        heights: Range<f64>,
    ) -> impl Iterator<Item = Rect> + 'a {
        let (top, bottom) = (zoom.from(heights.start - DROPPED), zoom.from(heights.end + DROPPED));
        let first = self.0.partition_point(|mark| mark.at.y < top);
        let near = self.0[first..].iter().take_while(move |mark| mark.at.y <= bottom);
        near.map(|mark| Rect::about(Point::new(mark.at.x, zoom.to(mark.at.y)), mark.reach))
    }
}
