//! A script, read.

use std::net::Ipv4Addr;
use std::ops::Range;

use tcpscope_tcp::{Config, Ecn, Errno, Flags, IcmpError, Shutdown, SocketOption};

use crate::Place;

/// A script: how the host is set up, and what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The options that it begins with.
    pub settings: Settings,
    /// What happens, in order.
    pub events: Vec<Event>,
}

/// What a script's options say; what they leave out is packetdrill's own, and the TCP is RFC 9293
/// alone, as in a scenario's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How the host's TCP is set up.
    pub config: Config,
    /// Our address.
    pub local: Ipv4Addr,
    /// The peer's.
    pub remote: Ipv4Addr,
    /// The port that `bind(3, ..., ...)` means.
    pub bind_port: u16,
    /// The port that `connect(3, ..., ...)` means.
    pub connect_port: u16,
    /// How much earlier or later than it says something may happen, in microseconds.
    pub tolerance: u64,
    /// How long one tick of the timestamps' clock is, in microseconds, where TSval is checked.
    pub timestamp_tick: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            config: Config::plain(),
            local: Ipv4Addr::new(192, 168, 0, 1),
            remote: Ipv4Addr::new(192, 0, 2, 1),
            bind_port: 8080,
            connect_port: 8080,
            tolerance: 4_000,
            timestamp_tick: None,
        }
    }
}

/// One event of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Where it begins.
    pub place: Place,
    /// Its octets in the script.
    pub span: Range<usize>,
    /// When it happens.
    pub when: When,
    /// What it is.
    pub does: Does,
}

/// A moment of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds.
    pub micros: u64,
    /// Whether they count from the event before, rather than from the beginning.
    pub is_relative: bool,
}

/// When an event happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Then.
    At(Moment),
    /// Not before the one, nor after the other: `0.1~0.2`.
    Between(Moment, Moment),
    /// It begins, and returns: `0.1...0.2`.
    From(Moment, Moment),
    /// Whenever: `*`.
    Any,
}

/// What an event is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// A segment, which the peer sends or which is expected of us.
    Packet(Box<PacketLine>),
    /// The network reports what became of a segment of ours.
    Icmp(IcmpLine),
    /// The application calls, and this is to come of it.
    Call(Call, Returns),
}

/// Which way a segment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `<`: the peer sends it.
    Injected,
    /// `>`: we are expected to.
    Expected,
}

/// A segment as a script has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketLine {
    /// Which way it goes.
    pub direction: Direction,
    /// The ECN field of its IP header, where the script says one.
    pub ecn: Option<Ecn>,
    /// The control bits but ACK.
    pub flags: Flags,
    /// The first number.
    pub seq: u32,
    /// The octets of text.
    pub len: u16,
    /// The acknowledgment number; `None`: no ACK.
    pub ack: Option<u32>,
    /// The window as it stands in the header; `None`: it is not looked at.
    pub wnd: Option<u16>,
    /// The urgent pointer.
    pub urg: Option<u16>,
    /// The options.
    pub options: Listed,
}

/// The options of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// These, in any order, and padded in any way. None, where a script says nothing.
    These(Vec<HeaderOption>),
    /// Any: `<...>`.
    Any,
}

/// One option of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderOption {
    /// `mss 1460`.
    Mss(u16),
    /// `wscale 7`.
    WindowScale(u8),
    /// `sackOK`.
    SackPermitted,
    /// `sack 1001:2001 3001:4001`.
    Sack(Vec<(u32, u32)>),
    /// `TS val 100 ecr 0`.
    Timestamps {
        /// TSval.
        value: u32,
        /// TSecr.
        echo: u32,
    },
    /// `FO 0123456789abcdef`; without octets it asks for a cookie.
    FastOpen(Vec<u8>),
    /// `nop`.
    NoOperation,
    /// `eol`.
    EndOfList,
}

/// A report of the network's about a segment of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpLine {
    /// What it says.
    pub error: IcmpError,
    /// The sequence number of the segment.
    pub seq: u32,
    /// The octets of its text.
    pub len: u16,
}

/// A call of the application's. Descriptors are the script's own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `socket`.
    Socket {
        /// `SOCK_NONBLOCK`.
        is_nonblocking: bool,
    },
    /// `bind`.
    Bind {
        /// The socket.
        fd: i64,
        /// The port; `None`: the usual one.
        port: Option<u16>,
    },
    /// `listen`.
    Listen {
        /// The socket.
        fd: i64,
        /// How many connections may wait for `accept`.
        backlog: i64,
    },
    /// `accept`, and `accept4`.
    Accept {
        /// The listener.
        fd: i64,
        /// `SOCK_NONBLOCK`, for the connection.
        is_nonblocking: bool,
    },
    /// `connect`.
    Connect {
        /// The socket.
        fd: i64,
        /// The peer's port; `None`: the usual one.
        port: Option<u16>,
    },
    /// `write`, and `send`.
    Send {
        /// The socket.
        fd: i64,
        /// So many octets.
        octets: u32,
        /// `MSG_DONTWAIT`.
        does_not_wait: bool,
    },
    /// `read`, and `recv`.
    Receive {
        /// The socket.
        fd: i64,
        /// At most so many octets.
        octets: u32,
        /// `MSG_PEEK`.
        peeks: bool,
        /// `MSG_DONTWAIT`.
        does_not_wait: bool,
    },
    /// `shutdown`.
    Shutdown {
        /// The socket.
        fd: i64,
        /// Which side.
        how: Shutdown,
    },
    /// `close`.
    Close {
        /// The socket.
        fd: i64,
    },
    /// `setsockopt`.
    SetOption {
        /// The socket.
        fd: i64,
        /// The option and its value.
        option: SocketOption,
    },
    /// `getsockopt` of `SO_ERROR`.
    Error {
        /// The socket.
        fd: i64,
        /// What it is to be.
        error: Option<Errno>,
    },
    /// `fcntl` with `F_GETFL`.
    GetFlags {
        /// The socket.
        fd: i64,
    },
    /// `fcntl` with `F_SETFL`.
    SetFlags {
        /// The socket.
        fd: i64,
        /// `O_NONBLOCK`.
        is_nonblocking: bool,
    },
    /// `ioctl` with `SIOCINQ`, which is `FIONREAD`: the octets that can be read.
    Unread {
        /// The socket.
        fd: i64,
        /// What it is to be.
        octets: u32,
    },
    /// `ioctl` with `SIOCOUTQ`: the octets that were sent or wait to be, and are not acknowledged.
    Unacknowledged {
        /// The socket.
        fd: i64,
        /// What it is to be.
        octets: u32,
    },
}

/// What is to come of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// A number.
    Number(i64),
    /// −1, and this error.
    Error(Errno),
}
