//! The links of a run under way: they take packets, and decide what becomes of them.

use alloc::vec::Vec;

use tcpscope_tcp::{Connection, Duration, Segment, SeqNumber};

use crate::draw::{Purpose, draw};
use crate::link::{Link, LinkSetup};
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::world::Plan;
use crate::{
    Fate, HostId, Intervention, LinkRule, LossCause, Packet, PacketId, PacketIndex, PacketKind,
    RecordKind, Setup, Trace, Why,
};

/// All links as they stand.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    links: Vec<Link>,
}

/// A segment that a host hands to the network.
pub(crate) struct Sent {
    pub(crate) from: HostId,
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
    pub(crate) fn of(connection: &Connection) -> Self {
        let status = connection.status();
        Self { iss: status.iss, irs: status.irs }
    }
}

impl Network {
    pub(crate) fn new(setup: &Setup) -> Self {
        let links = setup.links.iter().map(|_| Link::default()).collect();
        Self { links }
    }

    /// Hands a segment to the link, which decides its fate.
    pub(crate) fn transmit(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        sent: Sent,
    ) -> PacketIndex {
        let sent_by = step.trace.next_record();
        let id = identify(step.trace, &sent);
        let Sent { from, segment, retransmission, .. } = sent;
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
                queue.push(arrives, Happening::Arrival { packet });
                arrives
            }
            Fate::Lost | Fate::Dropped => {
                let lost = leaves + way_to_loss(plan, setup, id);
                queue.push(lost, Happening::Loss { packet });
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

    /// A packet is lost: to the link, or to whoever dropped it.
    pub(crate) fn loss(step: &mut Step<'_>, packet: PacketIndex) {
        let sent = step.trace.packet(packet);
        let (sent_by, from) = (sent.sent_by, sent.id.from);
        let (cause, by, rule) = match step.trace.intervention_on(packet) {
            Some(record) => (record, LossCause::Intervention, LinkRule::Dropped),
            None => {
                let links = &step.plan.setup.links;
                let loss_ppm =
                    links.iter().find(|link| link.from == from).map_or(0, |l| l.loss_ppm);
                (sent_by, LossCause::Link, LinkRule::Loss { loss_ppm })
            }
        };
        let kind = RecordKind::Lost { packet, cause: by };
        step.record(Some(cause), None, kind, Some(Why::Link(rule)));
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
    let Sent { from, origins, segment, .. } = sent;
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
    let first = PacketId { from: *from, kind, seq, len, attempt: 1 };
    PacketId { attempt: trace.attempts(first) + 1, ..first }
}
