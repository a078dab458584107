//! Where a change to the list of edits first shows.

use super::Timeline;
use crate::RecordId;

impl Timeline {
    /// The first record that is another than in the run before the last change to the list; `None`
    /// where there is none, or that run was too long to be kept.
    #[must_use]
    pub fn first_difference(&self) -> Option<RecordId> {
        let before = self.branches.kept().last()?.trace()?.records();
        let after = self.trace().records();
        let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        after.get(same).map(|record| record.id)
    }
}
