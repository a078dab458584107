//! A full account of what a host does: every effect of every connection with its reason, and the
//! connection's variables right after it. A simulator writes its trace from it.

use alloc::vec::Vec;
use core::mem::{replace, swap, take};
use core::net::SocketAddrV4;

use super::outbox::Way;
use super::table::ConnId;
use super::{Fd, Host, Outbox};
use crate::{Effect, Effects, Entry, Reason, Status};

/// A connection of a host, for as long as the host keeps it: no two of a host's life are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionKey {
    /// Its place in the table.
    pub(super) id: ConnId,
    /// How many connections there were before.
    pub(super) serial: u32,
}

/// What an entry of an account is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The local socket.
    pub local: SocketAddrV4,
    /// The remote socket; 0.0.0.0:0 of a listener.
    pub remote: SocketAddrV4,
    /// Whose it is.
    pub party: Party,
}

/// Whose an entry of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// A connection's.
    Connection {
        /// Which.
        key: ConnectionKey,
        /// The listener whose queue it is in.
        listener: Option<Fd>,
    },
    /// A listener's, in LISTEN.
    Listener(Fd),
    /// The host's own: what nobody wants is refused, a SYN is answered by a cookie, a queue is
    /// full. No variables stand for it.
    Host,
}

/// What has happened, in order.
#[derive(Clone, Debug, Default)]
pub struct Account {
    entries: Vec<Entry>,
    statuses: Vec<Status>,
    /// Whose the entries are, up to this many of them.
    parts: Vec<(About, usize)>,
}

/// An entry of an account.
#[derive(Debug)]
pub struct Item<'a> {
    /// Whose it is.
    pub about: About,
    /// What follows.
    pub effect: Effect,
    /// The rule that says so, with its numbers.
    pub reason: Reason,
    /// The connection's variables right after it; `None` where a decision follows that belongs to
    /// it, so that they are not settled yet.
    pub status: Option<&'a Status>,
    /// The same, settled or not.
    pub variables: &'a Status,
}

impl Account {
    /// The reasons of all decisions.
    pub fn decisions(&self) -> impl Iterator<Item = Reason> + '_ {
        let decided = self.entries.iter().filter(|entry| entry.effect == Effect::Decide);
        decided.map(|entry| entry.reason)
    }

    /// Goes through all entries, in order. Nothing is left of what they say.
    pub fn go_through(&mut self, mut each: impl FnMut(Item<'_>)) {
        let mut at = 0;
        for (about, end) in &self.parts {
            while at < *end {
                let next = self.entries.get(at + 1).filter(|_| at + 1 < *end);
                let settled = next.is_none_or(|next| next.effect != Effect::Decide);
                let (Some(entry), Some(variables)) =
                    (self.entries.get_mut(at), self.statuses.get(at))
                else {
                    return;
                };
                let effect = replace(&mut entry.effect, Effect::Decide);
                let (about, reason) = (*about, entry.reason);
                let status = settled.then_some(variables);
                each(Item { about, effect, reason, status, variables });
                at += 1;
            }
        }
    }

    fn take(&mut self, about: About, effects: &mut Effects) {
        let (entries, statuses) = effects.recorded();
        if entries.is_empty() {
            return;
        }
        if self.entries.is_empty() {
            swap(&mut self.entries, entries);
            swap(&mut self.statuses, statuses);
        } else {
            self.entries.append(entries);
            self.statuses.append(statuses);
        }
        self.parts.push((about, self.entries.len()));
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.statuses.clear();
        self.parts.clear();
    }
}

impl Outbox {
    /// An outbox that takes a full account, in place of packets and explanations.
    #[must_use]
    pub fn recorded() -> Self {
        Self { recorded: true, ..Self::default() }
    }

    /// Takes the account out; [`reuse`](Self::reuse) saves the making of another.
    pub fn take_account(&mut self) -> Account {
        take(&mut self.account)
    }

    /// The next account is written where an earlier one was.
    pub fn reuse(&mut self, mut account: Account) {
        account.clear();
        self.account = account;
    }

    /// A decision of the host's own.
    pub(super) fn note(&mut self, way: Way, reason: Reason) {
        let account = &mut self.account;
        account.entries.push(Entry { effect: Effect::Decide, reason });
        account.statuses.push(Status::default());
        account.parts.push((way.about(Party::Host), account.entries.len()));
    }
}

impl Way {
    const fn about(self, party: Party) -> About {
        About { local: self.source, remote: self.destination, party }
    }
}

impl Host {
    /// Hands over what was recorded of a connection's event.
    pub(super) fn account_for(&mut self, id: ConnId, out: &mut Outbox) {
        if out.recorded
            && let Some(entry) = self.connections.get(id)
        {
            let way = entry.way(self.config.address);
            let key = ConnectionKey { id, serial: entry.serial };
            let party = Party::Connection { key, listener: entry.listener() };
            out.account.take(way.about(party), &mut self.effects);
        }
    }

    /// The same, for what is no connection's.
    pub(super) fn account_for_other(&mut self, party: Party, way: Way, out: &mut Outbox) {
        if out.recorded {
            out.account.take(way.about(party), &mut self.effects);
        }
    }

    /// Of what was recorded only the segments are to last: nothing else is kept.
    pub(super) fn account_for_segments(&mut self, way: Way, out: &mut Outbox) {
        if out.recorded {
            self.effects.retain_segments();
            out.account.take(way.about(Party::Host), &mut self.effects);
        }
    }
}
