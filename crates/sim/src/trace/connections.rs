//! The connections of a run, and which of them stands for its host.

use core::hash::{Hash, Hasher};
use core::net::SocketAddrV4;

use tcpscope_tcp::{State, Status};

use super::{History, Trace};
use crate::{HostId, RecordId};

/// A connection or a listener of a run, by its place in [`Trace::connections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

impl ConnectionId {
    /// The place in the list of connections.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One end of a connection, or a listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionInfo {
    /// Whose it is.
    pub host: HostId,
    /// The local socket.
    pub local: SocketAddrV4,
    /// The remote socket; 0.0.0.0:0 of a listener.
    pub remote: SocketAddrV4,
    /// Whether it only listens.
    pub listens: bool,
    /// The record with which it began.
    pub since: RecordId,
    /// Whether it stood for its host, and up to which record.
    main: Main,
    /// Its variables while it did not.
    history: History,
}

/// Whether a connection's variables are those of its host: then they are kept there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Main {
    /// Never.
    Not,
    /// To the end.
    ToEnd,
    /// Before this record.
    Until(RecordId),
}

impl Hash for ConnectionInfo {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { host, local, remote, listens, since, main, history } = self;
        (host, local, remote, listens, since, main, history).hash(state);
    }
}

impl Trace {
    /// All connections and listeners, in the order in which they began.
    #[must_use]
    pub fn connections(&self) -> &[ConnectionInfo] {
        &self.connections
    }

    /// A connection or a listener.
    #[must_use]
    pub fn connection(&self, connection: ConnectionId) -> &ConnectionInfo {
        &self.connections[connection.index()]
    }

    /// The connection that stands for its host once `record` has happened: the first, until it is
    /// in CLOSED and another begins; a listener, until a connection comes of it.
    #[must_use]
    pub fn main_connection(&self, host: HostId, record: RecordId) -> Option<ConnectionId> {
        let stands = |info: &ConnectionInfo| {
            let past = match info.main {
                Main::Not => return false,
                Main::ToEnd => false,
                Main::Until(until) => until <= record,
            };
            info.host == host && info.since <= record && !past
        };
        let place = self.connections.iter().position(stands)?;
        u32::try_from(place).ok().map(ConnectionId)
    }

    /// A connection's variables once `record` has happened.
    #[must_use]
    pub fn status_of(&self, connection: ConnectionId, record: RecordId) -> Status {
        let info = self.connection(connection);
        let host = &self.hosts[info.host.index()].history;
        if record < info.since {
            return *info.history.initial();
        }
        match info.main {
            Main::Not => info.history.at(record),
            Main::ToEnd => host.at(record),
            Main::Until(until) if record < until => host.at(record),
            // Its own variables are those that it had until the first of them changed since.
            Main::Until(until) if info.history.first().is_none_or(|first| record < first) => {
                host.before(until)
            }
            Main::Until(_) => info.history.at(record),
        }
    }

    /// A connection's variables before `record` happened.
    #[must_use]
    pub fn status_before_of(&self, connection: ConnectionId, record: RecordId) -> Status {
        match record.0.checked_sub(1) {
            Some(before) => self.status_of(connection, RecordId(before)),
            None => *self.connection(connection).history.initial(),
        }
    }

    /// The states that a connection went through: each from that record on. CLOSED, which it begins
    /// in, is left out.
    pub fn states_of(
        &self,
        connection: ConnectionId,
    ) -> impl Iterator<Item = (RecordId, State)> + '_ {
        let info = self.connection(connection);
        let stood = move |since: RecordId| {
            let still = match info.main {
                Main::Not => false,
                Main::ToEnd => true,
                Main::Until(until) => since < until,
            };
            still && since >= info.since
        };
        let of_host = self.hosts[info.host.index()].history.states().iter();
        let of_host = of_host.filter(move |(since, _)| stood(*since));
        of_host.chain(info.history.states()).copied()
    }

    /// A connection or a listener begins with `record`.
    pub(crate) fn add_connection(
        &mut self,
        host: HostId,
        local: SocketAddrV4,
        remote: SocketAddrV4,
        listens: bool,
        record: RecordId,
    ) -> ConnectionId {
        let of_host = &self.hosts[host.index()].history;
        let history = History::new(*of_host.initial());
        let last = of_host.states().last().map_or(State::Closed, |(_, state)| *state);
        let stands = last == State::Closed || (last == State::Listen && !listens);
        let main = if stands { Main::ToEnd } else { Main::Not };
        if stands {
            let changed = of_host.last_change().filter(|(since, _)| *since >= record);
            let before = self
                .connections
                .iter_mut()
                .rev()
                .find(|info| info.host == host && info.main == Main::ToEnd);
            if let Some(before) = before {
                before.main = Main::Until(record);
                // What the same event did to it before is its own, though it stood for its host
                // then: a SYN that reopens a connection ends it first (RFC 6191 §2).
                if let Some((since, status)) = changed {
                    before.history.set(since, &status);
                }
            }
        }
        let id = ConnectionId(u32::try_from(self.connections.len()).unwrap_or(u32::MAX));
        let since = record;
        self.connections.push(ConnectionInfo {
            host,
            local,
            remote,
            listens,
            since,
            main,
            history,
        });
        id
    }

    /// A connection's variables are these from `record` on.
    pub(crate) fn set_status(&mut self, id: ConnectionId, record: RecordId, status: &Status) {
        let Some(info) = self.connections.get_mut(id.index()) else { return };
        match info.main {
            Main::ToEnd => self.hosts[info.host.index()].history.set(record, status),
            Main::Not | Main::Until(_) => info.history.set(record, status),
        }
    }

    /// A host has lost its memory: from `record` on its connections are as if they had never been.
    pub(crate) fn forget_connections(&mut self, host: HostId, record: RecordId) {
        for info in self.connections.iter_mut().filter(|info| info.host == host) {
            let history = match info.main {
                Main::ToEnd => &mut self.hosts[host.index()].history,
                Main::Not | Main::Until(_) => &mut info.history,
            };
            if history.states().last().is_some_and(|(_, state)| *state != State::Closed) {
                let initial = *history.initial();
                history.set(record, &initial);
            }
        }
    }

    /// Forgets every connection that began with `record` or later, and what others did since.
    pub(super) fn truncate_connections(&mut self, record: RecordId) {
        self.connections.truncate(self.connections.partition_point(|info| info.since < record));
        for info in &mut self.connections {
            info.history.truncate(record);
            if let Main::Until(until) = info.main
                && until >= record
            {
                info.main = Main::ToEnd;
            }
        }
    }
}
