//! How the axis of a run is laid out: each thing that happens gets a height, in order.

use tcpscope_sim::{HostId, Packet, RecordId, RecordKind, Trace};
use tcpscope_tcp::{Duration, Instant};

use super::{Fold, Knot, Scale, Tick, TimeAxis, pixels};
use crate::ladder::call_text;
use crate::lanes::hosts;
use crate::order::{median, sorted};

/// Idle for more flights than this is idle for much longer than a round trip.
const FOLD_ABOVE: f64 = 2.5;
/// Between two times at the margin.
const TICK_GAP: f64 = 22.0;

/// The axis of a run, in time linear in its records.
pub(super) fn axis(trace: &Trace, scale: &Scale) -> TimeAxis {
    let pace = scale.flight / pixels(usual_flight(trace).as_micros().max(1));
    let mut layout = Layout {
        trace,
        scale,
        pace,
        columns: vec![Column::new(scale); trace.hosts().len()],
        states: hosts(trace)
            .map(|host| trace.host(host).states().map(|(since, _)| since).collect())
            .collect(),
        knots: vec![Knot {
            at: Instant::ZERO,
            y: scale.top,
            first: RecordId(0),
            record: RecordId(0),
        }],
        folds: Vec::new(),
        ticks: vec![Tick { at: Instant::ZERO, y: scale.top }],
    };
    let mut queued = queued_departures(trace).into_iter().peekable();
    for record in trace.records() {
        while let Some((at, from)) = queued.next_if(|(at, _)| *at <= record.at) {
            layout.departs_later(at, from);
        }
        layout.happens(record.id);
    }
    // A run that was cut short leaves packets under way: they are drawn to where they would end.
    let end = trace.packets().iter().map(|packet| packet.ends).max().unwrap_or_default();
    let (knots, folds, ticks) = (layout.knots, layout.folds, layout.ticks);
    let last = knots[knots.len() - 1];
    let beyond = (pixels(end.since(last.at).as_micros()) * pace).min(4.0 * scale.flight);
    let height = last.y + beyond + scale.bottom;
    TimeAxis { knots, pace, folds, ticks, height }
}

/// The median of the times that packets were under way.
fn usual_flight(trace: &Trace) -> Duration {
    let arrives = |packet: &Packet| packet.arrives().map(|at| at.since(packet.departs));
    let flights: Vec<_> = trace.packets().iter().filter_map(arrives).collect();
    median(&flights).unwrap_or_else(|| {
        // Nothing ever arrives: the ways to where packets were lost are about half a flight.
        let lost = trace.packets().iter().map(|packet| packet.ends.since(packet.departs));
        // One that has just been sent has not come far.
        lost.max().unwrap_or_default().max(Duration::from_millis(10)).times(2)
    })
}

/// When packets left that had to wait for others, in order of time.
fn queued_departures(trace: &Trace) -> Vec<(Instant, HostId)> {
    let waited = trace.packets().iter().filter(|packet| packet.departs > packet.sent);
    let departures = waited.map(|packet| (packet.departs, packet.id.from)).collect();
    sorted(departures, |(at, _)| pixels(at.as_micros()))
}

/// What was last drawn at one lifeline, each at its height.
#[derive(Clone, Copy)]
struct Column {
    departure: f64,
    arrival: f64,
    /// The last loss of a packet that this host sent.
    loss: f64,
    state: f64,
    line: f64,
}

impl Column {
    /// The figure begins with the band of a state, ready to be left at the first record.
    fn new(scale: &Scale) -> Self {
        let none = f64::NEG_INFINITY;
        let state = scale.top - scale.state_gap;
        Self { departure: none, arrival: none, loss: none, state, line: none }
    }
}

struct Layout<'a> {
    trace: &'a Trace,
    scale: &'a Scale,
    pace: f64,
    columns: Vec<Column>,
    /// The records with which the states begin that are drawn, of each host.
    states: Vec<Vec<RecordId>>,
    knots: Vec<Knot>,
    folds: Vec<Fold>,
    ticks: Vec<Tick>,
}

impl Layout<'_> {
    fn departs_later(&mut self, at: Instant, from: HostId) {
        let least = self.columns[from.index()].departure + self.scale.arrow_gap;
        let record = self.knots[self.knots.len() - 1].record;
        let y = self.place(at, record, least);
        self.columns[from.index()].departure = y;
    }

    fn happens(&mut self, id: RecordId) {
        let record = self.trace.record(id);
        let Scale { arrow_gap, state_gap, line_gap, .. } = *self.scale;
        match (&record.kind, record.host) {
            (RecordKind::Transmit { packet }, Some(host)) => {
                if self.trace.packet(*packet).departs > record.at {
                    self.place(record.at, id, 0.0);
                    return;
                }
                let least = self.columns[host.index()].departure + arrow_gap;
                self.columns[host.index()].departure = self.place(record.at, id, least);
            }
            (RecordKind::Arrive { .. }, Some(host)) => {
                let least = self.columns[host.index()].arrival + arrow_gap;
                self.columns[host.index()].arrival = self.place(record.at, id, least);
            }
            (RecordKind::Lost { packet, .. }, _) => {
                let from = self.trace.packet(*packet).id.from.index();
                let least = self.columns[from].loss + arrow_gap;
                self.columns[from].loss = self.place(record.at, id, least);
            }
            (RecordKind::Transition { .. }, Some(host))
                if self.states[host.index()].binary_search(&id).is_ok() =>
            {
                let Column { state, line, .. } = self.columns[host.index()];
                let below = Scale::NAME_BELOW * line_gap;
                let least = (state + state_gap).max(line + line_gap - below);
                let y = self.place(record.at, id, least);
                let column = &mut self.columns[host.index()];
                (column.state, column.line) = (y, y + below);
            }
            (RecordKind::Call { .. }, Some(host)) if call_text(self.trace, id).is_some() => {
                let above = Scale::CALL_ABOVE * line_gap;
                let least = self.columns[host.index()].line + line_gap + above;
                let y = self.place(record.at, id, least);
                self.columns[host.index()].line = y - above;
            }
            _ => {
                self.place(record.at, id, 0.0);
            }
        }
    }

    /// Places what happens at `at`: as far below what happened before as the time between takes,
    /// and no higher than `least`.
    fn place(&mut self, at: Instant, record: RecordId, least: f64) -> f64 {
        let last = self.knots[self.knots.len() - 1];
        let idle = pixels(at.since(last.at).as_micros()) * self.pace;
        let folded = idle > FOLD_ABOVE * self.scale.flight;
        let y = (last.y + if folded { self.scale.fold } else { idle }).max(least);
        if folded {
            self.folds.push(Fold { from: last.at, to: at, y0: last.y, y1: y });
        }
        if at > last.at && self.ticks.last().is_none_or(|tick| y - tick.y >= TICK_GAP) {
            self.ticks.push(Tick { at, y });
        }
        // Records that share a height need one knot: what happened last by then.
        match self.knots.last_mut() {
            Some(knot) if knot.at == at && knot.y >= y => knot.record = record,
            _ => self.knots.push(Knot { at, y, first: record, record }),
        }
        y
    }
}
