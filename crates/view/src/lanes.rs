//! A run as lanes: what lasts, from its beginning to its end, found once for each run.

use tcpscope_sim::{
    ConnectionId, HostId, Intervention, LinkRule, Packet, PacketIndex, Record, RecordId,
    RecordKind, TimerEvent, Trace, Why,
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
    /// The places of each timer's spans, in the order of [`Timer::ALL`].
    by_timer: Vec<Vec<usize>>,
    /// Which connection stands for the host, from that record on.
    mains: Vec<(RecordId, Option<ConnectionId>)>,
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
    /// Whether it waits at the end of its way before it arrives.
    pub is_held: bool,
}

impl Lanes {
    /// The lanes of a run.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let mut hosts: Vec<_> = hosts(trace).map(|host| HostLanes::new(trace, host)).collect();
        let flight = |repeats| Flight { repeats, ..Flight::default() };
        let mut flights: Vec<_> = repeats(trace).into_iter().map(flight).collect();
        for record in trace.records() {
            if let Some(host) = record.host {
                hosts[host.index()].add(record);
            }
            if let Some(packet) = record.kind.packet() {
                flights[place(packet)].add(trace, record);
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
    /// The states of the connection that stands for a host; the rest is added record by record.
    fn new(trace: &Trace, host: HostId) -> Self {
        let mut states: Vec<StateSpan> = Vec::new();
        for (since, state) in trace.host(host).states() {
            match states.last_mut() {
                // Of several changes with one record the last counts.
                Some(last) if last.since == since => last.state = state,
                Some(last) if last.state == state => {}
                last => {
                    if let Some(last) = last {
                        last.until = Some(since);
                    }
                    states.push(StateSpan { state, since, until: None });
                }
            }
        }
        let own = trace.connections().iter().filter(|info| info.host == host);
        let mains = own.map(|info| (info.since, trace.main_connection(host, info.since)));
        Self {
            states,
            mains: mains.collect(),
            by_timer: vec![Vec::new(); Timer::ALL.len()],
            ..Self::default()
        }
    }

    fn add(&mut self, record: &Record) {
        match record.kind {
            RecordKind::Timer { timer, event } if self.is_main(record) => {
                self.add_timer(record.id, timer, event);
            }
            RecordKind::Call { .. } => self.calls.push(record.id),
            RecordKind::Timer { .. }
            | RecordKind::Transition { .. }
            | RecordKind::Transmit { .. }
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

    /// Whether a record is about the connection that stands for the host.
    fn is_main(&self, record: &Record) -> bool {
        let past = self.mains.partition_point(|(since, _)| *since <= record.id);
        let main = past.checked_sub(1).and_then(|last| self.mains[last].1);
        record.connection.is_none() || record.connection == main
    }

    fn add_timer(&mut self, record: RecordId, timer: Timer, event: TimerEvent) {
        let end = match event {
            TimerEvent::Set(_) => TimerEnd::Restarted,
            TimerEvent::Stopped => TimerEnd::Stopped,
            TimerEvent::Expired => TimerEnd::Expired,
        };
        // Each timer runs at most once at a time: the last of its kind is the one that runs.
        let kind = place_of(timer);
        let running = self.by_timer[kind].last().map(|last| &mut self.timers[*last]);
        if let Some(running) = running.filter(|span| span.end.is_none()) {
            running.end = Some((record, end));
        }
        if let TimerEvent::Set(deadline) = event {
            self.by_timer[kind].push(self.timers.len());
            self.timers.push(TimerSpan { timer, set: record, deadline, end: None });
        }
    }

    /// The span of `timer` that runs once `record` has happened.
    #[must_use]
    pub fn running(&self, timer: Timer, record: RecordId) -> Option<&TimerSpan> {
        let places = self.by_timer.get(place_of(timer))?;
        let set = places.partition_point(|place| self.timers[*place].set <= record);
        let last = &self.timers[places[set.checked_sub(1)?]];
        last.end.is_none_or(|(end, _)| record < end).then_some(last)
    }

    /// The span of the timer that was set with a record.
    pub(crate) fn set_by(&self, record: RecordId) -> Option<&TimerSpan> {
        let place = self.timers.partition_point(|span| span.set < record);
        self.timers.get(place).filter(|span| span.set == record)
    }
}

fn place_of(timer: Timer) -> usize {
    Timer::ALL.iter().position(|known| *known == timer).unwrap_or(0)
}

impl Flight {
    fn add(&mut self, trace: &Trace, record: &Record) {
        match &record.kind {
            RecordKind::Arrive { .. } | RecordKind::Lost { .. } => self.ended_by = Some(record.id),
            RecordKind::Intervention { intervention, .. } => match **intervention {
                Intervention::Delay { by, .. } => {
                    self.delayed = Some(self.delayed.map_or(by, |before| before + by));
                }
                Intervention::Hold { .. } | Intervention::Swap { .. } => self.is_held = true,
                Intervention::Drop(_)
                | Intervention::Duplicate { .. }
                | Intervention::Corrupt { .. } => {}
            },
            RecordKind::Impaired { .. } => {
                let held = |why: &Why| matches!(why, Why::Link(LinkRule::HeldBack { .. }));
                self.is_held |= trace.whys(record.id).iter().any(held);
            }
            RecordKind::Copy { .. }
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

/// For each retransmission the last packet before it that carried any of the same numbers, from the
/// same socket to the same: found from the last packet of that flow back.
fn repeats(trace: &Trace) -> Vec<Option<PacketIndex>> {
    let packets = trace.packets();
    let mut flows: Vec<Vec<usize>> = Vec::new();
    let mut last: Option<usize> = None;
    let mut repeats = Vec::with_capacity(packets.len());
    for (index, packet) in packets.iter().enumerate() {
        let same = |flow: &&usize| is_same_flow(&packets[flows[**flow][0]], packet);
        // Mostly it is the flow of the packet before, or of the one before that.
        let flow = last
            .as_ref()
            .filter(same)
            .copied()
            .or_else(|| (0..flows.len()).rev().find(|flow| same(&flow)))
            .unwrap_or_else(|| {
                flows.push(Vec::new());
                flows.len() - 1
            });
        last = Some(flow);
        let carries = |before: &&usize| overlaps(&packets[**before], packet);
        let original = packet
            .retransmission
            .then(|| flows[flow].iter().rev().find(carries).copied())
            .flatten();
        repeats.push(original.and_then(|index| u32::try_from(index).ok()).map(PacketIndex));
        // Bare ACKs carry no numbers: nothing repeats them.
        if packet.segment.seq != packet.segment.end() || flows[flow].is_empty() {
            flows[flow].push(index);
        }
    }
    repeats
}

fn is_same_flow(a: &Packet, b: &Packet) -> bool {
    a.id.from == b.id.from && a.source == b.source && a.destination == b.destination
}

fn overlaps(a: &Packet, b: &Packet) -> bool {
    let (a, b) = (&a.segment, &b.segment);
    a.seq.before(b.end()) && b.seq.before(a.end())
}

/// How long a packet from this host usually takes: the median of those that nobody delayed.
fn usual(trace: &Trace, flights: &[Flight], from: usize) -> Option<Duration> {
    let packets = trace.packets().iter().zip(flights);
    let times: Vec<_> = packets
        .filter(|(packet, flight)| {
            packet.id.from.index() == from && flight.delayed.is_none() && !flight.is_held
        })
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
