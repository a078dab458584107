//! The connections of a host: by number, by their four-tuple, and by when their timers run out.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use super::due::Due;
use super::{Errno, Fd};
use crate::{Connection, Instant};

/// Which connection: its place in the table, for as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ConnId(usize);

/// What tells one connection from another: the local port and the remote socket, since the local
/// address is always the host's (RFC 9293 §3.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tuple(u64);

impl Tuple {
    pub(super) fn new(local_port: u16, remote: SocketAddrV4) -> Self {
        let [a, b, c, d] = remote.ip().octets();
        let [e, f] = local_port.to_be_bytes();
        let [g, h] = remote.port().to_be_bytes();
        Self(u64::from_be_bytes([e, f, a, b, c, d, g, h]))
    }

    /// All of it, as a number.
    pub(super) const fn value(self) -> u64 {
        self.0
    }

    pub(super) const fn local_port(self) -> u16 {
        let [a, b, ..] = self.0.to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    pub(super) const fn remote(self) -> SocketAddrV4 {
        let [_, _, a, b, c, d, e, f] = self.0.to_be_bytes();
        SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([e, f]))
    }
}

/// A connection and what the host knows of it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) connection: Connection,
    pub(super) tuple: Tuple,
    pub(super) holder: Holder,
    /// What went wrong and was not yet told.
    pub(super) error: Option<Errno>,
    /// Where it stands among the timers. No later than its first timeout: a timer that was put off
    /// is not moved until it would have run out.
    due: Option<Instant>,
}

/// Who has a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// A listener, in SYN-RECEIVED.
    SynQueue(Fd),
    /// A listener, ready to be accepted.
    AcceptQueue(Fd),
    /// A descriptor.
    Descriptor(Fd),
    /// Nobody any more.
    Nobody,
}

/// All connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    entries: Vec<Option<Box<Entry>>>,
    /// Places that are free, the one that was left last at the end.
    free: Vec<usize>,
    /// Those that are not in CLOSED.
    by_tuple: BTreeMap<Tuple, ConnId>,
    by_due: Due,
}

impl Table {
    pub(super) fn insert(
        &mut self,
        connection: Connection,
        tuple: Tuple,
        holder: Holder,
    ) -> ConnId {
        let entry = Box::new(Entry { connection, tuple, holder, error: None, due: None });
        let id = self.free.pop().unwrap_or(self.entries.len());
        match self.entries.get_mut(id) {
            Some(place) => *place = Some(entry),
            None => self.entries.push(Some(entry)),
        }
        self.by_tuple.insert(tuple, ConnId(id));
        ConnId(id)
    }

    pub(super) fn get(&self, id: ConnId) -> Option<&Entry> {
        self.entries.get(id.0)?.as_deref()
    }

    pub(super) fn get_mut(&mut self, id: ConnId) -> Option<&mut Entry> {
        self.entries.get_mut(id.0)?.as_deref_mut()
    }

    pub(super) fn find(&self, tuple: Tuple) -> Option<ConnId> {
        self.by_tuple.get(&tuple).copied()
    }

    /// The connections that are not in CLOSED, by local port and remote socket.
    pub(super) fn live(&self) -> impl Iterator<Item = (ConnId, &Entry)> {
        self.by_tuple.values().filter_map(|id| Some((*id, self.get(*id)?)))
    }

    /// Those that `holder` has, in CLOSED or not, by number.
    pub(super) fn held_by(&self, holder: Holder) -> Vec<ConnId> {
        let holds =
            |entry: &Option<Box<Entry>>| entry.as_ref().is_some_and(|entry| entry.holder == holder);
        let places = self.entries.iter().enumerate();
        places.filter(|(_, entry)| holds(entry)).map(|(place, _)| ConnId(place)).collect()
    }

    /// Whether a connection that is not in CLOSED uses a local port.
    pub(super) fn uses_port(&self, port: u16) -> bool {
        let first = Tuple::new(port, SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0));
        let last = Tuple::new(port, SocketAddrV4::new(Ipv4Addr::BROADCAST, u16::MAX));
        self.by_tuple.range(first..=last).next().is_some()
    }

    /// The connection is in CLOSED: its four-tuple is free, and its timers are over. Whoever has
    /// it may still read from it.
    pub(super) fn retire(&mut self, id: ConnId) {
        let Some(entry) = self.get_mut(id) else { return };
        let (tuple, due) = (entry.tuple, entry.due.take());
        if self.by_tuple.get(&tuple) == Some(&id) {
            self.by_tuple.remove(&tuple);
        }
        if let Some(due) = due {
            self.by_due.remove((due, id));
        }
    }

    /// The connection is forgotten.
    pub(super) fn remove(&mut self, id: ConnId) {
        self.retire(id);
        if let Some(place) = self.entries.get_mut(id.0)
            && place.take().is_some()
        {
            self.free.push(id.0);
        }
    }

    /// Sees to it that the connection stands among the timers no later than its first timeout.
    pub(super) fn schedule(&mut self, id: ConnId) {
        let Some(entry) = self.get_mut(id) else { return };
        let soonest = entry.connection.timers.take_soonest();
        if entry.due.is_none_or(|due| soonest < due) {
            self.schedule_anew(id);
        }
    }

    fn schedule_anew(&mut self, id: ConnId) {
        let Some(entry) = self.get_mut(id) else { return };
        let Some(at) = entry.connection.timers.first_deadline() else { return };
        let due = entry.due;
        if due.is_some_and(|due| due <= at) {
            return;
        }
        entry.due = Some(at);
        if let Some(due) = due {
            self.by_due.remove((due, id));
        }
        self.by_due.insert((at, id));
    }

    /// The first timeout of all, and whose it is.
    pub(super) fn first_due(&mut self) -> Option<(Instant, ConnId)> {
        loop {
            let (due, id) = self.by_due.first()?;
            let entry = self.get_mut(id);
            if let Some(entry) = entry {
                if entry.connection.timers.first_deadline() == Some(due) {
                    return Some((due, id));
                }
                entry.due = None;
            }
            self.by_due.remove((due, id));
            self.schedule_anew(id);
        }
    }
}
