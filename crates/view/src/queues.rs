//! A listener's two queues: openings under way, and connections that wait for `accept`.

use std::net::SocketAddrV4;

use tcpscope_sim::{
    AppCall, CallResult, ConnectionId, ConnectionInfo, Done, HostSetup, RecordId, RecordKind,
    Trace, Why,
};
use tcpscope_tcp::{Reason, State};

use crate::End;

/// A listener's queues, at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queues {
    /// Where it listens.
    pub local: SocketAddrV4,
    /// Openings under way: SYN-RECEIVED.
    pub syn: Queue,
    /// Connections that are ready and wait for `accept`.
    pub accept: Queue,
    /// SYNs that were answered with a cookie, since the queue was full (RFC 4987 §3.6).
    pub cookies: u32,
    /// Connections that were made of such a cookie.
    pub cookies_taken: u32,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Queue {
    /// Who is in it, the longest first.
    pub waiting: Vec<ConnectionId>,
    /// How many there is room for.
    pub limit: u32,
    /// How many segments were dropped because it was full.
    pub dropped: u32,
    /// The record of the last of those.
    pub last_dropped: Option<RecordId>,
}

/// The queues of the listener that a host has once `record` has happened, if it has one that
/// `accept` is asked of: the end's own, or else the host's first. A passive OPEN of the RFC has no
/// queues: one connection comes of it.
#[must_use]
pub fn queues(end: End<'_>, setup: &HostSetup, record: RecordId) -> Option<Queues> {
    let trace = end.trace();
    let asked = setup.script.iter().any(|step| matches!(step.call, AppCall::Listen { .. }));
    let listens = |id: &ConnectionId| {
        let info = trace.connection(*id);
        let is_its = info.host == end.host() && info.listens && info.since <= record;
        is_its && trace.status_of(*id, record).state == State::Listen
    };
    let all = || (0..).map(ConnectionId).take(trace.connections().len());
    let own = end.connection(record).filter(listens);
    let listener = own.or_else(|| all().find(listens)).filter(|_| asked)?;
    let mut watch = Watch::new(trace, listener, setup);
    let from = watch.info.since.index();
    for past in trace.records().get(from..=record.index()).unwrap_or_default() {
        if past.host == Some(end.host()) {
            watch.see(past);
        }
    }
    Some(watch.queues)
}

/// Watches who comes and goes.
struct Watch<'a> {
    trace: &'a Trace,
    listener: ConnectionId,
    info: &'a ConnectionInfo,
    queues: Queues,
}

impl<'a> Watch<'a> {
    fn new(trace: &'a Trace, listener: ConnectionId, setup: &HostSetup) -> Self {
        let info = trace.connection(listener);
        let queue = |limit| Queue { limit, ..Queue::default() };
        let queues = Queues {
            local: info.local,
            syn: queue(setup.sockets.syn_queue),
            accept: queue(0),
            cookies: 0,
            cookies_taken: 0,
        };
        let mut watch = Self { trace, listener, info, queues };
        watch.queues.accept.limit = watch.backlog();
        watch
    }

    /// As many as the listener's program asked for when it began, and one more.
    fn backlog(&self) -> u32 {
        let script = &self.trace.host(self.info.host).script;
        let called = self.trace.records().iter().rev().find_map(|record| match record.kind {
            RecordKind::Call { line, result: CallResult::Ok }
                if record.host == Some(self.info.host)
                    && record.connection == Some(self.listener) =>
            {
                backlog_of(&script.get(line)?.call)
            }
            _ => None,
        });
        let any = || script.iter().find_map(|step| backlog_of(&step.call));
        called.or_else(any).unwrap_or(0).saturating_add(1)
    }

    fn see(&mut self, record: &tcpscope_sim::Record) {
        match &record.kind {
            RecordKind::Transition { from, to } => {
                if let Some(connection) = record.connection.filter(|id| self.is_ours(*id)) {
                    self.moves(connection, *from, *to);
                }
            }
            RecordKind::Call { line, result: CallResult::Ok } => {
                let script = &self.trace.host(self.info.host).script;
                let call = script.get(*line).map(|step| &step.call);
                if matches!(call, Some(AppCall::Accept | AppCall::Serve { .. })) {
                    self.accepts(record.connection);
                }
            }
            RecordKind::Act(done) if matches!(**done, Done::Crash | Done::Restart { .. }) => {
                self.queues.syn.waiting.clear();
                self.queues.accept.waiting.clear();
            }
            _ => {}
        }
        for why in self.trace.whys(record.id) {
            if let Why::Tcp(reason) = why {
                self.hears(record, *reason);
            }
        }
    }

    /// Whether a connection came of this listener: it has the listener's socket.
    fn is_ours(&self, connection: ConnectionId) -> bool {
        let info = self.trace.connection(connection);
        !info.listens
            && info.local.port() == self.info.local.port()
            && info.since >= self.info.since
    }

    fn moves(&mut self, connection: ConnectionId, from: State, to: State) {
        let Queues { syn, accept, .. } = &mut self.queues;
        if to == State::SynReceived && from == State::Listen {
            syn.waiting.push(connection);
        } else if from == State::SynReceived {
            let was_in = syn.leaves(connection);
            if to.is_synchronized() && was_in {
                accept.waiting.push(connection);
            }
        }
    }

    /// `accept` takes the one that has waited for longest.
    fn accepts(&mut self, connection: Option<ConnectionId>) {
        let waiting = &mut self.queues.accept.waiting;
        let place = waiting.iter().position(|id| Some(*id) == connection);
        let first = connection.is_none() || connection == Some(self.listener);
        if let Some(place) = place.or((first && !waiting.is_empty()).then_some(0)) {
            waiting.remove(place);
        }
    }

    fn hears(&mut self, record: &tcpscope_sim::Record, reason: Reason) {
        let packet = record.kind.packet().map(|packet| self.trace.packet(packet));
        let port = self.info.local.port();
        if packet
            .is_none_or(|packet| packet.destination.port() != port && packet.source.port() != port)
        {
            return;
        }
        match reason {
            Reason::SynQueueFull { .. } => self.queues.syn.drops(record.id),
            Reason::AcceptQueueFull { .. } => self.queues.accept.drops(record.id),
            Reason::SynCookieSent { .. } => self.queues.cookies += 1,
            Reason::SynCookieTaken { .. } => self.queues.cookies_taken += 1,
            // Fast Open gives a connection out before its handshake is over (RFC 7413 §4.2.2).
            Reason::FastOpenAccepted { .. } => {
                if let Some(connection) = record.connection
                    && self.queues.syn.leaves(connection)
                {
                    self.queues.accept.waiting.push(connection);
                }
            }
            // Every other rule leaves the queues as they are.
            _ => {}
        }
    }
}

impl Queue {
    /// Says whether it was there.
    fn leaves(&mut self, connection: ConnectionId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|id| *id != connection);
        self.waiting.len() < before
    }

    const fn drops(&mut self, record: RecordId) {
        self.dropped += 1;
        self.last_dropped = Some(record);
    }
}

const fn backlog_of(call: &AppCall) -> Option<u32> {
    match call {
        AppCall::Listen { backlog } => Some(*backlog),
        _ => None,
    }
}
