//! Listeners: openings under way in one queue, connections that wait for `accept` in another.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use core::net::{Ipv4Addr, SocketAddrV4};

use super::outbox::Way;
use super::socket::{Kind, Socket};
use super::table::{ConnId, Holder};
use super::{Errno, Fd, Host, Outbox, Party};
use crate::{Call, Connection, Instant, Isn, Opening, Reason, SeqNumber};

/// A listener.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    /// A connection in LISTEN: what every SYN finds. It is cloned for each, so that it never
    /// leaves LISTEN itself.
    pub(super) prototype: Connection,
    /// How many connections may wait for `accept`, but for one: the queue is full when there are
    /// more (as Linux and the BSDs have it, so that a backlog of 0 lets one wait).
    pub(super) backlog: u32,
    /// How many openings are under way.
    pub(super) openings: u32,
    /// Until when a SYN cookie that was sent may come back, if there was one.
    pub(super) cookies_until: Option<Instant>,
    /// Connections that wait for `accept`, the oldest first.
    pub(super) ready: VecDeque<ConnId>,
}

impl Listener {
    pub(super) fn is_full(&self) -> bool {
        self.ready.len() > self.backlog as usize
    }
}

impl Host {
    /// Makes a socket a listener; a socket without a port is given one. A listener's backlog can
    /// be set anew. Connections of the same port go on, those that are only being opened too
    /// (RFC 9293 §3.9.1.1, MUST-41, MUST-42).
    ///
    /// # Errors
    /// [`Errno::InvalidArgument`] on a connection; [`Errno::AddressInUse`] where there is another
    /// listener on the port, or no port left.
    pub fn listen(&mut self, fd: Fd, backlog: u32) -> Result<(), Errno> {
        self.listen_at(Instant::ZERO, fd, backlog, &mut Outbox::unobserved())
    }

    /// The same, with an account of it.
    ///
    /// # Errors
    /// As [`listen`](Self::listen).
    pub fn listen_at(
        &mut self,
        now: Instant,
        fd: Fd,
        backlog: u32,
        out: &mut Outbox,
    ) -> Result<(), Errno> {
        self.observe(out);
        let socket = self.socket_mut(fd)?;
        match &mut socket.kind {
            Kind::Fresh => {}
            Kind::Listening(listener) => {
                listener.backlog = backlog;
                return Ok(());
            }
            Kind::Connected(_) => return Err(Errno::InvalidArgument),
        }
        let (options, port) = (socket.options, socket.port);
        let port = match port {
            Some(port) => port,
            None => {
                let port = self.ephemeral_port().ok_or(Errno::AddressInUse)?;
                self.give_port(fd, port)?;
                port
            }
        };
        if self.listeners.contains_key(&port) {
            return Err(Errno::AddressInUse);
        }
        let mut prototype = Connection::new(self.config_of(&options));
        // Each connection draws a number of its own when its SYN comes.
        let opening = Opening::Passive { isn: Isn::Given(SeqNumber::new(0)) };
        let _ = prototype.call(now, Call::Open(opening), &mut self.effects);
        let nobody = SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0);
        let source = SocketAddrV4::new(self.config.address, port);
        let way = Way { source, destination: nobody, fd: Some(fd) };
        self.account_for_other(Party::Listener(fd), way, out);
        self.effects.gathered().clear();
        let listener = Listener {
            prototype,
            backlog,
            openings: 0,
            cookies_until: None,
            ready: VecDeque::new(),
        };
        self.socket_mut(fd)?.kind = Kind::Listening(Box::new(listener));
        self.listeners.insert(port, fd);
        Ok(())
    }

    /// The connection that has been ready for longest, and who is at its other end.
    ///
    /// # Errors
    /// [`Errno::Again`] where none is ready; [`Errno::InvalidArgument`] on what is no listener.
    pub fn accept(&mut self, fd: Fd) -> Result<(Fd, SocketAddrV4), Errno> {
        let socket = self.socket_mut(fd)?;
        let options = socket.options;
        let Kind::Listening(listener) = &mut socket.kind else {
            return Err(Errno::InvalidArgument);
        };
        let id = listener.ready.pop_front().ok_or(Errno::Again)?;
        let fd = self.add(Socket { options, port: None, kind: Kind::Connected(id) });
        let entry = self.connections.get_mut(id).ok_or(Errno::Again)?;
        entry.holder = Holder::Descriptor(fd);
        Ok((fd, entry.tuple.remote()))
    }

    /// The listener goes: openings are forgotten, and what was not accepted is reset.
    pub(super) fn stop_listening(&mut self, now: Instant, fd: Fd, out: &mut Outbox) {
        out.explain(now, Some(fd), Reason::ListenerCloses);
        self.drop_listener(now, fd, out);
    }

    /// The same, without a word.
    pub(super) fn drop_listener(&mut self, now: Instant, fd: Fd, out: &mut Outbox) {
        let Some(socket) = self.sockets.get_mut(&fd) else { return };
        if let Some(port) = socket.port {
            self.listeners.remove(&port);
        }
        socket.kind = Kind::Fresh;
        let of = |holder| self.connections.held_by(holder);
        let (openings, ready) = (of(Holder::SynQueue(fd)), of(Holder::AcceptQueue(fd)));
        for id in openings {
            self.connections.remove(id);
        }
        for id in ready {
            // One that is over already refuses.
            let _ = self.call(now, id, Call::Abort, out);
            self.connections.remove(id);
        }
    }

    pub(super) fn leave_syn_queue(&mut self, fd: Fd) {
        if let Some(listener) = self.listener(fd) {
            listener.openings = listener.openings.saturating_sub(1);
        }
    }

    /// The connection goes from one queue into the other.
    pub(super) fn is_ready(&mut self, fd: Fd, id: ConnId) {
        let Some(entry) = self.connections.get_mut(id) else { return };
        if entry.holder == Holder::SynQueue(fd) {
            entry.holder = Holder::AcceptQueue(fd);
            self.leave_syn_queue(fd);
            if let Some(listener) = self.listener(fd) {
                listener.ready.push_back(id);
            }
        }
    }

    pub(super) fn listener(&mut self, fd: Fd) -> Option<&mut Listener> {
        match &mut self.sockets.get_mut(&fd)?.kind {
            Kind::Listening(listener) => Some(listener),
            Kind::Fresh | Kind::Connected(_) => None,
        }
    }
}
