//! Queues of octets, in shared slices: what was given to SEND, and what RECEIVE has not yet taken.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use bytes::{Buf, Bytes};

/// An empty queue keeps room for so many slices, so that an idle connection is small.
const IDLE_ROOM: usize = 16;

/// A queue of octets. Cloning it, for a snapshot, copies no octet.
#[derive(Clone, Debug, Default)]
pub(crate) struct OctetQueue {
    slices: VecDeque<Bytes>,
    len: u32,
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
        self.len = 0;
        self.slices.shrink_to(IDLE_ROOM);
    }

    /// Puts octets at the end.
    pub(crate) fn push(&mut self, octets: Bytes) {
        if !octets.is_empty() {
            self.len += length(&octets);
            self.slices.push_back(octets);
        }
    }

    /// Drops `count` octets, or all there are, from the front.
    pub(crate) fn advance(&mut self, count: u32) {
        let mut left = count.min(self.len);
        self.len -= left;
        while let Some(front) = self.slices.front_mut() {
            let front_len = length(front);
            if left < front_len {
                front.advance(left as usize);
                return;
            }
            left -= front_len;
            self.slices.pop_front();
        }
        self.slices.shrink_to(IDLE_ROOM);
    }

    /// Takes up to `max` octets from the front.
    pub(crate) fn take(&mut self, max: u32) -> Bytes {
        let octets = self.peek(0, max);
        self.advance(length(&octets));
        octets
    }

    /// Up to `max` octets, from `offset` on. Shares the slice where they lie in one.
    pub(crate) fn peek(&self, offset: u32, max: u32) -> Bytes {
        let len = max.min(self.len.saturating_sub(offset)) as usize;
        let mut skip = offset as usize;
        let mut joined = Vec::new();
        for slice in &self.slices {
            if slice.len() <= skip {
                skip -= slice.len();
                continue;
            }
            if joined.is_empty() && slice.len() - skip >= len {
                return slice.slice(skip..skip + len);
            }
            if joined.is_empty() {
                joined.reserve_exact(len);
            }
            let missing = len - joined.len();
            let rest = &slice[skip..];
            joined.extend_from_slice(&rest[..missing.min(rest.len())]);
            if joined.len() == len {
                break;
            }
            skip = 0;
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
            for slice in slices {
                model.extend_from_slice(&slice);
                queue.push(slice.into());
            }
            queue.advance(cut);
            model.drain(..(cut as usize).min(model.len()));
            prop_assert_eq!(queue.len() as usize, model.len());

            let from = (offset as usize).min(model.len());
            let to = (from + max as usize).min(model.len());
            prop_assert_eq!(&queue.peek(offset, max)[..], &model[from..to]);

            let taken = queue.take(max);
            prop_assert_eq!(&taken[..], &model[..(max as usize).min(model.len())]);
            prop_assert_eq!(queue.len() as usize, model.len() - taken.len());
        }
    }
}
