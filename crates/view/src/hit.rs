//! What is under the pointer.

use tcpscope_sim::{HostId, PacketIndex, RecordId};
use tcpscope_tcp::Instant;

use crate::{LadderScene, TimeAxis};

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A segment.
    Packet(PacketIndex),
    /// A call of an application: the record of it.
    Call(HostId, RecordId),
    /// A timer: the record of its setting.
    Timer(HostId, RecordId),
    /// A state: the record that it begins with.
    State(HostId, RecordId),
    /// A host's line, at a time.
    Lifeline(HostId, Instant),
    /// A stretch that is folded, from here to there.
    Fold(Instant, Instant),
}

/// How near a mouse has to come.
pub const REACH_MOUSE: f64 = 8.0;
/// How near a finger has to come.
pub const REACH_TOUCH: f64 = 14.0;

/// What lies within `reach` of a point of the figure, in the figure's own coordinates.
#[must_use]
pub fn hit(
    _scene: &LadderScene,
    _axis: &TimeAxis,
    _x: f64,
    _y: f64,
    _reach: f64,
) -> Option<Target> {
    None
}
