//! What of a plot is nearest to a point of its drawing.

use super::{Plot, PlotClock, PlotPoint, PlotScene};
use crate::Point;

/// A point of a plot, and where it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotSpot {
    /// The track, by its place.
    pub track: usize,
    /// The point, by its place in the track.
    pub point: usize,
    /// Where.
    pub at: Point,
}

/// As far away from the pointer as something can be meant.
const REACH: f64 = 32.0;

impl PlotScene {
    /// The point that is nearest; of the run before the last change only where nothing else is near.
    #[must_use]
    pub fn nearest(&self, plot: &Plot, clock: PlotClock<'_>, to: Point) -> Option<PlotSpot> {
        let mut best: Option<(f64, PlotSpot)> = None;
        for (place, track) in plot.tracks.iter().enumerate() {
            let from = self.past(&track.points, clock, to.x - REACH);
            for (index, point) in track.points.iter().enumerate().skip(from) {
                let at = self.spot(clock, point, to.y);
                if at.x > to.x + REACH {
                    break;
                }
                let far = at.distance(to) + if track.ghost { REACH / 2.0 } else { 0.0 };
                if far <= REACH && best.is_none_or(|(least, _)| far < least) {
                    best = Some((far, PlotSpot { track: place, point: index, at }));
                }
            }
        }
        best.map(|(_, spot)| spot)
    }

    /// The point after another in time, or before it, in the same track.
    #[must_use]
    pub fn neighbour(
        &self,
        plot: &Plot,
        clock: PlotClock<'_>,
        from: Option<(usize, usize)>,
        on: bool,
    ) -> Option<PlotSpot> {
        let (track, point) = match from {
            Some((track, point)) if on => (track, point + 1),
            Some((track, point)) => (track, point.checked_sub(1)?),
            None => {
                let mine = |track: &super::Track| !track.ghost && track.kind.is_main();
                let track = plot.tracks.iter().position(mine)?;
                (track, self.past(&plot.tracks[track].points, clock, self.area.x))
            }
        };
        let found = plot.tracks.get(track)?.points.get(point)?;
        let at = self.spot(clock, found, f64::NEG_INFINITY);
        Some(PlotSpot { track, point, at })
    }

    /// Where a point is drawn: of a bar the place that is nearest to a height.
    #[must_use]
    pub fn spot(&self, clock: PlotClock<'_>, point: &PlotPoint, y: f64) -> Point {
        let x = self.x(clock.place(point.at, Some(point.record)));
        let (low, high) = (self.y(point.low), self.y(point.high));
        Point::new(x, crate::geometry::between(y, high, low))
    }

    /// The first point at or after a place of the drawing.
    fn past(&self, points: &[PlotPoint], clock: PlotClock<'_>, x: f64) -> usize {
        points.partition_point(|point| self.x(clock.place(point.at, Some(point.record))) < x)
    }
}
