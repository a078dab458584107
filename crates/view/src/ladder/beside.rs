//! What stands beside a lifeline: states, timers and calls.

mod timers;

use std::f64::consts::FRAC_PI_2;
use std::ops::Range;

use tcpscope_sim::{HostId, RecordId, Trace};

use self::timers::is_always_drawn;
use super::across::{BREAK, break_at};
use super::extents::Extents;
use super::text::call_text;
use super::zoom::Zoom;
use super::{Anchor, Band, CallMark, Label, LadderLayout, Tense, TimerMark};
use crate::geometry::between;
use crate::lanes::{HostLanes, StateSpan};
use crate::order::sorted;
use crate::{Playhead, Point, Scale, TimeAxis};

/// Between an upright name and either end of its band.
const AROUND_NAME: f64 = 4.0;
/// A state that is drawn lower than this is passed over; of calls that are nearer, one is drawn.
const LEAST_BAND: f64 = 1.5;
/// A timer that is drawn lower than this does not show.
const LEAST_TIMER: f64 = 3.0;

/// What stands beside one lifeline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside {
    host: HostId,
    lanes: HostLanes,
    /// Where each state begins, on the axis.
    states: Vec<f64>,
    /// On the axis.
    calls: Vec<Call>,
    /// How all of it is drawn at the present zoom.
    drawn: Drawn,
    /// Whether timers that run are left out.
    pub(super) withholds_timers: bool,
}

/// What depends on the zoom.
#[derive(Clone, Debug, PartialEq, Default)]
struct Drawn {
    /// The timers that are always drawn, by where they begin.
    timers: Vec<TimerMark>,
    timer_extents: Extents,
    /// The middles of the breaks, from top to bottom.
    breaks: Vec<f64>,
    /// The middles of the lines of text in the column that names and calls want, from top to
    /// bottom.
    lines: Vec<f64>,
    /// Those of the timers that are always drawn.
    timer_lines: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Call {
    record: RecordId,
    text: String,
    y: f64,
}

impl Beside {
    pub(super) fn new(
        trace: &Trace,
        host: HostId,
        lanes: &HostLanes,
        axis: &TimeAxis,
        layout: &LadderLayout,
    ) -> Self {
        let y = |record: RecordId| axis.y_of(trace.record(record));
        // The first state began before anything happened.
        let later = lanes.states.iter().skip(1).map(|span| y(span.since));
        let states: Vec<_> = std::iter::once(0.0).chain(later).collect();
        let calls: Vec<_> = lanes
            .calls
            .iter()
            .filter_map(|&record| {
                Some(Call { record, text: call_text(trace, record)?, y: y(record) })
            })
            .collect();
        let lanes = lanes.clone();
        let drawn = Drawn::default();
        let mut beside = Self { host, lanes, states, calls, drawn, withholds_timers: false };
        beside.draw(trace, axis, layout, &Zoom::none());
        beside
    }

    /// Lays all of it out for another zoom.
    pub(super) fn draw(
        &mut self,
        trace: &Trace,
        axis: &TimeAxis,
        layout: &LadderLayout,
        zoom: &Zoom,
    ) {
        let names = self.states.iter().map(|y| name_middle(layout, zoom.to(*y)));
        let calls = self.calls.iter().map(|call| call_middle(layout, zoom.to(call.y)));
        self.drawn = Drawn {
            lines: merged(names, calls),
            breaks: axis.folds().iter().map(|fold| break_at(layout, zoom, fold)).collect(),
            ..Drawn::default()
        };
        let mut lowest = f64::NEG_INFINITY;
        let mut lines: Vec<f64> = Vec::new();
        for span in self.lanes.timers.iter().filter(|span| is_always_drawn(span)) {
            let top = zoom.to(axis.y_of(trace.record(span.set)));
            let bottom = Self::end_of(trace, axis, span);
            if zoom.to(bottom) - top < LEAST_TIMER {
                continue;
            }
            // Most follow each other; of those that run side by side the last few count.
            let near = &lines[lines.len().saturating_sub(8)..];
            let mark =
                self.timer(trace, axis, layout, zoom, span, if top < lowest { near } else { &[] });
            lines.extend(mark.label.as_ref().map(|label| label.at.y));
            lowest = lowest.max(mark.path.end().y);
            self.drawn.timers.push(mark);
        }
        let timers = &self.drawn.timers;
        let heights = timers.iter().map(|mark| (mark.path.start.y, mark.path.end().y));
        self.drawn.timer_extents = Extents::new(heights);
        self.drawn.timer_lines = sorted(lines, |y| *y);
    }

    /// The states that lie in `visible`.
    pub(super) fn bands(
        &self,
        layout: &LadderLayout,
        zoom: &Zoom,
        visible: &Range<f64>,
        playhead: Playhead,
        height: f64,
    ) -> Vec<Band> {
        let range = zoom.from(visible.start)..zoom.from(visible.end);
        let first = self.states.partition_point(|y| *y <= range.start).saturating_sub(1);
        let last = self.states.partition_point(|y| *y < range.end);
        let present = Present { record: playhead.moment.record, y: zoom.to(playhead.y) };
        let mut bands = Vec::new();
        let mut index = first;
        while index < last {
            let top = if index == 0 { 0.0 } else { zoom.to(self.states[index]) };
            // States that last for less than a pixel are passed over.
            let least = zoom.from(top + LEAST_BAND);
            let next = self.states.partition_point(|y| *y < least).max(index + 1);
            let bottom = self.states.get(next).map_or(height, |y| zoom.to(*y));
            self.add_band(&mut bands, layout, visible, present, index..next, top..bottom);
            index = next;
        }
        bands
    }

    /// Adds a state's band: in two where the present divides it.
    fn add_band(
        &self,
        bands: &mut Vec<Band>,
        layout: &LadderLayout,
        visible: &Range<f64>,
        present: Present,
        places: Range<usize>,
        whole: Range<f64>,
    ) {
        let StateSpan { state, since, .. } = self.lanes.states[places.start];
        let until = self.lanes.states[places.end - 1].until;
        let outer = layout.outside(self.host, layout.band);
        let shown = whole.start.max(visible.start)..whole.end.min(visible.end);
        let begun = since <= present.record;
        let over = until.is_some_and(|until| until <= present.record);
        let divide = match (begun, over) {
            (false, _) => shown.start,
            (true, true) => shown.end,
            (true, false) => between(present.y, shown.start, shown.end),
        };
        let mut name = self.name(layout, visible, state.name(), &whole, &shown);
        for (part, tense) in
            [(shown.start..divide, Tense::Past), (divide..shown.end, Tense::Future)]
        {
            // A state that begins right now has no past yet, but its name has come.
            let begins = begun && tense == Tense::Past;
            if part.end <= part.start && !begins {
                continue;
            }
            bands.push(Band {
                host: self.host,
                state,
                since,
                x: outer.min(layout.lifeline(self.host)),
                width: layout.band,
                y0: part.start,
                y1: part.end,
                tense,
                name: name.take(),
            });
        }
    }

    /// A state's name: in the column beside where it begins; where that does not show, or there
    /// is no column, upright in the band.
    fn name(
        &self,
        layout: &LadderLayout,
        visible: &Range<f64>,
        name: &str,
        whole: &Range<f64>,
        shown: &Range<f64>,
    ) -> Option<Label> {
        let middle = name_middle(layout, whole.start);
        let has_notes = layout.column(self.host).notes > 0.0;
        if has_notes && middle - layout.note_size / 2.0 >= visible.start {
            let note = || self.note(layout, name.to_owned(), middle);
            return self.has_line(layout, middle).then(note);
        }
        if layout.column(self.host).is_inner {
            return self.fixed_name(layout, name, whole);
        }
        let free = self.longest_unbroken(shown);
        let length = Label::width_of(name, layout.note_size);
        let fits = layout.band > layout.note_size;
        (fits && free.end - free.start >= length + 2.0 * AROUND_NAME).then(|| Label {
            text: name.to_owned(),
            at: Point::new(
                layout.outside(self.host, layout.band / 2.0),
                free.start.midpoint(free.end),
            ),
            angle: -FRAC_PI_2,
            along: Point::new(0.0, -1.0),
            anchor: Anchor::Middle,
            size: layout.note_size,
        })
    }

    /// A state's name where its band begins: where arrows pass over the band their labels have to
    /// keep clear of it, so it stays where it is.
    fn fixed_name(&self, layout: &LadderLayout, name: &str, whole: &Range<f64>) -> Option<Label> {
        let length = Label::width_of(name, layout.note_size);
        let (top, bottom) = (whole.start + AROUND_NAME, whole.start + AROUND_NAME + length);
        let broken = self.drawn.breaks.partition_point(|at| at + BREAK <= top);
        let is_broken = self.drawn.breaks.get(broken).is_some_and(|at| at - BREAK < bottom);
        let fits = layout.band > layout.note_size && bottom + AROUND_NAME <= whole.end;
        (fits && !is_broken).then(|| Label {
            text: name.to_owned(),
            at: Point::new(layout.outside(self.host, layout.band / 2.0), top.midpoint(bottom)),
            angle: -FRAC_PI_2,
            along: Point::new(0.0, -1.0),
            anchor: Anchor::Middle,
            size: layout.note_size,
        })
    }

    /// The names that labels of arrows have to keep clear of, of states that begin in a range.
    pub(super) fn fixed_names(
        &self,
        layout: &LadderLayout,
        zoom: &Zoom,
        within: &Range<f64>,
    ) -> Vec<Label> {
        if !layout.column(self.host).is_inner {
            return Vec::new();
        }
        let first = self.states.partition_point(|y| zoom.to(*y) < within.start);
        let last = self.states.partition_point(|y| zoom.to(*y) <= within.end);
        (first..last.max(first))
            .filter_map(|index| {
                let top = if index == 0 { 0.0 } else { zoom.to(self.states[index]) };
                let bottom = self.states.get(index + 1).map_or(f64::INFINITY, |y| zoom.to(*y));
                self.fixed_name(layout, self.lanes.states[index].state.name(), &(top..bottom))
            })
            .collect()
    }

    /// The longest piece of a band that no fold breaks.
    fn longest_unbroken(&self, shown: &Range<f64>) -> Range<f64> {
        let breaks = &self.drawn.breaks;
        let first = breaks.partition_point(|at| at + BREAK <= shown.start);
        let within = breaks[first..].iter().take_while(|at| **at - BREAK < shown.end);
        let mut longest = shown.start..shown.start;
        let mut start = shown.start;
        for end in within.map(|at| at - BREAK).chain([shown.end]) {
            if end - start > longest.end - longest.start {
                longest = start..end;
            }
            start = end + 2.0 * BREAK;
        }
        longest
    }

    /// The calls that lie in `visible`; of those that are drawn at one place, the first.
    pub(super) fn calls(
        &self,
        layout: &LadderLayout,
        zoom: &Zoom,
        visible: &Range<f64>,
        playhead: Playhead,
    ) -> Vec<CallMark> {
        let line = layout.scale.line_gap;
        let first = self.calls.partition_point(|call| call.y < zoom.from(visible.start));
        let end = zoom.from(visible.end + line);
        let last = self.calls.partition_point(|call| call.y <= end);
        let mut calls = Vec::new();
        let mut index = first;
        while let Some(call) = self.calls[..last.max(first)].get(index) {
            let y = zoom.to(call.y);
            calls.push(CallMark {
                host: self.host,
                record: call.record,
                at: Point::new(layout.outside(self.host, layout.band), y),
                label: self.call_label(layout, call, y),
                tense: if call.record <= playhead.moment.record {
                    Tense::Past
                } else {
                    Tense::Future
                },
            });
            let least = zoom.from(y + LEAST_BAND);
            index = self.calls.partition_point(|call| call.y < least).max(index + 1);
        }
        calls
    }

    /// The first of these heights that no line of the column stands on, nor one of those taken.
    fn free_line(&self, layout: &LadderLayout, places: &[f64], taken: &[f64]) -> Option<f64> {
        let gap = layout.scale.line_gap;
        let clear = |lines: &[f64], y: f64| {
            let above = lines.partition_point(|line| *line <= y - gap);
            lines.get(above).is_none_or(|line| *line >= y + gap)
        };
        let is_free = |y: &&f64| {
            clear(&self.drawn.lines, **y)
                && clear(&self.drawn.timer_lines, **y)
                && taken.iter().all(|line| (*line - **y).abs() >= gap)
        };
        let has_notes = layout.column(self.host).notes > 0.0;
        let place = places.iter().find(is_free).filter(|_| has_notes);
        place.copied()
    }

    /// Whether a name or a call is written on its line: not where another is right above it.
    fn has_line(&self, layout: &LadderLayout, y: f64) -> bool {
        let lines = &self.drawn.lines;
        let gap = layout.scale.line_gap - 0.01;
        let above = lines.partition_point(|line| *line <= y - gap);
        lines.partition_point(|line| *line <= y) <= above + 1
    }

    /// A call as it is written; where that is too long, without what it is given.
    fn call_label(&self, layout: &LadderLayout, call: &Call, y: f64) -> Option<Label> {
        let middle = call_middle(layout, y);
        if !self.has_line(layout, middle) {
            return None;
        }
        let name = call.text.split('(').next().unwrap_or_default();
        let texts = [call.text.clone(), format!("{name}()")];
        self.first_fitting(layout, &texts, middle)
    }

    /// The first of these texts for which the column is wide enough.
    fn first_fitting(&self, layout: &LadderLayout, texts: &[String], y: f64) -> Option<Label> {
        let fits = |text: &&String| {
            Label::width_of(text, layout.note_size) <= layout.column(self.host).notes
        };
        texts.iter().find(fits).map(|text| self.note(layout, text.clone(), y))
    }

    /// A line of text in the column.
    fn note(&self, layout: &LadderLayout, text: String, y: f64) -> Label {
        Label {
            text,
            at: Point::new(layout.note_x(self.host), y),
            angle: 0.0,
            along: Point::RIGHT,
            anchor: if layout.column(self.host).outwards < 0.0 {
                Anchor::End
            } else {
                Anchor::Start
            },
            size: layout.note_size,
        }
    }
}

/// The present, at the height at which it is drawn.
#[derive(Clone, Copy)]
struct Present {
    record: RecordId,
    y: f64,
}

/// The heights of both, which each come in order, in order.
fn merged(one: impl Iterator<Item = f64>, other: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut lines = Vec::new();
    let mut other = other.peekable();
    for line in one {
        while let Some(before) = other.next_if(|before| *before < line) {
            lines.push(before);
        }
        lines.push(line);
    }
    lines.extend(other);
    lines
}

/// The middle of the name of a state that begins at `y`.
fn name_middle(layout: &LadderLayout, y: f64) -> f64 {
    y + Scale::NAME_BELOW * layout.scale.line_gap
}

/// The middle of the text of a call at `y`.
fn call_middle(layout: &LadderLayout, y: f64) -> f64 {
    y - Scale::CALL_ABOVE * layout.scale.line_gap
}
