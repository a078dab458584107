//! What one event of a connection brings about, as far as a host has to know: it is written once,
//! and where it is to go.

use alloc::vec::Vec;
use core::mem::{swap, take};
use core::net::{Ipv4Addr, SocketAddrV4};

use super::outbox::{News, Way};
use super::{HostEvent, Outbox, Outgoing};
use crate::{Instant, Notification, Reason, Segment, State};

/// What an event has brought about so far.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    /// The outbox's own while it is [lent](Outbox::lend).
    packets: Vec<Outgoing>,
    /// The same.
    events: Vec<HostEvent>,
    lent: bool,
    /// How many events there were before.
    before: usize,
    at: Instant,
    way: Way,
    /// Whether the state changed.
    pub(crate) moved: bool,
    /// What the user was told last that ended the connection, and by which rule.
    pub(crate) told: Option<(Notification, Reason)>,
}

impl Default for Gathered {
    fn default() -> Self {
        let nobody = SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0);
        Self {
            packets: Vec::new(),
            events: Vec::new(),
            lent: false,
            before: 0,
            at: Instant::ZERO,
            way: Way { source: nobody, destination: nobody, fd: None },
            moved: false,
            told: None,
        }
    }
}

impl Gathered {
    /// A packet for a segment that is about to be made.
    pub(crate) fn draft(&mut self) {
        let Way { source, destination, fd: _ } = self.way;
        let (at, segment, retransmission) = (self.at, Segment::EMPTY, false);
        self.packets.push(Outgoing { at, source, destination, segment, retransmission });
    }

    /// The segment that was drafted last.
    pub(crate) fn drafted(&mut self) -> Option<&mut Segment> {
        self.packets.last_mut().map(|packet| &mut packet.segment)
    }

    /// It goes out.
    pub(crate) fn sent(&mut self, retransmission: bool) {
        if let Some(packet) = self.packets.last_mut() {
            packet.retransmission = retransmission;
        }
    }

    /// A rule was applied, and perhaps it changed the state. One line a rule: one that decides,
    /// changes the state and sends is told of once.
    pub(crate) fn apply(&mut self, reason: Reason, transition: Option<(State, State)>) {
        if self.events.len() > self.before
            && let Some(last) = self.events.last_mut()
            && last.reason == reason
            && (last.transition.is_none() || transition.is_none())
        {
            last.transition = last.transition.or(transition);
        } else {
            self.events.push(HostEvent { at: self.at, fd: self.way.fd, reason, transition });
        }
    }

    /// Nothing of it is to last.
    pub(super) fn clear(&mut self) {
        self.packets.clear();
        self.events.clear();
        self.moved = false;
        self.told = None;
    }
}

impl Outbox {
    /// The next event's packets and explanations are written right into the outbox: until they are
    /// [taken](Self::take) nothing else may be.
    pub(super) fn lend(&mut self, at: Instant, way: Way, gathered: &mut Gathered) {
        gathered.lent = true;
        gathered.before = self.events.len();
        gathered.at = at;
        gathered.way = way;
        self.swap(gathered);
    }

    /// Takes back what was [lent](Self::lend), if the event brought about nothing but packets and
    /// explanations; or does nothing, if it brought about nothing. Says whether that is so.
    pub(super) fn take_lent(&mut self, gathered: &mut Gathered) -> bool {
        if gathered.moved || gathered.told.is_some() {
            return false;
        }
        if gathered.lent {
            gathered.lent = false;
            gathered.before = 0;
            self.swap(gathered);
            return true;
        }
        gathered.packets.is_empty() && gathered.events.is_empty()
    }

    /// Takes over what one event of one connection brought about.
    pub(super) fn take(&mut self, at: Instant, way: Way, gathered: &mut Gathered) -> News {
        if take(&mut gathered.lent) {
            gathered.before = 0;
            self.swap(gathered);
        } else {
            for event in &mut gathered.events {
                event.at = at;
                event.fd = way.fd;
            }
            self.events.append(&mut gathered.events);
            self.take_packets(at, way, gathered);
        }
        News { moved: take(&mut gathered.moved), told: gathered.told.take() }
    }

    /// Takes over only what one event sends.
    pub(super) fn take_packets(&mut self, at: Instant, way: Way, gathered: &mut Gathered) {
        for packet in &mut gathered.packets {
            packet.at = at;
            packet.source = way.source;
            packet.destination = way.destination;
        }
        self.packets.append(&mut gathered.packets);
    }

    fn swap(&mut self, gathered: &mut Gathered) {
        swap(&mut self.packets, &mut gathered.packets);
        if self.observed {
            swap(&mut self.events, &mut gathered.events);
        }
    }
}
