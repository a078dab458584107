//! A link: one direction of the way between two hosts, and all that it may do to packets.

mod bursts;
mod change;
mod codel;
pub(crate) mod fragments;
mod line;
mod octets;

use tcpscope_tcp::Duration;

pub use self::bursts::Bursts;
pub(crate) use self::bursts::Known;
pub use self::change::{LinkChange, LinkProperty, PropertyKind};
pub use self::codel::Codel;
pub(crate) use self::codel::Verdict;
pub(crate) use self::line::{Line, Waiting};
pub(crate) use self::octets::packet_octets;
use crate::HostId;

/// One direction of the way between two hosts.
///
/// Probabilities are whole numbers of packets in a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkSetup {
    /// Where it begins.
    pub from: HostId,
    /// Where it ends.
    pub to: HostId,
    /// Whether the cable is in.
    pub up: bool,
    /// How long a packet is under way once it has left.
    pub delay: Duration,
    /// How much longer it may be under way.
    pub jitter: Option<Jitter>,
    /// Independent loss, in packets per million.
    pub loss_ppm: u32,
    /// Loss in bursts, besides.
    pub bursts: Option<Bursts>,
    /// Packets per million that arrive twice.
    pub duplicate_ppm: u32,
    /// Packets that are held back, so that others overtake them.
    pub reorder: Option<Reorder>,
    /// Packets per million of which one bit is flipped.
    pub corrupt_ppm: u32,
    /// Packets per million that are marked, of those that may be (RFC 3168 §5).
    pub mark_ppm: u32,
    /// Bits per second; packets leave one after another. `None`: they leave at once.
    pub rate_bps: Option<u64>,
    /// How packets wait.
    pub queue: Queueing,
    /// The longest packet that it carries in one piece.
    pub mtu: Option<Mtu>,
}

/// A delay that varies: each packet takes up to so much longer, every span as likely as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Jitter {
    /// As much longer at the most.
    pub up_to: Duration,
    /// Whether a packet may overtake another; where not, it waits for the one before it.
    pub overtaking: bool,
}

/// Packets that are held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reorder {
    /// How many, in packets per million.
    pub ppm: u32,
    /// For how long.
    pub by: Duration,
}

/// How packets wait for those before them. The one that is leaving waits no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Queueing {
    /// As much can wait; what comes then is dropped. `None`: there is no end of room.
    pub limit: Option<QueueLimit>,
    /// What comes while so much waits is marked, where it may be (RFC 3168 §5).
    pub mark_at: Option<QueueLimit>,
    /// Packets are dropped as they leave where they have waited for too long (RFC 8289).
    pub codel: Option<Codel>,
}

/// An amount of what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueueLimit {
    /// So many packets.
    Packets(u32),
    /// So many octets, headers included.
    Octets(u32),
}

/// The longest packet that a link carries in one piece (RFC 791 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mtu {
    /// Octets, the IPv4 header included.
    pub octets: u16,
    /// Whether a longer one is sent in fragments, or, where it may not be cut, its sender is told so
    /// by ICMP (RFC 1191 §4). Where not, it is dropped, and nobody says so (a black hole, RFC 2923
    /// §2.1).
    pub fragments: bool,
}

impl Mtu {
    /// Every link has to carry as much in one piece (RFC 791 §3.2).
    pub const LEAST: u16 = 68;
}

impl LinkSetup {
    /// A link that does nothing but take its time.
    #[must_use]
    pub const fn new(from: HostId, to: HostId, delay: Duration) -> Self {
        Self {
            from,
            to,
            up: true,
            delay,
            jitter: None,
            loss_ppm: 0,
            bursts: None,
            duplicate_ppm: 0,
            reorder: None,
            corrupt_ppm: 0,
            mark_ppm: 0,
            rate_bps: None,
            queue: Queueing { limit: None, mark_at: None, codel: None },
            mtu: None,
        }
    }

    /// How long so many octets take to leave.
    pub(crate) fn time_for(&self, octets: u32) -> Duration {
        let bits = 8 * u64::from(octets);
        let taken = self.rate_bps.map_or(0, |rate| (bits * 1_000_000).div_ceil(rate.max(1)));
        Duration::from_micros(taken)
    }

    /// Whether every figure is in its range; if not, which one is wrong.
    ///
    /// # Errors
    /// The name of the first property that is out of range.
    pub fn check(&self) -> Result<(), &'static str> {
        const ALL: u32 = 1_000_000;
        let Self { bursts, reorder, queue, mtu, .. } = self;
        let properties = [
            ("loss", self.loss_ppm <= ALL),
            ("duplicate", self.duplicate_ppm <= ALL),
            ("corrupt", self.corrupt_ppm <= ALL),
            ("mark", self.mark_ppm <= ALL),
            ("reorder", reorder.is_none_or(|reorder| reorder.ppm <= ALL)),
            ("bursts", bursts.is_none_or(Bursts::is_in_range)),
            ("rate", self.rate_bps != Some(0)),
            ("queue", queue.codel.is_none_or(|codel| codel.interval > Duration::ZERO)),
            ("mtu", mtu.is_none_or(|mtu| mtu.octets >= Mtu::LEAST)),
        ];
        properties.iter().find(|(_, is_right)| !is_right).map_or(Ok(()), |(name, _)| Err(*name))
    }
}

impl QueueLimit {
    /// Whether so many packets, so many octets together, are as much.
    pub(crate) fn is_reached(self, packets: usize, octets: u64) -> bool {
        match self {
            Self::Packets(most) => packets as u64 >= u64::from(most),
            Self::Octets(most) => octets >= u64::from(most),
        }
    }

    /// Whether one more, of so many octets, has no room beside what waits.
    pub(crate) fn has_no_room(self, packets: usize, octets: u64, more: u32) -> bool {
        match self {
            Self::Packets(most) => packets as u64 >= u64::from(most),
            Self::Octets(most) => octets + u64::from(more) > u64::from(most),
        }
    }
}
