//! The lines of a script, as a form has them: what is waited for, what is called, a number, a text.

use alloc::string::String;

use bytes::Bytes;
use tcpscope_sim::{AppCall, Connect, HostId, HostSetup, Step, Wait, Want};
use tcpscope_tcp::{Duration, Instant, Shutdown};

/// A line that does nothing.
pub(super) const EMPTY: Step = Step { wait: Wait::Nothing, call: AppCall::Nothing };

/// Whether it is one script, each line of which stands by itself.
pub(super) fn are_plain(host: &HostSetup) -> bool {
    let block = |step: &Step| matches!(step.call, AppCall::Repeat { .. } | AppCall::Serve { .. });
    host.further.is_empty() && !host.script.iter().any(block)
}

/// What a line of a form waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitKind {
    /// Nothing.
    Nothing,
    /// A moment of the run, in milliseconds.
    Until,
    /// Some milliseconds after the line before.
    For,
    /// The connection.
    Connected,
    /// The peer's FIN.
    PeerClosed,
    /// The acknowledgment of all that was sent.
    Acknowledged,
    /// So many octets to be read.
    Readable,
}

/// What a line of a form calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// Nothing.
    Nothing,
    /// `connect`, to a host.
    Connect,
    /// `listen` for one connection.
    Listen,
    /// `send` of a text.
    Send,
    /// `send` of so many octets.
    Generate,
    /// `recv` of so many octets.
    Receive,
    /// `recv` of all.
    ReceiveAll,
    /// `shutdown` of the sending side.
    Shutdown,
    /// `close`.
    Close,
    /// `abort`.
    Abort,
    /// `sendto` of a datagram of so many octets, to a host.
    SendTo,
}

/// A line as a form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is waited for.
    pub wait: WaitKind,
    /// Milliseconds or octets, where that needs a number.
    pub wait_number: u64,
    /// What is called.
    pub call: CallKind,
    /// Octets, where that needs a number.
    pub number: u64,
    /// Text, where that needs one.
    pub text: String,
    /// The other host, where that needs one.
    pub to: HostId,
}

impl WaitKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Nothing,
        Self::Until,
        Self::For,
        Self::Connected,
        Self::PeerClosed,
        Self::Acknowledged,
        Self::Readable,
    ];

    /// Whether it needs a number.
    #[must_use]
    pub const fn has_number(self) -> bool {
        matches!(self, Self::Until | Self::For | Self::Readable)
    }
}

impl CallKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Nothing,
        Self::Connect,
        Self::Listen,
        Self::Send,
        Self::Generate,
        Self::Receive,
        Self::ReceiveAll,
        Self::Shutdown,
        Self::Close,
        Self::Abort,
        Self::SendTo,
    ];

    /// Whether it needs a number.
    #[must_use]
    pub const fn has_number(self) -> bool {
        matches!(self, Self::Generate | Self::Receive | Self::SendTo)
    }

    /// Whether it needs another host.
    #[must_use]
    pub const fn has_host(self) -> bool {
        matches!(self, Self::Connect | Self::SendTo)
    }
}

impl Line {
    /// The line as a form has it; `None` for one that no form of ours has.
    #[must_use]
    pub fn of(step: &Step, peer: HostId) -> Option<Self> {
        let (wait, wait_number) = match step.wait {
            Wait::Nothing => (WaitKind::Nothing, 0),
            Wait::Until(at) => (WaitKind::Until, at.as_micros() / 1000),
            Wait::For(time) => (WaitKind::For, time.as_micros() / 1000),
            Wait::Connected => (WaitKind::Connected, 0),
            Wait::PeerClosed => (WaitKind::PeerClosed, 0),
            Wait::Acknowledged => (WaitKind::Acknowledged, 0),
            Wait::Readable(octets) => (WaitKind::Readable, octets.into()),
            Wait::State(_) => return None,
        };
        let mut line = Self {
            wait,
            wait_number,
            call: CallKind::Nothing,
            number: 100,
            text: String::new(),
            to: peer,
        };
        line.call = match &step.call {
            AppCall::Nothing => CallKind::Nothing,
            AppCall::Open { active: true } => CallKind::Connect,
            AppCall::Connect(Connect { to, port: None, early: None }) => {
                line.to = to.unwrap_or(peer);
                CallKind::Connect
            }
            AppCall::Open { active: false } => CallKind::Listen,
            AppCall::Send(octets) => {
                line.text = core::str::from_utf8(octets).ok()?.into();
                CallKind::Send
            }
            AppCall::Generate { octets } => {
                line.number = *octets;
                CallKind::Generate
            }
            AppCall::Receive(Want::Octets(octets)) => {
                line.number = *octets;
                CallKind::Receive
            }
            AppCall::Receive(Want::All) => CallKind::ReceiveAll,
            AppCall::Shutdown(Shutdown::Write) => CallKind::Shutdown,
            AppCall::Close => CallKind::Close,
            AppCall::Abort => CallKind::Abort,
            AppCall::SendTo { to, port: None, octets } => {
                line.number = (*octets).into();
                line.to = to.unwrap_or(peer);
                CallKind::SendTo
            }
            AppCall::Connect(_)
            | AppCall::SendTo { .. }
            | AppCall::Shutdown(_)
            | AppCall::Bind { .. }
            | AppCall::Listen { .. }
            | AppCall::Accept
            | AppCall::Serve { .. }
            | AppCall::Set(_)
            | AppCall::Type { .. }
            | AppCall::Release
            | AppCall::Exit
            | AppCall::Repeat { .. }
            | AppCall::Forge(_) => return None,
        };
        Some(line)
    }

    /// The line of a script.
    #[must_use]
    pub fn step(&self) -> Step {
        let micros = self.wait_number.saturating_mul(1000);
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Step {
            wait: match self.wait {
                WaitKind::Nothing => Wait::Nothing,
                WaitKind::Until => Wait::Until(Instant::from_micros(micros)),
                WaitKind::For => Wait::For(Duration::from_micros(micros)),
                WaitKind::Connected => Wait::Connected,
                WaitKind::PeerClosed => Wait::PeerClosed,
                WaitKind::Acknowledged => Wait::Acknowledged,
                WaitKind::Readable => Wait::Readable(small(self.wait_number)),
            },
            call: match self.call {
                CallKind::Nothing => AppCall::Nothing,
                CallKind::Connect => {
                    AppCall::Connect(Connect { to: Some(self.to), port: None, early: None })
                }
                CallKind::Listen => AppCall::Open { active: false },
                CallKind::Send => AppCall::Send(Bytes::from(self.text.clone())),
                CallKind::Generate => AppCall::Generate { octets: self.number },
                CallKind::Receive => AppCall::Receive(Want::Octets(self.number)),
                CallKind::ReceiveAll => AppCall::Receive(Want::All),
                CallKind::Shutdown => AppCall::Shutdown(Shutdown::Write),
                CallKind::Close => AppCall::Close,
                CallKind::Abort => AppCall::Abort,
                CallKind::SendTo => {
                    AppCall::SendTo { to: Some(self.to), port: None, octets: small(self.number) }
                }
            },
        }
    }
}
