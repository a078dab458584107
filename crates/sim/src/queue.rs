//! What will happen: ordered by instant, then by insertion.

use alloc::collections::{BTreeMap, BinaryHeap};
use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use tcpscope_tcp::{ConnectionKey, IcmpError, Instant, Timer};

use crate::{HostId, LinkRule, PacketIndex, RecordId};

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// An application has its turn, unless its host was started anew since.
    Application { host: HostId, boots: u32, process: u32, cause: Option<RecordId> },
    /// A timer runs out, unless it has been stopped or set anew.
    Timeout { host: HostId, boots: u32, connection: ConnectionKey, timer: Timer, cause: RecordId },
    /// A packet arrives.
    Arrival { packet: PacketIndex, link: usize },
    /// A packet is lost, and why.
    Loss { packet: PacketIndex, rule: LinkRule },
    /// A message of ICMP arrives about a packet of the host's.
    Icmp { host: HostId, packet: PacketIndex, error: IcmpError, cause: RecordId },
    /// A host has waited long enough for the rest of a packet's fragments, unless it was started
    /// anew since.
    ReassemblyTimeout { host: HostId, boots: u32, packet: PacketIndex, cause: RecordId },
    /// The next of the packets that wait at a link may leave.
    Departure { link: usize },
}

/// The queue of what will happen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    heap: BinaryHeap<Reverse<Entry>>,
    /// Each timer that is in the heap: when it runs out by now.
    timers: BTreeMap<TimerKey, Armed>,
    inserted: u64,
}

/// A timer of a connection of a host.
type TimerKey = (HostId, ConnectionKey, u8);

/// A timer is put off far more often than it runs out: it stays where it is in the heap, and moves
/// on when its turn comes. So the heap holds each timer once, however often it is set.
#[derive(Clone, Copy, Debug)]
struct Armed {
    /// Where in the heap it stands.
    stands: (Instant, Place),
    /// When it runs out.
    runs_out: Entry,
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
        let entry = Entry { at, place, what };
        if let Some(key) = timer_key(&what) {
            let armed = Armed { stands: (at, place), runs_out: entry };
            let before = self.timers.insert(key, armed);
            if let (Some(before), Some(now)) = (before, self.timers.get_mut(&key))
                && before.stands < now.stands
            {
                now.stands = before.stands;
                return;
            }
        }
        self.heap.push(Reverse(entry));
    }

    /// What is in the queue, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Instant, &Happening)> {
        self.heap.iter().map(|Reverse(entry)| (entry.at, &entry.what))
    }

    /// Takes out the arrivals of these packets on these links, in their order.
    pub(crate) fn take_arrivals(
        &mut self,
        is_wanted: impl Fn(PacketIndex, usize) -> bool,
    ) -> Vec<(Place, PacketIndex)> {
        let mut taken = Vec::new();
        self.heap.retain(|Reverse(entry)| match entry.what {
            Happening::Arrival { packet, link } if is_wanted(packet, link) => {
                taken.push((entry.at, entry.place, packet));
                false
            }
            _ => true,
        });
        taken.sort_unstable();
        taken.into_iter().map(|(_, place, packet)| (place, packet)).collect()
    }

    pub(crate) fn pop(&mut self) -> Option<(Instant, Happening)> {
        self.move_timers_on();
        let Reverse(Entry { at, what, .. }) = self.heap.pop()?;
        if let Some(key) = timer_key(&what) {
            self.timers.remove(&key);
        }
        Some((at, what))
    }

    pub(crate) fn next_at(&mut self) -> Option<Instant> {
        self.move_timers_on();
        self.heap.peek().map(|Reverse(entry)| entry.at)
    }

    /// Moves timers at the head of the heap on to when they run out, until what stands there does
    /// happen.
    fn move_timers_on(&mut self) {
        while let Some(Reverse(first)) = self.heap.peek() {
            let Some(key) = timer_key(&first.what) else { return };
            let stands = (first.at, first.place);
            match self.timers.get_mut(&key) {
                Some(armed) if armed.stands == stands => {
                    let runs_out = armed.runs_out;
                    let last = (runs_out.at, runs_out.place);
                    if last == stands {
                        return;
                    }
                    armed.stands = last;
                    self.heap.pop();
                    self.heap.push(Reverse(runs_out));
                }
                // It was set anew for a sooner moment, and stands there.
                Some(_) | None => {
                    self.heap.pop();
                }
            }
        }
    }
}

fn timer_key(what: &Happening) -> Option<TimerKey> {
    match what {
        Happening::Timeout { host, connection, timer, .. } => {
            Some((*host, *connection, *timer as u8))
        }
        Happening::Application { .. }
        | Happening::Arrival { .. }
        | Happening::Loss { .. }
        | Happening::Icmp { .. }
        | Happening::ReassemblyTimeout { .. }
        | Happening::Departure { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use core::net::{Ipv4Addr, SocketAddrV4};

    use tcpscope_tcp::{Errno, Host, HostConfig, Outbox};

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

    /// A connection that a host has just opened.
    fn connection() -> ConnectionKey {
        let mut host = Host::new(HostConfig::default());
        let mut out = Outbox::default();
        let fd = host.socket();
        let to = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 80);
        let under_way = host.connect(Instant::ZERO, fd, to, &mut out);
        assert_eq!(under_way, Err(Errno::InProgress));
        host.key_of(fd).expect("it is connecting")
    }

    #[test]
    fn a_timer_that_is_set_again_stands_in_the_queue_once_and_runs_out_as_set_last() {
        let connection = connection();
        let timeout = |timer, cause| Happening::Timeout {
            host: HostId(0),
            boots: 0,
            connection,
            timer,
            cause: RecordId(cause),
        };
        let (rto, ack) = (Timer::Retransmission, Timer::DelayedAck);
        let mut queue = Queue::default();
        let at = Instant::from_micros;
        for cause in 0..100 {
            queue.push(at(200 + u64::from(cause)), timeout(rto, cause));
        }
        assert_eq!(queue.heap.len(), 1);
        queue.push(at(250), timeout(ack, 100));
        assert_eq!(queue.next_at(), Some(at(250)), "the other was put off to 299");
        assert_eq!(queue.pop(), Some((at(250), timeout(ack, 100))));
        // Sooner than it stands: it is found there, and not again later.
        queue.push(at(260), timeout(rto, 101));
        queue.push(at(260), timeout(ack, 102));
        assert_eq!(queue.pop(), Some((at(260), timeout(rto, 101))));
        assert_eq!(queue.pop(), Some((at(260), timeout(ack, 102))));
        assert_eq!(queue.pop(), None);
        assert!(queue.timers.is_empty());
    }
}
