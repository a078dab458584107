//! What is in flight: one entry for each segment that was sent and is not yet acknowledged.
//!
//! The entries lie one behind the other from SND.UNA to SND.NXT, so that each is found by halving.
//! How many octets are in the network, were told of by SACK or are taken for lost is counted as the
//! entries change, and never counted anew. An ACK in order takes entries from the front and nothing
//! else; the deque's room is used again, so that a segment costs no allocation.

mod flown;
#[cfg(test)]
mod tests;

use alloc::collections::VecDeque;

pub(crate) use flown::{Flown, Marks};

use super::DUPLICATE_THRESHOLD;
use crate::{Instant, SackBlocks, SeqNumber};

/// An idle connection keeps room for so many segments.
const IDLE_ROOM: usize = 8;

/// What to do with an entry that is being judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// It is taken for lost.
    Lost,
    /// Nothing is known against it.
    Stays,
    /// Neither against it nor against those behind it.
    Enough,
}

/// All that is in flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scoreboard {
    flown: VecDeque<Flown>,
    pipe: u32,
    /// Octets that SACK has told of, and the segments that they make.
    sacked: u32,
    sacked_segments: u32,
    /// Octets that are to be sent again.
    missing: u32,
    /// Segments that were sent more than once.
    again: u32,
    /// The end of the highest octet that SACK has told of.
    highest_sacked: SeqNumber,
    /// Nothing that is to be sent again lies before this.
    missing_from: SeqNumber,
    /// All before this was judged by SACK already.
    judged_to: SeqNumber,
    /// The blocks of the last ACK: what they cover is marked.
    known: SackBlocks,
}

impl Scoreboard {
    pub(crate) fn is_empty(&self) -> bool {
        self.flown.is_empty()
    }

    pub(crate) fn segments(&self) -> usize {
        self.flown.len()
    }

    /// Octets that are taken to be in the network (RFC 6675 §2).
    pub(crate) const fn pipe(&self) -> u32 {
        self.pipe
    }

    pub(crate) const fn sacked(&self) -> u32 {
        self.sacked
    }

    pub(crate) const fn sacked_segments(&self) -> u32 {
        self.sacked_segments
    }

    /// Octets that are taken for lost and still to be sent again.
    pub(crate) const fn missing(&self) -> u32 {
        self.missing
    }

    /// Whether all in flight was sent once, in the order of its numbers.
    pub(crate) const fn sent_in_order(&self) -> bool {
        self.again == 0
    }

    pub(crate) fn first(&self) -> Option<&Flown> {
        self.flown.front()
    }

    /// The end of the highest octet that SACK has told of; `None` while it has told of none.
    pub(crate) fn highest_sacked(&self) -> Option<SeqNumber> {
        (self.sacked > 0).then_some(self.highest_sacked)
    }

    /// Nothing is in flight any more.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Nothing is in flight, and nothing waits to be: an idle connection is small.
    pub(crate) fn rest(&mut self) {
        self.flown.shrink_to(IDLE_ROOM);
    }

    /// A segment is sent for the first time; it begins where the last one ended.
    pub(crate) fn push(&mut self, seq: SeqNumber, len: u32, marks: Marks, now: Instant) {
        if self.flown.is_empty() {
            self.highest_sacked = seq;
            self.missing_from = seq;
            self.judged_to = seq;
            self.known = SackBlocks::NONE;
        }
        let flown = Flown { seq, len, marks, sent_at: now, first_sent: now };
        self.count(&flown);
        self.flown.push_back(flown);
    }

    /// All before `ack` has arrived. Tells of each segment, or part of one, of which that was not
    /// known before.
    pub(crate) fn acknowledge(&mut self, ack: SeqNumber, mut news: impl FnMut(&Flown)) {
        while let Some(&flown) = self.flown.front() {
            if !flown.seq.before(ack) {
                break;
            }
            if flown.end().after(ack) {
                self.cut(ack);
                continue;
            }
            self.flown.pop_front();
            self.uncount(&flown);
            if !flown.has(Marks::SACKED) {
                news(&flown);
            }
        }
        self.highest_sacked = self.highest_sacked.later_of(ack);
        self.missing_from = self.missing_from.later_of(ack);
        self.judged_to = self.judged_to.later_of(ack);
    }

    /// The peer has `[left, right)`, which lies in what is in flight. Tells of each segment of
    /// which that was not known before; says how many octets they are.
    pub(crate) fn sack(
        &mut self,
        left: SeqNumber,
        right: SeqNumber,
        mut news: impl FnMut(&Flown),
    ) -> u32 {
        let (left, right) = self.without_known(left, right);
        if !left.before(right) {
            return 0;
        }
        let mut octets = 0;
        let mut index = self.index_of(left);
        if self.cut_at(index, left) {
            index += 1;
        }
        while let Some(flown) = self.flown.get(index) {
            if !flown.seq.before(right) {
                break;
            }
            if flown.end().after(right) {
                self.cut_at(index, right);
            }
            let Some(&flown) = self.flown.get(index) else { break };
            if !flown.has(Marks::SACKED) {
                self.mark(index, Marks::SACKED, Marks::empty());
                octets += flown.len;
                news(&flown);
            }
            index += 1;
        }
        if octets > 0 {
            self.highest_sacked = self.highest_sacked.later_of(right);
        }
        octets
    }

    /// All the blocks of an ACK are marked: the next ACK's that say the same need no second look.
    pub(crate) fn remember(&mut self, blocks: SackBlocks) {
        self.known = blocks;
    }

    /// Takes for lost what `IsLost` of RFC 6675 §4 says: three runs, or more than two segments'
    /// octets, were told of by SACK above it.
    pub(crate) fn judge_by_sack(&mut self, mss: u32, mut lost: impl FnMut(&Flown)) {
        let Some(edge) = self.edge_of_lost(mss) else { return };
        let mut index = self.index_of(self.judged_to);
        while let Some(&flown) = self.flown.get(index) {
            if !flown.seq.before(edge) {
                break;
            }
            if !flown.marks.intersects(Marks::SACKED | Marks::LOST) {
                if flown.has(Marks::RESENT) {
                    // It went out again before it was known to be lost.
                    self.mark(index, Marks::LOST, Marks::empty());
                } else {
                    self.lose(index);
                    lost(&flown);
                }
            }
            index += 1;
        }
        self.judged_to = self.judged_to.later_of(edge);
    }

    /// Judges what is in the network, in the order of its numbers.
    pub(crate) fn judge(&mut self, mut judgement: impl FnMut(&Flown) -> Judgement) {
        let mut next = 0;
        loop {
            let mut lost = None;
            for (index, flown) in self.flown.range(next..).enumerate() {
                if !flown.has(Marks::SACKED) && !flown.is_missing() {
                    match judgement(flown) {
                        Judgement::Lost => {
                            lost = Some(next + index);
                            break;
                        }
                        Judgement::Stays => {}
                        Judgement::Enough => return,
                    }
                }
            }
            let Some(index) = lost else { return };
            self.lose(index);
            next = index + 1;
        }
    }

    /// Takes everything for lost that SACK has not told of; or really everything, where SACK may
    /// no longer be believed (RFC 2018 §8).
    pub(crate) fn lose_all(&mut self, forget_sack: bool) {
        for index in 0..self.flown.len() {
            if forget_sack {
                self.mark(index, Marks::empty(), Marks::SACKED);
            }
            if self.flown.get(index).is_some_and(|flown| !flown.has(Marks::SACKED)) {
                self.lose(index);
            }
        }
        if forget_sack && let Some(first) = self.flown.front() {
            self.highest_sacked = first.seq;
            self.known = SackBlocks::NONE;
        }
    }

    /// What was taken for lost is not.
    pub(crate) fn find_all(&mut self) {
        for index in 0..self.flown.len() {
            self.mark(index, Marks::empty(), Marks::LOST | Marks::RESENT);
        }
    }

    /// Takes the first segment for lost.
    pub(crate) fn lose_first(&mut self) {
        self.lose(0);
    }

    /// The first segment that is to be sent again.
    pub(crate) fn next_missing(&mut self) -> Option<Flown> {
        if self.missing == 0 {
            return None;
        }
        let from = self.index_of(self.missing_from);
        let found = self.flown.range(from..).find(|flown| flown.is_missing()).copied();
        if let Some(flown) = found {
            self.missing_from = flown.seq;
        }
        found
    }

    /// The first segment below the highest that SACK has told of which it has not told of itself,
    /// and which was not sent again: rule 3 of RFC 6675's `NextSeg`.
    pub(crate) fn next_doubtful(&self) -> Option<Flown> {
        let highest = self.highest_sacked()?;
        let below = self.flown.iter().take_while(|flown| flown.seq.before(highest));
        below.copied().find(|flown| !flown.marks.intersects(Marks::SACKED | Marks::RESENT))
    }

    /// The last segment that SACK has not told of.
    pub(crate) fn last_unsacked(&self) -> Option<Flown> {
        self.flown.iter().rev().find(|flown| !flown.has(Marks::SACKED)).copied()
    }

    /// The segment at `seq` is sent again, together with as many of those behind it as are in the
    /// same case and fit: at most `most_text` octets, none at or after `edge` (but one at least).
    /// Says what is to be sent.
    pub(crate) fn resend(
        &mut self,
        seq: SeqNumber,
        most_text: u32,
        edge: SeqNumber,
        now: Instant,
    ) -> Option<Flown> {
        let mut index = self.index_of(seq);
        let first = *self.flown.get(index)?;
        let room = if edge.after(first.seq) { edge.distance_from(first.seq) } else { 1 };
        let syn = u32::from(first.has(Marks::SYN));
        let limit = room.min(most_text.max(1) + syn);
        if first.text_len() + syn > limit {
            self.cut(first.seq + limit);
        }
        let case = Marks::LOST | Marks::RESENT | Marks::SACKED;
        let mut sent: Option<Flown> = None;
        while let Some(&flown) = self.flown.get(index) {
            if let Some(so_far) = sent
                && (flown.marks.intersection(case) != first.marks.intersection(case)
                    || so_far.text_len() + flown.text_len() > most_text
                    || flown.end().after(edge))
            {
                break;
            }
            self.mark(index, Marks::AGAIN | Marks::RESENT, Marks::empty());
            if let Some(entry) = self.flown.get_mut(index) {
                entry.sent_at = now;
            }
            sent = Some(match sent {
                Some(so_far) => Flown {
                    len: so_far.len + flown.len,
                    marks: so_far.marks | flown.marks,
                    ..so_far
                },
                None => flown,
            });
            index += 1;
        }
        sent
    }

    /// Takes what is larger than `mss` for lost: the way does not let it through. Says whether
    /// there was any.
    pub(crate) fn lose_larger_than(&mut self, mss: u32) -> bool {
        let before = self.missing;
        for index in 0..self.flown.len() {
            let too_large = self
                .flown
                .get(index)
                .is_some_and(|flown| !flown.has(Marks::SACKED) && flown.text_len() > mss);
            if too_large {
                self.lose(index);
            }
        }
        self.missing != before
    }

    /// Forgets the last segment, which is about to be sent anew as a part of a larger one.
    pub(crate) fn pop_last(&mut self) -> Option<Flown> {
        let last = self.flown.pop_back()?;
        self.uncount(&last);
        Some(last)
    }

    // --- Below: how it is done -----------------------------------------------------------------

    /// Where the last run or octet that makes `IsLost` true begins.
    fn edge_of_lost(&self, mss: u32) -> Option<SeqNumber> {
        let to = self.index_of(self.highest_sacked()?);
        let (mut octets, mut runs, mut in_run) = (0, 0, false);
        for flown in self.flown.range(..to).rev() {
            let sacked = flown.has(Marks::SACKED);
            if sacked {
                octets += flown.len;
                runs += u32::from(!in_run);
                if runs >= DUPLICATE_THRESHOLD || octets > (DUPLICATE_THRESHOLD - 1) * mss {
                    return Some(flown.seq);
                }
            }
            in_run = sacked;
        }
        None
    }

    /// What of `[left, right)` the blocks of the last ACK did not tell already.
    fn without_known(&self, left: SeqNumber, right: SeqNumber) -> (SeqNumber, SeqNumber) {
        let (mut from, mut to) = (left, right);
        for &(known_left, known_right) in self.known.blocks() {
            if known_left.at_or_before(from) && from.before(known_right) {
                from = known_right;
            }
            if known_left.before(to) && to.at_or_before(known_right) {
                to = known_left;
            }
        }
        (from, to)
    }

    /// The entry that holds `seq`, or the first after it.
    fn index_of(&self, seq: SeqNumber) -> usize {
        self.flown.partition_point(|flown| flown.end().at_or_before(seq))
    }

    /// Makes one entry end and another begin at `seq`.
    fn cut(&mut self, seq: SeqNumber) {
        self.cut_at(self.index_of(seq), seq);
    }

    /// The same, where it is known which entry holds `seq`. Says whether it had to be cut.
    fn cut_at(&mut self, index: usize, seq: SeqNumber) -> bool {
        let Some(&whole) = self.flown.get(index) else { return false };
        if !whole.seq.before(seq) {
            return false;
        }
        let first = seq.distance_from(whole.seq);
        let head = Flown {
            len: first,
            marks: whole.marks.difference(Marks::FIN | Marks::PUSHED),
            ..whole
        };
        let tail = Flown {
            seq,
            len: whole.len - first,
            marks: whole.marks.difference(Marks::SYN),
            ..whole
        };
        self.uncount(&whole);
        self.count(&head);
        self.count(&tail);
        if let Some(entry) = self.flown.get_mut(index) {
            *entry = head;
        }
        self.flown.insert(index + 1, tail);
        true
    }

    fn lose(&mut self, index: usize) {
        if let Some(flown) = self.flown.get(index)
            && flown.seq.before(self.missing_from)
        {
            self.missing_from = flown.seq;
        }
        self.mark(index, Marks::LOST, Marks::RESENT);
    }

    fn mark(&mut self, index: usize, on: Marks, off: Marks) {
        let Some(entry) = self.flown.get_mut(index) else { return };
        let before = *entry;
        entry.marks = entry.marks.difference(off).union(on);
        let after = *entry;
        self.uncount(&before);
        self.count(&after);
    }

    fn count(&mut self, flown: &Flown) {
        self.pipe += flown.in_pipe();
        self.again += u32::from(flown.has(Marks::AGAIN));
        if flown.has(Marks::SACKED) {
            self.sacked += flown.len;
            self.sacked_segments += 1;
        } else if flown.is_missing() {
            self.missing += flown.len;
        }
    }

    fn uncount(&mut self, flown: &Flown) {
        self.pipe -= flown.in_pipe();
        self.again -= u32::from(flown.has(Marks::AGAIN));
        if flown.has(Marks::SACKED) {
            self.sacked -= flown.len;
            self.sacked_segments -= 1;
        } else if flown.is_missing() {
            self.missing -= flown.len;
        }
    }
}
