//! Memory for packets: the same for both implementations.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

/// The octets of a block.
const BLOCK: usize = 1 << 16;

/// Blocks that packets are written into, one behind the other. A block is used again once all its
/// packets are gone, so that a long run asks the system for no memory.
#[derive(Debug)]
pub(crate) struct Blocks {
    present: BytesMut,
    /// The first filled first.
    full: VecDeque<BytesMut>,
}

impl Blocks {
    /// One block.
    pub(crate) fn new() -> Self {
        Self { present: BytesMut::with_capacity(BLOCK), full: VecDeque::new() }
    }

    /// Room for a packet of up to `octets`, at the end of what the block holds: nothing.
    #[inline(always)]
    pub(crate) fn room(&mut self, octets: usize) -> &mut BytesMut {
        if self.present.capacity() < octets {
            self.full.push_back(std::mem::take(&mut self.present));
            let again = self.full.front_mut().is_some_and(|first| first.try_reclaim(BLOCK));
            let first = if again { self.full.pop_front() } else { None };
            self.present = first.unwrap_or_else(|| BytesMut::with_capacity(BLOCK.max(octets)));
        }
        &mut self.present
    }

    /// The packet that was written into the room.
    #[inline(always)]
    pub(crate) fn packet(&mut self) -> Bytes {
        self.present.split().freeze()
    }
}
