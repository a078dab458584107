//! Text that arrived ahead of a gap (RFC 9293 §3.10.7.4, SHLD-31).

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use bytes::{Buf, Bytes};

use crate::buffer::{OctetQueue, length};
use crate::{Blocks, SackBlocks, SeqNumber};

/// Octets beyond RCV.NXT, and the runs that they form. All lie in the receive window, that is
/// within half the sequence space, so that their order is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reassembly {
    /// The octets: disjoint, and in sequence order.
    slices: VecDeque<Slice>,
    /// The runs of octets without a gap, in sequence order: what SACK reports.
    runs: Vec<Run>,
    /// How many segments have come so far.
    arrivals: u64,
}

#[derive(Clone, Debug)]
struct Slice {
    seq: SeqNumber,
    octets: Bytes,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    left: SeqNumber,
    right: SeqNumber,
    /// The last arrival that fell into this run: SACK reports the newest first (RFC 2018 §4).
    newest: u64,
}

impl Slice {
    fn end(&self) -> SeqNumber {
        self.seq + length(&self.octets)
    }
}

impl Reassembly {
    pub(crate) fn is_empty(&self) -> bool {
        self.slices.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.slices.clear();
        self.runs.clear();
    }

    /// Keeps `octets`, which begin at `seq`. Where they overlap what is already held, what is held
    /// stays and only the rest is added.
    pub(crate) fn insert(&mut self, mut seq: SeqNumber, mut octets: Bytes) {
        if octets.is_empty() {
            return;
        }
        self.extend_runs(seq, seq + length(&octets));
        let mut at = self.slices.partition_point(|held| held.end().at_or_before(seq));
        while !octets.is_empty() {
            let Some(held) = self.slices.get(at) else {
                self.slices.push_back(Slice { seq, octets });
                return;
            };
            if held.seq.after(seq) {
                let room = held.seq.distance_from(seq).min(length(&octets));
                let before = octets.split_to(room as usize);
                self.slices.insert(at, Slice { seq, octets: before });
                seq += room;
            } else {
                let covered = held.end().distance_from(seq).min(length(&octets));
                octets.advance(covered as usize);
                seq += covered;
            }
            at += 1;
        }
    }

    /// The first octets of `[left, right)` that are held already.
    pub(crate) fn held_within(
        &self,
        left: SeqNumber,
        right: SeqNumber,
    ) -> Option<(SeqNumber, SeqNumber)> {
        let at = self.runs.partition_point(|run| run.right.at_or_before(left));
        let run = self.runs.get(at).filter(|run| run.left.before(right))?;
        let end = if run.right.before(right) { run.right } else { right };
        Some((left.later_of(run.left), end))
    }

    /// Moves what now follows `next` without a gap into `queue`, and says how much that was.
    pub(crate) fn take_from(&mut self, next: SeqNumber, queue: &mut OctetQueue) -> u32 {
        let mut reached = next;
        while let Some(held) = self.slices.front() {
            if held.seq.after(reached) {
                break;
            }
            let end = held.end();
            let Some(mut held) = self.slices.pop_front() else { break };
            if end.after(reached) {
                let old = reached.distance_from(held.seq);
                held.octets.advance(old as usize);
                queue.push(held.octets);
                reached = end;
            }
        }
        let passed = self.runs.partition_point(|run| run.right.at_or_before(reached));
        self.runs.drain(..passed);
        reached.distance_from(next)
    }

    /// The runs held, in sequence order.
    pub(crate) fn blocks(&self) -> Blocks {
        let mut blocks = Blocks::default();
        for run in self.runs.iter().take(Blocks::SHOWN) {
            blocks.push(run.left, run.right);
        }
        blocks
    }

    /// Adds the runs held to `blocks`, `most` at most: the one that the last arrival fell into,
    /// then the one of the arrival before it, and so on.
    pub(crate) fn newest_first(&self, most: usize, blocks: &mut SackBlocks) {
        let mut before = u64::MAX;
        for _ in 0..most.min(self.runs.len()) {
            let older = self.runs.iter().filter(|run| run.newest < before);
            let Some(run) = older.max_by_key(|run| run.newest) else { return };
            blocks.push(run.left, run.right);
            before = run.newest;
        }
    }

    /// `[left, right)` joins the runs that it touches.
    fn extend_runs(&mut self, left: SeqNumber, right: SeqNumber) {
        let from = self.runs.partition_point(|run| run.right.before(left));
        let to = self.runs.partition_point(|run| run.left.at_or_before(right));
        self.arrivals += 1;
        let mut joined = Run { left, right, newest: self.arrivals };
        for run in self.runs.drain(from..to.max(from)) {
            if run.left.before(joined.left) {
                joined.left = run.left;
            }
            joined.right = joined.right.later_of(run.right);
        }
        self.runs.insert(from, joined);
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

    #[test]
    fn the_newest_run_comes_first() {
        let mut held = Reassembly::default();
        let mut newest = |start: u32, len: usize| {
            held.insert(BASE + start, Bytes::from(alloc::vec![0; len]));
            let mut blocks = SackBlocks::NONE;
            held.newest_first(3, &mut blocks);
            let runs = blocks.blocks().iter();
            runs.map(|(l, r)| (l.distance_from(BASE), r.distance_from(BASE))).collect::<Vec<_>>()
        };
        assert_eq!(newest(10, 5), [(10, 15)]);
        assert_eq!(newest(30, 5), [(30, 35), (10, 15)]);
        assert_eq!(newest(15, 5), [(10, 20), (30, 35)], "it grows, and is the newest again");
        assert_eq!(newest(50, 5), [(50, 55), (10, 20), (30, 35)]);
        assert_eq!(newest(70, 5), [(70, 75), (50, 55), (10, 20)], "no more than there is room for");
        assert_eq!(newest(32, 2), [(30, 35), (70, 75), (50, 55)], "a duplicate is an arrival too");
        assert_eq!(newest(18, 15), [(10, 35), (70, 75), (50, 55)], "runs become one");
    }

    proptest! {
        /// The runs are exactly what was inserted, whatever overlaps what, and the first octets
        /// that are held already are found.
        #[test]
        fn runs_are_what_was_inserted(
            pieces in prop::collection::vec((0_u32..100, 1_u32..40), 1..30),
        ) {
            let mut seen = alloc::collections::BTreeSet::new();
            let mut held = Reassembly::default();
            for (start, len) in pieces {
                let end = start + len;
                let duplicate = (start..end).find(|at| seen.contains(at)).map(|first| {
                    let end = (first..end).find(|at| !seen.contains(at)).unwrap_or(end);
                    (BASE + first, BASE + end)
                });
                prop_assert_eq!(held.held_within(BASE + start, BASE + end), duplicate);
                held.insert(BASE + start, Bytes::from(alloc::vec![0; len as usize]));
                seen.extend(start..end);
            }
            let mut expected: Vec<(SeqNumber, SeqNumber)> = Vec::new();
            for at in seen {
                match expected.last_mut() {
                    Some((_, right)) if *right == BASE + at => *right += 1,
                    Some(_) | None => expected.push((BASE + at, BASE + at + 1)),
                }
            }
            let runs: Vec<_> = held.runs.iter().map(|run| (run.left, run.right)).collect();
            prop_assert_eq!(runs, expected);
        }
    }
}
