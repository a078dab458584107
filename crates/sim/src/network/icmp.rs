//! What the network tells the sender of a packet that it could not deliver (RFC 792).

use tcpscope_tcp::{Duration, IcmpError};

use super::Network;
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::{HostId, LinkRule, PacketIndex, RecordId};

/// How long a host waits for the rest of a packet's fragments, from the first to come on: "at
/// least 60 seconds and at most 120" (RFC 1122 §3.3.2).
const PATIENCE: Duration = Duration::from_secs(60);

/// The octets of an IPv4 header, of ICMP's own, and of what is quoted: a header and eight octets.
const MESSAGE: u32 = 20 + 8 + 28;

impl Network {
    /// What follows from a loss: whoever stands before a link that the packet is too long for
    /// answers, and who gets fragments waits for the rest.
    pub(crate) fn after_loss(
        &self,
        step: &Step<'_>,
        queue: &mut Queue,
        (packet, rule, lost): (PacketIndex, LinkRule, RecordId),
        boots: impl Fn(HostId) -> u32,
    ) {
        let sent = step.trace.packet(packet);
        let place = sent.hops().last().map_or(sent.id.from, |hop| hop.router);
        if let LinkRule::FragmentationNeeded { mtu, .. } = rule {
            let error = IcmpError::FragmentationNeeded { mtu };
            self.tell_sender(step, queue, place, packet, error, lost);
        }
        if let LinkRule::FragmentLost { .. } = rule {
            let next = self.routes.next(place, sent.to).and_then(|link| self.lines.get(link));
            let come = sent.fragments().iter().filter(|fragment| !fragment.is_lost);
            let first = come.map(|fragment| fragment.ends).min();
            let way = next.and_then(|line| self.plain_way(line.setup.to, sent.to, 0));
            if let (Some(first), Some(way)) = (first, way) {
                let (host, cause) = (sent.to, lost);
                let boots = boots(host);
                let end = Happening::ReassemblyTimeout { host, boots, packet, cause };
                queue.push((first + way + PATIENCE).max(step.at), end);
            }
        }
    }

    /// Sends the sender of a packet a message about it. It takes the links as they are now, over
    /// the plain way: messages are rare and short, and no chance is drawn for them. One that finds
    /// no way is lost, as any packet may be.
    pub(crate) fn tell_sender(
        &self,
        step: &Step<'_>,
        queue: &mut Queue,
        place: HostId,
        packet: PacketIndex,
        error: IcmpError,
        cause: RecordId,
    ) {
        let sent = step.trace.packet(packet);
        // Who only posed as another hears nothing.
        let Some(host) = step.plan.setup.host_at(*sent.source.ip()) else { return };
        if let Some(way) = self.plain_way(place, host, MESSAGE) {
            queue.push(step.at + way, Happening::Icmp { host, packet, error, cause });
        }
    }

    /// How long so many octets take over the links that lead from a place to a host, nothing
    /// waiting there; `None` where none do, or a cable is out.
    fn plain_way(&self, from: HostId, to: HostId, octets: u32) -> Option<Duration> {
        let (mut place, mut takes) = (from, Duration::ZERO);
        // Each link leads nearer, so there are no more than these.
        for _ in 0..=self.lines.len() {
            if place == to {
                return Some(takes);
            }
            let line = self.lines.get(self.routes.next(place, to)?)?;
            takes = takes + line.setup.time_for(octets) + line.setup.delay;
            place = line.setup.to;
            if !line.setup.up {
                return None;
            }
        }
        None
    }
}
