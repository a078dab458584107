//! A run under way: one step takes exactly one happening from the queue.

mod acts;

use alloc::vec::Vec;

use tcpscope_tcp::{
    About, ConnectionKey, Effect, IcmpError, Instant, Item, Outbox, Party, State, Timer,
};
use tcpscope_wire::{Checksums, Datagram};

use crate::host::{Host, hosts};
use crate::network::{Network, Origins, Sent};
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::{
    Act, ConnectionId, Ended, EventId, Flow, HostId, HostRule, Intervention, LinkChange,
    PacketIndex, PacketKind, RecordId, RecordKind, Setup, TimerEvent, Trace, Why,
};

/// What decides a run, with all edits in it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) setup: Setup,
    pub(crate) interventions: Vec<Intervention>,
    /// What becomes of the links, in order of time.
    pub(crate) changes: Vec<LinkChange>,
}

/// All that the rest of a run depends on, the plan aside. Cloning it makes a snapshot.
#[derive(Clone, Debug)]
pub(crate) struct World {
    queue: Queue,
    hosts: Vec<Host>,
    network: Network,
    events: u32,
    /// The instant of the last step.
    now: Option<Instant>,
    /// How many acts of the plan were done at that instant; all earlier ones were.
    acted: usize,
}

impl World {
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut world = Self {
            queue: Queue::default(),
            hosts: hosts(&plan.setup),
            network: Network::new(&plan.setup),
            events: 0,
            now: None,
            acted: 0,
        };
        for host in 0..plan.setup.hosts.len() {
            world.queue_turns(plan, HostId(u8::try_from(host).unwrap_or(0)), Instant::ZERO, None);
        }
        world
    }

    /// Takes back what the trace of a run from here on says of packets that are still waiting.
    pub(crate) fn forget_what_comes(&self, trace: &mut Trace) {
        self.network.forget_what_comes(&self.queue, trace);
    }

    /// The instant of the last step; `None` before the first.
    pub(crate) const fn now(&self) -> Option<Instant> {
        self.now
    }

    /// Lets one thing happen; says why no more can.
    pub(crate) fn step(
        &mut self,
        plan: &Plan,
        trace: &mut Trace,
        out: &mut Outbox,
    ) -> Result<(), Ended> {
        let limits = plan.setup.limits;
        let act = self.next_act(plan);
        let next = [act.map(|act| act.at), self.queue.next_at()];
        let at = next.into_iter().flatten().min().ok_or(Ended::Quiet)?;
        let change = self.network.next_change(plan, at);
        let at = change.map_or(at, |change| change.at);
        if at > limits.until {
            return Err(Ended::TimeLimit);
        }
        if trace.records().len() >= limits.records {
            return Err(Ended::RecordLimit);
        }
        if self.now != Some(at) {
            self.now = Some(at);
            self.acted = 0;
        }
        let first = trace.next_record();
        let mut step = Step { plan, trace, out, at, event: EventId(self.events) };
        if let Some(change) = change {
            self.network.change(&mut step, &mut self.queue, change);
            self.events += 1;
            return Ok(());
        }
        if let Some(act) = act.filter(|act| act.at == at) {
            self.acted += 1;
            self.act(&mut step, act);
            self.network.carry(&mut step, &mut self.queue);
            self.events += 1;
            return Ok(());
        }
        let Some((_, what)) = self.queue.pop() else { return Err(Ended::Quiet) };
        let mut counts = true;
        match what {
            Happening::Application { host, boots, process, cause } => {
                if self.hosts[host.index()].boots() == boots {
                    self.application(&mut step, host, process, cause);
                }
            }
            Happening::Timeout { host, boots, connection, timer, cause } => {
                if self.hosts[host.index()].boots() == boots {
                    self.timeout(&mut step, host, connection, timer, cause);
                }
            }
            Happening::Arrival { packet, link } => {
                let place = plan.setup.links.get(link).map_or(HostId(0), |link| link.to);
                if place.index() < self.hosts.len() {
                    self.arrival(&mut step, place, packet);
                } else {
                    self.network.forward(&mut step, &mut self.queue, place, packet);
                    counts = false;
                }
            }
            Happening::Loss { packet, rule } => {
                let lost = Network::loss(&mut step, packet, rule);
                let boots = |host: HostId| self.hosts[host.index()].boots();
                self.network.after_loss(&step, &mut self.queue, (packet, rule, lost), boots);
            }
            Happening::Icmp { host, packet, error, cause } => {
                self.icmp(&mut step, host, packet, error, cause);
            }
            Happening::ReassemblyTimeout { host, boots, packet, cause } => {
                if self.hosts[host.index()].boots() == boots {
                    self.reassembly_timeout(&mut step, host, packet, cause);
                }
            }
            Happening::Departure { link } => {
                self.network.departure(&mut step, &mut self.queue, link);
                counts = false;
            }
        }
        self.network.carry(&mut step, &mut self.queue);
        if counts || trace.next_record() != first {
            self.events += 1;
        }
        Ok(())
    }

    /// What the plan says is to be done next.
    fn next_act<'a>(&self, plan: &'a Plan) -> Option<&'a Act> {
        let acts = &plan.setup.acts;
        let done = self.now.map_or(0, |now| acts.partition_point(|act| act.at < now) + self.acted);
        acts.get(done)
    }

    fn application(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        process: u32,
        cause: Option<RecordId>,
    ) {
        let setup = &step.plan.setup;
        let host = &mut self.hosts[id.index()];
        let Some(turn) = host.turn(step.at, process, setup, id, step.out) else {
            self.queue_turns(step.plan, id, step.at, cause);
            return;
        };
        let kind = RecordKind::Call { line: turn.line, result: turn.result };
        let line = host.line();
        let record = step.record_of(turn.connection, cause, Some(id), kind, None);
        step.trace.set_line(id, record, line);
        step.trace.set_stands(id, record, host.moved());
        if let Some(line) = setup.hosts[id.index()].script.get(turn.line) {
            self.beside_tcp(step, id, &line.call, turn.result, record);
        }
        self.follow(step, id, record);
    }

    fn timeout(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        key: ConnectionKey,
        timer: Timer,
        cause: RecordId,
    ) {
        let host = &mut self.hosts[id.index()];
        let Some(connection) = host.connection(key) else { return };
        if connection.deadline(timer) != Some(step.at) {
            return;
        }
        if Host::another_is_first(connection, timer, step.at) {
            self.queue.push(step.at, host.timeout(id, key, timer, cause));
            return;
        }
        let kind = RecordKind::Timer { timer, event: TimerEvent::Expired };
        let record = step.record_of(host.id_of(key), Some(cause), Some(id), kind, None);
        host.tcp().timeout(step.at, key, timer, step.out);
        self.follow(step, id, record);
    }

    fn arrival(&mut self, step: &mut Step<'_>, id: HostId, packet: PacketIndex) {
        let kind = step.trace.packet(packet).id.kind;
        let is_unchecked = step.plan.setup.hosts[id.index()].config.variant.no_checksum;
        let checksums = if is_unchecked { Checksums::Ignore } else { Checksums::Verify };
        let (record, datagram) = self.network.received(step, packet, checksums);
        let host = &mut self.hosts[id.index()];
        if host.is_down() {
            step.trace.add_why(Why::Host(HostRule::Down));
            return;
        }
        // An option that cannot be read is ignored, with all that follow it.
        let Some(Datagram { source, destination, segment, illegal_option: _ }) = datagram else {
            return;
        };
        if kind == PacketKind::Udp {
            step.trace.add_why(Why::Host(HostRule::DatagramDelivered));
            let octets = segment.text_len();
            let why = Some(Why::Host(HostRule::DatagramDelivered));
            step.record(Some(record), Some(id), RecordKind::Deliver { octets }, why);
        } else {
            host.tcp().arrives(step.at, source, destination, segment, step.out);
            self.follow(step, id, record);
        }
    }

    /// The network tells a host what became of a packet of its own (RFC 9293 §3.9.2.2).
    fn icmp(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        packet: PacketIndex,
        error: IcmpError,
        cause: RecordId,
    ) {
        let kind = RecordKind::Icmp { packet, error };
        let record = step.record(Some(cause), Some(id), kind, None);
        let host = &mut self.hosts[id.index()];
        let about = step.trace.packet(packet);
        if host.is_down() {
            step.trace.add_why(Why::Host(HostRule::Down));
        } else if about.id.kind == PacketKind::Udp {
            step.trace.add_why(Why::Host(HostRule::DatagramReported));
        } else {
            let (local, remote, seq) = (about.source, about.destination, about.segment.seq);
            host.tcp().icmp(step.at, error, local, remote, seq, step.out);
            self.follow(step, id, record);
        }
    }

    /// A host waits no longer for the rest of a packet's fragments (RFC 791 §3.2, RFC 1122 §3.3.2).
    fn reassembly_timeout(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        packet: PacketIndex,
        cause: RecordId,
    ) {
        let kind = RecordKind::ReassemblyTimeout { packet };
        let why = Some(Why::Host(HostRule::ReassemblyTimeout));
        let record = step.record(Some(cause), Some(id), kind, why);
        let fragments = step.trace.packet(packet).fragments();
        // "If fragment zero is not available then no time exceeded need be sent at all" (RFC 792).
        if fragments.first().is_some_and(|first| !first.is_lost) {
            step.trace.add_why(Why::Host(HostRule::ReassemblyReported));
            let error = IcmpError::TimeExceeded;
            self.network.tell_sender(step, &mut self.queue, id, packet, error, record);
        }
    }

    /// Writes down what followed from an event at a host, and lets it have its consequences. What
    /// was decided is the event's reason; what followed from it has reasons of its own.
    fn follow(&mut self, step: &mut Step<'_>, id: HostId, event: RecordId) {
        self.hosts[id.index()].take_ready(step.at, step.out);
        let mut account = step.out.take_account();
        for reason in account.decisions() {
            step.trace.add_why(Why::Tcp(reason));
        }
        let mut last = event;
        let mut closed = false;
        let mut present: Option<(Party, Option<ConnectionId>)> = None;
        account.go_through(|Item { about, effect, reason, status, variables }| {
            let connection = match present {
                Some((party, connection)) if party == about.party => connection,
                Some(_) | None => self.known(step, id, about, event),
            };
            present = Some((about.party, connection));
            let kind = match effect {
                Effect::Decide => None,
                Effect::Enter { from, to } => {
                    closed |= to == State::Closed;
                    Some(RecordKind::Transition { from, to })
                }
                Effect::Transmit { segment, retransmission } => {
                    let About { local, remote, party } = about;
                    let host = &mut self.hosts[id.index()];
                    let before = host.incarnation(party, local.port(), remote, variables);
                    let sent = Sent {
                        from: id,
                        source: local,
                        destination: remote,
                        flow: Flow::of(&step.plan.setup, id, local, remote, before),
                        origins: Origins::of(variables),
                        number: None,
                        segment,
                        retransmission,
                    };
                    let packet = self.network.transmit(step, &mut self.queue, sent);
                    Some(RecordKind::Transmit { packet })
                }
                Effect::SetTimer { timer, at } => {
                    if let Party::Connection { key, .. } = about.party {
                        let cause = step.trace.next_record();
                        let host = &self.hosts[id.index()];
                        self.queue.push(at, host.timeout(id, key, timer, cause));
                    }
                    Some(RecordKind::Timer { timer, event: TimerEvent::Set(at) })
                }
                Effect::StopTimer { timer } => {
                    Some(RecordKind::Timer { timer, event: TimerEvent::Stopped })
                }
                Effect::Deliver { octets } => Some(RecordKind::Deliver { octets }),
                Effect::Notify(told) => {
                    if let Party::Connection { key, .. } = about.party {
                        let host = &mut self.hosts[id.index()];
                        host.hear(told, key);
                        step.trace.set_line(id, step.trace.next_record(), host.line());
                        step.trace.set_stands(id, step.trace.next_record(), host.moved());
                    }
                    Some(RecordKind::Notify(told))
                }
            };
            if let Some(kind) = kind {
                let why = Some(Why::Tcp(reason));
                last = step.record_of(connection, Some(event), Some(id), kind, why);
            }
            if let (Some(connection), Some(status)) = (connection, status) {
                step.trace.set_status(connection, last, status);
            }
        });
        step.out.reuse(account);
        let host = &mut self.hosts[id.index()];
        if closed {
            host.forget_gone();
        }
        self.queue_turns(step.plan, id, step.at, Some(last));
    }

    /// What the trace calls the connection that an entry is about; a new one is written down as
    /// beginning with `event`.
    fn known(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        about: About,
        event: RecordId,
    ) -> Option<ConnectionId> {
        let trace = &mut *step.trace;
        let About { local, remote, party } = about;
        let connection = self.hosts[id.index()]
            .known(party, |listens| trace.add_connection(id, local, remote, listens, event))?;
        trace.set_connection(event, connection);
        Some(connection)
    }

    /// Each application gets a turn when it can go on, if none is coming already.
    fn queue_turns(&mut self, plan: &Plan, id: HostId, now: Instant, cause: Option<RecordId>) {
        let host = &mut self.hosts[id.index()];
        let boots = host.boots();
        for (process, at) in host.due(now, &plan.setup.hosts[id.index()].script) {
            self.queue.push(at, Happening::Application { host: id, boots, process, cause });
        }
    }
}
