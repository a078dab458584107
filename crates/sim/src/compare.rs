//! Two runs side by side: where they part, why, and what corresponds to what afterwards.

use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use siphasher::sip::SipHasher13;

use crate::{Record, RecordId, RecordKind, TimerEvent, Trace};

/// What two runs have in common, and what not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Where they part; `None` where they are the same to the end.
    pub first: Option<Divergence>,
    /// All records from there on, in an order in which both runs stay in order.
    pub rows: Vec<Row>,
}

/// Where two runs part. Every record before is the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The first record of one run that is not the other's; `None` where that run is over.
    pub a: Option<RecordId>,
    /// The same of the other run.
    pub b: Option<RecordId>,
    /// The causes behind `a`: what caused it, what caused that, and so on.
    pub behind_a: Vec<RecordId>,
    /// The causes behind `b`.
    pub behind_b: Vec<RecordId>,
}

/// Records that stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Row {
    /// The same happened in both, if perhaps not at the same time.
    Both {
        /// In one.
        a: RecordId,
        /// In the other.
        b: RecordId,
    },
    /// It happened in one run alone.
    OnlyA(RecordId),
    /// It happened in the other run alone.
    OnlyB(RecordId),
}

impl Trace {
    /// What caused a record, what caused that, and so on to where an application began by itself.
    pub fn causes(&self, record: RecordId) -> impl Iterator<Item = RecordId> + '_ {
        let cause = |record: RecordId| self.records().get(record.index())?.cause;
        core::iter::successors(cause(record), move |before| cause(*before))
    }
}

/// Compares two runs: of the same hosts, else there is little that can correspond.
///
/// What is the same up to the first difference is passed over. After it, records correspond that
/// are about the same packet, by its id, or that followed in the same way from such ones; and only
/// as long as both runs stay in order.
#[must_use]
pub fn compare(a: &Trace, b: &Trace) -> Comparison {
    let pairs = a.records().iter().zip(b.records());
    let alike = pairs.take_while(|(one, other)| is_same(a, one, b, other)).count();
    let behind = |trace: &Trace, record: Option<RecordId>| {
        record.map_or_else(Vec::new, |record| trace.causes(record).collect())
    };
    let at = |trace: &Trace| trace.records().get(alike).map(|record| record.id);
    let first = (at(a).is_some() || at(b).is_some()).then(|| Divergence {
        a: at(a),
        b: at(b),
        behind_a: behind(a, at(a)),
        behind_b: behind(b, at(b)),
    });
    Comparison { first, rows: rows(a, b, alike) }
}

/// Whether the same happened, in the same place of both runs and for the same reasons.
fn is_same(a: &Trace, one: &Record, b: &Trace, other: &Record) -> bool {
    let what_is_sent = |trace: &Trace, record: &Record| {
        let packet = record.kind.packet().map(|packet| trace.packet(packet).clone());
        packet.map(|packet| (packet.id, packet.segment))
    };
    one == other
        && a.whys(one.id) == b.whys(other.id)
        && what_is_sent(a, one) == what_is_sent(b, other)
}

/// The records from place `from` on, beside each other.
fn rows(a: &Trace, b: &Trace, from: usize) -> Vec<Row> {
    let (left, right) = (tail(a, from), tail(b, from));
    let mut rows = Vec::with_capacity(left.len().max(right.len()));
    let apart = |left: &[Record], right: &[Record], rows: &mut Vec<Row>| {
        let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
        loop {
            let in_a = match (left.peek(), right.peek()) {
                (Some(one), Some(other)) => one.at <= other.at,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => return,
            };
            rows.extend(if in_a {
                left.next().map(|record| Row::OnlyA(record.id))
            } else {
                right.next().map(|record| Row::OnlyB(record.id))
            });
        }
    };
    let (mut next_left, mut next_right) = (0, 0);
    for (one, other) in in_order(&partners(a, left, b, right)) {
        apart(&left[next_left..one], &right[next_right..other], &mut rows);
        rows.push(Row::Both { a: left[one].id, b: right[other].id });
        (next_left, next_right) = (one + 1, other + 1);
    }
    apart(&left[next_left..], &right[next_right..], &mut rows);
    rows
}

fn tail(trace: &Trace, from: usize) -> &[Record] {
    trace.records().get(from..).unwrap_or(&[])
}

/// Which places of two lists of records mean the same, in the order of the first list: those that
/// mean the same several times pair off in order.
fn partners(a: &Trace, left: &[Record], b: &Trace, right: &[Record]) -> Vec<(usize, usize)> {
    let (left, right) = (meanings(a, left), meanings(b, right));
    let mut pairs = Vec::with_capacity(left.len().min(right.len()));
    let (mut ones, mut others) = (left.iter().peekable(), right.iter().peekable());
    while let (Some((one, at)), Some((other, beside))) = (ones.peek(), others.peek()) {
        if one == other {
            pairs.push((*at, *beside));
        }
        let (on, other_on) = (one <= other, other <= one);
        if on {
            ones.next();
        }
        if other_on {
            others.next();
        }
    }
    pairs.sort_unstable();
    pairs
}

/// What each record means, with its place, ordered by the first.
fn meanings(trace: &Trace, records: &[Record]) -> Vec<(u64, usize)> {
    let mut event = None;
    let mut meanings: Vec<(u64, usize)> = records
        .iter()
        .enumerate()
        .map(|(place, record)| {
            let begins = event.is_none_or(|(event, _)| event != record.event);
            let own = meaning(trace, record, event.filter(|_| !begins).map(|(_, meaning)| meaning));
            if begins {
                event = Some((record.event, own));
            }
            (own, place)
        })
        .collect();
    meanings.sort_unstable();
    meanings
}

/// What a record means, whatever run it is in: a packet by its id, anything else by what it is and
/// by what its step began with. No number in it depends on what happened before.
fn meaning(trace: &Trace, record: &Record, step: Option<u64>) -> u64 {
    let mut hasher = SipHasher13::new();
    record.host.hash(&mut hasher);
    if let Some(packet) = record.kind.packet() {
        (record.kind.name(), trace.packet(packet).id).hash(&mut hasher);
    } else {
        step.hash(&mut hasher);
        if let RecordKind::Timer { timer, event } = &record.kind {
            let event = match event {
                TimerEvent::Set(_) => 0_u8,
                TimerEvent::Stopped => 1,
                TimerEvent::Expired => 2,
            };
            (timer, event).hash(&mut hasher);
        } else {
            record.kind.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The most pairs, out of those ordered by their first part, that are in order in both parts: the
/// longest rising sequence.
fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best sequence of each length, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (place, (_, beside)) in pairs.iter().enumerate() {
        let shorter = ends.partition_point(|end| pairs[*end].1 < *beside);
        before.push(shorter.checked_sub(1).map(|last| ends[last]));
        if shorter == ends.len() {
            ends.push(place);
        } else {
            ends[shorter] = place;
        }
    }
    let mut chosen: Vec<(usize, usize)> =
        core::iter::successors(ends.last().copied(), |place| before[*place])
            .map(|place| pairs[place])
            .collect();
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_sequence_is_kept() {
        let beside = [5, 0, 1, 9, 2, 8, 3];
        let pairs: Vec<(usize, usize)> = beside.into_iter().enumerate().collect();
        assert_eq!(in_order(&pairs), [(1, 0), (2, 1), (4, 2), (6, 3)]);
        assert_eq!(in_order(&[]), []);
    }
}
