//! A link: one direction of the way between two hosts.

mod line;
mod octets;

use tcpscope_tcp::Duration;

pub(crate) use self::line::{Line, Waiting};
pub(crate) use self::octets::packet_octets;
use crate::HostId;

/// One direction of the way between two hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSetup {
    /// Where it begins.
    pub from: HostId,
    /// Where it ends.
    pub to: HostId,
    /// How long a packet is under way once it has left.
    pub delay: Duration,
    /// Independent loss, in packets per million.
    pub loss_ppm: u32,
    /// Bits per second; packets leave one after another. `None`: they leave at once.
    pub rate_bps: Option<u64>,
}
