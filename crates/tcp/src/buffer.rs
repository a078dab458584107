//! Queues of octets, in shared slices: what was given to SEND, and what RECEIVE has not yet taken.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use bytes::{Buf, Bytes};

/// An empty queue keeps room for so many slices, so that an idle connection is small.
const IDLE_ROOM: usize = 8;

/// A queue of octets. Cloning it, for a snapshot, copies no octet.
#[derive(Clone, Debug, Default)]
pub(crate) struct OctetQueue {
    slices: VecDeque<Slice>,
    /// How many octets have ever left the queue.
    gone: u64,
    len: u32,
    /// The slice that text was last [read](Self::read) from.
    reading: usize,
}

/// Octets, and how many have ever been put before them: so any place in the queue is found by
/// halving, however many slices there are. The last of a queue may go on beyond its end.
#[derive(Clone, Debug)]
struct Slice {
    start: u64,
    octets: Bytes,
}

impl Slice {
    fn holds(&self, octet: u64) -> bool {
        octet.checked_sub(self.start).is_some_and(|at| at < self.octets.len() as u64)
    }
}

impl OctetQueue {
    pub(crate) const fn len(&self) -> u32 {
        self.len
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn clear(&mut self) {
        self.slices.clear();
        self.slices.shrink_to(IDLE_ROOM);
        self.gone += u64::from(self.len);
        self.len = 0;
        self.reading = 0;
    }

    /// Puts octets at the end.
    #[inline(always)]
    pub(crate) fn push(&mut self, octets: Bytes) {
        if !octets.is_empty() {
            self.cut_last();
            let start = self.end();
            self.len += length(&octets);
            self.slices.push_back(Slice { start, octets });
        }
    }

    /// Puts the first `count` of `octets` at the end. The others are kept in sight: where they are
    /// what is put there next, as a part of the same memory, no slice is needed for them.
    pub(crate) fn push_first(&mut self, count: u32, octets: Bytes) {
        if self.follows_last(count, &octets) {
            self.len += count;
        } else if count > 0 {
            self.cut_last();
            self.slices.push_back(Slice { start: self.end(), octets });
            self.len += count;
        }
    }

    /// Whether `count` octets lie in memory right where the last slice goes on beyond the end.
    fn follows_last(&self, count: u32, octets: &Bytes) -> bool {
        self.slices.back().is_some_and(|last| {
            let used = usize::try_from(self.end() - last.start).unwrap_or(usize::MAX);
            let beyond = last.octets.get(used..).unwrap_or_default();
            beyond.len() >= count as usize && beyond.as_ptr() == octets.as_ptr()
        })
    }

    /// The last slice goes no further than the queue.
    fn cut_last(&mut self) {
        let end = self.end();
        if let Some(last) = self.slices.back_mut() {
            let used = usize::try_from(end - last.start).unwrap_or(usize::MAX);
            last.octets.truncate(used);
        }
    }

    /// How many octets were ever put into the queue.
    fn end(&self) -> u64 {
        self.gone + u64::from(self.len)
    }

    /// Drops `count` octets, or all there are, from the front.
    pub(crate) fn advance(&mut self, count: u32) {
        if count >= self.len {
            // Of what goes on beyond the end nothing is kept.
            self.clear();
            return;
        }
        let mut left = count;
        self.len -= left;
        self.gone += u64::from(left);
        while let Some(front) = self.slices.front_mut() {
            let front_len = length(&front.octets);
            if left < front_len {
                front.octets.advance(left as usize);
                front.start += u64::from(left);
                return;
            }
            left -= front_len;
            self.slices.pop_front();
            self.reading = self.reading.saturating_sub(1);
        }
    }

    /// Keeps the first `len` octets, and drops the rest.
    pub(crate) fn truncate(&mut self, len: u32) {
        self.cut_last();
        while self.len > len {
            let Some(back) = self.slices.back_mut() else { return };
            let excess = self.len - len;
            let kept = length(&back.octets).saturating_sub(excess);
            self.len -= length(&back.octets) - kept;
            if kept == 0 {
                self.slices.pop_back();
            } else {
                back.octets.truncate(kept as usize);
            }
        }
    }

    /// Takes up to `max` octets from the front.
    pub(crate) fn take(&mut self, max: u32) -> Bytes {
        match self.slices.front_mut() {
            // The usual case: the slice is given away whole, and so not even counted anew.
            Some(front) if self.len <= max && length(&front.octets) == self.len => {
                let octets = core::mem::take(&mut front.octets);
                self.clear();
                octets
            }
            _ => {
                let octets = self.peek(0, max);
                self.advance(length(&octets));
                octets
            }
        }
    }

    /// Hands all out, slice by slice.
    pub(crate) fn drain(&mut self, mut reader: impl FnMut(Bytes)) {
        self.cut_last();
        for slice in self.slices.drain(..) {
            reader(slice.octets);
        }
        self.clear();
    }

    /// Up to `max` octets, from `offset` on. Shares the slice where they lie in one.
    pub(crate) fn peek(&self, offset: u32, max: u32) -> Bytes {
        let from = self.gone + u64::from(offset);
        self.octets(self.slice_with(from), from, max)
    }

    /// The same, where it is likely that they follow what was read last.
    pub(crate) fn read(&mut self, offset: u32, max: u32) -> Bytes {
        if max == 0 {
            return Bytes::new();
        }
        let from = self.gone + u64::from(offset);
        let holds = |at: usize| self.slices.get(at).is_some_and(|slice| slice.holds(from));
        if !holds(self.reading) {
            let next = self.reading + 1;
            self.reading = if holds(next) { next } else { self.slice_with(from) };
        }
        self.octets(self.reading, from, max)
    }

    /// The place of the slice that holds the octet `from`.
    fn slice_with(&self, from: u64) -> usize {
        self.slices.partition_point(|slice| slice.start <= from).saturating_sub(1)
    }

    /// Up to `max` octets from `from` on, which lies in the slice `at`.
    #[inline(always)]
    fn octets(&self, at: usize, from: u64, max: u32) -> Bytes {
        let left = self.end().saturating_sub(from);
        let len = usize::try_from(u64::from(max).min(left)).unwrap_or(usize::MAX);
        let Some(first) = self.slices.get(at).filter(|_| len > 0) else { return Bytes::new() };
        let skip = usize::try_from(from - first.start).unwrap_or(usize::MAX);
        let begin = first.octets.get(skip..).unwrap_or_default();
        if begin.len() >= len {
            return first.octets.slice(skip..skip + len);
        }
        self.joined(at, begin, len)
    }

    /// `len` octets in one piece: those of `begin`, the end of the slice `at`, and of what follows.
    #[cold]
    fn joined(&self, at: usize, begin: &[u8], len: usize) -> Bytes {
        let slices = self.slices.range(at + 1..);
        let mut joined = Vec::with_capacity(len);
        joined.extend_from_slice(begin);
        for slice in slices {
            let missing = len - joined.len();
            joined.extend_from_slice(slice.octets.get(..missing).unwrap_or(&slice.octets));
            if joined.len() == len {
                break;
            }
        }
        joined.into()
    }
}

/// The length of a slice, as sequence numbers count. What is longer than the sequence space can
/// never be taken whole: callers cut to a window or a buffer first.
pub(crate) fn length(octets: &[u8]) -> u32 {
    u32::try_from(octets.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_comes_out_is_what_went_in(
            slices in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..10),
            cut in 0_u32..120,
            offset in 0_u32..120,
            max in 0_u32..120,
        ) {
            let mut queue = OctetQueue::default();
            let mut model: Vec<u8> = Vec::new();
            // Every second slice is what follows the last in the same memory, or comes by itself.
            let all: Bytes = slices.concat().into();
            for (index, slice) in slices.into_iter().enumerate() {
                let rest = all.slice(model.len()..);
                model.extend_from_slice(&slice);
                match index % 4 {
                    0 => queue.push(slice.into()),
                    1 | 2 => queue.push_first(length(&slice), rest),
                    _ => queue.push_first(length(&slice), rest.slice(..slice.len())),
                }
            }
            queue.advance(cut);
            model.drain(..(cut as usize).min(model.len()));
            prop_assert_eq!(queue.len() as usize, model.len());

            let from = (offset as usize).min(model.len());
            let to = (from + max as usize).min(model.len());
            prop_assert_eq!(&queue.peek(offset, max)[..], &model[from..to]);
            for read in (from..).step_by(max.max(1) as usize).take(5) {
                let begin = read.min(model.len());
                let end = (begin + max as usize).min(model.len());
                prop_assert_eq!(&queue.read(u32::try_from(read).unwrap_or(u32::MAX), max)[..], &model[begin..end]);
            }

            let mut short = queue.clone();
            short.truncate(max);
            prop_assert_eq!(short.len(), max.min(queue.len()));
            prop_assert_eq!(&short.peek(0, u32::MAX)[..], &model[..short.len() as usize]);

            let mut drained = Vec::new();
            let mut whole = queue.clone();
            whole.drain(|slice| drained.extend_from_slice(&slice));
            prop_assert_eq!((&drained, whole.len()), (&model, 0));

            let taken = queue.take(max);
            prop_assert_eq!(&taken[..], &model[..(max as usize).min(model.len())]);
            prop_assert_eq!(queue.len() as usize, model.len() - taken.len());
        }
    }
}
