//! What a receiver holds beyond its acknowledgment number, as its ACK says (RFC 2018): a strip on
//! the ACK's arrow, from that number to the highest that is held. Filled is held, hollow is
//! missing.

use tcpscope_sim::{PacketIndex, Trace};
use tcpscope_tcp::{Segment, SeqNumber};

use super::{Arrow, LabelLevel, SackMark};
use crate::{Bases, Numbers, Point};

/// How long a strip is, and how far from the arrow's point it ends.
const LONG: f64 = 44.0;
const BEFORE_END: f64 = 14.0;
/// Half of how high it is: no higher than what is left free below a label.
const HALF: f64 = 3.0;
/// A block is seen however few octets it holds.
const LEAST: f64 = 2.5;
/// Drawn smaller, arrows are too near to each other.
const LEAST_ZOOM: f64 = 0.5;

/// The strips of these arrows, at the levels of detail that tell of SACK.
pub(super) fn marks(
    trace: &Trace,
    arrows: &[Arrow],
    level: LabelLevel,
    zoom: f64,
) -> Vec<SackMark> {
    if level == LabelLevel::Short || zoom < LEAST_ZOOM {
        return Vec::new();
    }
    arrows.iter().filter_map(|arrow| mark(trace, arrow)).collect()
}

fn mark(trace: &Trace, arrow: &Arrow) -> Option<SackMark> {
    let [from, to] = arrow.stretches().last()?;
    let length = from.distance(to);
    if !arrow.fate.arrives() || length < LONG + 4.0 * BEFORE_END {
        return None;
    }
    let (begin, blocks) = spans(&trace.packet(arrow.packet).segment)?;
    let end = blocks.iter().map(|block| block.1).max().filter(|end| *end > begin)?;
    // It reads from left to right, whichever way the arrow goes.
    let near = to.toward(from, BEFORE_END / length);
    let far = to.toward(from, (BEFORE_END + LONG) / length);
    let (left, right) = if near.x < far.x { (near, far) } else { (far, near) };
    let up = Point::new((right.y - left.y) / LONG * HALF, (left.x - right.x) / LONG * HALF);
    let part = |at: i64| {
        f64::from(u32::try_from(at - begin).unwrap_or(u32::MAX))
            / f64::from(u32::try_from(end - begin).unwrap_or(u32::MAX).max(1))
    };
    let piece = |from: f64, to: f64| {
        let (a, b) = (left.toward(right, from), left.toward(right, to));
        let aside = |at: Point, times: f64| Point::new(at.x + up.x * times, at.y + up.y * times);
        [aside(a, 1.0), aside(b, 1.0), aside(b, -1.0), aside(a, -1.0)]
    };
    let block = |&(from, to): &(i64, i64)| {
        let (from, to) = (part(from), part(to));
        let to = to.max(from + LEAST / LONG).min(1.0);
        piece(from.min(to - LEAST / LONG), to)
    };
    Some(SackMark {
        packet: arrow.packet,
        frame: piece(0.0, 1.0),
        blocks: blocks.iter().map(block).collect(),
        tense: arrow.tense,
    })
}

/// Where the strip begins and its blocks, counted from the acknowledgment number.
fn spans(segment: &Segment) -> Option<(i64, Vec<(i64, i64)>)> {
    let ack = segment.ack?;
    let from_ack = |number: SeqNumber| i64::from(number.distance_from(ack).cast_signed());
    let blocks: Vec<_> = segment
        .options
        .sack
        .blocks()
        .iter()
        .map(|(left, right)| (from_ack(*left), from_ack(*right)))
        .filter(|(left, right)| left < right)
        .collect();
    let begin = blocks.iter().map(|block| block.0).min()?.min(0);
    Some((begin, blocks))
}

/// What an ACK tells by SACK: what is held, what is missing, what came twice (RFC 2883 §4); each
/// as ranges of numbers. None where it tells nothing.
#[must_use]
pub fn sack_told(trace: &Trace, index: PacketIndex, numbers: Numbers) -> Option<[String; 3]> {
    let packet = trace.packet(index);
    let (_, mut blocks) = spans(&packet.segment)?;
    let ack = packet.segment.ack?;
    let base = Bases::of(trace, packet.id.from, packet.sent_by, numbers).receive;
    let twice: Vec<_> = blocks.iter().copied().filter(|block| block.1 <= 0).collect();
    blocks.retain(|block| block.1 > 0);
    blocks.sort_unstable();
    let mut missing = Vec::new();
    let mut up_to = 0;
    for (left, right) in &blocks {
        if *left > up_to {
            missing.push((up_to, *left));
        }
        up_to = up_to.max(*right);
    }
    let listed = |ranges: &[(i64, i64)]| {
        let number = |at: i64| {
            let at = u32::try_from(at.rem_euclid(1 << 32)).unwrap_or_default();
            (ack + at).distance_from(base).to_string()
        };
        let ranges: Vec<_> =
            ranges.iter().map(|(from, to)| number(*from) + "–" + &number(*to)).collect();
        ranges.join(", ")
    };
    Some([listed(&blocks), listed(&missing), listed(&twice)])
}
