//! The eleven states, and every way from one to another.

use core::fmt;

/// A state of a connection (RFC 9293 §3.3.2). CLOSED is the state of having no TCB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// No connection at all.
    #[default]
    Closed,
    /// Waiting for a connection request from any remote TCP.
    Listen,
    /// Waiting for a matching connection request after having sent one.
    SynSent,
    /// Waiting for the acknowledgment of our SYN after having received and sent one.
    SynReceived,
    /// An open connection: data flows both ways.
    Established,
    /// Waiting for the acknowledgment of our FIN, or for the peer's FIN.
    FinWait1,
    /// Waiting for the peer's FIN; ours is acknowledged.
    FinWait2,
    /// The peer has closed; waiting for the local user to close too.
    CloseWait,
    /// Both have closed at once; waiting for the acknowledgment of our FIN.
    Closing,
    /// The peer closed first; waiting for the acknowledgment of our FIN.
    LastAck,
    /// Waiting for two maximum segment lifetimes, so that nothing of this connection is left.
    TimeWait,
}

impl State {
    /// All eleven, in the order of RFC 9293 §3.3.2, CLOSED first.
    pub const ALL: [Self; 11] = [
        Self::Closed,
        Self::Listen,
        Self::SynSent,
        Self::SynReceived,
        Self::Established,
        Self::FinWait1,
        Self::FinWait2,
        Self::CloseWait,
        Self::Closing,
        Self::LastAck,
        Self::TimeWait,
    ];

    /// The name, as the RFC writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "CLOSED",
            Self::Listen => "LISTEN",
            Self::SynSent => "SYN-SENT",
            Self::SynReceived => "SYN-RECEIVED",
            Self::Established => "ESTABLISHED",
            Self::FinWait1 => "FIN-WAIT-1",
            Self::FinWait2 => "FIN-WAIT-2",
            Self::CloseWait => "CLOSE-WAIT",
            Self::Closing => "CLOSING",
            Self::LastAck => "LAST-ACK",
            Self::TimeWait => "TIME-WAIT",
        }
    }

    /// Whether both sides' sequence numbers are known and agreed (§3.5.3): ESTABLISHED and later.
    #[must_use]
    pub const fn is_synchronized(self) -> bool {
        match self {
            Self::Closed | Self::Listen | Self::SynSent | Self::SynReceived => false,
            Self::Established
            | Self::FinWait1
            | Self::FinWait2
            | Self::CloseWait
            | Self::Closing
            | Self::LastAck
            | Self::TimeWait => true,
        }
    }

    /// Whether the peer may still send text: no FIN of its own has been taken yet.
    #[must_use]
    pub const fn receives_text(self) -> bool {
        matches!(self, Self::Established | Self::FinWait1 | Self::FinWait2)
    }

    /// Whether the way from here to `to` is in [`TRANSITIONS`].
    #[must_use]
    pub fn may_become(self, to: Self) -> bool {
        TRANSITIONS.iter().any(|edge| edge.from == self && edge.to == to)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One legal change of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The state that is left.
    pub from: State,
    /// The state that is entered.
    pub to: State,
    /// What brings it about, in the words of RFC 9293 Figure 5.
    pub event: &'static str,
    /// What is done on the way, in the words of Figure 5; empty where nothing is.
    pub action: &'static str,
    /// Whether the standard's Figure 5 draws it. Its notes name the others: they are as legal.
    pub in_figure: bool,
}

const fn drawn(from: State, to: State, event: &'static str, action: &'static str) -> Edge {
    Edge { from, to, event, action, in_figure: true }
}

const fn noted(from: State, to: State, event: &'static str, action: &'static str) -> Edge {
    Edge { from, to, event, action, in_figure: false }
}

/// Every legal change of state (RFC 9293 §3.3.2, Figure 5 and its notes, §3.10).
///
/// The engine changes its state at one place, which asks this table; the state diagram is drawn
/// from it; a test takes every edge.
pub const TRANSITIONS: &[Edge] = &[
    drawn(State::Closed, State::Listen, "passive OPEN", "create TCB"),
    drawn(State::Closed, State::SynSent, "active OPEN", "create TCB, snd SYN"),
    drawn(State::Listen, State::SynSent, "SEND", "snd SYN"),
    drawn(State::Listen, State::SynReceived, "rcv SYN", "snd SYN,ACK"),
    drawn(State::Listen, State::Closed, "CLOSE", "delete TCB"),
    drawn(State::SynSent, State::SynReceived, "rcv SYN", "snd SYN,ACK"),
    drawn(State::SynSent, State::Established, "rcv SYN,ACK", "snd ACK"),
    drawn(State::SynSent, State::Closed, "CLOSE", "delete TCB"),
    drawn(State::SynReceived, State::Established, "rcv ACK of SYN", ""),
    drawn(State::SynReceived, State::FinWait1, "CLOSE", "snd FIN"),
    noted(State::SynReceived, State::Listen, "rcv RST", ""),
    noted(State::SynReceived, State::Closed, "rcv RST", "delete TCB"),
    drawn(State::Established, State::FinWait1, "CLOSE", "snd FIN"),
    drawn(State::Established, State::CloseWait, "rcv FIN", "snd ACK"),
    noted(State::Established, State::Closed, "rcv RST", "delete TCB"),
    drawn(State::FinWait1, State::FinWait2, "rcv ACK of FIN", ""),
    drawn(State::FinWait1, State::Closing, "rcv FIN", "snd ACK"),
    noted(State::FinWait1, State::TimeWait, "rcv FIN, ACK of FIN", "snd ACK"),
    noted(State::FinWait1, State::Closed, "rcv RST", "delete TCB"),
    drawn(State::FinWait2, State::TimeWait, "rcv FIN", "snd ACK"),
    noted(State::FinWait2, State::Closed, "rcv RST", "delete TCB"),
    drawn(State::CloseWait, State::LastAck, "CLOSE", "snd FIN"),
    noted(State::CloseWait, State::Closed, "rcv RST", "delete TCB"),
    drawn(State::Closing, State::TimeWait, "rcv ACK of FIN", ""),
    noted(State::Closing, State::Closed, "rcv RST", "delete TCB"),
    drawn(State::LastAck, State::Closed, "rcv ACK of FIN", "delete TCB"),
    drawn(State::TimeWait, State::Closed, "timeout = 2 MSL", "delete TCB"),
];
