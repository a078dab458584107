//! Controlled delay: a queue that drops where packets have waited for too long (RFC 8289).

use tcpscope_tcp::{Duration, Instant};

/// How long packets may wait (RFC 8289 §5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Codel {
    /// As long a wait is well.
    pub target: Duration,
    /// A wait longer than that for as long is too much: about the longest round trip.
    pub interval: Duration,
    /// Whether packets are marked that may be, where others are dropped (RFC 3168 §5).
    pub ecn: bool,
}

impl Default for Codel {
    fn default() -> Self {
        Self { target: Duration::from_millis(5), interval: Duration::from_millis(100), ecn: false }
    }
}

/// The state of the control loop (RFC 8289 §5.2), with the names that it has there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Control {
    /// When the wait has been above the target for an interval; `None`: it is below.
    first_above: Option<Instant>,
    dropping: bool,
    drop_next: Instant,
    count: u32,
    last_count: u32,
}

/// What is behind the packet at the head of the queue, and what it is itself.
#[derive(Clone, Copy)]
pub(crate) struct Behind {
    pub(crate) octets: u64,
    pub(crate) mtu: u64,
    pub(crate) may_be_marked: bool,
}

/// What is to be done with the packet that has come to the head of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It leaves.
    Leaves,
    /// It is dropped, and the next one comes to the head.
    Dropped,
    /// It is marked and leaves.
    Marked,
}

impl Control {
    /// The queue is empty: the loop starts anew.
    pub(crate) const fn is_empty(&mut self) {
        self.first_above = None;
        self.dropping = false;
    }

    /// What becomes of a packet that has waited for so long (RFC 8289 §5.5). It is asked again for the next packet when this one is dropped.
    pub(crate) fn verdict(
        &mut self,
        codel: Codel,
        now: Instant,
        waited: Duration,
        behind: Behind,
    ) -> Verdict {
        if !self.is_too_long(codel, now, waited, behind) {
            self.dropping = false;
            return Verdict::Leaves;
        }
        if self.dropping {
            if now < self.drop_next {
                return Verdict::Leaves;
            }
            self.count = self.count.saturating_add(1);
            self.drop_next = control_law(codel, self.drop_next, self.count);
        } else {
            self.dropping = true;
            // Where it was dropping not long ago, it goes on about as fast as it did then.
            let delta = self.count.saturating_sub(self.last_count);
            let is_recent = now.since(self.drop_next) < codel.interval.times(16);
            self.count = if delta > 1 && is_recent { delta } else { 1 };
            self.drop_next = control_law(codel, now, self.count);
            self.last_count = self.count;
        }
        if codel.ecn && behind.may_be_marked { Verdict::Marked } else { Verdict::Dropped }
    }

    /// Whether waits have been above the target for an interval (RFC 8289 §5.6, `dodequeue`).
    fn is_too_long(
        &mut self,
        codel: Codel,
        now: Instant,
        waited: Duration,
        behind: Behind,
    ) -> bool {
        if waited < codel.target || behind.octets <= behind.mtu {
            self.first_above = None;
            return false;
        }
        match self.first_above {
            None => {
                self.first_above = Some(now + codel.interval);
                false
            }
            Some(first_above) => now >= first_above,
        }
    }
}

/// The next drop comes the sooner the more there were: an interval over the root of the count (RFC
/// 8289 §5.6), in whole microseconds.
fn control_law(codel: Codel, from: Instant, count: u32) -> Instant {
    let interval = u128::from(codel.interval.as_micros());
    let span = (interval * interval / u128::from(count.max(1))).isqrt();
    from + Duration::from_micros(u64::try_from(span).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn drops_come_at_an_interval_over_the_root_of_their_count() {
        let spans = [1, 2, 3, 4, 100]
            .map(|count| control_law(Codel::default(), Instant::ZERO, count).as_micros());
        assert_eq!(spans, [100_000, 70_710, 57_735, 50_000, 10_000]);
    }

    /// Packets that come to the head every millisecond having waited for `waited`: when one is not
    /// let go.
    fn acted_on(
        codel: Codel,
        waited: u64,
        behind: u64,
        may_be_marked: bool,
    ) -> Vec<(u64, Verdict)> {
        let mut control = Control::default();
        let mut acted = Vec::new();
        for ms in 0..400 {
            let now = Instant::from_micros(ms * 1000);
            let waited = Duration::from_millis(waited);
            let behind = Behind { octets: behind, mtu: 1500, may_be_marked };
            let verdict = control.verdict(codel, now, waited, behind);
            if verdict != Verdict::Leaves {
                acted.push((ms, verdict));
            }
        }
        acted
    }

    #[test]
    fn it_acts_on_a_standing_queue_only() {
        let codel = Codel::default();
        assert_eq!(acted_on(codel, 4, 9000, false), []);
        assert_eq!(acted_on(codel, 50, 1500, false), []);
        let times = [100, 200, 271, 329, 379].map(|ms| (ms, Verdict::Dropped));
        assert_eq!(acted_on(codel, 50, 9000, false), times);
    }

    #[test]
    fn what_may_be_marked_is_marked_where_it_is_set_to() {
        let codel = Codel { ecn: true, ..Codel::default() };
        let marked = acted_on(codel, 50, 9000, true);
        assert!(!marked.is_empty() && marked.iter().all(|(_, what)| *what == Verdict::Marked));
        let dropped = acted_on(codel, 50, 9000, false);
        assert!(!dropped.is_empty() && dropped.iter().all(|(_, what)| *what == Verdict::Dropped));
    }
}
