//! While a round, a review or a set waits for an answer, no other run is shown: it may be the same one,
//! and tell the answer.

use super::{Asked, Reviewing, Session};

/// What the reader wanted to see instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One of the page's own scenarios, by its id.
    Scenario(String),
    /// The same one with another seed.
    Seed(u64),
    /// One that was changed in the sandbox: the change is to be made again.
    Changed,
}

impl Session {
    /// Whether a round, a review or a set waits for an answer.
    pub(crate) fn is_held(&self) -> bool {
        let round = self.interviewing.round.as_ref().and_then(|round| round.asked.as_ref());
        let review = self.interviewing.reviewing.as_ref().and_then(Reviewing::asked);
        let of_set = self.sets.taking.iter().flat_map(|taking| &taking.asked);
        of_set.chain(round).chain(review).any(Asked::is_open)
    }
}
