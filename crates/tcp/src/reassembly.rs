//! Text that arrived ahead of a gap (RFC 9293 §3.10.7.4, SHLD-31).

use alloc::vec::Vec;

use bytes::Bytes;

use crate::buffer::{OctetQueue, length};
use crate::{Blocks, SeqNumber};

/// Runs of octets beyond RCV.NXT: disjoint, and in sequence order. All lie in the receive window,
/// that is within half the sequence space, so that their order is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reassembly {
    slices: Vec<Slice>,
}

#[derive(Clone, Debug)]
struct Slice {
    seq: SeqNumber,
    octets: Bytes,
}

impl Slice {
    fn end(&self) -> SeqNumber {
        self.seq + length(&self.octets)
    }
}

impl Reassembly {
    pub(crate) fn clear(&mut self) {
        self.slices.clear();
    }

    /// Keeps `octets`, which begin at `seq`. Where they overlap what is already held, what is held
    /// stays and only the rest is added.
    pub(crate) fn insert(&mut self, mut seq: SeqNumber, mut octets: Bytes) {
        let mut at = self.slices.partition_point(|held| held.end().at_or_before(seq));
        while !octets.is_empty() {
            let Some(held) = self.slices.get(at) else {
                self.slices.push(Slice { seq, octets });
                return;
            };
            if held.seq.after(seq) {
                let room = held.seq.distance_from(seq).min(length(&octets));
                let before = octets.split_to(room as usize);
                self.slices.insert(at, Slice { seq, octets: before });
                seq += room;
            } else {
                let covered = held.end().distance_from(seq).min(length(&octets));
                octets = octets.slice(covered as usize..);
                seq += covered;
            }
            at += 1;
        }
    }

    /// Moves what now follows `next` without a gap into `queue`, and says how much that was.
    pub(crate) fn take_from(&mut self, next: SeqNumber, queue: &mut OctetQueue) -> u32 {
        let mut taken = 0;
        let mut used = 0;
        for held in &self.slices {
            let reached = next + taken;
            if held.seq.after(reached) {
                break;
            }
            used += 1;
            if held.end().after(reached) {
                let old = reached.distance_from(held.seq);
                let fresh = held.octets.slice(old as usize..);
                taken += length(&fresh);
                queue.push(fresh);
            }
        }
        self.slices.drain(..used);
        taken
    }

    /// The runs held, neighbours joined.
    pub(crate) fn blocks(&self) -> Blocks {
        let mut blocks = Blocks::default();
        let mut slices = self.slices.iter();
        let Some(first) = slices.next() else { return blocks };
        let (mut start, mut end) = (first.seq, first.end());
        for held in slices {
            if held.seq != end {
                blocks.push(start, end);
                start = held.seq;
            }
            end = held.end();
        }
        blocks.push(start, end);
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASE: SeqNumber = SeqNumber::new(u32::MAX - 40);

    proptest! {
        /// Any pieces of a stream in any order, overlapping as they like, across the wrap: what
        /// comes out is the stream's beginning, as far as there is no gap.
        #[test]
        fn any_overlap_in_any_order_gives_the_stream(
            pieces in prop::collection::vec((0_u32..100, 1_u32..40), 1..30),
        ) {
            let stream: Vec<u8> = (0..140).collect();
            let mut seen = [false; 140];
            let mut held = Reassembly::default();
            for (start, len) in pieces {
                let (from, to) = (start as usize, (start + len) as usize);
                held.insert(BASE + start, Bytes::copy_from_slice(&stream[from..to]));
                seen[from..to].fill(true);
            }
            let mut queue = OctetQueue::default();
            let taken = held.take_from(BASE, &mut queue) as usize;
            let whole = seen.iter().take_while(|seen| **seen).count();
            prop_assert_eq!(taken, whole);
            prop_assert_eq!(&queue.peek(0, 200)[..], &stream[..whole]);
        }
    }

    #[test]
    fn blocks_join_neighbours_and_keep_gaps() {
        let mut held = Reassembly::default();
        for (start, len) in [(10, 5), (30, 5), (15, 5)] {
            held.insert(BASE + start, Bytes::from(alloc::vec![0; len]));
        }
        assert_eq!(held.blocks().runs(), [(BASE + 10, BASE + 20), (BASE + 30, BASE + 35)]);
    }
}
