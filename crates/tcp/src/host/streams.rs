//! `send` and `recv`.

use bytes::Bytes;

use super::table::ConnId;
use super::{Errno, Fd, Host, Outbox};
use crate::{Call, CallError, Connection, Effects, Instant, Reply, State};

impl Host {
    /// Octets for the peer: as many of them as there is room for are taken.
    ///
    /// # Errors
    /// [`Errno::Again`] before ESTABLISHED and where there is no room; [`Errno::NotConnected`] on
    /// a socket without a connection; what ended the connection, once; then, and after the write
    /// side was shut, [`Errno::Pipe`].
    pub fn send(
        &mut self,
        now: Instant,
        fd: Fd,
        data: Bytes,
        push: bool,
        out: &mut Outbox,
    ) -> Result<u32, Errno> {
        let id = self.connected(fd)?;
        self.observe(out);
        let entry = self.connections.get_mut(id).ok_or(Errno::NotConnected)?;
        if let Some(error) = entry.error.take() {
            return Err(error);
        }
        let way = entry.way(self.config.address);
        let connection = &mut entry.connection;
        match connection.state() {
            _ if connection.is_closing() => return Err(Errno::Pipe),
            State::SynSent | State::SynReceived | State::Listen => return Err(Errno::Again),
            State::Closed
            | State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait => return Err(Errno::Pipe),
            State::Established | State::CloseWait => {}
        }
        out.lend(now, way, self.effects.gathered());
        let call = Call::Send { data, push, urgent: false };
        let reply = connection.call(now, call, &mut self.effects);
        self.settle(now, id, out);
        match reply {
            Ok(Reply::Sent { octets }) => Ok(octets),
            Ok(
                Reply::Ok
                | Reply::Received { .. }
                | Reply::NothingYet
                | Reply::EndOfStream
                | Reply::Status(_),
            ) => Ok(0),
            Err(CallError::InsufficientResources) => Err(Errno::Again),
            Err(
                CallError::AlreadyExists
                | CallError::DoesNotExist
                | CallError::Closing
                | CallError::RemoteUnspecified,
            ) => Err(Errno::Pipe),
        }
    }

    /// Whether [`send`](Self::send) would take octets, or has something else to say.
    #[must_use]
    pub fn is_writable(&self, fd: Fd) -> bool {
        let entry = self.connected(fd).ok().and_then(|id| self.connections.get(id));
        entry.is_none_or(|entry| entry.error.is_some() || entry.connection.is_writable())
    }

    /// Whether [`recv`](Self::recv) would return octets, the end of the stream or an error.
    #[must_use]
    pub fn is_readable(&self, fd: Fd) -> bool {
        let entry = self.connected(fd).ok().and_then(|id| self.connections.get(id));
        entry.is_none_or(|entry| entry.error.is_some() || entry.connection.is_readable())
    }

    /// Up to `max` octets from the peer; none at the end of the stream. With `peek` they stay
    /// there to be read again.
    ///
    /// # Errors
    /// [`Errno::Again`] where there is none yet; [`Errno::NotConnected`] on a socket without a
    /// connection; what ended the connection, once.
    pub fn recv(
        &mut self,
        now: Instant,
        fd: Fd,
        max: u32,
        peek: bool,
        out: &mut Outbox,
    ) -> Result<Bytes, Errno> {
        let (id, connection, effects) = self.readable(fd, out)?;
        if peek && connection.unread() > 0 {
            return Ok(connection.peek(max));
        }
        let reply = connection.call(now, Call::Receive { max }, effects);
        self.settle(now, id, out);
        read(reply)
    }

    /// All octets from the peer, in the pieces in which they lie: none is copied. Says whether there
    /// were any; none is the end of the stream.
    ///
    /// # Errors
    /// As those of [`recv`](Self::recv).
    pub fn recv_pieces(
        &mut self,
        now: Instant,
        fd: Fd,
        reader: impl FnMut(Bytes),
        out: &mut Outbox,
    ) -> Result<bool, Errno> {
        let (id, connection, effects) = self.readable(fd, out)?;
        let any = connection.unread() > 0;
        let reply = connection.receive_pieces(now, reader, effects);
        self.settle(now, id, out);
        read(reply).map(|_| any)
    }

    /// The connection behind `fd`, unless there is nothing to be had of it but an error.
    fn readable(
        &mut self,
        fd: Fd,
        out: &Outbox,
    ) -> Result<(ConnId, &mut Connection, &mut Effects), Errno> {
        let id = self.connected(fd)?;
        self.observe(out);
        let entry = self.connections.get_mut(id).ok_or(Errno::NotConnected)?;
        // What arrived before the connection went wrong is still to be had.
        if entry.connection.unread() == 0
            && let Some(error) = entry.error.take()
        {
            return Err(error);
        }
        Ok((id, &mut entry.connection, &mut self.effects))
    }
}

/// What RECEIVE's reply is to `recv`.
fn read(reply: Result<Reply, CallError>) -> Result<Bytes, Errno> {
    match reply {
        Ok(Reply::Received { data, .. }) => Ok(data),
        Ok(Reply::NothingYet) => Err(Errno::Again),
        Ok(Reply::EndOfStream | Reply::Ok | Reply::Sent { .. } | Reply::Status(_)) => {
            Ok(Bytes::new())
        }
        // The connection is over, and so is the stream.
        Err(
            CallError::AlreadyExists
            | CallError::DoesNotExist
            | CallError::Closing
            | CallError::InsufficientResources
            | CallError::RemoteUnspecified,
        ) => Ok(Bytes::new()),
    }
}
