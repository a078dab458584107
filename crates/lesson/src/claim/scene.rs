//! What an expression is about: the runs of a lesson, and a moment of one of them.

use tcpscope_sim::{PacketIndex, RecordId, RecordKind, Setup, Timeline, Trace};

/// A run of a lesson, from its first call to its end.
#[derive(Clone, Debug)]
pub struct Take {
    /// The name; `main` is the scenario as it is.
    pub id: String,
    /// What was run.
    pub timeline: Timeline,
}

impl Take {
    /// The run.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        self.timeline.trace()
    }

    /// Its setup.
    #[must_use]
    pub const fn setup(&self) -> &Setup {
        self.timeline.setup()
    }
}

/// The runs of a lesson, the scenario as it is first.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// The runs.
    pub takes: Vec<Take>,
}

impl Runs {
    /// The name of the scenario as it is, among the runs.
    pub const MAIN: &str = "main";

    /// The place of the run of this name.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<usize> {
        self.takes.iter().position(|take| take.id == id)
    }
}

/// Where a stop was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopFound {
    /// The stop's name.
    pub id: String,
    /// The place of its run.
    pub run: usize,
    /// The record that it means.
    pub record: RecordId,
    /// The last record of the step that this belongs to: what the page shows.
    pub last: RecordId,
}

/// A moment of a run.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    runs: &'a Runs,
    stops: &'a [StopFound],
    run: usize,
    /// The record that the moment is about.
    record: RecordId,
    /// The last record that has happened; `None`: none yet.
    last: Option<RecordId>,
}

impl<'a> Scene<'a> {
    /// The moment of a stop; `stops` are those before it.
    ///
    /// The run that it is of has to be there.
    #[must_use]
    pub const fn new(runs: &'a Runs, stops: &'a [StopFound], stop: &StopFound) -> Self {
        Self { runs, stops, run: stop.run, record: stop.record, last: Some(stop.last) }
    }

    /// The end of the scenario as it is.
    #[must_use]
    pub fn end_of(runs: &'a Runs, stops: &'a [StopFound]) -> Option<Self> {
        let record = runs.takes.first()?.trace().records().last()?.id;
        Some(Self { runs, stops, run: 0, record, last: Some(record) })
    }

    pub(crate) fn trace(&self) -> &'a Trace {
        self.runs.takes[self.run].trace()
    }

    pub(crate) const fn runs(&self) -> &'a Runs {
        self.runs
    }

    pub(crate) const fn last(&self) -> Option<RecordId> {
        self.last
    }

    /// The earlier stop of this name.
    pub(super) fn stop(&self, id: &str) -> Option<Self> {
        let stop = self.stops.iter().find(|stop| stop.id == id)?;
        Some(Self { run: stop.run, record: stop.record, last: Some(stop.last), ..*self })
    }

    /// The names of the stops that may be asked for.
    pub(super) fn stop_names(&self) -> impl Iterator<Item = &'a str> {
        self.stops.iter().map(|stop| stop.id.as_str())
    }

    /// The same run, once a record has happened.
    pub(crate) const fn at(&self, record: RecordId) -> Self {
        Self { record, last: Some(record), ..*self }
    }

    /// The same run at its end.
    pub(super) fn end(&self) -> Self {
        self.trace().records().last().map_or(*self, |record| self.at(record.id))
    }

    /// The same run before the step that the moment belongs to.
    pub(super) fn before(&self) -> Self {
        let start = self.trace().event_of(self.record).start;
        let last = start.checked_sub(1).and_then(|last| u32::try_from(last).ok()).map(RecordId);
        Self { last, ..*self }
    }

    /// Another run at the same instant.
    pub(super) fn in_run(&self, run: usize) -> Self {
        let at = self.last.map(|last| self.trace().record(last).at);
        let other = Self { run, ..*self };
        let last = at.map(|at| other.trace().at(at).record);
        Self { record: last.unwrap_or(RecordId(0)), last, ..other }
    }

    /// The packet that the moment is about: its record's own, or else the first that is sent in its
    /// step, or else the one that arrives.
    pub(crate) fn segment(&self) -> Option<PacketIndex> {
        let own = self.trace().records().get(self.record.index())?.kind.packet();
        own.or_else(|| self.sent()).or_else(|| self.received())
    }

    /// The first packet that is sent in the step.
    pub(super) fn sent(&self) -> Option<PacketIndex> {
        self.in_step(|kind| match kind {
            RecordKind::Transmit { packet } => Some(*packet),
            _ => None,
        })
    }

    /// The packet that arrives in the step.
    pub(super) fn received(&self) -> Option<PacketIndex> {
        self.in_step(|kind| match kind {
            RecordKind::Arrive { packet } => Some(*packet),
            _ => None,
        })
    }

    fn in_step(&self, of: impl Fn(&RecordKind) -> Option<PacketIndex>) -> Option<PacketIndex> {
        let records = self.trace().records();
        records.get(self.record.index())?;
        let step = records.get(self.trace().event_of(self.record))?;
        step.iter().find_map(|record| of(&record.kind))
    }
}
