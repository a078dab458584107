//! What waits at the links that a flow's packets take.

use tcpscope_sim::{HostId, LinkRule, Packet, RecordId, RecordKind, Trace, Why};
use tcpscope_tcp::Instant;

use super::{PlotFlow, Track, TrackKind, point};
use crate::axis::pixels;
use crate::order::sorted;

/// From where to where.
type Link = (HostId, HostId);

/// A packet's stay at the beginning of a link: when it comes, and when it begins to move.
struct Stay {
    link: Link,
    comes: Instant,
    departs: Instant,
}

/// The links, and what waits at each in packets: those of all flows, since they wait together.
pub(super) fn tracks(trace: &Trace, flows: &[PlotFlow]) -> (Vec<Link>, Vec<Track>) {
    let links = links_of(trace, flows);
    let mut tracks = Vec::new();
    for (place, link) in links.iter().enumerate() {
        let mut changes = Vec::new();
        for packet in trace.packets() {
            for stay in stays(packet).into_iter().filter(|stay| stay.link == *link) {
                if stay.departs > stay.comes {
                    changes.push((stay.comes, 1_i64));
                    changes.push((stay.departs, -1));
                }
            }
        }
        let mut waiting =
            Track { kind: TrackKind::Waiting, flow: place, ghost: false, points: vec![] };
        let mut many = 0_i64;
        let at_first = point(Instant::ZERO, RecordId(0), 0, None);
        waiting.points.push(at_first);
        for (at, change) in sorted(changes, |(at, _)| pixels(at.as_micros())) {
            many += change;
            let record = trace.at(at).record;
            let next = point(at, record, u64::try_from(many).unwrap_or(0), None);
            match waiting.points.last_mut() {
                Some(last) if last.at == at => *last = next,
                Some(_) | None => waiting.points.push(next),
            }
        }
        let end = trace.duration();
        if let Some(last) = waiting.points.last().copied().filter(|last| last.at < end) {
            waiting.points.push(super::PlotPoint { at: end, ..last });
        }
        let marks = marks(trace, *link, &waiting, place);
        tracks.push(waiting);
        tracks.extend(marks);
    }
    (links, tracks)
}

/// The links on the ways of the flows' packets, in the order in which they are met.
fn links_of(trace: &Trace, flows: &[PlotFlow]) -> Vec<Link> {
    let mut links = Vec::new();
    for record in trace.records() {
        let RecordKind::Transmit { packet } = record.kind else { continue };
        if flows.iter().any(|flow| Some(flow.sender) == record.connection) {
            for stay in stays(trace.packet(packet)) {
                if !links.contains(&stay.link) {
                    links.push(stay.link);
                }
            }
        }
    }
    links
}

/// Where a packet stays, link after link.
fn stays(packet: &Packet) -> Vec<Stay> {
    let hops = packet.hops();
    let nexts = hops.iter().map(|hop| hop.router).chain([packet.to]);
    let first = (packet.id.from, packet.sent, packet.departs);
    let comes = [first].into_iter().chain(hops.iter().map(|h| (h.router, h.comes, h.departs)));
    let mut stays: Vec<_> = comes
        .zip(nexts)
        .map(|((from, comes, departs), to)| Stay { link: (from, to), comes, departs })
        .collect();
    // What a queue drops has stayed up to then.
    if let Some(last) =
        stays.last_mut().filter(|_| packet.fate.is_lost() && packet.reached_ppm == 0)
    {
        last.departs = last.departs.max(packet.ends);
    }
    stays
}

/// What the link's queue drops, and what is marked on it.
fn marks(trace: &Trace, link: Link, waiting: &Track, place: usize) -> [Track; 2] {
    let empty = |kind| Track { kind, flow: place, ghost: false, points: vec![] };
    let (mut drops, mut marked) = (empty(TrackKind::QueueDrop), empty(TrackKind::QueueMark));
    for record in trace.records() {
        let (RecordKind::Lost { packet, .. } | RecordKind::Impaired { packet }) = record.kind
        else {
            continue;
        };
        let track = trace.whys(record.id).iter().find_map(|why| match why {
            Why::Link(LinkRule::QueueFull { .. } | LinkRule::CodelDropped { .. }) => Some(true),
            Why::Link(
                LinkRule::CodelMarked { .. }
                | LinkRule::QueueMarked { .. }
                | LinkRule::RandomlyMarked { .. },
            ) => Some(false),
            Why::Link(_) | Why::Tcp(_) | Why::Octets(_) | Why::Host(_) => None,
        });
        let stay = stays(trace.packet(packet))
            .into_iter()
            .find(|stay| stay.comes <= record.at && record.at <= stay.departs);
        if let (Some(is_drop), Some(stay)) = (track, stay)
            && stay.link == link
        {
            let past = waiting.points.partition_point(|point| point.at <= record.at);
            let many = waiting.points.get(past.saturating_sub(1)).map_or(0, |point| point.high);
            let track = if is_drop { &mut drops } else { &mut marked };
            track.points.push(point(record.at, record.id, many, Some(packet)));
        }
    }
    [drops, marked]
}
