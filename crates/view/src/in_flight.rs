//! Packets under way.

use tcpscope_sim::{PacketIndex, PacketKind};

use crate::Point;

/// A packet under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Which.
    pub packet: PacketIndex,
    /// What it is for.
    pub kind: PacketKind,
    /// Whether all that it carries was sent before.
    pub retransmission: bool,
    /// Where it is.
    pub at: Point,
    /// Where its tail ends: a little way back along its arrow.
    pub tail: Point,
}
