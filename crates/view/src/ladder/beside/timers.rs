//! Timers beside a lifeline: a bracket from where one was set to where it runs out.

use std::ops::Range;

use tcpscope_sim::Trace;
use tcpscope_tcp::Timer;

use super::Beside;
use crate::geometry::between;
use crate::ladder::text::timer_texts;
use crate::ladder::zoom::Zoom;
use crate::ladder::{LadderLayout, Tense, TimerMark};
use crate::lanes::{TimerEnd, TimerSpan};
use crate::{Path, PathStep, Playhead, Point, TimeAxis};

impl Beside {
    /// The timers that lie in `visible`: those that ran out, TIME-WAIT's, and those that run at
    /// the present. A timer that has not been set is not drawn.
    pub(in crate::ladder) fn timers(
        &self,
        trace: &Trace,
        axis: &TimeAxis,
        layout: &LadderLayout,
        zoom: &Zoom,
        visible: &Range<f64>,
        playhead: Playhead,
    ) -> Vec<TimerMark> {
        let near = self.drawn.timer_extents.near(visible.clone());
        let always = near.map(|place| self.drawn.timers[place].clone());
        // Several may run at once: each is named on a line of its own.
        let mut running: Vec<TimerMark> = Vec::new();
        for timer in Timer::ALL {
            let span = self.lanes.running(timer, playhead.moment.record);
            if let Some(span) = span.filter(|span| !is_always_drawn(span)) {
                let labels = running.iter().filter_map(|mark| mark.label.as_ref());
                let taken: Vec<_> = labels.map(|label| label.at.y).collect();
                running.push(self.timer(trace, axis, layout, zoom, span, &taken));
            }
        }
        let shows = |mark: &TimerMark| {
            let is_set = mark.set_by <= playhead.moment.record;
            let runs = || self.lanes.set_by(mark.set_by).is_none_or(|span| span.end.is_none());
            is_set
                && !(self.withholds_timers && runs())
                && mark.path.start.y <= visible.end
                && visible.start <= mark.path.end().y
        };
        let at_present = |mut mark: TimerMark| {
            let present = playhead.moment.record;
            let ended = self
                .lanes
                .set_by(mark.set_by)
                .and_then(|span| span.end)
                .is_some_and(|(end, _)| end <= present);
            mark.tense = if ended { Tense::Past } else { Tense::Present };
            mark.elapsed =
                (mark.tense == Tense::Present).then(|| elapsed(&mark.path, zoom.to(playhead.y)));
            mark
        };
        always.chain(running).filter(shows).map(at_present).collect()
    }

    /// Where a timer's bracket ends, on the axis.
    pub(super) fn end_of(trace: &Trace, axis: &TimeAxis, span: &TimerSpan) -> f64 {
        match span.end {
            Some((end, TimerEnd::Expired | TimerEnd::Restarted)) if is_always_drawn(span) => {
                axis.y_of(trace.record(end))
            }
            Some(_) | None => axis.y_first(span.deadline).min(axis.height()),
        }
    }

    /// A timer's bracket and its name.
    pub(super) fn timer(
        &self,
        trace: &Trace,
        axis: &TimeAxis,
        layout: &LadderLayout,
        zoom: &Zoom,
        span: &TimerSpan,
        taken: &[f64],
    ) -> TimerMark {
        let set = trace.record(span.set);
        let top = zoom.to(axis.y_of(set));
        let expires = matches!(span.end, Some((_, TimerEnd::Expired)));
        let bottom = zoom.to(Self::end_of(trace, axis, span));
        let texts = timer_texts(span.timer, span.deadline.since(set.at));
        let line = layout.scale.line_gap;
        // What runs out is named in its middle, where it is long enough that its name stands beside
        // it alone; what runs, where it was set.
        let places = if is_always_drawn(span) {
            [0.5, 0.35, 0.65, 0.2, 0.8].map(|part| top + (bottom - top) * part)
        } else {
            [0.7, 1.7, 2.7, 3.7, 4.7].map(|lines| (top + lines * line).min(bottom - line))
        };
        let own = top + line / 2.0..=bottom - line / 2.0;
        let places: Vec<f64> = places
            .into_iter()
            .filter(|y| own.contains(y) || !is_always_drawn(span) || zoom.factor() >= 1.0)
            .collect();
        TimerMark {
            host: self.host,
            timer: span.timer,
            set_by: span.set,
            path: self.bracket(layout, top, bottom),
            elapsed: None,
            expires,
            tense: Tense::Future,
            label: self
                .free_line(layout, &places, taken)
                .and_then(|y| self.first_fitting(layout, &texts, y)),
        }
    }

    /// A bracket with round corners, open towards the band.
    fn bracket(&self, layout: &LadderLayout, top: f64, bottom: f64) -> Path {
        let near = layout.outside(self.host, layout.band + 2.0);
        let far = layout.outside(self.host, layout.band + layout.timer_lane - 4.0);
        let round = between((bottom - top) / 2.0, 0.0, (far - near).abs());
        let corner = |x: f64, y: f64| Point::new(x, y);
        Path {
            start: corner(near, top),
            steps: vec![
                PathStep::Curve(corner(far, top), corner(far, top), corner(far, top + round)),
                PathStep::Line(corner(far, bottom - round)),
                PathStep::Curve(corner(far, bottom), corner(far, bottom), corner(near, bottom)),
            ],
        }
    }
}

/// The part of a bracket down to a height: its corners are never cut.
fn elapsed(path: &Path, y: f64) -> Path {
    let [first, PathStep::Line(corner), ..] = path.steps[..] else { return path.clone() };
    let down = Point::new(corner.x, between(y, first.end().y, corner.y));
    Path { start: path.start, steps: vec![first, PathStep::Line(down)] }
}

/// Whether a timer is drawn also when it does not run at the present: it runs out, or it is the
/// one of TIME-WAIT.
pub(super) const fn is_always_drawn(span: &TimerSpan) -> bool {
    matches!(span.end, Some((_, TimerEnd::Expired))) || matches!(span.timer, Timer::TimeWait)
}
