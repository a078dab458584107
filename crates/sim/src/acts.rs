//! What is done to a run at an instant: to a host, or by somebody who forges segments.

use core::net::SocketAddrV4;

use alloc::boxed::Box;

use bytes::Bytes;
use tcpscope_tcp::{Flags, Instant, Options, SeqNumber};

use crate::{AppCall, CallResult, HostId, PacketId, PacketIndex};

/// Something that is done at an instant, before all else that happens then.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Act {
    /// When.
    pub at: Instant,
    /// To which host, or from which.
    pub host: HostId,
    /// What.
    pub deed: Deed,
}

/// What is done at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// The host crashes: its TCP forgets all, and nobody answers for it (RFC 9293 §3.5.1).
    Crash,
    /// The host is there again, or crashes and is there again.
    Restart {
        /// Whether its scripts begin anew.
        scripts: bool,
    },
    /// The host's applications are stopped as they stand, so that nobody reads or sends any more, or
    /// go on. TCP does not stop with them.
    Halt {
        /// Whether they are stopped.
        halted: bool,
    },
    /// A call is made in the name of the host's first script, which knows nothing of it.
    Call(AppCall),
    /// A forged segment leaves the host. Where the host is who it claims to be from, it is as if it
    /// came from the link.
    Forge(Box<Forgery>),
    /// A copy of a packet that was sent before, and was kept on the way, goes on from where the
    /// packet was sent; if no such packet was sent by then, nothing happens.
    Replay(PacketId),
}

/// A segment of any form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Forgery {
    /// The socket that it claims to come from.
    pub source: SocketAddrV4,
    /// Whether each one that a script sends claims the next port.
    pub spread: bool,
    /// The socket that it is for.
    pub destination: SocketAddrV4,
    /// The sequence number.
    pub seq: Number,
    /// The acknowledgment number; `None`: no ACK.
    pub ack: Option<Number>,
    /// All flags but ACK.
    pub flags: Flags,
    /// The window.
    pub wnd: u16,
    /// The urgent pointer.
    pub urg: u16,
    /// The options.
    pub options: Options,
    /// The text.
    pub payload: Bytes,
}

/// A number of a forged segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// This one.
    Given(SeqNumber),
    /// What a host sends next, SND.NXT of the connection that stands for it, and so much more.
    NextOf(HostId, u32),
    /// What a host expects next, RCV.NXT of that connection, and so much more.
    ExpectedBy(HostId, u32),
}

/// What was done at an instant, as a record has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Done {
    /// The host crashed.
    Crash,
    /// The host was started.
    Restart {
        /// Whether its scripts began anew.
        scripts: bool,
    },
    /// The host's applications were stopped, or went on.
    Halt {
        /// Whether they were stopped.
        halted: bool,
    },
    /// A call was made.
    Call {
        /// Its name in C.
        name: &'static str,
        /// What came of it.
        result: CallResult,
    },
    /// A segment was forged.
    Forge,
    /// A copy of an old packet was let go.
    Replay {
        /// The packet that was kept; `None` where none was.
        kept: Option<PacketIndex>,
    },
}
