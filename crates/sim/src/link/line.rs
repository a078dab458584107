//! A link under way: packets leave it one after another.

use alloc::collections::VecDeque;

use tcpscope_tcp::{Duration, Instant};

use crate::PacketIndex;
use crate::network::Stand;
use crate::queue::Place;

/// A link as it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// The packets that wait for those before them to leave.
    pub(crate) waiting: VecDeque<Waiting>,
    /// When the last bit of the last packet that departed has left.
    pub(crate) free_at: Instant,
}

/// A packet that waits.
#[derive(Clone, Copy, Debug)]
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
}

impl Line {
    /// Whether a packet that comes now has to wait.
    pub(crate) fn is_busy(&self, now: Instant) -> bool {
        !self.waiting.is_empty() || self.free_at > now
    }

    /// Lets this many octets leave from `now` on; says when the last bit has left.
    pub(crate) fn send(&mut self, now: Instant, rate_bps: Option<u64>, octets: u32) -> Instant {
        let bits = 8 * u64::from(octets);
        let taken = rate_bps.map_or(0, |rate| (bits * 1_000_000).div_ceil(rate.max(1)));
        self.free_at = now + Duration::from_micros(taken);
        self.free_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_leave_one_after_another_at_the_links_rate() {
        let mut line = Line::default();
        let at = Instant::from_micros;
        let rate = Some(8_000_000);
        assert!(!line.is_busy(at(0)));
        assert_eq!(line.send(at(0), rate, 1000), at(1000));
        assert!(line.is_busy(at(999)));
        assert!(!line.is_busy(at(1000)));
        assert_eq!(line.send(at(5000), rate, 1000), at(6000));
        assert_eq!(line.send(at(6000), None, 1000), at(6000));
    }
}
