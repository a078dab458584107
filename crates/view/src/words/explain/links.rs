//! Which sentence says a rule of a link's, and what of the rule fills its gaps.

use tcpscope_sim::{LinkChange, LinkRule, PropertyKind, QueueLimit, Trace};
use tcpscope_tcp::{Duration, Instant};
use tcpscope_wire::{Layer, Malformed};

use super::rules::Say;
use super::template::Value::{Count, Octets, Span, Text};
use super::texts::{Link, NEIGHBOURS, Texts};
use crate::words::numbers::{peer_of, percent_text};

/// What the ends of a link that changes are called: hosts or routers. Where all links that begin at
/// a place change, its peer's name, if there are but two hosts, or that of all its neighbours.
pub(super) fn ends<'a>(trace: &'a Trace, change: &LinkChange) -> (&'a str, &'a str) {
    let from = trace.place_name(change.from).unwrap_or_default();
    let is_alone = trace.hosts().len() == 2 && trace.routers().is_empty();
    let toward = change.toward.or_else(|| is_alone.then(|| peer_of(trace, change.from)));
    (from, toward.map_or(NEIGHBOURS, |toward| trace.place_name(toward).unwrap_or_default()))
}

/// A rule of a link's, or of those who do something to a packet.
pub(super) fn link_rule(texts: &Texts, rule: &LinkRule, say: Say<'_>) -> String {
    let link = &texts.link;
    let share = |ppm: u32| percent_text(ppm);
    match *rule {
        LinkRule::Loss { loss_ppm } => say(link.loss, &[("loss", Text(&share(loss_ppm)))]),
        LinkRule::BurstLoss { loss_ppm, lasts } => {
            say(link.burst_loss, &[("loss", Text(&share(loss_ppm))), ("lasts", Span(lasts))])
        }
        LinkRule::Unplugged => say(link.unplugged, &[]),
        LinkRule::QueueFull { limit } => {
            say(link.queue_full, &[("limit", Text(&limit_text(texts, limit)))])
        }
        LinkRule::CodelDropped { waited, target } => {
            say(link.codel_dropped, &[("waited", Span(waited)), ("target", Span(target))])
        }
        LinkRule::CodelMarked { waited, target } => {
            say(link.codel_marked, &[("waited", Span(waited)), ("target", Span(target))])
        }
        LinkRule::QueueMarked { at } => {
            say(link.queue_marked, &[("limit", Text(&limit_text(texts, at)))])
        }
        LinkRule::RandomlyMarked { mark_ppm } => {
            say(link.randomly_marked, &[("share", Text(&share(mark_ppm)))])
        }
        LinkRule::TooLong { octets, mtu } => {
            say(link.too_long, &[("octets", Octets(octets)), ("mtu", Octets(mtu.into()))])
        }
        LinkRule::FragmentationNeeded { octets, mtu } => say(
            link.fragmentation_needed,
            &[("octets", Octets(octets)), ("mtu", Octets(mtu.into()))],
        ),
        LinkRule::Fragmented { octets, mtu, fragments } => say(
            link.fragmented,
            &[
                ("octets", Octets(octets)),
                ("mtu", Octets(mtu.into())),
                ("fragments", Count(fragments)),
            ],
        ),
        LinkRule::FragmentLost { offset, fragments } => {
            let offset = u32::from(offset) * 8;
            say(link.fragment_lost, &[("offset", Count(offset)), ("fragments", Count(fragments))])
        }
        LinkRule::Duplicated { duplicate_ppm } => {
            say(link.duplicated, &[("share", Text(&share(duplicate_ppm)))])
        }
        LinkRule::HeldBack { reorder_ppm, by } => {
            say(link.held_back, &[("share", Text(&share(reorder_ppm))), ("by", Span(by))])
        }
        LinkRule::Jitter { by, up_to } => {
            say(link.jitter, &[("by", Span(by)), ("most", Span(up_to))])
        }
        LinkRule::BitFlipped { corrupt_ppm, bit } => {
            say(link.bit_flipped, &[("share", Text(&share(corrupt_ppm))), ("bit", Count(bit))])
        }
        LinkRule::NoRoute => say(link.no_route, &[]),
        LinkRule::DatagramDamaged => say(link.datagram_damaged, &[]),
        LinkRule::Changed { property, value } => changed(link, property, value, say),
        LinkRule::Dropped => say(link.dropped, &[]),
        LinkRule::Delayed { by } => say(link.delayed, &[("by", Span(by))]),
        LinkRule::DuplicatedByHand { by } => say(link.duplicated_by_hand, &[("by", Span(by))]),
        LinkRule::BitFlippedByHand { bit } => say(link.bit_flipped_by_hand, &[("bit", Count(bit))]),
        LinkRule::HeldByHand { until } => {
            say(link.held_by_hand, &[("until", Span(until.since(Instant::ZERO)))])
        }
        LinkRule::Swapped => say(link.swapped, &[]),
    }
}

/// Why octets are no segment.
pub(super) fn octets_rule(texts: &Texts, malformed: &Malformed, say: Say<'_>) -> String {
    let link = &texts.link;
    let sentence = match malformed {
        Malformed::Checksum { layer: Layer::Ipv4, .. } => link.ip_checksum,
        Malformed::Checksum { layer: Layer::Tcp | Layer::Icmp, .. } => link.tcp_checksum,
        Malformed::Truncated { .. }
        | Malformed::NotIpv4 { .. }
        | Malformed::ShortHeader { .. }
        | Malformed::ShortPacket { .. }
        | Malformed::NotTcp { .. }
        | Malformed::Fragment { .. }
        | Malformed::NoIcmpError { .. }
        | Malformed::NothingQuoted => link.unreadable,
    };
    say(sentence, &[])
}

fn changed(link: &Link, kind: PropertyKind, value: Option<u64>, say: Say<'_>) -> String {
    let ppm = |value: u64| percent_text(u32::try_from(value).unwrap_or(u32::MAX));
    let octets = |value: u64| Octets(u32::try_from(value).unwrap_or(u32::MAX));
    let share = value.map(ppm).unwrap_or_default();
    let (name, value) = match kind {
        PropertyKind::Up if value == Some(0) => return say(link.cable_out, &[]),
        PropertyKind::Up => return say(link.cable_in, &[]),
        PropertyKind::Delay => (0, value.map(|value| Span(Duration::from_micros(value)))),
        PropertyKind::Jitter => (1, None),
        PropertyKind::Loss => (2, Some(Text(&share))),
        PropertyKind::Bursts => (3, None),
        PropertyKind::Duplicate => (4, Some(Text(&share))),
        PropertyKind::Reorder => (5, None),
        PropertyKind::Corrupt => (6, Some(Text(&share))),
        PropertyKind::Mark => (7, Some(Text(&share))),
        PropertyKind::Rate => (8, None),
        PropertyKind::Queue => (9, None),
        PropertyKind::Mtu => (10, value.map(octets)),
    };
    let property = ("property", Text(link.properties[name]));
    match value {
        Some(value) => say(link.changed_to, &[property, ("value", value)]),
        None => say(link.changed, &[property]),
    }
}

fn limit_text(texts: &Texts, limit: QueueLimit) -> String {
    match limit {
        QueueLimit::Packets(packets) => format!("{packets}{}", texts.link.packets),
        QueueLimit::Octets(octets) => format!("{octets}{}", texts.octets),
    }
}
