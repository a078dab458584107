//! A run as lanes: what lasts, from its beginning to its end, found once for each run.

use tcpscope_sim::{
    HostId, Intervention, PacketIndex, Record, RecordId, RecordKind, TimerEvent, Trace,
};
use tcpscope_tcp::{Duration, Instant, State, Timer};

use crate::order::median;

/// A run as lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// The lanes of each host.
    pub hosts: Vec<HostLanes>,
    /// What became of each packet, in the order of [`Trace::packets`].
    pub flights: Vec<Flight>,
    /// For each direction, by the host that it begins at: how long a packet usually takes.
    pub usual: Vec<Option<Duration>>,
}

/// The lanes of one host.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct HostLanes {
    /// Its states, one after another without a gap.
    pub states: Vec<StateSpan>,
    /// Its timers, in the order in which they were set.
    pub timers: Vec<TimerSpan>,
    /// The calls of its application.
    pub calls: Vec<RecordId>,
}

/// A state, for as long as it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateSpan {
    /// Which.
    pub state: State,
    /// The record that it begins with; the first of all for the state at the beginning.
    pub since: RecordId,
    /// The record that ends it, if one does.
    pub until: Option<RecordId>,
}

/// A timer, for as long as it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerSpan {
    /// Which.
    pub timer: Timer,
    /// The record of its setting.
    pub set: RecordId,
    /// When it runs out, if nothing happens before.
    pub deadline: Instant,
    /// What ended it, if anything did.
    pub end: Option<(RecordId, TimerEnd)>,
}

/// What ends a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimerEnd {
    /// It runs out.
    Expired,
    /// It is stopped.
    Stopped,
    /// It is set anew.
    Restarted,
}

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Flight {
    /// The record of its arrival or loss; none where the run was cut short.
    pub ended_by: Option<RecordId>,
    /// For a retransmission: the transmission before of the same numbers.
    pub repeats: Option<PacketIndex>,
    /// By how much somebody delayed it.
    pub delayed: Option<Duration>,
}

impl Lanes {
    /// The lanes of a run.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let first = StateSpan { state: State::Closed, since: RecordId(0), until: None };
        let lanes = || HostLanes { states: vec![first], ..HostLanes::default() };
        let mut hosts: Vec<_> = trace.hosts().iter().map(|_| lanes()).collect();
        let mut flights: Vec<_> = (0..trace.packets().len())
            .map(|index| Flight { repeats: repeats(trace, index), ..Flight::default() })
            .collect();
        for record in trace.records() {
            if let Some(host) = record.host {
                hosts[host.index()].add(record);
            }
            if let Some(packet) = record.kind.packet() {
                flights[place(packet)].add(record);
            }
        }
        let usual = (0..trace.hosts().len()).map(|from| usual(trace, &flights, from)).collect();
        Self { hosts, flights, usual }
    }

    /// What became of a packet.
    #[must_use]
    pub fn flight(&self, packet: PacketIndex) -> &Flight {
        &self.flights[place(packet)]
    }
}

impl HostLanes {
    fn add(&mut self, record: &Record) {
        match record.kind {
            RecordKind::Transition { to, .. } => {
                if let Some(last) = self.states.last_mut() {
                    last.until = Some(record.id);
                }
                self.states.push(StateSpan { state: to, since: record.id, until: None });
            }
            RecordKind::Timer { timer, event } => self.add_timer(record.id, timer, event),
            RecordKind::Call { .. } => self.calls.push(record.id),
            RecordKind::Transmit { .. }
            | RecordKind::Arrive { .. }
            | RecordKind::Lost { .. }
            | RecordKind::Deliver { .. }
            | RecordKind::Notify(_)
            | RecordKind::Impaired { .. }
            | RecordKind::Copy { .. }
            | RecordKind::Icmp { .. }
            | RecordKind::ReassemblyTimeout { .. }
            | RecordKind::LinkChanged { .. }
            | RecordKind::Act(_)
            | RecordKind::Intervention { .. } => {}
        }
    }

    fn add_timer(&mut self, record: RecordId, timer: Timer, event: TimerEvent) {
        let end = match event {
            TimerEvent::Set(_) => TimerEnd::Restarted,
            TimerEvent::Stopped => TimerEnd::Stopped,
            TimerEvent::Expired => TimerEnd::Expired,
        };
        // Each timer runs at most once at a time: the last of its kind is the one that runs.
        let running = self.timers.iter_mut().rev().find(|span| span.timer == timer);
        if let Some(running) = running.filter(|span| span.end.is_none()) {
            running.end = Some((record, end));
        }
        if let TimerEvent::Set(deadline) = event {
            self.timers.push(TimerSpan { timer, set: record, deadline, end: None });
        }
    }

    /// The span of `timer` that runs once `record` has happened.
    #[must_use]
    pub fn running(&self, timer: Timer, record: RecordId) -> Option<&TimerSpan> {
        let set = self.timers.partition_point(|span| span.set <= record);
        let last = self.timers[..set].iter().rev().find(|span| span.timer == timer)?;
        last.end.is_none_or(|(end, _)| record < end).then_some(last)
    }
}

impl Flight {
    fn add(&mut self, record: &Record) {
        match &record.kind {
            RecordKind::Arrive { .. } | RecordKind::Lost { .. } => self.ended_by = Some(record.id),
            RecordKind::Intervention { intervention, .. } => match **intervention {
                Intervention::Delay { by, .. } => {
                    self.delayed = Some(self.delayed.map_or(by, |before| before + by));
                }
                Intervention::Drop(_)
                | Intervention::Duplicate { .. }
                | Intervention::Corrupt { .. }
                | Intervention::Hold { .. }
                | Intervention::Swap { .. } => {}
            },
            RecordKind::Impaired { .. }
            | RecordKind::Copy { .. }
            | RecordKind::Icmp { .. }
            | RecordKind::ReassemblyTimeout { .. }
            | RecordKind::LinkChanged { .. }
            | RecordKind::Transmit { .. }
            | RecordKind::Call { .. }
            | RecordKind::Transition { .. }
            | RecordKind::Timer { .. }
            | RecordKind::Deliver { .. }
            | RecordKind::Act(_)
            | RecordKind::Notify(_) => {}
        }
    }
}

/// The last packet before a retransmission that carried any of the same numbers.
fn repeats(trace: &Trace, index: usize) -> Option<PacketIndex> {
    let repeat = trace.packets().get(index).filter(|packet| packet.retransmission)?;
    let segment = &repeat.segment;
    let original = trace.packets()[..index].iter().rposition(|packet| {
        let before = &packet.segment;
        packet.id.from == repeat.id.from
            && before.seq.before(segment.end())
            && segment.seq.before(before.end())
    })?;
    u32::try_from(original).ok().map(PacketIndex)
}

/// How long a packet from this host usually takes: the median of those that nobody delayed.
fn usual(trace: &Trace, flights: &[Flight], from: usize) -> Option<Duration> {
    let packets = trace.packets().iter().zip(flights);
    let times: Vec<_> = packets
        .filter(|(packet, flight)| packet.id.from.index() == from && flight.delayed.is_none())
        .filter_map(|(packet, _)| packet.arrives().map(|at| at.since(packet.departs)))
        .collect();
    median(&times)
}

fn place(packet: PacketIndex) -> usize {
    packet.0 as usize
}

/// The hosts of a run, in order.
pub(crate) fn hosts(trace: &Trace) -> impl Iterator<Item = HostId> + use<> {
    (0..trace.hosts().len()).filter_map(|host| u8::try_from(host).ok().map(HostId))
}
