//! The links of a run under way: they take packets, and decide what becomes of them.

mod course;
mod icmp;
mod interventions;
mod octets;
pub(crate) mod routes;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::net::SocketAddrV4;

use tcpscope_tcp::{Duration, Instant, Segment, SeqNumber, Status};

use self::course::Held;
use self::routes::Routes;
use crate::link::{Line, Verdict, Waiting};
use crate::packet::Passage;
use crate::queue::{Happening, Place, Queue};
use crate::step::Step;
use crate::world::Plan;
use crate::{
    Fate, Flow, Hop, HostId, LinkChange, LinkProperty, LinkRule, LossCause, Packet, PacketId,
    PacketIndex, PacketKind, RecordId, RecordKind, Setup, Trace, Why,
};

/// All links as they stand.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    lines: Vec<Line>,
    /// What hosts handed over in this step, and to which link.
    handed_over: VecDeque<(usize, Waiting)>,
    routes: Rc<Routes>,
    /// Packets on their way to a router: as they stood when they left for it.
    between: BTreeMap<PacketIndex, (u8, Stand)>,
    /// Packets that wait at the end of their way for another to end its own.
    held: Vec<Held>,
    /// How many of the plan's changes of links were made.
    changed: usize,
}

/// What is known of a packet at a time: when it departs, and what has befallen it.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    departs: Instant,
    ends: Instant,
    passage: Option<Box<Passage>>,
}

/// A segment that a host hands to the network.
pub(crate) struct Sent {
    pub(crate) from: HostId,
    pub(crate) source: SocketAddrV4,
    pub(crate) destination: SocketAddrV4,
    pub(crate) flow: Flow,
    pub(crate) origins: Origins,
    /// Kind and number of what is no segment.
    pub(crate) number: Option<(PacketKind, u32)>,
    pub(crate) segment: Segment,
    pub(crate) retransmission: bool,
}

/// What a connection's numbers are counted from.
#[derive(Clone, Copy)]
pub(crate) struct Origins {
    iss: Option<SeqNumber>,
    irs: Option<SeqNumber>,
}

impl Origins {
    /// Nothing: numbers are as they stand.
    pub(crate) const NONE: Self = Self { iss: None, irs: None };

    pub(crate) const fn of(status: &Status) -> Self {
        Self { iss: status.iss, irs: status.irs }
    }
}

impl Network {
    pub(crate) fn new(setup: &Setup) -> Self {
        Self {
            lines: setup.links.iter().map(Line::new).collect(),
            handed_over: VecDeque::new(),
            routes: Rc::new(Routes::new(setup)),
            between: BTreeMap::new(),
            held: Vec::new(),
            changed: 0,
        }
    }

    /// Takes a segment from a host. It is carried once the host has done all that it does now.
    pub(crate) fn transmit(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        sent: Sent,
    ) -> PacketIndex {
        let id = identify(step.trace, &sent);
        let Sent { from, source, destination, segment, retransmission, .. } = sent;
        let sent_by = step.trace.next_record();
        let setup = &step.plan.setup;
        let to = setup.host_at(*destination.ip()).filter(|to| *to != from);
        let packet = Packet {
            id,
            source,
            destination,
            to: to.unwrap_or_else(|| setup.peer_of(from)),
            segment,
            retransmission,
            sent_by,
            sent: step.at,
            departs: step.at,
            ends: step.at,
            fate: Fate::Delivered,
            reached_ppm: ALL,
            passage: None,
        };
        self.hand_over(step, queue, packet, to)
    }

    /// Sends a copy of a packet, from where it was sent.
    pub(crate) fn copy(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        kept: PacketIndex,
    ) -> PacketIndex {
        let old = step.trace.packet(kept);
        let numbers = REPLAYED..=u8::MAX;
        let mut copies = numbers.map(|copy| PacketId { copy, ..old.id });
        let id = copies.find(|id| step.trace.find_packet(*id).is_none()).unwrap_or(old.id);
        let packet = Packet {
            id,
            sent_by: step.trace.next_record(),
            sent: step.at,
            departs: step.at,
            ends: step.at,
            fate: Fate::Duplicate,
            reached_ppm: ALL,
            passage: Some(Box::new(Passage { copy_of: Some(kept), ..Passage::default() })),
            ..old.clone()
        };
        let to = Some(packet.to);
        self.hand_over(step, queue, packet, to)
    }

    fn hand_over(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        sent: Packet,
        to: Option<HostId>,
    ) -> PacketIndex {
        let packet = step.trace.next_packet();
        let from = sent.id.from;
        let way = to.and_then(|to| self.routes.next(from, to));
        // What has no way to go gets as far as the first link.
        let links = &step.plan.setup.links;
        let link = way.or_else(|| links.iter().position(|link| link.from == from)).unwrap_or(0);
        let entering = Waiting {
            stranded: way.is_none(),
            ..Waiting::new(&sent, packet, step.at, queue.reserve())
        };
        step.trace.add_packet(sent);
        self.handed_over.push_back((link, entering));
        packet
    }

    /// A packet has come to a router, which passes it on.
    pub(crate) fn forward(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        router: HostId,
        packet: PacketIndex,
    ) {
        self.held.retain(|held| held.packet != packet);
        let passed = Hop { router, comes: step.at, departs: step.at };
        step.trace.packet_mut(packet).passage_mut().hops.push(passed);
        let sent = step.trace.packet(packet);
        let hop = self.between.remove(&packet).map_or(0, |(hop, _)| hop).saturating_add(1);
        let way = self.routes.next(router, sent.to);
        let links = &step.plan.setup.links;
        let link = way.or_else(|| links.iter().position(|link| link.from == router)).unwrap_or(0);
        let entering = Waiting {
            hop,
            stranded: way.is_none(),
            ..Waiting::new(sent, packet, step.at, queue.reserve())
        };
        self.handed_over.push_back((link, entering));
    }

    /// Carries what was handed over in this step.
    pub(crate) fn carry(&mut self, step: &mut Step<'_>, queue: &mut Queue) {
        while let Some((link, entering)) = self.handed_over.pop_front() {
            if entering.hop == 0 {
                interventions::write_down(step, entering.packet);
            }
            self.enter(step, queue, link, entering);
        }
    }

    /// A packet comes to a link: it leaves, waits, or finds no room.
    fn enter(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        link: usize,
        mut entering: Waiting,
    ) {
        let line = &mut self.lines[link];
        if !line.is_busy(step.at) {
            // So the queue is empty, and is told that it was found so.
            line.dequeue(step.at);
            self.depart(step, queue, link, &entering);
            return;
        }
        if let Some(limit) = line.has_no_room(entering.octets) {
            lose_here(step, queue, &entering, LinkRule::QueueFull { limit });
            return;
        }
        if let Some(at) = line.marks(&entering) {
            entering.is_marked = true;
            mark(step, entering.packet, LinkRule::QueueMarked { at });
        }
        if line.waiting.is_empty() {
            queue.push(line.free_at, Happening::Departure { link });
        }
        line.enqueue(entering);
    }

    /// The next of those that wait at a link leaves.
    pub(crate) fn departure(&mut self, step: &mut Step<'_>, queue: &mut Queue, link: usize) {
        while let Some((leaving, verdict)) = self.lines[link].dequeue(step.at) {
            let waited = step.at.since(leaving.since);
            let codel = self.lines[link].setup.queue.codel.unwrap_or_default();
            match verdict {
                Verdict::Dropped => {
                    let rule = LinkRule::CodelDropped { waited, target: codel.target };
                    lose_here(step, queue, &leaving, rule);
                    continue;
                }
                Verdict::Marked => {
                    let rule = LinkRule::CodelMarked { waited, target: codel.target };
                    mark(step, leaving.packet, rule);
                }
                Verdict::Leaves => {}
            }
            self.depart(step, queue, link, &leaving);
            break;
        }
        let line = &self.lines[link];
        if !line.waiting.is_empty() {
            queue.push(line.free_at.max(step.at), Happening::Departure { link });
        }
    }

    /// A packet is lost: to the link, or to whoever dropped it.
    pub(crate) fn loss(step: &mut Step<'_>, packet: PacketIndex, rule: LinkRule) -> RecordId {
        let (cause, by) = match step.trace.intervention_on(packet) {
            Some(record) if rule == LinkRule::Dropped => (record, LossCause::Intervention),
            Some(_) | None => (step.trace.packet(packet).sent_by, LossCause::Link),
        };
        let kind = RecordKind::Lost { packet, cause: by };
        step.record(Some(cause), None, kind, Some(Why::Link(rule)))
    }

    /// The next change that the plan has for a link, if it comes no later than this.
    pub(crate) fn next_change(&self, plan: &Plan, by: Instant) -> Option<LinkChange> {
        plan.changes.get(self.changed).filter(|change| change.at <= by).copied()
    }

    /// A link becomes another.
    pub(crate) fn change(&mut self, step: &mut Step<'_>, queue: &mut Queue, change: LinkChange) {
        self.changed += 1;
        let to = change.to;
        let value = to.numbers().first().copied();
        let why = Why::Link(LinkRule::Changed { property: to.kind(), value });
        let kind = RecordKind::LinkChanged { change: Box::new(change) };
        step.record(None, None, kind, Some(why));
        for (link, line) in self.lines.iter_mut().enumerate() {
            if !change.is_of(&line.setup) {
                continue;
            }
            to.apply(&mut line.setup);
            if to == LinkProperty::Up(false) {
                for (place, packet) in queue.take_arrivals(|_, on| on == link) {
                    self.held.retain(|held| held.packet != packet);
                    self.between.remove(&packet);
                    lose_under_way(step, queue, place, packet);
                }
            }
        }
    }

    /// What becomes of packets is known when they leave, and may change until they arrive: the
    /// trace of a run from here on is to say what is known now.
    pub(crate) fn forget_what_comes(&self, queue: &Queue, trace: &mut Trace) {
        for waiting in self.lines.iter().flat_map(|line| &line.waiting) {
            let packet = trace.packet_mut(waiting.packet);
            waiting.stand.put(packet);
            if waiting.is_marked {
                packet.passage_mut().is_marked = true;
            }
        }
        for (packet, (_, stand)) in &self.between {
            stand.put(trace.packet_mut(*packet));
        }
        for (at, what) in queue.iter() {
            if let Happening::Arrival { packet, .. } = *what {
                let packet = trace.packet_mut(packet);
                packet.ends = at;
                packet.fate = packet.fate_on_arrival();
                packet.reached_ppm = ALL;
            }
        }
    }
}

impl Stand {
    pub(crate) fn of(packet: &Packet) -> Self {
        Self { departs: packet.departs, ends: packet.ends, passage: packet.passage.clone() }
    }

    fn put(&self, packet: &mut Packet) {
        packet.departs = self.departs;
        packet.ends = self.ends;
        packet.passage.clone_from(&self.passage);
        packet.fate = packet.fate_on_arrival();
        packet.reached_ppm = ALL;
    }
}

/// The first of the numbers of copies that are let go later.
const REPLAYED: u8 = 128;

/// What keys the draws of a packet's link: its first, its second and so on.
fn seed_of(plan: &Plan, hop: u8) -> u64 {
    plan.setup.seed ^ u64::from(hop) << 56
}

/// The whole way, in millionths.
const ALL: u32 = 1_000_000;

/// A part of a whole, in millionths.
pub(crate) fn share(part: Duration, whole: Duration) -> u32 {
    let part = u128::from(part.as_micros()) * u128::from(ALL);
    let share = part / u128::from(whole.as_micros().max(1));
    u32::try_from(share).unwrap_or(ALL).min(ALL)
}

/// A packet gets no further than to the beginning of the link.
fn lose_here(step: &mut Step<'_>, queue: &mut Queue, lost: &Waiting, rule: LinkRule) {
    let packet = step.trace.packet_mut(lost.packet);
    if lost.hop == 0 {
        packet.departs = step.at;
    }
    packet.ends = step.at;
    packet.fate = Fate::Lost;
    packet.reached_ppm = 0;
    queue.push_at(step.at, lost.place, Happening::Loss { packet: lost.packet, rule });
}

/// A packet gets no further than it has come.
fn lose_under_way(step: &mut Step<'_>, queue: &mut Queue, place: Place, packet: PacketIndex) {
    let lost = step.trace.packet_mut(packet);
    let (way, part) = (lost.ends.since(lost.departs), step.at.since(lost.departs));
    lost.reached_ppm = share(part, way);
    lost.fate = Fate::Lost;
    lost.ends = step.at;
    queue.push_at(step.at, place, Happening::Loss { packet, rule: LinkRule::Unplugged });
}

/// A packet is marked (RFC 3168 §5).
fn mark(step: &mut Step<'_>, packet: PacketIndex, rule: LinkRule) {
    step.trace.packet_mut(packet).passage_mut().is_marked = true;
    impair(step, packet, rule);
}

/// Writes down what a link did to a packet.
fn impair(step: &mut Step<'_>, packet: PacketIndex, rule: LinkRule) {
    let cause = step.trace.packet(packet).sent_by;
    step.record(Some(cause), None, RecordKind::Impaired { packet }, Some(Why::Link(rule)));
}

/// What a segment is, whatever run it is in.
fn identify(trace: &Trace, sent: &Sent) -> PacketId {
    let Sent { from, flow, origins, segment, .. } = sent;
    let kind = sent.number.map_or_else(|| PacketKind::of(segment), |(kind, _)| kind);
    let from_origin = |number: SeqNumber, origin: Option<SeqNumber>| {
        number.distance_from(origin.unwrap_or_default())
    };
    let seq = match (kind, segment.ack) {
        (PacketKind::Udp, _) => sent.number.map_or(0, |(_, number)| number),
        (PacketKind::Rst, _) => segment.seq.value(),
        (PacketKind::Ack, Some(ack)) => from_origin(ack, origins.irs),
        (PacketKind::Ack | PacketKind::Syn | PacketKind::Data | PacketKind::Fin, _) => {
            from_origin(segment.seq, origins.iss)
        }
    };
    let len = segment.text_len();
    let first = PacketId { from: *from, flow: *flow, kind, seq, len, attempt: 1, copy: 0 };
    PacketId { attempt: trace.attempts(first) + 1, ..first }
}
