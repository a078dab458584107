//! A link in one direction, and what it does to packets.

use std::collections::VecDeque;

use tcpscope_tcp::{Duration, Instant};

use crate::Packet;

/// What a link does to packets, each in parts of a million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Impairments {
    /// Packets that never arrive.
    pub loss: u32,
    /// Packets that arrive twice.
    pub duplication: u32,
    /// Packets that others overtake.
    pub reordering: u32,
    /// Packets with a bit turned over.
    pub corruption: u32,
}

impl Impairments {
    /// A link that does nothing to packets.
    pub const NONE: Self = Self { loss: 0, duplication: 0, reordering: 0, corruption: 0 };

    /// The same rate of each.
    #[must_use]
    pub const fn all(per_million: u32) -> Self {
        Self {
            loss: per_million,
            duplication: per_million,
            reordering: per_million,
            corruption: per_million,
        }
    }
}

/// A link: what is on the way, by the instant of arrival.
#[derive(Debug)]
pub struct Link<P> {
    delay: Duration,
    impairments: Impairments,
    seed: u64,
    sent: u64,
    /// By the instant of arrival, and of those that arrive at once the first sent first.
    on_the_way: VecDeque<(Instant, P)>,
}

impl<P: Packet> Link<P> {
    /// A link with this delay. `seed` decides every fate.
    #[must_use]
    pub const fn new(delay: Duration, impairments: Impairments, seed: u64) -> Self {
        Self { delay, impairments, seed, sent: 0, on_the_way: VecDeque::new() }
    }

    /// A packet enters.
    #[inline(always)]
    pub fn carry(&mut self, now: Instant, mut packet: P) {
        let number = self.sent;
        self.sent += 1;
        if self.draws(number, 1, self.impairments.loss) {
            return;
        }
        if self.draws(number, 2, self.impairments.corruption) {
            let Some(damaged) = packet.damaged(self.draw(number, 3)) else { return };
            packet = damaged;
        }
        // Overtaken by what is sent within the next half to three delays.
        let late = if self.draws(number, 4, self.impairments.reordering) {
            let most = self.delay.times(3).as_micros().max(1);
            Duration::from_micros(self.draw(number, 5) % most)
        } else {
            Duration::ZERO
        };
        let at = now + self.delay + late;
        if self.draws(number, 6, self.impairments.duplication) {
            let again = at + Duration::from_micros(self.draw(number, 7) % 1_000);
            self.queue(again, packet.clone());
        }
        self.queue(at, packet);
    }

    /// Nearly always the last place: packets that none overtakes cost next to nothing.
    #[inline(always)]
    fn queue(&mut self, at: Instant, packet: P) {
        if self.on_the_way.back().is_none_or(|(last, _)| *last <= at) {
            self.on_the_way.push_back((at, packet));
        } else {
            let place = self.on_the_way.partition_point(|(other, _)| *other <= at);
            self.on_the_way.insert(place, (at, packet));
        }
    }

    /// When the next packet arrives.
    #[must_use]
    pub fn next_arrival(&self) -> Option<Instant> {
        self.on_the_way.front().map(|(at, _)| *at)
    }

    /// A packet that has arrived by `now`.
    pub fn arrived(&mut self, now: Instant) -> Option<P> {
        let (at, _) = self.on_the_way.front()?;
        if *at <= now { self.on_the_way.pop_front().map(|(_, packet)| packet) } else { None }
    }

    /// How many packets entered.
    #[must_use]
    pub const fn sent(&self) -> u64 {
        self.sent
    }

    fn draws(&self, number: u64, purpose: u64, per_million: u32) -> bool {
        per_million > 0 && self.draw(number, purpose) % 1_000_000 < u64::from(per_million)
    }

    /// A number that depends on the seed, the packet and the purpose alone (SplitMix64).
    const fn draw(&self, number: u64, purpose: u64) -> u64 {
        let mut z = self
            .seed
            .wrapping_add(number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
            .wrapping_add(purpose.wrapping_mul(0xD1B5_4A32_D192_ED03));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
