//! What is hidden while a question is open: all that follows its moment, in every view at once. The
//! run that is shown then ends there, so that no view can tell more than has happened.

use tcpscope_sim::{BranchId, RecordId, Trace};
use tcpscope_tcp::Instant;

/// A run, and those compared with it, up to a moment.
pub(crate) struct Veil {
    /// The last record that shows.
    record: RecordId,
    /// When it happens.
    at: Instant,
    trace: Trace,
    /// The runs that are compared, up to the same time.
    others: Vec<(BranchId, Trace)>,
    /// Whether the times at which timers run out are hidden too.
    withholds_timers: bool,
}

impl Veil {
    /// A run up to a record.
    pub(super) fn new(whole: &Trace, record: RecordId, withholds_timers: bool) -> Self {
        let at = whole.moment_of(record).at;
        Self { record, at, trace: whole.until(record), others: Vec::new(), withholds_timers }
    }

    /// Whether the times at which timers run out are hidden too.
    pub(super) const fn withholds_timers(&self) -> bool {
        self.withholds_timers
    }

    /// The last record that shows.
    pub(super) const fn record(&self) -> RecordId {
        self.record
    }

    /// What shows.
    pub(super) const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What shows of a run that is compared.
    pub(super) fn other(&self, id: BranchId) -> Option<&Trace> {
        self.others.iter().find(|(other, _)| *other == id).map(|(_, trace)| trace)
    }

    /// Another run up to the same time.
    pub(super) fn cut(&self, other: &Trace) -> Trace {
        other.until(other.at(self.at).record)
    }

    /// The same over a run that was changed: up to the record where it is at the same time still,
    /// else up to the last one by then.
    pub(super) fn drawn_anew(self, whole: &Trace, others: Vec<(BranchId, Trace)>) -> Self {
        let same = whole.records().get(self.record.index()).is_some_and(|it| it.at == self.at);
        let shows = if same { self.record } else { whole.at(self.at).record };
        Self { trace: whole.until(shows), others, ..self }
    }
}
