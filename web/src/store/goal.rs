//! What can be sought in a run, on and back.

use tcpscope_sim::{PacketId, RecordId, Sought, Trace, Way};

use super::Direction;

/// Something to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A connection changes its state.
    State,
    /// Something goes wrong on the way.
    Fault,
    /// A segment is sent again.
    Retransmission,
    /// A timer runs out.
    Timeout,
    /// An application makes a call.
    Call,
    /// Octets become readable.
    Delivery,
    /// An application is told something.
    News,
    /// Something happens to the selected segment.
    Segment,
}

impl Goal {
    /// All of them, in the order in which they are offered and of the words for them.
    pub(crate) const ALL: [Self; 8] = [
        Self::State,
        Self::Fault,
        Self::Retransmission,
        Self::Timeout,
        Self::Call,
        Self::Delivery,
        Self::News,
        Self::Segment,
    ];

    /// The name that the page API uses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Fault => "fault",
            Self::Retransmission => "retransmission",
            Self::Timeout => "timeout",
            Self::Call => "call",
            Self::Delivery => "deliver",
            Self::News => "notify",
            Self::Segment => "segment",
        }
    }

    /// The glyph that the log has for it.
    pub(crate) const fn glyph(self) -> &'static str {
        match self {
            Self::State => "◆",
            Self::Fault => "✕",
            Self::Retransmission => "↻",
            Self::Timeout => "●",
            Self::Call => "›",
            Self::Delivery => "↓",
            Self::News => "!",
            Self::Segment => "↗",
        }
    }

    /// The goal of this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|goal| goal.name() == name)
    }

    /// The nearest such record after another, or before it.
    pub(crate) fn from(
        self,
        trace: &Trace,
        record: RecordId,
        direction: Direction,
        selection: Option<PacketId>,
    ) -> Option<RecordId> {
        let sought = match self {
            Self::State => Sought::StateChange,
            Self::Fault => Sought::Fault,
            Self::Retransmission => Sought::Retransmission,
            Self::Timeout => Sought::Timeout,
            Self::Call => Sought::Kind("call"),
            Self::Delivery => Sought::Kind("deliver"),
            Self::News => Sought::Kind("notify"),
            Self::Segment => Sought::Packet(selection?),
        };
        let way = match direction {
            Direction::On => Way::On,
            Direction::Back => Way::Back,
        };
        trace.seek(record, way, sought, None)
    }
}
