//! What follows, for the host, from an event of one of its connections.

use super::outbox::{News, Way};
use super::table::{ConnId, Entry, Holder};
use super::{Errno, Fd, Host, Outbox};
use crate::{Call, Connection, Instant, Notification, Reason, State};

impl Host {
    /// Hands out what the event brought about, tells the user what went wrong, and moves the
    /// connection on: into the accept queue, out of the four-tuples, away.
    #[inline(always)]
    pub(super) fn settle(&mut self, now: Instant, id: ConnId, out: &mut Outbox) {
        if !out.take_lent(self.effects.gathered()) {
            self.settle_news(now, id, out);
        }
        self.connections.schedule(id);
    }

    #[inline(never)]
    fn settle_news(&mut self, now: Instant, id: ConnId, out: &mut Outbox) {
        let address = self.config.address;
        let Some(entry) = self.connections.get_mut(id) else { return };
        let way = entry.way(address);
        let News { moved, told } = out.take(now, way, self.effects.gathered());
        if let Some((told, reason)) = told {
            entry.error = errno(told, reason, &entry.connection).or(entry.error);
        }
        if moved {
            if entry.was_given_out_early() {
                entry.error = Some(Errno::ConnectionReset);
                let _ = entry.connection.call(now, Call::Abort, &mut self.effects);
                out.take(now, way, self.effects.gathered());
            }
            self.learn_cookie(id);
            self.move_on(id);
        }
    }

    fn move_on(&mut self, id: ConnId) {
        let Some(entry) = self.connections.get_mut(id) else { return };
        match (entry.connection.state(), entry.holder) {
            // It came of a SYN to a listener, which is in LISTEN still (RFC 9293 §3.10.7.4): the
            // opening is forgotten without a word, by a reset as by silence.
            (State::Closed | State::Listen, Holder::SynQueue(fd)) => {
                self.connections.remove(id);
                self.leave_syn_queue(fd);
            }
            (State::Closed | State::Listen, Holder::Nobody) => self.connections.remove(id),
            (State::Closed | State::Listen, Holder::AcceptQueue(_) | Holder::Descriptor(_)) => {
                self.connections.retire(id);
            }
            (
                State::Established
                | State::FinWait1
                | State::FinWait2
                | State::CloseWait
                | State::Closing
                | State::LastAck
                | State::TimeWait,
                Holder::SynQueue(fd),
            ) => {
                self.is_ready(fd, id);
            }
            (
                State::SynSent
                | State::SynReceived
                | State::Established
                | State::FinWait1
                | State::FinWait2
                | State::CloseWait
                | State::Closing
                | State::LastAck
                | State::TimeWait,
                Holder::SynQueue(_)
                | Holder::AcceptQueue(_)
                | Holder::Descriptor(_)
                | Holder::Nobody,
            ) => {}
        }
    }
}

impl Entry {
    pub(super) fn way(&self, address: core::net::Ipv4Addr) -> Way {
        Way {
            source: core::net::SocketAddrV4::new(address, self.tuple.local_port()),
            destination: self.tuple.remote(),
            fd: self.fd(),
        }
    }

    /// Whether it has returned to LISTEN, although it was no longer the listener's own: Fast Open
    /// gives a connection out before the handshake is over (RFC 7413 §4.2.2).
    fn was_given_out_early(&self) -> bool {
        let theirs = matches!(self.holder, Holder::SynQueue(_));
        self.connection.state() == State::Listen && !theirs
    }

    pub(super) const fn fd(&self) -> Option<Fd> {
        match self.holder {
            Holder::Descriptor(fd) => Some(fd),
            Holder::SynQueue(_) | Holder::AcceptQueue(_) | Holder::Nobody => None,
        }
    }
}

/// What a connection's end is to its user. Where the network said why nobody answered, that is
/// what the user is told (RFC 9293 §3.9.2.2, SHLD-25).
fn errno(told: Notification, reason: Reason, connection: &Connection) -> Option<Errno> {
    if let Reason::IcmpHard { error } = reason {
        return Some(error.into());
    }
    match told {
        Notification::Reset => Some(Errno::ConnectionReset),
        Notification::Refused => Some(Errno::ConnectionRefused),
        Notification::TimedOut => {
            Some(connection.last_soft_error().map_or(Errno::TimedOut, Errno::from))
        }
        Notification::Connected
        | Notification::PeerClosed
        | Notification::CloseAcknowledged
        | Notification::Unresponsive
        | Notification::Urgent => None,
    }
}
