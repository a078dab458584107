//! The rules by which links, and people, treat packets.

use tcpscope_tcp::{Citation, Duration, Instant};

use crate::link::{PropertyKind, QueueLimit};

/// What a link does and what is done on it, with the numbers that decided. What is new goes last:
/// the digest of a run knows each by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkRule {
    /// The link lost the packet: a draw came below its loss.
    Loss {
        /// Packets per million.
        loss_ppm: u32,
    },
    /// The link was in its bad state, and lost the packet.
    BurstLoss {
        /// Packets per million that it loses in that state.
        loss_ppm: u32,
        /// How long the state lasts on the average.
        lasts: Duration,
    },
    /// The cable was out.
    Unplugged,
    /// There was no room for the packet in the queue: the tail is dropped.
    QueueFull {
        /// As much can wait.
        limit: QueueLimit,
    },
    /// The packet, and those before it, had waited for too long.
    CodelDropped {
        /// As long.
        waited: Duration,
        /// As long a wait is well.
        target: Duration,
    },
    /// The same, but the packet may be marked: so it was not dropped.
    CodelMarked {
        /// As long.
        waited: Duration,
        /// As long a wait is well.
        target: Duration,
    },
    /// The packet was marked, since so much waited before it.
    QueueMarked {
        /// What is marked from.
        at: QueueLimit,
    },
    /// The packet was marked: a draw came below the link's share.
    RandomlyMarked {
        /// Packets per million.
        mark_ppm: u32,
    },
    /// The packet is too long for the link, and must not be fragmented.
    TooLong {
        /// Its octets.
        octets: u32,
        /// As many are carried.
        mtu: u16,
    },
    /// The packet is too long for the link, and goes in fragments.
    Fragmented {
        /// Its octets.
        octets: u32,
        /// As many are carried.
        mtu: u16,
        /// How many fragments.
        fragments: u32,
    },
    /// One fragment was lost, and with it the packet.
    FragmentLost {
        /// Where it belongs in the packet, in units of eight octets.
        offset: u16,
        /// How many fragments there were.
        fragments: u32,
    },
    /// The link delivers the packet twice.
    Duplicated {
        /// Packets per million.
        duplicate_ppm: u32,
    },
    /// The link holds the packet back.
    HeldBack {
        /// Packets per million.
        reorder_ppm: u32,
        /// For how long.
        by: Duration,
    },
    /// The packet took longer than the delay.
    Jitter {
        /// By how much.
        by: Duration,
        /// By how much at the most.
        up_to: Duration,
    },
    /// The link flipped a bit.
    BitFlipped {
        /// Packets per million.
        corrupt_ppm: u32,
        /// Which, from the first of the IPv4 header on.
        bit: u32,
    },
    /// No way leads to where the packet is to go.
    NoRoute,
    /// A datagram was damaged, as its checksum shows.
    DatagramDamaged,
    /// The link was given another property.
    Changed {
        /// Which; the record says all of it.
        property: PropertyKind,
        /// Its first figure; `None`, where there is no such thing on the link any more.
        value: Option<u64>,
    },
    /// Somebody dropped the packet.
    Dropped,
    /// Somebody delayed the packet.
    Delayed {
        /// By how much.
        by: Duration,
    },
    /// Somebody doubled the packet.
    DuplicatedByHand {
        /// How much later than the packet the copy comes.
        by: Duration,
    },
    /// Somebody flipped a bit.
    BitFlippedByHand {
        /// Which, from the first of the IPv4 header on.
        bit: u32,
    },
    /// Somebody holds the packet.
    HeldByHand {
        /// Until then.
        until: Instant,
    },
    /// Somebody put the packet after another.
    Swapped,
    /// The packet is too long for the link, and says itself that it may not be cut: whoever is
    /// before the link tells the sender.
    FragmentationNeeded {
        /// Its octets.
        octets: u32,
        /// As many are carried.
        mtu: u16,
    },
}

impl LinkRule {
    /// Whether it is as usual on that link, and decided nothing by itself.
    pub(super) const fn is_routine(&self) -> bool {
        matches!(self, Self::Jitter { .. })
    }

    pub(super) const fn name(&self) -> &'static str {
        self.entry().0
    }

    pub(super) const fn citation(&self) -> Citation {
        let (_, rfc, section) = self.entry();
        Citation { rfc, section }
    }

    /// The name, and where it is written down. IP promises neither delivery nor order (RFC 791
    /// §1.2): much of what links do says nothing else.
    const fn entry(&self) -> (&'static str, u16, &'static str) {
        match self {
            Self::Loss { .. } => ("link-loss", 791, "1.2"),
            Self::BurstLoss { .. } => ("link-burst-loss", 791, "1.2"),
            Self::Unplugged => ("link-unplugged", 791, "1.2"),
            Self::QueueFull { .. } => ("queue-full", 7567, "2"),
            Self::CodelDropped { .. } => ("codel-dropped", 8289, "5.5"),
            Self::CodelMarked { .. } => ("codel-marked", 8289, "5.5"),
            Self::QueueMarked { .. } => ("queue-marked", 3168, "5"),
            Self::RandomlyMarked { .. } => ("link-marked", 3168, "5"),
            Self::TooLong { .. } => ("packet-exceeds-mtu", 791, "3.2"),
            Self::FragmentationNeeded { .. } => ("fragmentation-needed", 1191, "4"),
            Self::Fragmented { .. } => ("packet-fragmented", 791, "3.2"),
            Self::FragmentLost { .. } => ("fragment-lost", 791, "3.2"),
            Self::Duplicated { .. } => ("link-duplicated", 791, "1.2"),
            Self::HeldBack { .. } => ("link-reordered", 791, "1.2"),
            Self::Jitter { .. } => ("link-jitter", 791, "1.2"),
            // There is no error control for data in IP.
            Self::BitFlipped { .. } => ("link-bit-flipped", 791, "1.2"),
            // "Destination Unreachable".
            Self::NoRoute => ("no-route", 1812, "5.2.7.1"),
            Self::DatagramDamaged => ("udp-checksum", 1122, "4.1.3.4"),
            Self::Changed { .. } => ("link-changed", 791, "1.2"),
            Self::Dropped => ("packet-dropped", 791, "1.2"),
            Self::Delayed { .. } => ("packet-delayed", 791, "1.2"),
            Self::DuplicatedByHand { .. } => ("packet-duplicated", 791, "1.2"),
            Self::BitFlippedByHand { .. } => ("packet-bit-flipped", 791, "1.2"),
            Self::HeldByHand { .. } => ("packet-held", 791, "1.2"),
            Self::Swapped => ("packet-swapped", 791, "1.2"),
        }
    }
}
