//! Which segment carried which sequence numbers last: what a retransmission repeats.

use std::collections::BTreeMap;

use tcpscope_tcp::SeqNumber;

use crate::counted::Counted;

/// The numbers that one end sent, and which segment carried each of them last.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    counted: Option<Counted>,
    /// By where it begins: where a stretch ends, and the place of the segment that carried it. None
    /// overlaps another.
    stretches: BTreeMap<u64, (u64, usize)>,
}

impl Carried {
    /// The segment of this place carries the numbers from `seq` to before `end`: which was the last
    /// before it that carried any of them?
    pub(super) fn carry(&mut self, seq: SeqNumber, end: SeqNumber, place: usize) -> Option<usize> {
        let counted = self.counted.get_or_insert_with(|| Counted::beginning_at(seq.value()));
        let low = counted.of(seq.value());
        let high = low + u64::from(end.distance_from(seq));
        counted.reach(end.value());
        let mut before: Option<usize> = None;
        let begins_before = self.stretches.range(..low).next_back();
        let reaches_in = begins_before.filter(|(_, (end, _))| *end > low);
        let mut found = reaches_in.or_else(|| self.stretches.range(low..high).next());
        // What is carried anew is cut out of what carried it before.
        while let Some((&begin, &(end, by))) = found {
            before = before.max(Some(by));
            self.stretches.remove(&begin);
            if begin < low {
                self.stretches.insert(begin, (low, by));
            }
            if end > high {
                self.stretches.insert(high, (end, by));
            }
            found = self.stretches.range(low..high).next();
        }
        self.stretches.insert(low, (high, place));
        before
    }
}
