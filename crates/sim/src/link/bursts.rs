//! Loss in bursts: the model of Gilbert and Elliott, by slots of time.
//!
//! The link is good or bad. At the end of each slot of time it may go from one to the other. Were
//! the chain moved on by packets, to drop one would move the state under all that follow; and were
//! it drawn from a stream, so would anything else. So each slot has one draw of its own, a hash of
//! the seed, the link and the slot's number, and the chain is made of those draws:
//!
//! - a low draw (below `begin_ppm`) makes the link bad, whatever it was;
//! - a high one (from a million less `end_ppm` on) makes it good, whatever it was;
//! - any other leaves it as it is.
//!
//! From good to bad it so goes with a probability of `begin_ppm`, from bad to good with one of
//! `end_ppm`, as it should; and to know the state one looks back for the last draw that was low or
//! high, and no further. Nothing has to be carried along, and no packet moves anything.

use tcpscope_tcp::{Duration, Instant};

use crate::HostId;
use crate::draw::{Purpose, draw_slot};

/// Loss in bursts (Gilbert 1960, Elliott 1963).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bursts {
    /// How long a slot of time is: once in each the link may turn bad, or good.
    pub slot: Duration,
    /// How probably a good link turns bad with a slot.
    pub begin_ppm: u32,
    /// How probably a bad link turns good with a slot. A burst lasts a million over this, on the
    /// average, in slots.
    pub end_ppm: u32,
    /// How many packets a bad link loses, per million.
    pub loss_ppm: u32,
}

const MILLION: u64 = 1_000_000;

impl Bursts {
    /// How long a burst lasts on the average.
    pub(crate) fn lasts(self) -> Duration {
        self.slot.times(MILLION / u64::from(self.end_ppm.max(1)))
    }

    pub(super) const fn is_in_range(self) -> bool {
        let Self { slot, begin_ppm, end_ppm, loss_ppm } = self;
        slot.as_micros() > 0
            && begin_ppm as u64 + end_ppm as u64 <= MILLION
            && loss_ppm as u64 <= MILLION
    }
}

/// What is known of the state of a link: saves looking back further than to here.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    slot: u64,
    is_bad: bool,
    of: Option<Bursts>,
}

impl Known {
    /// Whether a link is bad at an instant. Before the first slot it is good.
    pub(crate) fn is_bad(
        &mut self,
        bursts: Bursts,
        seed: u64,
        ends: (HostId, HostId),
        at: Instant,
    ) -> bool {
        if bursts.begin_ppm == 0 {
            // It never turns bad: there is nothing to look for.
            return false;
        }
        let slot = at.as_micros() / bursts.slot.as_micros().max(1);
        if self.of != Some(bursts) || self.slot > slot {
            *self = Self { slot: 0, is_bad: false, of: Some(bursts) };
        }
        let turned = (self.slot + 1..=slot).rev().find_map(|slot| {
            let draw = draw_slot(seed, Purpose::Bursts, ends, slot, MILLION);
            if draw < u64::from(bursts.begin_ppm) {
                Some(true)
            } else if draw + u64::from(bursts.end_ppm) >= MILLION {
                Some(false)
            } else {
                None
            }
        });
        self.is_bad = turned.unwrap_or(self.is_bad);
        self.slot = slot;
        self.is_bad
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    const ENDS: (HostId, HostId) = (HostId(0), HostId(1));
    const BURSTS: Bursts = Bursts {
        slot: Duration::from_millis(1),
        begin_ppm: 10_000,
        end_ppm: 200_000,
        loss_ppm: 1_000_000,
    };

    fn states(slots: u64) -> Vec<bool> {
        let mut known = Known::default();
        let at = |slot| Instant::from_micros(slot * 1000);
        (0..slots).map(|slot| known.is_bad(BURSTS, 5, ENDS, at(slot))).collect()
    }

    #[test]
    fn the_state_is_the_same_however_often_it_is_asked_for() {
        let each = states(20_000);
        let mut known = Known::default();
        for slot in (0..20_000).step_by(37).chain([0, 7, 19_999]) {
            let at = Instant::from_micros(slot * 1000 + 999);
            let state = known.is_bad(BURSTS, 5, ENDS, at);
            assert_eq!(state, each[usize::try_from(slot).unwrap()], "slot {slot}");
        }
    }

    #[test]
    fn bursts_begin_end_and_last_as_often_and_as_long_as_set() {
        let states = states(1_000_000);
        let bad = states.iter().filter(|is_bad| **is_bad).count();
        let begun = states.windows(2).filter(|pair| !pair[0] && pair[1]).count();
        let good = states.len() - bad;
        // A good slot turns bad one time in a hundred; so 1 in 21 is bad, for 5 on the average.
        // The bounds are four standard deviations, which the chain's memory makes 3 times as wide
        // as independent draws would.
        let share = 1_000_000 / 21;
        assert!(bad.abs_diff(share) < 2_600, "{bad} bad");
        assert!(begun.abs_diff(good / 100) < 400, "{begun} begun of {good}");
        // In hundredths: 5.00, give or take 4 times 4.47 / sqrt(9500).
        let length = 100 * bad / begun;
        assert!(length.abs_diff(500) < 19, "{length}");
        // One in five lasts for a single slot.
        let single = states.windows(3).filter(|three| !three[0] && three[1] && !three[2]).count();
        assert!(single.abs_diff(begun / 5) < 160, "{single} of {begun}");
    }

    #[test]
    fn golden_states_pin_the_chain() {
        let states = states(400);
        let turns: Vec<usize> = (1..400).filter(|slot| states[*slot] != states[slot - 1]).collect();
        assert_eq!(turns, [65, 73, 275, 279, 284, 288, 299, 301, 351, 353, 368, 376]);
    }
}
