//! What people do to single packets.

use alloc::boxed::Box;

use tcpscope_tcp::Duration;

use crate::step::Step;
use crate::world::Plan;
use crate::{Intervention, LinkRule, PacketId, PacketIndex, RecordKind, Why};

/// All that is done to a packet, taken together.
#[derive(Clone, Copy, Default)]
pub(super) struct Done {
    pub(super) dropped: bool,
    pub(super) later: Duration,
}

/// What is done to this packet.
pub(super) fn sum(plan: &Plan, id: PacketId) -> Done {
    let mut done = Done::default();
    for intervention in on(plan, id) {
        match *intervention {
            Intervention::Drop(_) => done.dropped = true,
            Intervention::Delay { by, .. } => done.later = done.later + by,
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
        };
        let kind = RecordKind::Intervention { packet, intervention: Box::new(*intervention) };
        step.record(Some(cause), None, kind, Some(Why::Link(rule)));
    }
}

fn on(plan: &Plan, id: PacketId) -> impl Iterator<Item = &Intervention> {
    plan.interventions.iter().filter(move |what| what.packet() == id)
}
