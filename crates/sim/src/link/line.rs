//! A link under way: packets leave it one after another.

use alloc::collections::VecDeque;

use tcpscope_tcp::{Ecn, Instant};

use super::codel::{Behind, Control, Verdict};
use super::{Known, LinkSetup, QueueLimit};
use crate::network::Stand;
use crate::queue::Place;
use crate::{Packet, PacketIndex};

/// The longest packet where nothing else is said.
const ETHERNET: u64 = 1500;

/// A link as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// What it does at present.
    pub(crate) setup: LinkSetup,
    /// The packets that wait for those before them to leave.
    pub(crate) waiting: VecDeque<Waiting>,
    /// Their octets.
    octets: u64,
    /// When the last bit of the last packet that departed has left.
    pub(crate) free_at: Instant,
    /// When the last packet arrives, where none may overtake.
    pub(crate) last_arrival: Instant,
    control: Control,
    pub(crate) bursts: Known,
}

/// A packet that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) packet: PacketIndex,
    /// The place of its arrival among what happens at that instant.
    pub(crate) place: Place,
    /// How many links it has taken before.
    pub(crate) hop: u8,
    /// Whether no way leads on from here.
    pub(crate) stranded: bool,
    /// What was known of it when it came here.
    pub(crate) stand: Stand,
    pub(crate) since: Instant,
    pub(crate) octets: u32,
    pub(crate) may_be_marked: bool,
    pub(crate) is_marked: bool,
}

impl Waiting {
    pub(crate) fn new(packet: &Packet, index: PacketIndex, since: Instant, place: Place) -> Self {
        Self {
            packet: index,
            place,
            hop: 0,
            stranded: false,
            stand: Stand::of(packet),
            since,
            octets: packet.octets(),
            may_be_marked: matches!(packet.segment.ecn, Ecn::Ect0 | Ecn::Ect1),
            is_marked: packet.is_marked(),
        }
    }
}

impl Line {
    pub(crate) fn new(setup: &LinkSetup) -> Self {
        Self {
            setup: *setup,
            waiting: VecDeque::new(),
            octets: 0,
            free_at: Instant::ZERO,
            last_arrival: Instant::ZERO,
            control: Control::default(),
            bursts: Known::default(),
        }
    }

    /// Whether a packet that comes now has to wait.
    pub(crate) fn is_busy(&self, now: Instant) -> bool {
        !self.waiting.is_empty() || self.free_at > now
    }

    /// The limit that keeps a packet out, if one does.
    pub(crate) fn has_no_room(&self, octets: u32) -> Option<QueueLimit> {
        let limit = self.setup.queue.limit?;
        limit.has_no_room(self.waiting.len(), self.octets, octets).then_some(limit)
    }

    /// What has a packet marked that comes now, if anything does.
    pub(crate) fn marks(&self, coming: &Waiting) -> Option<QueueLimit> {
        let at = self.setup.queue.mark_at.filter(|_| coming.may_be_marked)?;
        at.is_reached(self.waiting.len(), self.octets).then_some(at)
    }

    pub(crate) fn enqueue(&mut self, waiting: Waiting) {
        self.octets += u64::from(waiting.octets);
        self.waiting.push_back(waiting);
    }

    /// The packet at the head of the queue, and what is to be done with it.
    pub(crate) fn dequeue(&mut self, now: Instant) -> Option<(Waiting, Verdict)> {
        let Some(head) = self.waiting.pop_front() else {
            self.control.is_empty();
            return None;
        };
        self.octets = self.octets.saturating_sub(u64::from(head.octets));
        let Some(codel) = self.setup.queue.codel else { return Some((head, Verdict::Leaves)) };
        let behind =
            Behind { octets: self.octets, mtu: self.mtu(), may_be_marked: head.may_be_marked };
        let waited = now.since(head.since);
        Some((head, self.control.verdict(codel, now, waited, behind)))
    }

    fn mtu(&self) -> u64 {
        self.setup.mtu.map_or(ETHERNET, |mtu| u64::from(mtu.octets))
    }

    /// Lets this many octets leave from `now` on; says when the last bit has left.
    pub(crate) fn send(&mut self, now: Instant, octets: u32) -> Instant {
        self.free_at = now + self.setup.time_for(octets);
        self.free_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HostId;
    use tcpscope_tcp::Duration;

    #[test]
    fn packets_leave_one_after_another_at_the_links_rate() {
        let mut line = Line::new(&LinkSetup {
            rate_bps: Some(8_000_000),
            ..LinkSetup::new(HostId(0), HostId(1), Duration::ZERO)
        });
        let at = Instant::from_micros;
        assert!(!line.is_busy(at(0)));
        assert_eq!(line.send(at(0), 1000), at(1000));
        assert!(line.is_busy(at(999)));
        assert!(!line.is_busy(at(1000)));
        assert_eq!(line.send(at(5000), 1000), at(6000));
        line.setup.rate_bps = None;
        assert_eq!(line.send(at(6000), 1000), at(6000));
    }
}
