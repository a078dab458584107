//! What will happen: ordered by instant, then by insertion.

use alloc::collections::BinaryHeap;
use core::cmp::{Ordering, Reverse};

use tcpscope_tcp::{ConnectionKey, Instant, Timer};

use crate::{HostId, LinkRule, PacketIndex, RecordId};

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// An application has its turn, unless its host was started anew since.
    Application { host: HostId, boots: u32, process: u32, cause: Option<RecordId> },
    /// A timer runs out, unless it has been stopped or set anew.
    Timeout { host: HostId, boots: u32, connection: ConnectionKey, timer: Timer, cause: RecordId },
    /// A packet arrives.
    Arrival { packet: PacketIndex },
    /// A packet is lost, and why.
    Loss { packet: PacketIndex, rule: LinkRule },
    /// The next of the packets that wait at a link may leave.
    Departure { link: usize },
}

/// The queue of what will happen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    heap: BinaryHeap<Reverse<Entry>>,
    inserted: u64,
}

/// A place among what happens at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(u64);

/// No two have the same place: the instant and the place order them.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at: Instant,
    place: Place,
    what: Happening,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.place).cmp(&(other.at, other.place))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

impl Queue {
    pub(crate) fn push(&mut self, at: Instant, what: Happening) {
        let place = self.reserve();
        self.push_at(at, place, what);
    }

    /// Keeps a place for what is going to happen at an instant not yet known.
    pub(crate) const fn reserve(&mut self) -> Place {
        let place = Place(self.inserted);
        self.inserted += 1;
        place
    }

    /// Puts something into the place that was kept for it.
    pub(crate) fn push_at(&mut self, at: Instant, place: Place, what: Happening) {
        self.heap.push(Reverse(Entry { at, place, what }));
    }

    pub(crate) fn pop(&mut self) -> Option<(Instant, Happening)> {
        self.heap.pop().map(|Reverse(Entry { at, what, .. })| (at, what))
    }

    pub(crate) fn next_at(&self) -> Option<Instant> {
        self.heap.peek().map(|Reverse(entry)| entry.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_first_and_first_come_first_served() {
        let what =
            |host| Happening::Application { host: HostId(host), boots: 0, process: 0, cause: None };
        let mut queue = Queue::default();
        for (at, host) in [(5, 0), (3, 9), (5, 1), (3, 2)] {
            queue.push(Instant::from_micros(at), what(host));
        }
        let order = core::iter::from_fn(|| queue.pop()).map(|(_, what)| what);
        assert!(order.eq([9, 2, 0, 1].map(what)));
    }
}
