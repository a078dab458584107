//! What an application does: calls, one after another, each when its condition holds.

use alloc::boxed::Box;

use bytes::Bytes;
use tcpscope_tcp::{Duration, Instant, Shutdown, SocketOption, State};

use crate::{Forgery, HostId};

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
    /// So many octets can be read, or no more will come.
    Readable(u32),
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
    /// `connect`: a new connection, in place of one that the script had; that one goes on by
    /// itself.
    Connect(Connect),
    /// `bind`: a new socket has this port; 0: one that is free.
    Bind {
        /// The port.
        port: u16,
    },
    /// `listen`, on the socket that was bound, or else on the host's own port.
    Listen {
        /// How many connections may wait for `accept`, but for one.
        backlog: u32,
    },
    /// `accept`, as long as it takes: the script goes on with that connection.
    Accept,
    /// `accept` without end: for each connection the next lines are run, beside all others. The
    /// script itself never comes past it.
    Serve {
        /// How many lines.
        lines: usize,
    },
    /// `setsockopt`: of the socket that was bound, or else of the connection or the listener, or
    /// else of a new socket.
    Set(SocketOption),
    /// SEND of so many octets of text that is made as it goes.
    Generate {
        /// How many.
        octets: u64,
    },
    /// SEND of one octet after another, as a person types.
    Type {
        /// How many.
        octets: u64,
        /// How long after one the next is typed.
        every: Duration,
    },
    /// `shutdown`.
    Shutdown(Shutdown),
    /// `close` of the descriptor: the script lets go of its connection, or else of its listener.
    Release,
    /// The program ends or crashes: the system closes all that it has. The lines that follow are
    /// those of the program begun anew.
    Exit,
    /// The next lines, so many times. A connection that fails within ends that time.
    Repeat {
        /// How many times.
        times: u32,
        /// How many lines.
        lines: usize,
    },
    /// `sendto`: a datagram (RFC 768) with the next message for that socket. Messages are numbered.
    SendTo {
        /// The host; `None`: the usual peer, [`crate::Setup::peer_of`].
        to: Option<HostId>,
        /// The port there; `None`: that host's own.
        port: Option<u16>,
        /// How many octets the message has.
        octets: u32,
    },
    /// A forged segment is sent, as only who has the machine to himself can.
    Forge(Box<Forgery>),
    /// Nothing: the line only waits.
    Nothing,
}

impl AppCall {
    /// One past the last line of the block that the call begins on `line`, if it begins one.
    pub(crate) const fn block_end(&self, line: usize) -> Option<usize> {
        match self {
            Self::Repeat { lines, .. } | Self::Serve { lines } => {
                Some(line.saturating_add(1).saturating_add(*lines))
            }
            Self::Open { .. }
            | Self::Send(_)
            | Self::Receive(_)
            | Self::Close
            | Self::Abort
            | Self::Connect(_)
            | Self::Bind { .. }
            | Self::Listen { .. }
            | Self::Accept
            | Self::Set(_)
            | Self::Generate { .. }
            | Self::Type { .. }
            | Self::Shutdown(_)
            | Self::Release
            | Self::Exit
            | Self::SendTo { .. }
            | Self::Forge(_)
            | Self::Nothing => None,
        }
    }

    /// The name of the call in C, or of what it amounts to.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open { active: true } | Self::Connect(_) => "connect()",
            Self::Open { active: false } | Self::Listen { .. } => "listen()",
            Self::Send(_) | Self::Generate { .. } | Self::Type { .. } => "send()",
            Self::Receive(_) => "recv()",
            Self::Close | Self::Release => "close()",
            Self::Exit => "exit()",
            Self::Abort => "abort()",
            Self::Bind { .. } => "bind()",
            Self::Accept | Self::Serve { .. } => "accept()",
            Self::Set(_) => "setsockopt()",
            Self::Shutdown(_) => "shutdown()",
            Self::Repeat { .. } => "for (;;)",
            Self::SendTo { .. } => "sendto()",
            Self::Forge(_) => "inject()",
            Self::Nothing => "sleep()",
        }
    }
}

/// Where a `connect` goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Connect {
    /// The host; `None`: the usual peer, [`crate::Setup::peer_of`].
    pub to: Option<HostId>,
    /// The port there; `None`: that host's own.
    pub port: Option<u16>,
    /// Text that is to go with the SYN (RFC 7413).
    pub early: Option<Bytes>,
}

/// How much a RECEIVE wants before the script goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    /// This many octets.
    Octets(u64),
    /// Everything, up to the peer's FIN.
    All,
}
