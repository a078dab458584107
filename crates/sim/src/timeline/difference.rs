//! Where a change to the list of edits first shows.

use super::Timeline;
use crate::RecordId;

/// Where a run first differs from the one before the last change to the list of edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Nowhere: they are the same.
    Nowhere,
    /// From this record on.
    From(RecordId),
    /// It is the same as far as it goes, and ends sooner.
    EndsSooner,
    /// That run was too long to be kept.
    Unknown,
}

impl Timeline {
    /// Where the run first differs from the one before the last change to the list.
    #[must_use]
    pub fn first_difference(&self) -> Difference {
        let before = self.branches.kept().last().and_then(crate::Branch::trace);
        let Some(before) = before.map(crate::Trace::records) else { return Difference::Unknown };
        let after = self.trace().records();
        let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        match after.get(same) {
            Some(record) => Difference::From(record.id),
            None if same < before.len() => Difference::EndsSooner,
            None => Difference::Nowhere,
        }
    }
}
