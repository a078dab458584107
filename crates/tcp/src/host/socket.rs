//! Sockets: what a descriptor stands for.

use alloc::boxed::Box;
use core::fmt;

use super::listener::Listener;
use super::options::SocketOptions;
use super::table::ConnId;
use super::{Errno, Host};
use crate::{Connection, State, Status};

/// A descriptor. They count from 3, and none is ever given out twice, so that one that was closed
/// stays unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fd(u32);

impl Fd {
    pub(super) const BEFORE_FIRST: Self = Self(2);

    /// The descriptor with this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Fd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A socket.
#[derive(Clone, Debug)]
pub(super) struct Socket {
    pub(super) options: SocketOptions,
    /// The port that it was bound to, by the user or by `listen`.
    pub(super) port: Option<u16>,
    pub(super) kind: Kind,
}

/// What a socket has become.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Nothing yet.
    Fresh,
    /// A listener.
    Listening(Box<Listener>),
    /// One end of a connection, which may be over.
    Connected(ConnId),
}

impl Host {
    /// A new socket.
    pub fn socket(&mut self) -> Fd {
        let socket = Socket { options: self.default_options(), port: None, kind: Kind::Fresh };
        self.add(socket)
    }

    /// The variables of the connection behind a descriptor (RFC 9293 §3.10.6): in LISTEN those of
    /// a listener; in CLOSED where none was ever begun.
    ///
    /// # Errors
    /// [`Errno::BadDescriptor`].
    pub fn status(&self, fd: Fd) -> Result<Status, Errno> {
        let socket = self.sockets.get(&fd).ok_or(Errno::BadDescriptor)?;
        Ok(match &socket.kind {
            Kind::Fresh => Connection::new(self.config_of(&socket.options)).status(),
            Kind::Listening(listener) => listener.prototype.status(),
            Kind::Connected(id) => self
                .connections
                .get(*id)
                .map_or_else(Status::default, |entry| entry.connection.status()),
        })
    }

    /// The state of what is behind a descriptor: that of its [`status`](Self::status), which is much
    /// more.
    ///
    /// # Errors
    /// [`Errno::BadDescriptor`].
    pub fn state(&self, fd: Fd) -> Result<State, Errno> {
        let socket = self.sockets.get(&fd).ok_or(Errno::BadDescriptor)?;
        Ok(match &socket.kind {
            Kind::Fresh => State::Closed,
            Kind::Listening(listener) => listener.prototype.state(),
            Kind::Connected(id) => {
                self.connections.get(*id).map_or(State::Closed, |entry| entry.connection.state())
            }
        })
    }

    /// What became of the connection, if it went wrong and nobody was told yet; reading clears it
    /// (RFC 9293 §3.9.1.8, MUST-47; who does not ask is not told, SHLD-20).
    ///
    /// # Errors
    /// [`Errno::BadDescriptor`].
    pub fn so_error(&mut self, fd: Fd) -> Result<Option<Errno>, Errno> {
        let socket = self.sockets.get(&fd).ok_or(Errno::BadDescriptor)?;
        Ok(match socket.kind {
            Kind::Fresh | Kind::Listening(_) => None,
            Kind::Connected(id) => {
                self.connections.get_mut(id).and_then(|entry| entry.error.take())
            }
        })
    }

    pub(super) fn add(&mut self, socket: Socket) -> Fd {
        self.last_fd = Fd(self.last_fd.0.saturating_add(1));
        self.sockets.insert(self.last_fd, socket);
        self.last_fd
    }

    pub(super) fn socket_mut(&mut self, fd: Fd) -> Result<&mut Socket, Errno> {
        self.sockets.get_mut(&fd).ok_or(Errno::BadDescriptor)
    }

    /// The connection behind `fd`.
    pub(super) fn connected(&self, fd: Fd) -> Result<ConnId, Errno> {
        match self.sockets.get(&fd).ok_or(Errno::BadDescriptor)?.kind {
            Kind::Connected(id) => Ok(id),
            Kind::Fresh | Kind::Listening(_) => Err(Errno::NotConnected),
        }
    }
}
