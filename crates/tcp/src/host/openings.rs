//! Openings: what becomes of a SYN for a listener, up to the connection that is ready.

use super::cookies::Remembered;
use super::socket::{Kind, Socket};
use super::table::{ConnId, Holder, Tuple};
use super::{Fd, Host, Outbox, Party};
use crate::{Connection, Instant, Isn, Reason, Segment, SeqNumber, State};

impl Host {
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
        self.judge_fast_open(&mut connection, remote, &segment);
        connection.segment_arrives(now, segment, &mut self.effects);
        // Fast Open delivers text before the handshake is over (RFC 7413 §4.2.2).
        let early = connection.unread() > 0;
        let id = self.enter_syn_queue(now, fd, tuple, connection, out);
        if early {
            self.is_ready(fd, id);
        }
    }

    fn enter_syn_queue(
        &mut self,
        now: Instant,
        fd: Fd,
        tuple: Tuple,
        connection: Connection,
        out: &mut Outbox,
    ) -> ConnId {
        if let Some(listener) = self.listener(fd) {
            listener.openings += 1;
        }
        let id = self.connections.insert(connection, tuple, Holder::SynQueue(fd));
        self.settle(now, id, out);
        id
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
        self.account_for_segments(way, out);
        out.take_packets(now, way, self.effects.gathered());
        self.effects.gathered().clear();
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
        connection.forget_round_trip();
        self.effects.gathered().clear();
        self.effects.forget_recorded();
        out.explain(now, Some(fd), Reason::SynCookieTaken { ack, mss: remembered.mss() });
        connection.segment_arrives(now, segment.clone(), &mut self.effects);
        self.enter_syn_queue(now, fd, tuple, connection, out);
        true
    }

    /// A connection in LISTEN with what is its own.
    fn passive_connection(&mut self, fd: Fd, tuple: Tuple, isn: Isn) -> Option<Connection> {
        let (local, remote) = self.ends(tuple);
        let timestamp_offset = self.timestamp_offset(local, remote);
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
        self.account_for_other(Party::Listener(fd), way, out);
        out.take(now, way, self.effects.gathered());
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

    /// Whether a SYN would be taken. Where it would not, TIME-WAIT is not given up for it.
    pub(super) fn has_room(&mut self, fd: Fd) -> bool {
        let (syn_queue, syn_cookies) = (self.config.syn_queue, self.config.syn_cookies);
        self.listener(fd).is_some_and(|listener| {
            !listener.is_full() && (syn_cookies || listener.openings < syn_queue)
        })
    }
}
