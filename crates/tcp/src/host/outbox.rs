//! What a host gives to the world: packets to send, and what it explains of its doing.

use alloc::vec::Vec;
use core::net::SocketAddrV4;

use super::Fd;
use super::account::Account;
use crate::{Instant, Notification, Reason, Segment, State};

/// Where a host puts what follows. Made once and used again: whoever reads it empties it.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// Packets, in the order in which they leave.
    pub packets: Vec<Outgoing>,
    /// Explanations, in order; none where nobody observes.
    pub events: Vec<HostEvent>,
    /// Whether somebody observes.
    pub observed: bool,
    /// Whether a full account is taken, in place of all this.
    pub(super) recorded: bool,
    pub(super) account: Account,
}

/// A segment on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// When it leaves.
    pub at: Instant,
    /// From where.
    pub source: SocketAddrV4,
    /// Where to.
    pub destination: SocketAddrV4,
    /// The segment.
    pub segment: Segment,
    /// Whether all that it carries was sent before.
    pub retransmission: bool,
}

/// A rule that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostEvent {
    /// When.
    pub at: Instant,
    /// The socket that it concerns; `None` for connections that no descriptor stands for, and for
    /// what concerns none.
    pub fd: Option<Fd>,
    /// The rule, with its numbers.
    pub reason: Reason,
    /// The states before and after, where the state changed.
    pub transition: Option<(State, State)>,
}

/// The two ends of what a connection sends, and the descriptor that its events bear.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) source: SocketAddrV4,
    pub(super) destination: SocketAddrV4,
    pub(super) fd: Option<Fd>,
}

/// No socket.
const NOBODY: SocketAddrV4 = SocketAddrV4::new(core::net::Ipv4Addr::UNSPECIFIED, 0);

/// What the host has to know of one event's effects.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct News {
    /// Whether the state changed.
    pub(super) moved: bool,
    /// What the user was told last that ended the connection, and by which rule.
    pub(super) told: Option<(Notification, Reason)>,
}

impl Outbox {
    /// An outbox without explanations.
    #[must_use]
    pub fn unobserved() -> Self {
        Self::default()
    }

    /// An outbox with every decision explained.
    #[must_use]
    pub fn observed() -> Self {
        Self { observed: true, ..Self::default() }
    }

    /// Forgets what it holds, and keeps the room.
    pub fn clear(&mut self) {
        self.packets.clear();
        self.events.clear();
        self.account.clear();
    }

    /// A decision of the host's own.
    pub(super) fn explain(&mut self, at: Instant, fd: Option<Fd>, reason: Reason) {
        if self.observed {
            self.events.push(HostEvent { at, fd, reason, transition: None });
        } else if self.recorded {
            self.note(Way { source: NOBODY, destination: NOBODY, fd }, reason);
        }
    }
}
