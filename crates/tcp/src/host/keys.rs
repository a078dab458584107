//! Connections by their keys: for a simulator, which makes the RFC's own calls (RFC 9293 §3.10.1
//! to §3.10.6) rather than POSIX's, and lets each timer run out by itself.

use super::socket::Kind;
use super::table::{ConnId, Entry};
use super::{ConnectionKey, Fd, Host, Outbox, Party};
use crate::{Call, CallError, Connection, Instant, Reply, State, Timer};

impl Host {
    /// A connection; `None` where the host keeps it no longer.
    #[must_use]
    pub fn connection(&self, key: ConnectionKey) -> Option<&Connection> {
        self.entry(key).map(|entry| &entry.connection)
    }

    /// The connection behind a descriptor.
    #[must_use]
    pub fn key_of(&self, fd: Fd) -> Option<ConnectionKey> {
        let Kind::Connected(id) = self.sockets.get(&fd)?.kind else { return None };
        Some(ConnectionKey { id, serial: self.connections.get(id)?.serial })
    }

    /// How many connections wait for `accept`.
    #[must_use]
    pub fn ready(&self, fd: Fd) -> usize {
        match self.sockets.get(&fd).map(|socket| &socket.kind) {
            Some(Kind::Listening(listener)) => listener.ready.len(),
            Some(Kind::Fresh | Kind::Connected(_)) | None => 0,
        }
    }

    /// A call of the user upon a connection.
    ///
    /// # Errors
    /// As [`Connection::call`].
    pub fn request(
        &mut self,
        now: Instant,
        key: ConnectionKey,
        call: Call,
        out: &mut Outbox,
    ) -> Result<Reply, CallError> {
        let Some(id) = self.find(key) else { return self.request_nothing(now, call, out) };
        self.observe(out);
        let Some(entry) = self.connections.get_mut(id) else { return Err(CallError::DoesNotExist) };
        let reply = entry.connection.call(now, call, &mut self.effects);
        self.settle(now, id, out);
        reply
    }

    /// A call of the user upon a connection that is not there.
    ///
    /// # Errors
    /// As [`Connection::call`] in CLOSED.
    pub fn request_nothing(
        &mut self,
        now: Instant,
        call: Call,
        out: &mut Outbox,
    ) -> Result<Reply, CallError> {
        self.observe(out);
        let mut nothing = self.nobody.clone();
        let reply = nothing.call(now, call, &mut self.effects);
        let way = self.way_of_nobody();
        self.account_for_other(Party::Host, way, out);
        out.take(now, way, self.effects.gathered());
        reply
    }

    /// A call of the user upon a listener, which is a connection in LISTEN: CLOSE and ABORT end it.
    ///
    /// # Errors
    /// As [`Connection::call`] in LISTEN.
    pub fn request_listener(
        &mut self,
        now: Instant,
        fd: Fd,
        call: Call,
        out: &mut Outbox,
    ) -> Result<Reply, CallError> {
        self.observe(out);
        let way = self.way_of_nobody();
        let Ok(socket) = self.socket_mut(fd) else { return self.request_nothing(now, call, out) };
        let Kind::Listening(listener) = &mut socket.kind else {
            return self.request_nothing(now, call, out);
        };
        let mut prototype = listener.prototype.clone();
        let reply = prototype.call(now, call, &mut self.effects);
        self.account_for_other(Party::Listener(fd), way, out);
        out.take(now, way, self.effects.gathered());
        if prototype.state() == State::Closed {
            self.drop_listener(now, fd, out);
        }
        reply
    }

    /// A timer of a connection runs out.
    pub fn timeout(&mut self, now: Instant, key: ConnectionKey, timer: Timer, out: &mut Outbox) {
        let Some(id) = self.find(key) else { return };
        self.observe(out);
        let Some(entry) = self.connections.get_mut(id) else { return };
        entry.connection.timeout(now, timer, &mut self.effects);
        self.settle(now, id, out);
    }

    /// Gives a descriptor back without a word: its connection goes on as it is, and is forgotten
    /// once it is in CLOSED; a listener's openings are forgotten.
    pub fn release(&mut self, now: Instant, fd: Fd, out: &mut Outbox) {
        match self.sockets.get(&fd).map(|socket| &socket.kind) {
            None => return,
            Some(Kind::Fresh) => {}
            Some(Kind::Listening(_)) => self.drop_listener(now, fd, out),
            Some(Kind::Connected(id)) => {
                let id = *id;
                self.let_go(id);
            }
        }
        self.forget(fd);
    }

    fn find(&self, key: ConnectionKey) -> Option<ConnId> {
        self.entry(key).map(|_| key.id)
    }

    fn entry(&self, key: ConnectionKey) -> Option<&Entry> {
        self.connections.get(key.id).filter(|entry| entry.serial == key.serial)
    }

    fn way_of_nobody(&self) -> super::outbox::Way {
        let nowhere = core::net::SocketAddrV4::new(core::net::Ipv4Addr::UNSPECIFIED, 0);
        let source = core::net::SocketAddrV4::new(self.config.address, 0);
        super::outbox::Way { source, destination: nowhere, fd: None }
    }
}
