//! What will happen: ordered by instant, then by insertion.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

use tcpscope_tcp::{Instant, Timer};

use crate::{HostId, PacketIndex, RecordId};

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Happening {
    /// An application has its turn.
    Application { host: HostId, cause: Option<RecordId> },
    /// A timer runs out, unless it has been stopped or set anew.
    Timeout { host: HostId, timer: usize, cause: RecordId },
    /// A packet arrives.
    Arrival { packet: PacketIndex },
    /// A packet is lost.
    Loss { packet: PacketIndex },
}

impl Happening {
    pub(crate) fn timeout(host: HostId, timer: Timer, cause: RecordId) -> Self {
        Self::Timeout { host, timer: timer as usize, cause }
    }
}

/// The queue of what will happen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    heap: BinaryHeap<Reverse<(Instant, u64, Happening)>>,
    inserted: u64,
}

impl Queue {
    pub(crate) fn push(&mut self, at: Instant, what: Happening) {
        self.heap.push(Reverse((at, self.inserted, what)));
        self.inserted += 1;
    }

    pub(crate) fn pop(&mut self) -> Option<(Instant, Happening)> {
        self.heap.pop().map(|Reverse((at, _, what))| (at, what))
    }

    pub(crate) fn next_at(&self) -> Option<Instant> {
        self.heap.peek().map(|Reverse((at, ..))| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_first_and_first_come_first_served() {
        let what = |host| Happening::Application { host: HostId(host), cause: None };
        let mut queue = Queue::default();
        for (at, host) in [(5, 0), (3, 9), (5, 1), (3, 2)] {
            queue.push(Instant::from_micros(at), what(host));
        }
        let order = core::iter::from_fn(|| queue.pop()).map(|(_, what)| what);
        assert!(order.eq([9, 2, 0, 1].map(what)));
    }
}
