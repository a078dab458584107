//! What befalls a packet on its way that does not befall all.

use alloc::vec::Vec;

use tcpscope_tcp::{Duration, Instant};

use super::Packet;
use crate::{Fate, HostId, PacketIndex};

/// What befalls a packet on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Passage {
    pub(crate) copy_of: Option<PacketIndex>,
    pub(crate) is_marked: bool,
    pub(crate) jitter: Option<(Duration, Duration)>,
    pub(crate) flipped: Vec<u32>,
    pub(crate) identification: u16,
    pub(crate) fragments: Vec<Fragment>,
    pub(crate) hops: Vec<Hop>,
}

/// A router that a packet passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hop {
    /// Which, counted on from the hosts.
    pub router: HostId,
    /// When it comes there.
    pub comes: Instant,
    /// When it leaves again: later where others are before it, or never where it is lost there.
    pub departs: Instant,
}

/// A piece of a packet that is too long for its link (RFC 791 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fragment {
    /// Where it belongs in what the packet carries, in units of eight octets.
    pub offset: u16,
    /// The octets that it carries, its own header not among them.
    pub octets: u16,
    /// MF: whether more follow.
    pub more: bool,
    /// When its first bit leaves.
    pub departs: Instant,
    /// When it arrives, or is lost. Where the packet is lost before, so is the fragment.
    pub ends: Instant,
    /// Whether the link loses it.
    pub is_lost: bool,
}

impl Packet {
    /// The packet that it is a copy of, if it is one.
    #[must_use]
    pub fn copy_of(&self) -> Option<PacketIndex> {
        self.passage.as_ref()?.copy_of
    }

    /// Whether it was marked on the way: it arrives with "Congestion Experienced" (RFC 3168 §5).
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.passage.as_ref().is_some_and(|passage| passage.is_marked)
    }

    /// The bits that are flipped on the way, from the first of its IPv4 header on.
    #[must_use]
    pub fn flipped_bits(&self) -> &[u32] {
        self.passage.as_ref().map_or(&[], |passage| &passage.flipped)
    }

    /// The fragments that it goes in; none, where it goes in one piece.
    #[must_use]
    pub fn fragments(&self) -> &[Fragment] {
        self.passage.as_ref().map_or(&[], |passage| &passage.fragments)
    }

    /// The routers that it has passed or come to, in order.
    #[must_use]
    pub fn hops(&self) -> &[Hop] {
        self.passage.as_ref().map_or(&[], |passage| &passage.hops)
    }

    /// The identification that its fragments share; 0, where it goes in one piece.
    #[must_use]
    pub fn identification(&self) -> u16 {
        self.passage.as_ref().map_or(0, |passage| passage.identification)
    }

    /// What becomes of it if it arrives.
    pub(crate) fn fate_on_arrival(&self) -> Fate {
        if !self.flipped_bits().is_empty() {
            Fate::Corrupted
        } else if self.id.copy > 0 {
            Fate::Duplicate
        } else {
            Fate::Delivered
        }
    }

    pub(crate) fn passage_mut(&mut self) -> &mut Passage {
        self.passage.get_or_insert_default()
    }
}
