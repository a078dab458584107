//! The links of a run under way: they take packets, and decide what becomes of them.

mod interventions;

use alloc::vec::Vec;

use core::net::SocketAddrV4;

use tcpscope_tcp::{Duration, Segment, SeqNumber, Status};

use crate::draw::{Purpose, draw};
use crate::link::{Line, LinkSetup, Waiting};
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::world::Plan;
use crate::{
    Fate, Flow, HostId, LinkRule, LossCause, Packet, PacketId, PacketIndex, PacketKind, RecordKind,
    Setup, Trace, Why,
};

/// All links as they stand.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    lines: Vec<Line>,
    /// What hosts handed over in this step, and to which link.
    handed_over: Vec<(usize, Waiting)>,
}

/// A segment that a host hands to the network.
pub(crate) struct Sent {
    pub(crate) from: HostId,
    pub(crate) source: SocketAddrV4,
    pub(crate) destination: SocketAddrV4,
    pub(crate) flow: Flow,
    pub(crate) origins: Origins,
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
    pub(crate) const fn of(status: &Status) -> Self {
        Self { iss: status.iss, irs: status.irs }
    }
}

impl Network {
    pub(crate) fn new(setup: &Setup) -> Self {
        let lines = setup.links.iter().map(|_| Line::default()).collect();
        Self { lines, handed_over: Vec::new() }
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
        let links = &step.plan.setup.links;
        let link = links.iter().position(|link| link.from == from).unwrap_or(0);
        let packet = step.trace.next_packet();
        let sent_by = step.trace.next_record();
        step.trace.add_packet(Packet {
            id,
            source,
            destination,
            to: links[link].to,
            segment,
            retransmission,
            sent_by,
            sent: step.at,
            departs: step.at,
            ends: step.at,
            fate: Fate::Delivered,
        });
        self.handed_over.push((link, Waiting { packet, place: queue.reserve() }));
        packet
    }

    /// Carries what was handed over in this step.
    pub(crate) fn carry(&mut self, step: &mut Step<'_>, queue: &mut Queue) {
        for (link, entering) in core::mem::take(&mut self.handed_over) {
            interventions::write_down(step, entering.packet);
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
        let Waiting { packet, place } = leaving;
        let plan = step.plan;
        let setup = &plan.setup.links[link];
        let sent = step.trace.packet_mut(packet);
        let leaves = self.lines[link].send(step.at, setup.rate_bps, sent.octets());
        let done = interventions::sum(plan, sent.id);
        let lost_by = if done.dropped {
            Some((Fate::Dropped, LinkRule::Dropped))
        } else if is_lost(plan, setup, sent.id) {
            Some((Fate::Lost, LinkRule::Loss { loss_ppm: setup.loss_ppm }))
        } else {
            None
        };
        sent.departs = step.at;
        match lost_by {
            None => {
                sent.ends = leaves + setup.delay + done.later;
                queue.push_at(sent.ends, place, Happening::Arrival { packet });
            }
            Some((fate, rule)) => {
                sent.fate = fate;
                sent.ends = leaves + way_to_loss(plan, setup, sent.id);
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
            let packet = trace.packet_mut(waiting.packet);
            packet.departs = packet.sent;
            packet.ends = packet.sent;
            packet.fate = Fate::Delivered;
        }
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

/// What a segment is, whatever run it is in.
fn identify(trace: &Trace, sent: &Sent) -> PacketId {
    let Sent { from, flow, origins, segment, .. } = sent;
    let kind = PacketKind::of(segment);
    let from_origin = |number: SeqNumber, origin: Option<SeqNumber>| {
        number.distance_from(origin.unwrap_or_default())
    };
    let seq = match (kind, segment.ack) {
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
