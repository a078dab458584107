//! Changes to a run: to one packet, or to a link.

use alloc::string::String;
use core::fmt;

use tcpscope_tcp::Duration;

use crate::{HostId, PacketId};

/// Something done to one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intervention {
    /// It never arrives.
    Drop(PacketId),
    /// It is under way for longer.
    Delay {
        /// Which packet.
        packet: PacketId,
        /// By how much.
        by: Duration,
    },
}

impl Intervention {
    /// The packet that it is done to.
    #[must_use]
    pub const fn packet(&self) -> PacketId {
        match self {
            Self::Drop(packet) | Self::Delay { packet, .. } => *packet,
        }
    }
}

/// A change that a person makes to a run. It can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Something is done to one packet.
    Packet(Intervention),
    /// A link has another delay, from the beginning.
    LinkDelay {
        /// Where the link begins.
        from: HostId,
        /// Its delay.
        delay: Duration,
    },
    /// A link has another loss, from the beginning.
    LinkLoss {
        /// Where the link begins.
        from: HostId,
        /// Packets per million.
        loss_ppm: u32,
    },
}

/// Why an edit was refused; the run is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// No such packet was ever sent.
    UnknownPacket {
        /// The packet, in words.
        packet: String,
    },
    /// No link begins there.
    UnknownLink {
        /// Where it would begin.
        from: HostId,
    },
    /// More than all packets cannot be lost.
    LossAboveAll {
        /// What was asked for.
        loss_ppm: u32,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownPacket { packet } => {
                write!(f, "no packet \"{packet}\" is sent in this run")
            }
            Self::UnknownLink { from } => write!(f, "no link begins at host {}", from.0),
            Self::LossAboveAll { loss_ppm } => {
                write!(f, "a loss of {loss_ppm} in a million is more than all")
            }
        }
    }
}

impl core::error::Error for EditError {}
