//! An application: a program that makes one call after another.

use alloc::vec::Vec;
use core::ops::Range;

use bytes::Bytes;
use tcpscope_tcp::{Connection, ConnectionKey, Fd, Host, Instant, Outbox, State};

use crate::{ConnectionId, Step, Wait};

/// A program under way.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    /// Its first line.
    first: usize,
    /// The line of the host's script that is waiting or being done.
    line: usize,
    /// One past its last line.
    end: usize,
    /// The loops that it is in, the innermost last.
    loops: Vec<Loop>,
    /// When that line began.
    pub(super) since: Instant,
    /// What a blocked call still has to do.
    pub(super) blocked: Option<Blocked>,
    /// Whether a turn is already in the queue.
    pub(super) turn_queued: bool,
    /// Whether it was begun for one connection.
    handler: bool,
    /// Whether it is stopped, and does nothing.
    halted: bool,
    /// Where the trace has it.
    pub(super) told: Option<(usize, Option<ConnectionId>)>,
    /// A socket that has become nothing yet.
    pub(super) fresh: Option<Fd>,
    pub(super) listens: Option<Listens>,
    pub(super) connected: Option<Connected>,
}

/// Lines that are repeated.
#[derive(Clone, Debug)]
struct Loop {
    lines: Range<usize>,
    left: u32,
}

/// A call that could not be done at once.
#[derive(Clone, Debug)]
pub(super) enum Blocked {
    Send(Bytes),
    /// Octets that are made as they are needed, and how many were.
    Generate {
        octets_left: u64,
        made: u64,
    },
    /// One octet at a time.
    Type {
        octets_left: u64,
        made: u64,
        next: Instant,
    },
    Receive {
        octets_left: u64,
    },
    Accept,
}

/// A listener of a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listens {
    pub(super) fd: Fd,
    /// Whether it is a passive OPEN as RFC 9293 §3.10.1 has it: one connection comes of it.
    pub(super) once: bool,
}

/// A connection of a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connected {
    /// `None` in a passive OPEN that is not through.
    pub(super) fd: Option<Fd>,
    pub(super) key: ConnectionKey,
}

impl Process {
    pub(super) const fn new(lines: Range<usize>, now: Instant) -> Self {
        Self {
            first: lines.start,
            line: lines.start,
            end: lines.end,
            loops: Vec::new(),
            since: now,
            blocked: None,
            turn_queued: false,
            handler: false,
            halted: false,
            told: None,
            fresh: None,
            listens: None,
            connected: None,
        }
    }

    /// A program for one connection.
    pub(super) fn handler(lines: Range<usize>, now: Instant, fd: Fd, key: ConnectionKey) -> Self {
        let connected = Some(Connected { fd: Some(fd), key });
        Self { handler: true, connected, ..Self::new(lines, now) }
    }

    pub(super) const fn line(&self) -> usize {
        self.line
    }

    pub(super) const fn lines(&self) -> Range<usize> {
        self.first..self.end
    }

    pub(super) const fn is_handler(&self) -> bool {
        self.handler
    }

    pub(super) const fn is_through(&self) -> bool {
        self.line >= self.end
    }

    pub(super) fn connection(&self) -> Option<ConnectionKey> {
        self.connected.map(|connected| connected.key)
    }

    pub(super) fn listener(&self) -> Option<Fd> {
        self.listens.map(|listens| listens.fd)
    }

    pub(super) fn has(&self, key: ConnectionKey) -> bool {
        self.connection() == Some(key)
    }

    /// The state of what it has: of its connection, or else of its listener.
    pub(super) fn state(&self, tcp: &Host) -> State {
        match (self.connected, self.listens) {
            (Some(connected), _) => {
                tcp.connection(connected.key).map_or(State::Closed, Connection::state)
            }
            (None, Some(_)) => State::Listen,
            (None, None) => State::Closed,
        }
    }

    /// When it can go on, if it can and no turn is coming already; from now on one is.
    pub(super) fn queue_turn(
        &mut self,
        now: Instant,
        script: &[Step],
        tcp: &Host,
    ) -> Option<Instant> {
        if self.turn_queued {
            return None;
        }
        let at = self.next_turn(now, script, tcp)?;
        self.turn_queued = true;
        Some(at)
    }

    /// When it can go on, as things stand: now, at a later time, or not by itself.
    pub(super) fn next_turn(&self, now: Instant, script: &[Step], tcp: &Host) -> Option<Instant> {
        if self.is_through() || self.halted {
            return None;
        }
        let step = script.get(self.line)?;
        let connection = self.connected.and_then(|connected| tcp.connection(connected.key));
        let over = || self.state(tcp) == State::Closed;
        let has_room = || over() || connection.is_some_and(|it| it.send_room() > 0);
        let has_octets = |octets| {
            over() || connection.is_some_and(|it| it.unread() >= octets || it.peer_has_closed())
        };
        let ready = match &self.blocked {
            Some(Blocked::Send(_) | Blocked::Generate { .. }) => has_room(),
            Some(Blocked::Type { next, .. }) if *next > now => return Some(*next),
            Some(Blocked::Type { .. }) => has_room(),
            Some(Blocked::Receive { .. }) => has_octets(1),
            Some(Blocked::Accept) => self.listener().is_none_or(|fd| tcp.ready(fd) > 0),
            None => match step.wait {
                Wait::Nothing => true,
                Wait::Until(at) => return Some(at.max(now)),
                Wait::For(span) => return Some((self.since + span).max(now)),
                Wait::Connected => self.state(tcp).is_synchronized(),
                Wait::PeerClosed => connection.is_some_and(Connection::peer_has_closed),
                Wait::State(state) => self.state(tcp) == state,
                Wait::Acknowledged => connection.is_none_or(Connection::all_acknowledged),
                Wait::Readable(octets) => has_octets(octets),
            },
        };
        ready.then_some(now)
    }

    /// From now on it does nothing, or goes on.
    pub(super) const fn halt(&mut self, halted: bool) {
        self.halted = halted;
        self.turn_queued = false;
    }

    /// The line is done.
    pub(super) fn go_on(&mut self, now: Instant) {
        self.line += 1;
        self.since = now;
        self.repeat();
    }

    /// The next `lines` lines are done so many times.
    pub(super) fn enter_loop(&mut self, lines: usize, times: u32) {
        let first = self.line + 1;
        if times == 0 {
            self.line += lines;
        } else {
            self.loops.push(Loop { lines: first..(first + lines).min(self.end), left: times });
        }
    }

    /// The lines of a block that follows.
    pub(super) fn block(&self, lines: usize) -> Range<usize> {
        let first = self.line + 1;
        first..(first + lines).min(self.end)
    }

    /// Its connection has failed: it goes on with the next time around, or is through.
    pub(super) fn fail(&mut self) {
        self.blocked = None;
        // What it waited for counts no more.
        self.turn_queued = false;
        self.line = self.loops.last().map_or(self.end, |inner| inner.lines.end);
        self.repeat();
    }

    /// At the end of a loop it begins again, as often as it is to.
    fn repeat(&mut self) {
        while let Some(inner) = self.loops.last_mut()
            && self.line >= inner.lines.end
        {
            inner.left = inner.left.saturating_sub(1);
            if inner.left > 0 {
                self.line = inner.lines.start;
                return;
            }
            self.loops.pop();
        }
    }

    /// A connection has come of its listener: the first is that of a passive OPEN.
    pub(super) fn adopt(&mut self, listener: Fd, key: ConnectionKey) {
        let once = self.listens.is_some_and(|listens| listens.once && listens.fd == listener);
        if once && self.connected.is_none() {
            self.connected = Some(Connected { fd: None, key });
        }
    }

    /// In a passive OPEN: a connection that is ready is the one, and nobody listens any more. One
    /// that came to nothing is forgotten.
    pub(super) fn take_ready(&mut self, now: Instant, tcp: &mut Host, out: &mut Outbox) {
        let Some(Listens { fd: listener, once: true }) = self.listens else { return };
        if let Ok((fd, _)) = tcp.accept(listener)
            && let Some(key) = tcp.key_of(fd)
        {
            self.connected = Some(Connected { fd: Some(fd), key });
            self.listens = None;
            tcp.release(now, listener, out);
        } else if self.connected.is_some_and(|it| tcp.connection(it.key).is_none()) {
            self.connected = None;
        }
    }

    /// It lets go of its connection, which goes on by itself.
    pub(super) fn let_go(&mut self, now: Instant, tcp: &mut Host, out: &mut Outbox) {
        if let Some(Connected { fd: Some(fd), .. }) = self.connected.take() {
            tcp.release(now, fd, out);
        }
    }
}
