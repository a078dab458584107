//! What the links of a run do, edits included.

use tcpscope_tcp::Instant;

use super::Timeline;
use crate::LinkSetup;

impl Timeline {
    /// A link, by its place in [`crate::Setup::links`], as the scenario, the edits and all changes
    /// up to an instant have made it.
    #[must_use]
    pub fn link_at(&self, place: usize, at: Instant) -> Option<LinkSetup> {
        let mut link = *self.run.plan.setup.links.get(place)?;
        for change in self.run.plan.changes.iter().take_while(|change| change.at <= at) {
            if change.is_of(&link) {
                change.to.apply(&mut link);
            }
        }
        Some(link)
    }
}
