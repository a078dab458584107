//! How a connection's variables went, kept small: what changed, as differences.
//!
//! A change writes a mask of the variables that differ and the differences, as short numbers. Every
//! [`SPACING`]th is written whole, so that any moment is found by halving and a short walk.

use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use tcpscope_tcp::{State, Status};

use super::words::{self, WORDS, Words};
use crate::RecordId;

/// Every so many changes the variables are written whole.
const SPACING: u32 = 32;

/// The variables of one connection, each time they changed: from that record on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct History {
    /// The variables before anything happened.
    initial: Status,
    /// The record of the last change, if there was one. The change is not among the octets yet,
    /// since its record may change them again.
    since: Option<RecordId>,
    /// The variables since then.
    last: Words,
    /// All changes before the last.
    octets: Vec<u8>,
    /// Where variables are written whole.
    wholes: Vec<Whole>,
    /// How many changes are among the octets.
    written: u32,
    /// What the next change is written as the difference to, if it is not written whole.
    base: Words,
    /// The states, each from that record on.
    states: Vec<(RecordId, State)>,
}

/// A place in the octets, where a change is written whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Whole {
    since: RecordId,
    at: u32,
}

impl History {
    /// A connection of which nothing is known but its variables.
    pub(crate) fn new(initial: Status) -> Self {
        Self {
            initial,
            since: None,
            last: words::ZERO,
            octets: Vec::new(),
            wholes: Vec::new(),
            written: 0,
            base: words::ZERO,
            states: Vec::new(),
        }
    }

    /// The variables are these from `record` on. Records come in order.
    pub(crate) fn set(&mut self, record: RecordId, status: &Status) {
        let now = words::words(status);
        if let Some(since) = self.since.filter(|since| *since != record) {
            if self.last.iter().eq(&now) {
                return;
            }
            self.write(since);
        }
        self.since = Some(record);
        self.last = now;
        if self.states.last().is_some_and(|(since, _)| *since == record) {
            self.states.pop();
        }
        if self.states.last().map_or(State::Closed, |(_, state)| *state) != status.state {
            self.states.push((record, status.state));
        }
    }

    /// The record of the first change, if there was one.
    pub(crate) fn first(&self) -> Option<RecordId> {
        self.wholes.first().map(|whole| whole.since).or(self.since)
    }

    /// The last change, if there was one, and the variables since.
    pub(crate) fn last_change(&self) -> Option<(RecordId, Status)> {
        let since = self.since?;
        Some((since, self.at(since)))
    }

    /// The variables once `record` has happened.
    pub(crate) fn at(&self, record: RecordId) -> Status {
        self.find(|since| since <= record)
    }

    /// The variables before `record` happened.
    pub(crate) fn before(&self, record: RecordId) -> Status {
        self.find(|since| since < record)
    }

    /// The states, each from that record on; CLOSED, which it begins in, is left out.
    pub(crate) fn states(&self) -> &[(RecordId, State)] {
        &self.states
    }

    /// Forgets every change from `record` on.
    pub(crate) fn truncate(&mut self, record: RecordId) {
        self.states.truncate(self.states.partition_point(|(since, _)| *since < record));
        if self.since.is_none_or(|since| since < record) {
            return;
        }
        self.wholes.truncate(self.wholes.partition_point(|whole| whole.since < record));
        let Some(whole) = self.wholes.last().copied() else {
            *self = Self::new(self.initial);
            return;
        };
        // The last change that stays is taken out of the octets again.
        let first = (u32::try_from(self.wholes.len()).unwrap_or(u32::MAX) - 1) * SPACING;
        let mut changes = self.changes(whole);
        let (mut kept, mut start, mut base) = (0, whole.at as usize, words::ZERO);
        let mut now = (whole.since, words::ZERO);
        loop {
            let at = changes.at;
            let before = changes.words;
            let Some(since) = changes.next().filter(|since| *since < record) else { break };
            (kept, start, base) = (kept + 1, at, before);
            now = (since, changes.words);
        }
        (self.since, self.last) = (Some(now.0), now.1);
        self.octets.truncate(start);
        self.written = first + kept - 1;
        self.base = if self.written.is_multiple_of(SPACING) { words::ZERO } else { base };
        if self.written.is_multiple_of(SPACING) {
            self.wholes.pop();
        }
    }

    /// Gives back room that was kept for more.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.octets.shrink_to_fit();
        self.wholes.shrink_to_fit();
        self.states.shrink_to_fit();
    }

    /// The variables before anything happened.
    pub(crate) const fn initial(&self) -> &Status {
        &self.initial
    }

    /// The last change for which `past` holds; it holds for all those before it as well.
    fn find(&self, past: impl Fn(RecordId) -> bool) -> Status {
        match self.since {
            None => return self.initial,
            Some(since) if past(since) => return words::status(&self.last),
            Some(_) => {}
        }
        let wholes = self.wholes.partition_point(|whole| past(whole.since));
        let Some(whole) = wholes.checked_sub(1).and_then(|last| self.wholes.get(last)) else {
            return self.initial;
        };
        let mut changes = self.changes(*whole);
        let mut found = words::ZERO;
        while changes.next().is_some_and(&past) {
            found = changes.words;
        }
        words::status(&found)
    }

    /// Writes the last change among the octets.
    fn write(&mut self, since: RecordId) {
        if self.written.is_multiple_of(SPACING) {
            let at = u32::try_from(self.octets.len()).unwrap_or(u32::MAX);
            self.wholes.push(Whole { since, at });
            self.base = words::ZERO;
        }
        write_number(&mut self.octets, u64::from(since.0));
        let mut mask = 0_u64;
        for (at, (word, base)) in self.last.iter().zip(&self.base).enumerate() {
            mask |= u64::from(word != base) << at;
        }
        write_number(&mut self.octets, mask);
        while mask != 0 {
            let at = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            write_number(&mut self.octets, fold(self.last[at].wrapping_sub(self.base[at])));
            self.base[at] = self.last[at];
        }
        self.written += 1;
        if self.written.is_multiple_of(SPACING) {
            self.base = words::ZERO;
        }
    }

    /// The changes from one that is written whole up to the next that is.
    fn changes(&self, whole: Whole) -> Changes<'_> {
        Changes { octets: &self.octets, at: whole.at as usize, words: words::ZERO, left: SPACING }
    }
}

/// What is hashed are the changes, however they are kept: so a digest outlives this file.
impl Hash for History {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let changes = self.written as usize + usize::from(self.since.is_some());
        state.write_usize(changes);
        for whole in &self.wholes {
            let mut changes = self.changes(*whole);
            while let Some(since) = changes.next() {
                (since, words::status(&changes.words)).hash(state);
            }
        }
        if let Some(since) = self.since {
            (since, words::status(&self.last)).hash(state);
        }
    }
}

/// A walk over changes.
struct Changes<'a> {
    octets: &'a [u8],
    at: usize,
    /// The variables after the last change that was passed.
    words: Words,
    left: u32,
}

impl Changes<'_> {
    /// Passes the next change: since when it holds.
    fn next(&mut self) -> Option<RecordId> {
        if self.at >= self.octets.len() {
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        let since = self.number();
        let mut mask = self.number();
        while mask != 0 {
            let at = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            let difference = unfold(self.number());
            if let Some(word) = self.words.get_mut(at.min(WORDS - 1)) {
                *word = word.wrapping_add(difference);
            }
        }
        Some(RecordId(u32::try_from(since).unwrap_or(u32::MAX)))
    }

    /// A number of seven bits an octet, the low ones first.
    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let octet = self.octets.get(self.at).copied().unwrap_or(0);
            self.at += 1;
            number |= u64::from(octet & 0x7f) << shift;
            if octet < 0x80 {
                break;
            }
        }
        number
    }
}

fn write_number(octets: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        octets.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    octets.push((number & 0x7f) as u8);
}

/// A difference as a number that is small where the difference is, up or down.
const fn fold(difference: u64) -> u64 {
    (difference << 1) ^ 0_u64.wrapping_sub(difference >> 63)
}

const fn unfold(number: u64) -> u64 {
    (number >> 1) ^ 0_u64.wrapping_sub(number & 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tcpscope_tcp::{Duration, Instant, SeqNumber};

    /// Variables, some of which differ with each part of `pick`.
    fn status(pick: u64) -> Status {
        let part = |shift: u32| u32::try_from(pick >> shift & 0xff).unwrap_or(0);
        let mut status = Status {
            state: State::ALL[part(0) as usize % State::ALL.len()],
            iss: (part(8) > 9).then(|| SeqNumber::new(part(8) << 24)),
            snd_una: SeqNumber::new(part(16).wrapping_mul(0x0123_4567)),
            cwnd: part(24) * 1460,
            srtt: (part(32) > 9).then(|| Duration::from_micros(u64::from(part(32)))),
            read: u64::from(part(40)) << 40,
            closing: part(48) > 99,
            ..Status::default()
        };
        status.agreed.shifts = (part(48) > 50).then_some((7, 0));
        status.timers[0] = (part(56) > 9).then(|| Instant::from_micros(u64::from(part(56)) << 30));
        if part(56) > 99 {
            status.out_of_order.push(SeqNumber::new(1), SeqNumber::new(u32::MAX));
        }
        status
    }

    proptest! {
        /// What is read is what was set, whatever was forgotten in between; and forgetting leaves
        /// no mark.
        #[test]
        fn what_was_set_is_found(
            steps in prop::collection::vec((0_u32..3, any::<u64>()), 1..200),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut history = History::new(status(0));
            let mut plain: Vec<(RecordId, Status)> = Vec::new();
            let mut record = 0;
            for (apart, pick) in &steps {
                record += apart;
                history.set(RecordId(record), &status(*pick));
                plain.retain(|(since, _)| since.0 != record);
                plain.push((RecordId(record), status(*pick)));
            }
            let found = |plain: &[(RecordId, Status)], record| {
                plain.iter().rfind(|(since, _)| *since <= record).map_or(status(0), |last| last.1)
            };
            for at in (0..=record + 1).map(RecordId) {
                prop_assert_eq!(history.at(at), found(&plain, at));
                let before = at.0.checked_sub(1).map_or(status(0), |at| found(&plain, RecordId(at)));
                prop_assert_eq!(history.before(at), before);
                let state = history.states().iter().rfind(|(since, _)| *since <= at);
                let expected = plain.iter().any(|(since, _)| *since <= at).then(|| found(&plain, at));
                prop_assert_eq!(
                    state.map_or(State::Closed, |(_, state)| *state),
                    expected.map_or(State::Closed, |status| status.state)
                );
            }
            let cut = RecordId(u32::try_from(cut.index(record as usize + 2)).unwrap_or(0));
            let mut again = History::new(status(0));
            for (since, status) in plain.iter().filter(|(since, _)| *since < cut) {
                again.set(*since, status);
            }
            let mut shorter = history.clone();
            shorter.truncate(cut);
            prop_assert_eq!(&shorter, &again);
            for (since, status) in plain.iter().filter(|(since, _)| *since >= cut) {
                shorter.set(*since, status);
                again.set(*since, status);
            }
            prop_assert_eq!(&shorter, &again);
        }
    }

    #[test]
    fn a_change_of_a_few_variables_takes_a_few_octets() {
        let mut history = History::new(Status::default());
        let mut status = Status::default();
        for record in 0..10_000 {
            status.snd_nxt += 1460;
            status.flight += 1460;
            status.timers[0] = Some(Instant::from_micros(u64::from(record) * 100));
            history.set(RecordId(record), &status);
        }
        assert!(history.octets.len() < 130_000, "{}", history.octets.len());
    }
}
