//! The timers of all connections.

use super::{Host, Outbox};
use crate::Instant;

impl Host {
    /// When the next timer runs out.
    pub fn next_timeout(&mut self) -> Option<Instant> {
        self.connections.first_due().map(|(at, _)| at)
    }

    /// Runs all timers that are due at or before `now`, each at its own time, in order. Those
    /// that run out at once do so in an order that is always the same.
    pub fn run_timers(&mut self, now: Instant, out: &mut Outbox) {
        self.observe(out);
        while let Some((at, id)) = self.connections.first_due()
            && at <= now
        {
            let Some(entry) = self.connections.get_mut(id) else { return };
            let Some((timer, _)) = entry.connection.next_timeout() else { return };
            out.lend(at, entry.way(self.config.address), self.effects.gathered());
            entry.connection.timeout(at, timer, &mut self.effects);
            self.settle(at, id, out);
        }
    }
}
