//! A run under way: one step takes exactly one happening from the queue.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use tcpscope_tcp::{Duration, Effect, Effects, Instant, Notification, Segment, SeqNumber, Timer};

use crate::draw::{Purpose, draw};
use crate::host::{Host, hosts};
use crate::link::{Link, LinkSetup};
use crate::queue::{Happening, Queue};
use crate::{
    Ended, EventId, Fate, HostId, Intervention, LinkRule, LossCause, Packet, PacketId, PacketIndex,
    PacketKind, Record, RecordId, RecordKind, Setup, TimerEvent, Trace, Why,
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
    links: Vec<Link>,
    /// How many packets of each kind were sent.
    attempts: BTreeMap<(HostId, PacketKind, u32, u32), u32>,
    events: u32,
}

impl World {
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut world = Self {
            queue: Queue::default(),
            hosts: hosts(&plan.setup),
            links: plan.setup.links.iter().map(|_| Link::default()).collect(),
            attempts: BTreeMap::new(),
            events: 0,
        };
        for host in 0..plan.setup.hosts.len() {
            world.queue_turn(plan, HostId(u8::try_from(host).unwrap_or(0)), Instant::ZERO, None);
        }
        world
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
        let mut step =
            Step { plan, trace, effects, at, event: EventId(self.events), interfered: Vec::new() };
        match what {
            Happening::Application { host, cause } => self.application(&mut step, host, cause),
            Happening::Timeout { host, timer, cause } => {
                self.timeout(&mut step, host, Timer::ALL[timer], cause);
            }
            Happening::Arrival { packet } => self.arrival(&mut step, packet),
            Happening::Loss { packet } => loss(&mut step, packet),
        }
        step.write_interventions();
        self.events += 1;
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
                    let packet = self.transmit(step, id, segment, retransmission);
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
            step.trace.set_status(id, last, status);
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

    /// Hands a segment to the link, which decides its fate.
    fn transmit(
        &mut self,
        step: &mut Step<'_>,
        from: HostId,
        segment: Segment,
        retransmission: bool,
    ) -> PacketIndex {
        let sent_by = step.trace.next_record();
        let id = self.identify(from, &segment);
        let plan = step.plan;
        let index = plan.setup.links.iter().position(|link| link.from == from).unwrap_or(0);
        let setup = &plan.setup.links[index];
        let packet = step.trace.next_packet();
        let (departs, leaves) = self.links[index].send(step.at, setup, &segment);

        let mut fate = if is_lost(plan, setup, id) { Fate::Lost } else { Fate::Delivered };
        let mut later = Duration::ZERO;
        for intervention in plan.interventions.iter().filter(|what| what.packet() == id) {
            let rule = match *intervention {
                Intervention::Drop(_) => {
                    fate = Fate::Dropped;
                    LinkRule::Dropped
                }
                Intervention::Delay { by, .. } => {
                    later = later + by;
                    LinkRule::Delayed { by }
                }
            };
            step.interfered.push((sent_by, packet, *intervention, rule));
        }
        let ends = match fate {
            Fate::Delivered => {
                let arrives = leaves + setup.delay + later;
                self.queue.push(arrives, Happening::Arrival { packet });
                arrives
            }
            Fate::Lost | Fate::Dropped => {
                let lost = leaves + way_to_loss(plan, setup, id);
                self.queue.push(lost, Happening::Loss { packet });
                lost
            }
        };
        step.trace.add_packet(Packet {
            id,
            to: setup.to,
            segment,
            retransmission,
            sent_by,
            sent: step.at,
            departs,
            ends,
            fate,
        });
        packet
    }

    /// What a segment is, whatever run it is in.
    fn identify(&mut self, from: HostId, segment: &Segment) -> PacketId {
        let status = self.hosts[from.index()].connection.status();
        let kind = PacketKind::of(segment);
        let from_origin = |number: SeqNumber, origin: Option<SeqNumber>| {
            number.distance_from(origin.unwrap_or_default())
        };
        let seq = match (kind, segment.ack) {
            (PacketKind::Rst, _) => segment.seq.value(),
            (PacketKind::Ack, Some(ack)) => from_origin(ack, status.irs),
            (PacketKind::Ack | PacketKind::Syn | PacketKind::Data | PacketKind::Fin, _) => {
                from_origin(segment.seq, status.iss)
            }
        };
        let len = segment.text_len();
        let attempts = self.attempts.entry((from, kind, seq, len)).or_insert(0);
        *attempts += 1;
        PacketId { from, kind, seq, len, attempt: *attempts }
    }
}

/// Whether the link loses this packet.
fn is_lost(plan: &Plan, link: &LinkSetup, packet: PacketId) -> bool {
    draw(plan.setup.seed, Purpose::Loss, packet, 1_000_000) < u64::from(link.loss_ppm)
}

/// How long a lost packet is under way: a quarter to three quarters of the delay.
fn way_to_loss(plan: &Plan, link: &LinkSetup, packet: PacketId) -> Duration {
    let delay = link.delay.as_micros();
    let beyond = draw(plan.setup.seed, Purpose::LossPlace, packet, delay / 2 + 1);
    Duration::from_micros(delay / 4 + beyond)
}

/// A packet is lost: to the link, or to whoever dropped it.
fn loss(step: &mut Step<'_>, packet: PacketIndex) {
    let sent = step.trace.packet(packet);
    let (sent_by, from) = (sent.sent_by, sent.id.from);
    let (cause, by, rule) = match step.trace.intervention_on(packet) {
        Some(record) => (record, LossCause::Intervention, LinkRule::Dropped),
        None => {
            let links = &step.plan.setup.links;
            let loss_ppm = links.iter().find(|link| link.from == from).map_or(0, |l| l.loss_ppm);
            (sent_by, LossCause::Link, LinkRule::Loss { loss_ppm })
        }
    };
    let kind = RecordKind::Lost { packet, cause: by };
    step.record(Some(cause), None, kind, Some(Why::Link(rule)));
}

/// One step of a run, and where it writes.
struct Step<'a> {
    plan: &'a Plan,
    trace: &'a mut Trace,
    effects: &'a mut Effects,
    at: Instant,
    event: EventId,
    /// What was done to packets that were sent in this step: written at its end, so that a
    /// record's reasons stay together.
    interfered: Vec<(RecordId, PacketIndex, Intervention, LinkRule)>,
}

impl Step<'_> {
    fn record(
        &mut self,
        cause: Option<RecordId>,
        host: Option<HostId>,
        kind: RecordKind,
        why: Option<Why>,
    ) -> RecordId {
        let id = self.trace.next_record();
        let (event, at) = (self.event, self.at);
        self.trace.add_record(Record { id, event, at, cause, host, kind });
        if let Some(why) = why {
            self.trace.add_why(why);
        }
        id
    }

    fn write_interventions(&mut self) {
        for (cause, packet, intervention, rule) in core::mem::take(&mut self.interfered) {
            let kind = RecordKind::Intervention { packet, intervention };
            self.record(Some(cause), None, kind, Some(Why::Link(rule)));
        }
    }
}
