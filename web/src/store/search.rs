//! The search of the log: what is looked for, and which records it holds for.

use std::cell::OnceCell;

use tcpscope_sim::{RecordId, Trace};
use tcpscope_view::{Locale, Numbers, Query, Said, SearchError};

use super::Direction;

/// Queries to begin with.
pub(crate) const EXAMPLES: [&str; 8] = [
    "flags.syn",
    "flags.syn && flags.ack",
    "retransmission || lost",
    "state == ESTABLISHED",
    "host == client && len > 0",
    "timer.expired",
    "rule contains \"nagle\"",
    "!call && time > 40ms",
];

/// What is looked for in the log, and what was found.
#[derive(Default)]
pub(crate) struct Search {
    query: String,
    /// Whether the log shows records that do not match.
    shows_others: bool,
    outcome: Finding,
    /// What the log says of the run, once words were looked for in it.
    said: OnceCell<Said>,
}

/// What came of a search.
#[derive(Default)]
pub(crate) enum Finding {
    /// Nothing is looked for.
    #[default]
    Idle,
    /// The records that match, in order.
    Found(Vec<RecordId>),
    /// The query cannot be understood.
    Wrong(SearchError),
}

impl Search {
    /// What is looked for, as it was written.
    pub(crate) fn query(&self) -> &str {
        &self.query
    }

    /// What came of it.
    pub(crate) const fn outcome(&self) -> &Finding {
        &self.outcome
    }

    /// Whether the log shows matches alone.
    pub(crate) const fn only_matches(&self) -> bool {
        !self.shows_others
    }

    /// The records that match, where something is looked for.
    pub(crate) fn found(&self) -> Option<&[RecordId]> {
        match &self.outcome {
            Finding::Found(found) => Some(found),
            Finding::Idle | Finding::Wrong(_) => None,
        }
    }

    /// The records that the log shows, where it does not show all.
    pub(crate) fn shown(&self) -> Option<&[RecordId]> {
        self.found().filter(|_| self.only_matches())
    }

    /// Whether a record matches.
    pub(crate) fn is_match(&self, record: RecordId) -> bool {
        self.found().is_some_and(|found| found.binary_search(&record).is_ok())
    }

    /// The match after or before a record; from the last on, the first.
    pub(crate) fn from(&self, record: RecordId, direction: Direction) -> Option<RecordId> {
        let found = self.found()?;
        match direction {
            Direction::On => {
                let after = found.partition_point(|found| *found <= record);
                found.get(after).or_else(|| found.first())
            }
            Direction::Back => {
                let before = found.partition_point(|found| *found < record);
                let before = before.checked_sub(1).and_then(|before| found.get(before));
                before.or_else(|| found.last())
            }
        }
        .copied()
    }

    pub(super) fn write(&mut self, query: String) {
        self.query = query;
    }

    pub(super) const fn toggle_others(&mut self) {
        self.shows_others = !self.shows_others;
    }

    /// The run is another: what was said of it counts no more.
    pub(super) fn forget_run(&mut self) {
        self.said.take();
    }

    /// Looks through a run.
    pub(super) fn look(&mut self, trace: &Trace, locale: Locale, numbers: Numbers) {
        self.outcome = if self.query.trim().is_empty() {
            Finding::Idle
        } else {
            match Query::parse(&self.query, trace) {
                Ok(query) => Finding::Found(query.search(trace, locale, numbers, &mut self.said)),
                Err(error) => Finding::Wrong(error),
            }
        };
    }
}
