//! A packet arrives: for which connection, for which listener, or for nobody (RFC 9293 §3.10.7).

use core::net::{Ipv4Addr, SocketAddrV4};

use super::outbox::Way;
use super::table::Tuple;
use super::{Fd, Host, Outbox};
use crate::{IcmpError, Instant, Reason, Segment, SeqNumber};

impl Host {
    /// A segment arrives.
    pub fn arrives(
        &mut self,
        now: Instant,
        source: SocketAddrV4,
        destination: SocketAddrV4,
        mut segment: Segment,
        out: &mut Outbox,
    ) {
        self.take(now, source, destination, &mut segment, out);
    }

    /// The same. The segment stays where it is, as it is large; what is left of it is of no use to
    /// anybody.
    pub fn take(
        &mut self,
        now: Instant,
        source: SocketAddrV4,
        destination: SocketAddrV4,
        segment: &mut Segment,
        out: &mut Outbox,
    ) {
        self.observe(out);
        if let Some(reason) = self.refuses(source, destination) {
            out.explain(now, None, reason);
            return;
        }
        let tuple = Tuple::new(destination.port(), source);
        let mut after = None;
        if let Some(id) = self.connections.find(tuple) {
            if segment.syn() && self.listener_at(tuple).is_some_and(|fd| self.has_room(fd)) {
                after = self.reopen(now, id, segment, out);
            }
            if after.is_none() {
                self.deliver(now, id, segment, out);
                return;
            }
        }
        let segment = core::mem::take(segment);
        match self.listener_at(tuple) {
            Some(fd) => self.arrives_at_listener(now, fd, tuple, segment, after, out),
            None => self.arrives_at_nobody(now, tuple, segment, out),
        }
    }

    /// An ICMP message arrives about a packet that went from `local` to `remote` with the sequence
    /// number `seq` (RFC 9293 §3.9.2.2, MUST-54).
    pub fn icmp(
        &mut self,
        now: Instant,
        error: IcmpError,
        local: SocketAddrV4,
        remote: SocketAddrV4,
        seq: SeqNumber,
        out: &mut Outbox,
    ) {
        self.observe(out);
        let ours = *local.ip() == self.config.address;
        let id = self.connections.find(Tuple::new(local.port(), remote)).filter(|_| ours);
        match id.and_then(|id| Some((id, self.connections.get_mut(id)?))) {
            Some((id, entry)) => {
                entry.connection.icmp(now, error, seq, &mut self.effects);
                self.settle(now, id, out);
            }
            None => out.explain(now, None, Reason::IcmpDropped { error }),
        }
    }

    /// Explanations are made only where somebody observes.
    pub(super) fn observe(&mut self, out: &Outbox) {
        self.effects.explain_to_host(out.observed);
    }

    pub(super) fn ends(&self, tuple: Tuple) -> (SocketAddrV4, SocketAddrV4) {
        (SocketAddrV4::new(self.config.address, tuple.local_port()), tuple.remote())
    }

    pub(super) fn way(&self, tuple: Tuple, fd: Option<Fd>) -> Way {
        let (source, destination) = self.ends(tuple);
        Way { source, destination, fd }
    }

    /// Packets from or to what can be no host (RFC 9293 §3.9.2.3, MUST-57, MUST-63), from us to us
    /// over a network, or for another address.
    fn refuses(&self, source: SocketAddrV4, destination: SocketAddrV4) -> Option<Reason> {
        if !may_be_a_host(*source.ip()) || !may_be_a_host(*destination.ip()) {
            Some(Reason::BadAddress)
        } else if *destination.ip() != self.config.address {
            Some(Reason::ForeignAddress)
        } else if source == destination {
            Some(Reason::BadAddress)
        } else {
            None
        }
    }

    fn listener_at(&self, tuple: Tuple) -> Option<Fd> {
        self.listeners.get(&tuple.local_port()).copied()
    }

    fn deliver(
        &mut self,
        now: Instant,
        id: super::table::ConnId,
        segment: &mut Segment,
        out: &mut Outbox,
    ) {
        if let Some((fd, backlog)) = self.has_to_wait(id, segment) {
            out.explain(now, Some(fd), Reason::AcceptQueueFull { backlog });
            return;
        }
        let Some(entry) = self.connections.get_mut(id) else { return };
        out.lend(now, entry.way(self.config.address), self.effects.gathered());
        entry.connection.take_segment(now, segment, &mut self.effects);
        self.settle(now, id, out);
    }

    /// A newer SYN ends TIME-WAIT (RFC 9293 §3.6.1, MAY-2): says up to where its numbers went.
    fn reopen(
        &mut self,
        now: Instant,
        id: super::table::ConnId,
        syn: &Segment,
        out: &mut Outbox,
    ) -> Option<SeqNumber> {
        let old = &mut self.connections.get_mut(id)?.connection;
        let nxt = old.snd.nxt;
        if !old.reopen(now, syn, &mut self.effects) {
            return None;
        }
        self.settle(now, id, out);
        Some(nxt)
    }

    /// Nobody has this four-tuple, and nobody listens: RFC 9293 §3.10.7.1.
    fn arrives_at_nobody(
        &mut self,
        now: Instant,
        tuple: Tuple,
        segment: Segment,
        out: &mut Outbox,
    ) {
        let way = self.way(tuple, None);
        self.nobody.segment_arrives(now, segment, &mut self.effects);
        out.take(now, way, self.effects.gathered());
    }
}

/// Neither broadcast nor multicast nor of "this network" (RFC 1122 §3.2.1.3).
pub(super) const fn may_be_a_host(address: Ipv4Addr) -> bool {
    let [first, ..] = address.octets();
    !address.is_broadcast() && !address.is_multicast() && first != 0
}
