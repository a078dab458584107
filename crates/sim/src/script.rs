//! What an application does: calls, one after another, each when its condition holds.

use bytes::Bytes;
use tcpscope_tcp::{Duration, Instant, State};

/// One line of an application's script: wait, then call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// What is waited for, after the line before has been done.
    pub wait: Wait,
    /// What is then called.
    pub call: AppCall,
}

/// What a line of a script waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wait {
    /// Nothing.
    Nothing,
    /// A moment of the run.
    Until(Instant),
    /// Some time after the line before.
    For(Duration),
    /// The connection is established.
    Connected,
    /// The peer has closed.
    PeerClosed,
    /// The connection is in this state.
    State(State),
    /// All that was sent is acknowledged.
    Acknowledged,
}

/// A call of an application.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AppCall {
    /// OPEN: active (`connect`) or passive (`listen`, `accept`).
    Open {
        /// Whether it sends a SYN.
        active: bool,
    },
    /// SEND, as often as it takes until all octets are taken.
    Send(Bytes),
    /// RECEIVE, as often as it takes.
    Receive(Want),
    /// CLOSE.
    Close,
    /// ABORT.
    Abort,
}

/// How much a RECEIVE wants before the script goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    /// This many octets.
    Octets(u64),
    /// Everything, up to the peer's FIN.
    All,
}
