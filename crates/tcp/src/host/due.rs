//! By when connections want to be looked at.

use alloc::collections::BTreeSet;

use super::table::ConnId;
use crate::Instant;

/// The connections by when their timers run out. The first stands apart: while a host has few of
/// them, or one that is busy, its timers are put off without a search.
#[derive(Clone, Debug, Default)]
pub(super) struct Due {
    first: Option<(Instant, ConnId)>,
    /// All others, none of which is before the first.
    rest: BTreeSet<(Instant, ConnId)>,
}

impl Due {
    pub(super) const fn first(&self) -> Option<(Instant, ConnId)> {
        self.first
    }

    pub(super) fn remove(&mut self, due: (Instant, ConnId)) {
        if self.first == Some(due) {
            self.first = self.rest.pop_first();
        } else {
            self.rest.remove(&due);
        }
    }

    /// Adds one that is not there yet.
    pub(super) fn insert(&mut self, due: (Instant, ConnId)) {
        match self.first {
            Some(first) if first <= due => {
                self.rest.insert(due);
            }
            Some(first) => {
                self.rest.insert(first);
                self.first = Some(due);
            }
            None => self.first = Some(due),
        }
    }
}
