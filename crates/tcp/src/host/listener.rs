//! Listeners: openings under way in one queue, connections that wait for `accept` in another.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use core::net::SocketAddrV4;

use super::cookies::Remembered;
use super::socket::{Kind, Socket};
use super::table::{ConnId, Holder, Tuple};
use super::{Errno, Fd, Host, Outbox};
use crate::{Call, Connection, Effects, Instant, Isn, Opening, Reason, Segment, SeqNumber, State};

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
    cookies_until: Option<Instant>,
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
    /// be set anew.
    ///
    /// # Errors
    /// [`Errno::InvalidArgument`] on a connection; [`Errno::AddressInUse`] where there is another
    /// listener on the port, or no port left.
    pub fn listen(&mut self, fd: Fd, backlog: u32) -> Result<(), Errno> {
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
        let _ = prototype.call(Instant::ZERO, Call::Open(opening), &mut Effects::unobserved());
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
        let Some(socket) = self.sockets.get_mut(&fd) else { return };
        if let Some(port) = socket.port {
            self.listeners.remove(&port);
        }
        socket.kind = Kind::Fresh;
        out.explain(now, Some(fd), Reason::ListenerCloses);
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

    /// A segment for a listener: the checks of RFC 9293 §3.10.7.2. `after` is what an older
    /// connection of the same two sent last.
    pub(super) fn arrives_at_listener(
        &mut self,
        now: Instant,
        fd: Fd,
        tuple: Tuple,
        segment: Segment,
        after: Option<SeqNumber>,
        out: &mut Outbox,
    ) {
        let opens = segment.syn() && segment.ack.is_none() && !segment.rst();
        if !opens {
            if self.take_cookie(now, fd, tuple, &segment, out) {
                return;
            }
            self.answer_in_listen(now, fd, tuple, segment, out);
            return;
        }
        let syn_queue = self.config.syn_queue;
        let Some(listener) = self.listener(fd) else { return };
        let backlog = listener.backlog;
        let full = listener.is_full();
        let crowded = listener.openings >= syn_queue;
        if full {
            out.explain(now, Some(fd), Reason::AcceptQueueFull { backlog });
        } else if crowded && self.config.syn_cookies {
            self.send_cookie(now, fd, tuple, segment, out);
        } else if crowded {
            out.explain(now, Some(fd), Reason::SynQueueFull { backlog: syn_queue });
        } else {
            self.begin_opening(now, fd, tuple, segment, after, out);
        }
    }

    fn begin_opening(
        &mut self,
        now: Instant,
        fd: Fd,
        tuple: Tuple,
        segment: Segment,
        after: Option<SeqNumber>,
        out: &mut Outbox,
    ) {
        let (local, remote) = self.ends(tuple);
        let isn = self.isn(now, local, remote, after);
        let Some(mut connection) = self.passive_connection(fd, tuple, isn) else { return };
        connection.segment_arrives(now, segment, &mut self.effects);
        self.enter_syn_queue(now, fd, tuple, connection, out);
    }

    fn enter_syn_queue(
        &mut self,
        now: Instant,
        fd: Fd,
        tuple: Tuple,
        connection: Connection,
        out: &mut Outbox,
    ) {
        if let Some(listener) = self.listener(fd) {
            listener.openings += 1;
        }
        let id = self.connections.insert(connection, tuple, Holder::SynQueue(fd));
        self.settle(now, id, out);
    }

    /// The SYN queue is full: the SYN is answered, and nothing of it is kept (RFC 4987 §3.6).
    fn send_cookie(&mut self, now: Instant, fd: Fd, tuple: Tuple, syn: Segment, out: &mut Outbox) {
        let way = self.way(tuple, Some(fd));
        let remembered = Remembered::of(&syn);
        let iss = remembered.seal(&self.secrets, tuple, syn.seq, now);
        let isn = Isn::Given(iss);
        let Some(mut connection) = self.passive_connection(fd, tuple, isn) else { return };
        connection.segment_arrives(now, syn, &mut self.effects);
        out.explain(now, Some(fd), Reason::SynCookieSent { iss, mss: remembered.mss() });
        out.take_packets(now, way, &mut self.effects);
        if let Some(listener) = self.listener(fd) {
            listener.cookies_until = Some(Remembered::good_until(now));
        }
    }

    /// An acknowledgment that brings a cookie back makes the connection; says whether it did, or
    /// would but for the accept queue.
    fn take_cookie(
        &mut self,
        now: Instant,
        fd: Fd,
        tuple: Tuple,
        segment: &Segment,
        out: &mut Outbox,
    ) -> bool {
        let Some(ack) = segment.ack.filter(|_| !segment.syn() && !segment.rst()) else {
            return false;
        };
        let Some(listener) = self.listener(fd) else { return false };
        let (full, backlog) = (listener.is_full(), listener.backlog);
        if listener.cookies_until.is_none_or(|until| now >= until) {
            return false;
        }
        let iss = ack - 1;
        let cookie = Remembered::open(iss, &self.secrets, tuple, segment.seq - 1, now);
        let Some(remembered) = cookie else {
            out.explain(now, Some(fd), Reason::SynCookieRefused { ack });
            return false;
        };
        if full {
            out.explain(now, Some(fd), Reason::AcceptQueueFull { backlog });
            return true;
        }
        let isn = Isn::Given(iss);
        let Some(mut connection) = self.passive_connection(fd, tuple, isn) else { return false };
        // What happened then happens again, but this time it stays; nothing of it is sent twice,
        // and when it was sent is not known.
        connection.segment_arrives(now, remembered.syn(segment), &mut self.effects);
        connection.outgoing.timed = None;
        self.effects.drain().for_each(drop);
        out.explain(now, Some(fd), Reason::SynCookieTaken { ack, mss: remembered.mss() });
        connection.segment_arrives(now, segment.clone(), &mut self.effects);
        self.enter_syn_queue(now, fd, tuple, connection, out);
        true
    }

    /// A connection in LISTEN with what is its own.
    fn passive_connection(&mut self, fd: Fd, tuple: Tuple, isn: Isn) -> Option<Connection> {
        let (local, remote) = self.ends(tuple);
        let timestamp_offset = self.secrets.timestamp_offset(local, remote);
        let mut connection = self.listener(fd)?.prototype.clone();
        connection.config.timestamp_offset = timestamp_offset;
        if let Some(opened) = &mut connection.opened {
            opened.isn = isn;
        }
        Some(connection)
    }

    /// What is no SYN changes nothing in LISTEN.
    fn answer_in_listen(
        &mut self,
        now: Instant,
        fd: Fd,
        tuple: Tuple,
        segment: Segment,
        out: &mut Outbox,
    ) {
        let way = self.way(tuple, Some(fd));
        let Some(Socket { kind: Kind::Listening(listener), .. }) = self.sockets.get_mut(&fd) else {
            return;
        };
        listener.prototype.segment_arrives(now, segment, &mut self.effects);
        out.take(now, way, &mut self.effects);
    }

    /// Whether the segment would make a connection ready that the accept queue has no room for. It
    /// is left aside then: the peer has to say it again, and the SYN,ACK's timer asks it to.
    pub(super) fn has_to_wait(&mut self, id: ConnId, segment: &Segment) -> Option<(Fd, u32)> {
        let entry = self.connections.get(id)?;
        let Holder::SynQueue(fd) = entry.holder else { return None };
        let (snd, rcv) = (&entry.connection.snd, &entry.connection.rcv);
        let completes = entry.connection.state() == State::SynReceived
            && segment.ack == Some(snd.nxt)
            && segment.seq.within(rcv.nxt, rcv.wnd.max(1))
            && !segment.syn()
            && !segment.rst();
        let listener = self.listener(fd)?;
        (completes && listener.is_full()).then_some((fd, listener.backlog))
    }

    pub(super) fn leave_syn_queue(&mut self, fd: Fd) {
        if let Some(listener) = self.listener(fd) {
            listener.openings = listener.openings.saturating_sub(1);
        }
    }

    pub(super) fn enter_accept_queue(&mut self, fd: Fd, id: ConnId) {
        if let Some(listener) = self.listener(fd) {
            listener.ready.push_back(id);
        }
    }

    /// Whether a SYN would be taken. Where it would not, TIME-WAIT is not given up for it.
    pub(super) fn has_room(&mut self, fd: Fd) -> bool {
        let (syn_queue, syn_cookies) = (self.config.syn_queue, self.config.syn_cookies);
        self.listener(fd).is_some_and(|listener| {
            !listener.is_full() && (syn_cookies || listener.openings < syn_queue)
        })
    }

    fn listener(&mut self, fd: Fd) -> Option<&mut Listener> {
        match &mut self.sockets.get_mut(&fd)?.kind {
            Kind::Listening(listener) => Some(listener),
            Kind::Fresh | Kind::Connected(_) => None,
        }
    }
}
