//! Packets by their ids, found without looking through all of them.

use alloc::vec;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::{Packet, PacketId, PacketIndex};

/// Where each packet is, by a hash of its id: a table of places with open addressing. No more than
/// half of it is taken, and its order reaches nobody.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// A packet's index, or [`FREE`].
    slots: Vec<u32>,
    taken: usize,
}

const FREE: u32 = u32::MAX;
const FEWEST: usize = 64;

impl Names {
    /// The first packet of this id. `packets` are those that the table was made of.
    pub(super) fn find(&self, packets: &[Packet], id: PacketId) -> Option<PacketIndex> {
        self.chain(id)
            .find(|(_, index)| packets.get(*index as usize).is_some_and(|packet| packet.id == id))
            .map(|(_, index)| PacketIndex(index))
    }

    /// How many packets there are that are alike: the ids that differ from this in their attempt
    /// alone, which counts from 1.
    pub(super) fn attempts(&self, packets: &[Packet], id: PacketId) -> u32 {
        let is_there = |attempt| self.find(packets, PacketId { attempt, ..id }).is_some();
        // Doubled until there are fewer, then halved between.
        let (mut few, mut many) = (0_u32, 1_u32);
        while is_there(many) {
            (few, many) = (many, many.saturating_mul(2));
        }
        while many - few > 1 {
            let between = few + (many - few) / 2;
            if is_there(between) {
                few = between;
            } else {
                many = between;
            }
        }
        few
    }

    /// Adds the last of `packets`.
    pub(super) fn add(&mut self, packets: &[Packet]) {
        if 2 * (self.taken + 1) > self.slots.len() {
            self.slots = vec![FREE; (2 * self.slots.len()).max(FEWEST)];
            self.taken = 0;
            for (index, packet) in packets.iter().enumerate() {
                self.put(packet.id, index);
            }
        } else if let Some((last, before)) = packets.split_last() {
            self.put(last.id, before.len());
        }
    }

    /// Takes out the last of `packets`: what came last is in nobody's way.
    pub(super) fn remove(&mut self, packets: &[Packet]) {
        let Some((last, before)) = packets.split_last() else { return };
        let found = self.chain(last.id).find(|(_, index)| *index as usize == before.len());
        if let Some(slot) = found.and_then(|(slot, _)| self.slots.get_mut(slot)) {
            *slot = FREE;
            self.taken -= 1;
        }
    }

    fn put(&mut self, id: PacketId, index: usize) {
        let Some(mask) = self.slots.len().checked_sub(1) else { return };
        let mut at = hash(id) & mask;
        while self.slots.get(at).is_some_and(|slot| *slot != FREE) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = u32::try_from(index).unwrap_or(FREE);
            self.taken += 1;
        }
    }

    /// The taken slots from where an id belongs up to the first that is free.
    fn chain(&self, id: PacketId) -> impl Iterator<Item = (usize, u32)> + '_ {
        let mask = self.slots.len().wrapping_sub(1);
        let first = hash(id);
        (0..self.slots.len()).map_while(move |step| {
            let at = first.wrapping_add(step) & mask;
            self.slots.get(at).filter(|index| **index != FREE).map(|index| (at, *index))
        })
    }
}

fn hash(id: PacketId) -> usize {
    let mut mix = Mix(0);
    id.hash(&mut mix);
    // What is cut off on a small machine are high bits of an even hash.
    #[allow(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
    let hash = (mix.0 >> 32) as usize;
    hash
}

/// A hasher for a table alone: quick, and as even as that takes.
struct Mix(u64);

impl Mix {
    const fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, octets: &[u8]) {
        for octet in octets {
            self.add(u64::from(*octet));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u16(&mut self, number: u16) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_isize(&mut self, number: isize) {
        self.add(number.unsigned_abs() as u64);
    }
}
