//! A run under way: one step takes exactly one happening from the queue.

use alloc::vec::Vec;

use tcpscope_tcp::{Effect, Effects, Instant, Notification, Timer};

use crate::host::{Host, hosts};
use crate::network::{Network, Origins, Sent};
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::{
    Ended, EventId, HostId, Intervention, PacketIndex, RecordId, RecordKind, Setup, TimerEvent,
    Trace, Why,
};

/// What decides a run, with all edits in it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) setup: Setup,
    pub(crate) interventions: Vec<Intervention>,
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
}

impl World {
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut world = Self {
            queue: Queue::default(),
            hosts: hosts(&plan.setup),
            network: Network::new(&plan.setup),
            events: 0,
            now: None,
        };
        for host in 0..plan.setup.hosts.len() {
            world.queue_turn(plan, HostId(u8::try_from(host).unwrap_or(0)), Instant::ZERO, None);
        }
        world
    }

    /// Takes back what the trace of a run from here on says of packets that are still waiting.
    pub(crate) fn forget_what_comes(&self, trace: &mut Trace) {
        self.network.forget_what_comes(trace);
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
        effects: &mut Effects,
    ) -> Result<(), Ended> {
        let limits = plan.setup.limits;
        let at = self.queue.next_at().ok_or(Ended::Quiet)?;
        if at > limits.until {
            return Err(Ended::TimeLimit);
        }
        if trace.records().len() >= limits.records {
            return Err(Ended::RecordLimit);
        }
        let Some((at, what)) = self.queue.pop() else { return Err(Ended::Quiet) };
        self.now = Some(at);
        let first = trace.next_record();
        let mut step = Step { plan, trace, effects, at, event: EventId(self.events) };
        let mut counts = true;
        match what {
            Happening::Application { host, cause } => self.application(&mut step, host, cause),
            Happening::Timeout { host, timer, cause } => {
                self.timeout(&mut step, host, Timer::ALL[timer], cause);
            }
            Happening::Arrival { packet } => self.arrival(&mut step, packet),
            Happening::Loss { packet, rule } => Network::loss(&mut step, packet, rule),
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

    fn application(&mut self, step: &mut Step<'_>, id: HostId, cause: Option<RecordId>) {
        let script = &step.plan.setup.hosts[id.index()].script;
        let host = &mut self.hosts[id.index()];
        host.app.turn_queued = false;
        if host.next_turn(step.at, script) != Some(step.at) {
            self.queue_turn(step.plan, id, step.at, cause);
            return;
        }
        let line = host.app.line;
        let Some(result) = host.call(step.at, script, step.effects) else { return };
        let line_after = host.app.line;
        let record = step.record(cause, Some(id), RecordKind::Call { line, result }, None);
        step.trace.set_line(id, record, line_after);
        self.follow(step, id, record);
    }

    fn timeout(&mut self, step: &mut Step<'_>, id: HostId, timer: Timer, cause: RecordId) {
        let host = &mut self.hosts[id.index()];
        if host.connection.deadline(timer) != Some(step.at) {
            return;
        }
        if host.another_is_first(timer, step.at) {
            self.queue.push(step.at, Happening::timeout(id, timer, cause));
            return;
        }
        let kind = RecordKind::Timer { timer, event: TimerEvent::Expired };
        let record = step.record(Some(cause), Some(id), kind, None);
        host.connection.timeout(step.at, timer, step.effects);
        self.follow(step, id, record);
    }

    fn arrival(&mut self, step: &mut Step<'_>, packet: PacketIndex) {
        let sent = step.trace.packet(packet);
        let (id, sent_by, segment) = (sent.to, sent.sent_by, sent.segment.clone());
        let record = step.record(Some(sent_by), Some(id), RecordKind::Arrive { packet }, None);
        let host = &mut self.hosts[id.index()];
        host.connection.segment_arrives(step.at, segment, step.effects);
        self.follow(step, id, record);
    }

    /// Writes down what followed from an event at a host, and lets it have its consequences. What
    /// was decided is the event's reason; what followed from it has reasons of its own.
    fn follow(&mut self, step: &mut Step<'_>, id: HostId, event: RecordId) {
        let mut effects = core::mem::take(step.effects);
        for entry in effects.entries().iter().filter(|entry| entry.effect == Effect::Decide) {
            step.trace.add_why(Why::Tcp(entry.reason));
        }
        let mut last = event;
        for (entry, status) in effects.drain_with_status() {
            let kind = match entry.effect {
                Effect::Decide => None,
                Effect::Enter { from, to } => Some(RecordKind::Transition { from, to }),
                Effect::Transmit { segment, retransmission } => {
                    let origins = Origins::of(&self.hosts[id.index()].connection);
                    let sent = Sent { from: id, origins, segment, retransmission };
                    let packet = self.network.transmit(step, &mut self.queue, sent);
                    Some(RecordKind::Transmit { packet })
                }
                Effect::SetTimer { timer, at } => {
                    let cause = step.trace.next_record();
                    self.hosts[id.index()].timer_set_by[timer as usize] = Some(cause);
                    self.queue.push(at, Happening::timeout(id, timer, cause));
                    Some(RecordKind::Timer { timer, event: TimerEvent::Set(at) })
                }
                Effect::StopTimer { timer } => {
                    Some(RecordKind::Timer { timer, event: TimerEvent::Stopped })
                }
                Effect::Deliver { octets } => Some(RecordKind::Deliver { octets }),
                Effect::Notify(told) => {
                    self.hear(step, id, told);
                    Some(RecordKind::Notify(told))
                }
            };
            if let Some(kind) = kind {
                last = step.record(Some(event), Some(id), kind, Some(Why::Tcp(entry.reason)));
            }
            step.trace.set_status(id, last, &status);
        }
        *step.effects = effects;
        self.queue_turn(step.plan, id, step.at, Some(last));
    }

    fn hear(&mut self, step: &mut Step<'_>, id: HostId, told: Notification) {
        let script = &step.plan.setup.hosts[id.index()].script;
        let host = &mut self.hosts[id.index()];
        host.hear(told, script);
        step.trace.set_line(id, step.trace.next_record(), host.app.line);
    }

    /// The application gets a turn when it can go on, if none is coming already.
    fn queue_turn(&mut self, plan: &Plan, id: HostId, now: Instant, cause: Option<RecordId>) {
        let host = &mut self.hosts[id.index()];
        if host.app.turn_queued {
            return;
        }
        if let Some(at) = host.next_turn(now, &plan.setup.hosts[id.index()].script) {
            host.app.turn_queued = true;
            self.queue.push(at, Happening::Application { host: id, cause });
        }
    }
}
