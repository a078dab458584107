//! What people do to single packets.

use alloc::boxed::Box;
use alloc::vec::Vec;

use tcpscope_tcp::{Duration, Instant};

use crate::step::Step;
use crate::world::Plan;
use crate::{Intervention, LinkRule, PacketId, PacketIndex, RecordId, RecordKind, Why};

/// All that is done to a packet, taken together.
#[derive(Clone, Default)]
pub(super) struct Done {
    pub(super) dropped: bool,
    pub(super) later: Duration,
    /// It arrives no earlier.
    pub(super) until: Instant,
    /// It arrives after this one.
    pub(super) after: Option<PacketId>,
    pub(super) bits: Vec<u32>,
    /// How much later than it each copy comes, and by which intervention.
    pub(super) copies: Vec<(Duration, Intervention)>,
}

/// What is done to this packet.
pub(super) fn sum(plan: &Plan, id: PacketId) -> Done {
    let mut done = Done::default();
    for intervention in on(plan, id) {
        match *intervention {
            Intervention::Drop(_) => done.dropped = true,
            Intervention::Delay { by, .. } => done.later = done.later + by,
            Intervention::Duplicate { by, .. } => done.copies.push((by, *intervention)),
            Intervention::Corrupt { bit, .. } => done.bits.push(bit),
            Intervention::Hold { until, .. } => done.until = done.until.max(until),
            Intervention::Swap { packet, with } => {
                done.after = Some(if packet == id { with } else { packet });
            }
        }
    }
    done
}

/// Writes down what is done to a packet that enters a link.
pub(super) fn write_down(step: &mut Step<'_>, packet: PacketIndex) {
    let (plan, sent) = (step.plan, step.trace.packet(packet));
    let (id, cause) = (sent.id, sent.sent_by);
    for intervention in on(plan, id) {
        let rule = match *intervention {
            Intervention::Drop(_) => LinkRule::Dropped,
            Intervention::Delay { by, .. } => LinkRule::Delayed { by },
            Intervention::Duplicate { by, .. } => LinkRule::DuplicatedByHand { by },
            Intervention::Corrupt { bit, .. } => LinkRule::BitFlippedByHand { bit },
            Intervention::Hold { until, .. } => LinkRule::HeldByHand { until },
            Intervention::Swap { .. } => LinkRule::Swapped,
        };
        let kind = RecordKind::Intervention { packet, intervention: Box::new(*intervention) };
        step.record(Some(cause), None, kind, Some(Why::Link(rule)));
    }
}

/// The record of an intervention on a packet; that of its sending, should there be none.
pub(super) fn record_of(
    step: &Step<'_>,
    packet: PacketIndex,
    intervention: Intervention,
) -> RecordId {
    let sent_by = step.trace.packet(packet).sent_by;
    let wanted = RecordKind::Intervention { packet, intervention: Box::new(intervention) };
    let event = step.trace.record(sent_by).event;
    let since = step.trace.records().get(sent_by.index()..).unwrap_or_default();
    let mut same = since.iter().take_while(|record| record.event == event);
    same.find(|record| record.kind == wanted).map_or(sent_by, |record| record.id)
}

fn on(plan: &Plan, id: PacketId) -> impl Iterator<Item = &Intervention> {
    let is_on = move |what: &&Intervention| what.packet() == id || what.other_packet() == Some(id);
    plan.interventions.iter().filter(is_on)
}
