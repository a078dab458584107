//! `shutdown`, `close` and `abort`.

use super::socket::Kind;
use super::table::{ConnId, Holder};
use super::{Errno, Fd, Host, Outbox};
use crate::{Call, CallError, Instant, State};

/// Which sides of a connection are shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shutdown {
    /// Nothing more will be read than what has arrived.
    Read,
    /// Nothing more will be sent: a FIN follows what is queued.
    Write,
    /// Both.
    Both,
}

impl Host {
    /// Shuts one side of a connection, or both. To shut a side again is no error.
    ///
    /// # Errors
    /// [`Errno::NotConnected`] where there is no connection (any more), or a listener.
    pub fn shutdown(
        &mut self,
        now: Instant,
        fd: Fd,
        how: Shutdown,
        out: &mut Outbox,
    ) -> Result<(), Errno> {
        let id = self.connected(fd)?;
        if matches!(how, Shutdown::Read | Shutdown::Both) {
            self.shut(now, id, Call::ShutRead, out)?;
        }
        if matches!(how, Shutdown::Write | Shutdown::Both) {
            self.shut(now, id, Call::ShutWrite, out)?;
        }
        Ok(())
    }

    /// Gives a descriptor back. Its connection goes on until it is over by itself; with octets
    /// unread, or with `SO_LINGER` of zero, it is reset. A listener's openings are forgotten, and
    /// its connections that were not accepted are reset.
    ///
    /// # Errors
    /// [`Errno::BadDescriptor`].
    pub fn close(&mut self, now: Instant, fd: Fd, out: &mut Outbox) -> Result<(), Errno> {
        let resets = self.socket_mut(fd)?.options.resets_on_close;
        self.observe(out);
        match self.socket_mut(fd)?.kind {
            Kind::Fresh => {}
            Kind::Listening(_) => self.stop_listening(now, fd, out),
            Kind::Connected(id) => {
                let call = if resets { Call::Linger } else { Call::Orphan };
                // A connection that is over refuses: then there is nothing to be done.
                let _ = self.call(now, id, call, out);
                self.let_go(id);
            }
        }
        self.forget(fd);
        Ok(())
    }

    /// The descriptor is given back, and its port with it.
    pub(super) fn forget(&mut self, fd: Fd) {
        if let Some(socket) = self.sockets.remove(&fd)
            && let Some(port) = socket.port
        {
            self.bound.remove(&(port, fd));
        }
    }

    /// ABORT (RFC 9293 §3.10.5). The descriptor stays, and is told of a reset.
    ///
    /// # Errors
    /// [`Errno::NotConnected`] where there is neither a connection nor a listener.
    pub fn abort(&mut self, now: Instant, fd: Fd, out: &mut Outbox) -> Result<(), Errno> {
        let socket = self.socket_mut(fd)?;
        match socket.kind {
            Kind::Fresh => Err(Errno::NotConnected),
            Kind::Listening(_) => {
                self.observe(out);
                self.stop_listening(now, fd, out);
                Ok(())
            }
            Kind::Connected(id) => {
                self.call(now, id, Call::Abort, out).map_err(|_| Errno::NotConnected)?;
                if let Some(entry) = self.connections.get_mut(id) {
                    entry.error = Some(Errno::ConnectionReset);
                }
                Ok(())
            }
        }
    }

    fn shut(
        &mut self,
        now: Instant,
        id: ConnId,
        call: Call,
        out: &mut Outbox,
    ) -> Result<(), Errno> {
        match self.call(now, id, call, out) {
            Ok(()) | Err(CallError::Closing) => Ok(()),
            Err(
                CallError::DoesNotExist
                | CallError::AlreadyExists
                | CallError::InsufficientResources
                | CallError::RemoteUnspecified,
            ) => Err(Errno::NotConnected),
        }
    }

    /// A call that returns nothing.
    pub(super) fn call(
        &mut self,
        now: Instant,
        id: ConnId,
        call: Call,
        out: &mut Outbox,
    ) -> Result<(), CallError> {
        self.observe(out);
        let entry = self.connections.get_mut(id).ok_or(CallError::DoesNotExist)?;
        let result = entry.connection.call(now, call, &mut self.effects);
        self.settle(now, id, out);
        result.map(|_| ())
    }

    /// The connection is nobody's any more: once it is in CLOSED it is forgotten.
    pub(super) fn let_go(&mut self, id: ConnId) {
        let Some(entry) = self.connections.get_mut(id) else { return };
        entry.holder = Holder::Nobody;
        if entry.connection.state() == State::Closed {
            self.connections.remove(id);
        }
    }
}
