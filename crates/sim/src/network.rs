//! The links of a run under way: they take packets, and decide what becomes of them.

mod interventions;
pub(crate) mod routes;

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::net::SocketAddrV4;

use tcpscope_tcp::{Duration, Instant, Segment, SeqNumber, Status};

use self::interventions::Done;
use self::routes::Routes;

use crate::draw::{Purpose, draw};
use crate::link::{Line, LinkSetup, Waiting};
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::world::Plan;
use crate::{
    Fate, Flow, HostId, LINKS_COPY, LinkRule, LossCause, Packet, PacketId, PacketIndex, PacketKind,
    RecordKind, Setup, Trace, Why,
};

/// All links as they stand.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    lines: Vec<Line>,
    /// What hosts handed over in this step, and to which link.
    handed_over: Vec<(usize, Waiting)>,
    routes: Rc<Routes>,
    /// Packets on their way to a router: as they stood when they left for it.
    between: BTreeMap<PacketIndex, (u8, Stand)>,
}

/// When a packet departs and ends, as far as was known at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stand {
    departs: Instant,
    ends: Instant,
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
        let lines = setup.links.iter().map(|_| Line::default()).collect();
        let routes = Rc::new(Routes::new(setup));
        Self { lines, handed_over: Vec::new(), routes, between: BTreeMap::new() }
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
        let numbers = LINKS_COPY + 1..=u8::MAX;
        let mut copies = numbers.map(|copy| PacketId { copy, ..old.id });
        let id = copies.find(|id| step.trace.find_packet(*id).is_none()).unwrap_or(old.id);
        let packet = Packet {
            id,
            sent_by: step.trace.next_record(),
            sent: step.at,
            departs: step.at,
            ends: step.at,
            fate: Fate::Delivered,
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
        let stand = Stand { departs: sent.departs, ends: sent.ends };
        step.trace.add_packet(sent);
        let place = queue.reserve();
        self.handed_over
            .push((link, Waiting { packet, place, hop: 0, stranded: way.is_none(), stand }));
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
        let sent = step.trace.packet(packet);
        let stand = Stand { departs: sent.departs, ends: sent.ends };
        let hop = self.between.remove(&packet).map_or(0, |(hop, _)| hop).saturating_add(1);
        let way = self.routes.next(router, sent.to);
        let links = &step.plan.setup.links;
        let link = way.or_else(|| links.iter().position(|link| link.from == router)).unwrap_or(0);
        let place = queue.reserve();
        self.handed_over
            .push((link, Waiting { packet, place, hop, stranded: way.is_none(), stand }));
    }

    /// Carries what was handed over in this step.
    pub(crate) fn carry(&mut self, step: &mut Step<'_>, queue: &mut Queue) {
        for (link, entering) in core::mem::take(&mut self.handed_over) {
            if entering.hop == 0 {
                interventions::write_down(step, entering.packet);
            }
            let line = &mut self.lines[link];
            if !line.is_busy(step.at) {
                self.depart(step, queue, link, entering);
                continue;
            }
            if line.waiting.is_empty() {
                queue.push(line.free_at, Happening::Departure { link });
            }
            line.waiting.push_back(entering);
        }
    }

    /// The next of those that wait at a link leaves.
    pub(crate) fn departure(&mut self, step: &mut Step<'_>, queue: &mut Queue, link: usize) {
        if let Some(leaving) = self.lines[link].waiting.pop_front() {
            self.depart(step, queue, link, leaving);
        }
        let line = &self.lines[link];
        if !line.waiting.is_empty() {
            queue.push(line.free_at, Happening::Departure { link });
        }
    }

    /// A packet leaves: now its fate is decided.
    fn depart(&mut self, step: &mut Step<'_>, queue: &mut Queue, link: usize, leaving: Waiting) {
        let Waiting { packet, place, hop, stranded, .. } = leaving;
        let plan = step.plan;
        let setup = &plan.setup.links[link];
        let sent = step.trace.packet_mut(packet);
        let leaves = self.lines[link].send(step.at, setup.rate_bps, sent.octets());
        let first = hop == 0;
        let seed = seed_of(plan, hop);
        let done = if first { interventions::sum(plan, sent.id) } else { Done::default() };
        let lost_by = if done.dropped {
            Some((Fate::Dropped, LinkRule::Dropped))
        } else if stranded {
            Some((Fate::Lost, LinkRule::NoRoute))
        } else if is_lost(seed, setup, sent.id) {
            Some((Fate::Lost, LinkRule::Loss { loss_ppm: setup.loss_ppm }))
        } else {
            None
        };
        if first {
            sent.departs = step.at;
        }
        match lost_by {
            None => {
                sent.ends = leaves + setup.delay + done.later;
                queue.push_at(sent.ends, place, Happening::Arrival { packet, link });
                if setup.to != sent.to {
                    let stand = Stand { departs: sent.departs, ends: sent.ends };
                    self.between.insert(packet, (hop, stand));
                }
            }
            Some((fate, rule)) => {
                sent.fate = fate;
                sent.ends = leaves + way_to_loss(seed, setup, sent.id);
                queue.push_at(sent.ends, place, Happening::Loss { packet, rule });
            }
        }
    }

    /// A packet is lost: to the link, or to whoever dropped it.
    pub(crate) fn loss(step: &mut Step<'_>, packet: PacketIndex, rule: LinkRule) {
        let (cause, by) = match step.trace.intervention_on(packet) {
            Some(record) if rule == LinkRule::Dropped => (record, LossCause::Intervention),
            Some(_) | None => (step.trace.packet(packet).sent_by, LossCause::Link),
        };
        let kind = RecordKind::Lost { packet, cause: by };
        step.record(Some(cause), None, kind, Some(Why::Link(rule)));
    }

    /// What becomes of packets that wait is not known yet.
    pub(crate) fn forget_what_comes(&self, trace: &mut Trace) {
        for waiting in self.lines.iter().flat_map(|line| &line.waiting) {
            waiting.stand.put(trace.packet_mut(waiting.packet));
        }
        for (packet, (_, stand)) in &self.between {
            stand.put(trace.packet_mut(*packet));
        }
    }
}

impl Stand {
    fn put(self, packet: &mut Packet) {
        packet.departs = self.departs;
        packet.ends = self.ends;
        packet.fate = Fate::Delivered;
    }
}

/// What keys the draws of a packet's link: its first, its second and so on.
fn seed_of(plan: &Plan, hop: u8) -> u64 {
    plan.setup.seed ^ u64::from(hop) << 56
}

/// Whether the link loses this packet.
fn is_lost(seed: u64, link: &LinkSetup, packet: PacketId) -> bool {
    draw(seed, Purpose::Loss, packet, 1_000_000) < u64::from(link.loss_ppm)
}

/// How long a lost packet is under way: a quarter to three quarters of the delay.
fn way_to_loss(seed: u64, link: &LinkSetup, packet: PacketId) -> Duration {
    let delay = link.delay.as_micros();
    let beyond = draw(seed, Purpose::LossPlace, packet, delay / 2 + 1);
    Duration::from_micros(delay / 4 + beyond)
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
