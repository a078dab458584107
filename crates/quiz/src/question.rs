//! What is asked.

mod name;

use tcpscope_sim::{ConnectionId, HostId, PacketIndex, RecordId, Trace};

/// A question about a moment of a run: what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// The last record that has happened when it is asked.
    pub at: RecordId,
    /// What is asked.
    pub kind: Kind,
}

/// What is asked about a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Which state one end of a connection enters next.
    NextState {
        /// Whose end.
        host: HostId,
        /// Of which connection; `None`: of the first that will be there, where none is yet.
        connection: Option<ConnectionId>,
    },
    /// Flags, numbers and length of the next segment that a host sends.
    NextSegment {
        /// Who sends it.
        host: HostId,
    },
    /// Who sends next, and when.
    WhoSendsNext,
    /// Of the timers that run, which runs out first if nothing comes before, and when.
    WhichTimer,
    /// What a host's application gets back from its next call, or from the one that waits.
    CallReturns {
        /// Whose application.
        host: HostId,
    },
    /// How many octets of new text one end of a connection may send now.
    MaySend {
        /// Whose end.
        host: HostId,
        /// Of which connection.
        connection: ConnectionId,
    },
    /// What follows if a packet that is under way is lost.
    WhatIfLost {
        /// Which packet.
        packet: PacketIndex,
    },
}

impl Question {
    /// Whether a run has what the question is about. One that has not is not asked, and has no
    /// answer.
    #[must_use]
    pub fn is_of(&self, trace: &Trace) -> bool {
        let is_host = |host: HostId| host.index() < trace.hosts().len();
        let is_end = |host: HostId, connection: ConnectionId| {
            let info = trace.connections().get(connection.index());
            info.is_some_and(|info| info.host == host)
        };
        let is_there = match self.kind {
            Kind::NextState { host, connection: Some(connection) }
            | Kind::MaySend { host, connection } => is_host(host) && is_end(host, connection),
            Kind::NextState { host, connection: None }
            | Kind::NextSegment { host }
            | Kind::CallReturns { host } => is_host(host),
            Kind::WhoSendsNext | Kind::WhichTimer => true,
            Kind::WhatIfLost { packet } => (packet.0 as usize) < trace.packets().len(),
        };
        is_there && self.at.index() < trace.records().len()
    }
}

impl Kind {
    /// The names of all kinds, in their order.
    pub const NAMES: [&'static str; 7] = [
        "next-state",
        "next-segment",
        "who-sends-next",
        "which-timer",
        "call-returns",
        "may-send",
        "what-if-lost",
    ];

    /// Its place in [`Self::NAMES`]; a code keeps it, so that a new kind goes last.
    #[must_use]
    pub const fn place(&self) -> u8 {
        match self {
            Self::NextState { .. } => 0,
            Self::NextSegment { .. } => 1,
            Self::WhoSendsNext => 2,
            Self::WhichTimer => 3,
            Self::CallReturns { .. } => 4,
            Self::MaySend { .. } => 5,
            Self::WhatIfLost { .. } => 6,
        }
    }

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        Self::NAMES[self.place() as usize]
    }

    /// Whether it is answered by choosing; the others by numbers that are written, though each has
    /// choices too.
    #[must_use]
    pub const fn is_by_choice(&self) -> bool {
        match self {
            Self::NextState { .. }
            | Self::WhichTimer
            | Self::CallReturns { .. }
            | Self::WhatIfLost { .. } => true,
            Self::NextSegment { .. } | Self::WhoSendsNext | Self::MaySend { .. } => false,
        }
    }
}
