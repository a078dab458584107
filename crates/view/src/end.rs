//! What a panel is about: one end of one connection, or a listener.

use tcpscope_sim::{ConnectionId, ConnectionInfo, HostId, Record, RecordId, Trace};
use tcpscope_tcp::{SeqNumber, State, Status};

use crate::words::peer_of;
use crate::{Bases, Numbers};

/// One end of a connection, or a listener: what a panel is about.
#[derive(Clone, Copy, Debug)]
pub struct End<'a> {
    trace: &'a Trace,
    host: HostId,
    connection: Option<ConnectionId>,
}

/// What a reader wants to see in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pick {
    /// Whose end.
    pub host: HostId,
    /// Of which connection; `None`: of the one that the other panel shows, or else of the one that
    /// stands for the host.
    pub connection: Option<ConnectionId>,
}

impl Pick {
    /// Whatever stands for a host.
    #[must_use]
    pub const fn of(host: HostId) -> Self {
        Self { host, connection: None }
    }

    /// The pick, if the run has it: the host, if there is such a connection no more, and the host
    /// at this place where there is no such host.
    fn within(self, trace: &Trace, place: u8) -> Self {
        let Self { host, connection } = self;
        let host = if host.index() < trace.hosts().len() { host } else { HostId(place) };
        let known = |id: &ConnectionId| {
            trace.connections().get(id.index()).is_some_and(|info| info.host == host)
        };
        Self { host, connection: connection.filter(known) }
    }
}

/// What two panels show: where one of them leaves the connection open and the other shows its
/// peer, both show the same connection.
#[must_use]
pub fn ends(trace: &Trace, picks: [Pick; 2], record: RecordId) -> [End<'_>; 2] {
    let [left, right] = [picks[0].within(trace, 0), picks[1].within(trace, 1)];
    let end = |pick: Pick| End { trace, host: pick.host, connection: pick.connection };
    match (left.connection, right.connection) {
        (None, Some(_)) => [end(right).peer_at(left.host, record), end(right)],
        (Some(_) | None, None) => [end(left), end(left).peer_at(right.host, record)],
        (Some(_), Some(_)) => [end(left), end(right)],
    }
}

/// The connections of a host that have begun once `record` has happened, the latest first, and how
/// many earlier ones are left out.
#[must_use]
pub fn connection_choices(
    trace: &Trace,
    host: HostId,
    record: RecordId,
) -> (Vec<ConnectionId>, usize) {
    /// More than this nobody looks through.
    const MOST: usize = 32;
    let begun = (0..).map(ConnectionId).zip(trace.connections());
    let begun = begun.filter(|(_, info)| info.host == host && info.since <= record);
    let mut begun: Vec<_> = begun.map(|(id, _)| id).collect();
    begun.reverse();
    let left_out = begun.len().saturating_sub(MOST);
    begun.truncate(MOST);
    (begun, left_out)
}

impl<'a> End<'a> {
    /// Whatever stands for a host.
    #[must_use]
    pub const fn of(trace: &'a Trace, host: HostId) -> Self {
        Self { trace, host, connection: None }
    }

    /// This connection, whatever else its host has.
    #[must_use]
    pub fn on(trace: &'a Trace, connection: ConnectionId) -> Self {
        let host = trace.connection(connection).host;
        Self { trace, host, connection: Some(connection) }
    }

    /// The run.
    #[must_use]
    pub const fn trace(&self) -> &'a Trace {
        self.trace
    }

    /// Whose end it is.
    #[must_use]
    pub const fn host(&self) -> HostId {
        self.host
    }

    /// The connection, if it is always the same.
    #[must_use]
    pub const fn fixed(&self) -> Option<ConnectionId> {
        self.connection
    }

    /// The connection once `record` has happened, if there is one.
    #[must_use]
    pub fn connection(&self, record: RecordId) -> Option<ConnectionId> {
        self.connection.or_else(|| self.trace.main_connection(self.host, record))
    }

    /// Between which sockets it is, once `record` has happened.
    #[must_use]
    pub fn info(&self, record: RecordId) -> Option<&'a ConnectionInfo> {
        self.connection(record).map(|connection| self.trace.connection(connection))
    }

    /// Its variables once `record` has happened.
    #[must_use]
    pub fn status(&self, record: RecordId) -> Status {
        match self.connection {
            Some(connection) => self.trace.status_of(connection, record),
            None => self.trace.status(self.host, record),
        }
    }

    /// Its variables before `record` happened.
    #[must_use]
    pub fn status_before(&self, record: RecordId) -> Status {
        match self.connection {
            Some(connection) => self.trace.status_before_of(connection, record),
            None => self.trace.host(self.host).status_before(record),
        }
    }

    /// The states that it went through, CLOSED first: each from that record on. What came of a
    /// listener has been in LISTEN, although only the listener is told of it.
    #[must_use]
    pub fn states(&self, record: RecordId) -> Vec<(RecordId, State)> {
        let Some(connection) = self.connection else {
            let states = self.trace.host(self.host).states();
            return states.take_while(|(since, _)| *since <= record).collect();
        };
        let begun = self.trace.connection(connection).since;
        let mut states = vec![(RecordId(0), State::Closed)];
        for (since, state) in self.trace.states_of(connection) {
            let last = states.last().map_or(State::Closed, |(_, state)| *state);
            if since > record {
                break;
            }
            if !last.may_become(state) && State::Listen.may_become(state) {
                states.push((begun, State::Listen));
            }
            if state != last {
                states.push((since, state));
            }
        }
        states
    }

    /// What its numbers are counted from once `record` has happened.
    #[must_use]
    pub fn bases(&self, record: RecordId, numbers: Numbers) -> Bases {
        // What happens to another connection of the host's changes nothing here.
        let of_another = |main: &ConnectionId| {
            let told = self.trace.records().get(record.index());
            let other = told.and_then(|told| told.connection).filter(|other| other != main);
            other.is_some_and(|other| self.trace.connection(other).host == self.host)
        };
        if self.connection.is_none()
            && numbers == Numbers::Relative
            && let Some(main) = self.connection(record).filter(of_another)
        {
            return Bases::of_connection(self.trace, main, record);
        }
        let Some(connection) = self.connection.filter(|_| numbers == Numbers::Relative) else {
            return Bases::of(self.trace, self.host, record, numbers);
        };
        let last = |number: fn(&Status) -> Option<SeqNumber>| {
            let entered = self.states(record).into_iter().rev();
            let mut known = entered.filter_map(|(since, _)| number(&self.status_before(since)));
            number(&self.trace.status_of(connection, record)).or_else(|| known.next())
        };
        Bases {
            send: last(|status| status.iss).unwrap_or_default(),
            receive: last(|status| status.irs).unwrap_or_default(),
        }
    }

    /// The host at the other end.
    #[must_use]
    pub fn peer(&self, record: RecordId) -> HostId {
        let remote = self.info(record).filter(|info| !info.listens).map(|info| *info.remote.ip());
        let at = |address| {
            let mut hosts = crate::lanes::hosts(self.trace);
            hosts.find(|host| *self.trace.host(*host).address.ip() == address)
        };
        remote.and_then(at).unwrap_or_else(|| peer_of(self.trace, self.host))
    }

    /// Whether a record is about it.
    #[must_use]
    pub fn is_told_of_by(&self, record: &Record) -> bool {
        let this =
            || record.connection.is_none() || record.connection == self.connection(record.id);
        record.host == Some(self.host) && this()
    }

    /// The other end of this connection, if `host` has it; else whatever stands for that host.
    fn peer_at(self, host: HostId, record: RecordId) -> Self {
        let usual = Self::of(self.trace, host);
        let Some(info) = self.info(record).filter(|_| host != self.host) else { return usual };
        let other = |other: &ConnectionInfo| {
            let begun = other.host == host && other.since <= record;
            begun && other.local == info.remote && other.remote == info.local
        };
        let found = self.trace.connections().iter().rposition(other);
        let found = found.and_then(|place| u32::try_from(place).ok()).map(ConnectionId);
        if found.is_none() || found == self.trace.main_connection(host, record) {
            return usual;
        }
        Self { connection: found, ..usual }
    }
}
