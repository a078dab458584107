//! How a packet passes a place: when, in how many pieces, with which octets.

use std::collections::BTreeMap;

use tcpscope_sim::{
    Fate, HostId, LinkRule, Packet, PacketIndex, Record, RecordId, RecordKind, Trace, Why,
};
use tcpscope_tcp::Instant;

use crate::octets::{Stage, fragment, whole};
use crate::{Captured, Direction, Vantage};

/// How each packet ended, as far as the run went.
pub(crate) struct Ends(BTreeMap<PacketIndex, End>);

/// How a packet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It arrived.
    Arrived,
    /// It was lost, by this rule.
    Lost(Option<LinkRule>),
}

impl Ends {
    pub(crate) fn of(trace: &Trace) -> Self {
        let end = |record: &Record| {
            let packet = record.kind.packet()?;
            if matches!(record.kind, RecordKind::Arrive { .. }) {
                return Some((packet, End::Arrived));
            }
            let is_lost = matches!(record.kind, RecordKind::Lost { .. });
            is_lost.then(|| (packet, End::Lost(rule(trace, record.id))))
        };
        Self(trace.records().iter().filter_map(end).collect())
    }

    pub(crate) fn of_packet(&self, packet: PacketIndex) -> Option<End> {
        self.0.get(&packet).copied()
    }
}

/// The link's rule behind a record.
fn rule(trace: &Trace, record: RecordId) -> Option<LinkRule> {
    trace.whys(record).iter().find_map(|why| match why {
        Why::Link(rule) => Some(*rule),
        Why::Tcp(_) | Why::Octets(_) | Why::Host(_) => None,
    })
}

/// A record about a packet, by which it may be seen.
pub(crate) struct Passing<'a> {
    pub(crate) record: &'a Record,
    pub(crate) index: PacketIndex,
    pub(crate) packet: &'a Packet,
    pub(crate) end: Option<End>,
}

impl Passing<'_> {
    /// What is seen at a place.
    pub(crate) fn seen(&self, vantage: Vantage) -> Vec<Captured> {
        let kind = &self.record.kind;
        let sent = matches!(kind, RecordKind::Transmit { .. });
        let begins = sent || matches!(kind, RecordKind::Copy { .. });
        let ends = matches!(kind, RecordKind::Arrive { .. } | RecordKind::Lost { .. });
        match vantage {
            Vantage::Host(host) if sent => self.leaves(host),
            Vantage::Host(host) if ends => self.comes(host),
            Vantage::Link if begins => self.departs(),
            Vantage::Router(router) if begins => self.passes(router),
            Vantage::Host(_) | Vantage::Router(_) | Vantage::Link => Vec::new(),
        }
    }

    /// At its sender: a copy was made on the way, and no host sent it.
    fn leaves(&self, host: HostId) -> Vec<Captured> {
        if host != self.packet.id.from || self.packet.id.copy != 0 {
            return Vec::new();
        }
        self.in_one_piece(self.record.at, Direction::Outbound, Stage::Sent)
    }

    /// At the beginning of its link.
    fn departs(&self) -> Vec<Captured> {
        if !self.has_departed() {
            return Vec::new();
        }
        let packet = self.packet;
        self.on_link(packet.departs)
    }

    /// At the beginning of a router's link.
    fn passes(&self, router: HostId) -> Vec<Captured> {
        let hops = self.packet.hops();
        let Some(place) = hops.iter().position(|hop| hop.router == router) else {
            return Vec::new();
        };
        let departs = hops[place].departs;
        let is_last = place + 1 == hops.len();
        // At the last that it comes to it may find no room, or wait when the run ends.
        if is_last && (self.packet.ends <= departs || !self.has_departed()) {
            return Vec::new();
        }
        self.on_link(departs)
    }

    /// On a link that it departs on at this time: whole, or in the fragments that it is cut into
    /// there.
    fn on_link(&self, departs: Instant) -> Vec<Captured> {
        let packet = self.packet;
        let is_cut = packet.fragments().first().is_some_and(|first| first.departs == departs);
        if !is_cut {
            return self.in_one_piece(departs, Direction::Passing, Stage::Departing);
        }
        let pieces = packet.fragments().iter().filter_map(|piece| {
            let octets = fragment(packet, piece, Stage::Departing)?;
            Some(Captured { octets, ..self.captured(piece.departs, Direction::Passing) })
        });
        pieces.collect()
    }

    /// Whether it ever was on the link: what finds no room does not get there, and what waits when
    /// the run ends has not.
    fn has_departed(&self) -> bool {
        let Packet { sent, departs, ends, reached_ppm, .. } = *self.packet;
        let Some(end) = self.end else { return sent < ends };
        let End::Lost(Some(rule)) = end else { return true };
        let queued = matches!(
            rule,
            LinkRule::QueueFull { .. }
                | LinkRule::CodelDropped { .. }
                | LinkRule::TooLong { .. }
                | LinkRule::FragmentationNeeded { .. }
        );
        // At a router further on there may be no room either.
        let has_left = !queued || departs < ends;
        has_left && (rule != LinkRule::Unplugged || reached_ppm > 0)
    }

    /// At the host that it is for. Of a packet that is lost, fragments may come.
    fn comes(&self, host: HostId) -> Vec<Captured> {
        let packet = self.packet;
        if host != packet.to {
            return Vec::new();
        }
        let arrives = self.end == Some(End::Arrived);
        if packet.fragments().is_empty() {
            return if arrives {
                self.in_one_piece(self.record.at, Direction::Inbound, Stage::Arriving)
            } else {
                Vec::new()
            };
        }
        // A packet is there with its last fragment; whoever held it held them all.
        let last = packet.fragments().iter().map(|piece| piece.ends).max();
        let later = self.record.at.since(last.unwrap_or(self.record.at));
        let pieces = packet.fragments().iter().filter(|piece| !piece.is_lost);
        let pieces = pieces.filter(|piece| arrives || self.comes_alone(piece.ends));
        let pieces = pieces.filter_map(|piece| {
            let octets = fragment(packet, piece, Stage::Arriving)?;
            let at = if arrives { piece.ends + later } else { piece.ends };
            Some(Captured { octets, ..self.captured(at, Direction::Inbound) })
        });
        pieces.collect()
    }

    /// Whether a fragment that would arrive at this time does, though its packet is lost.
    fn comes_alone(&self, at: Instant) -> bool {
        match self.end {
            Some(End::Lost(Some(LinkRule::FragmentLost { .. }))) => true,
            // The cable was pulled while it was under way.
            Some(End::Lost(Some(LinkRule::Unplugged))) => {
                self.packet.fate == Fate::Lost
                    && self.packet.reached_ppm > 0
                    && at <= self.packet.ends
            }
            Some(End::Lost(_) | End::Arrived) | None => false,
        }
    }

    fn in_one_piece(&self, at: Instant, direction: Direction, stage: Stage) -> Vec<Captured> {
        let octets = whole(self.packet, stage);
        let captured = octets.map(|octets| Captured { octets, ..self.captured(at, direction) });
        captured.into_iter().collect()
    }

    /// The packet, but for its octets.
    fn captured(&self, at: Instant, direction: Direction) -> Captured {
        let (from, to) = (self.packet.id.from, self.packet.to);
        let (record, packet) = (self.record.id, self.index);
        Captured { at, record, packet, from, to, direction, octets: bytes::Bytes::new() }
    }
}
