//! Two runs side by side: their figures, and what corresponds to what.

use tcpscope_sim::{CallResult, HostId, RecordId, RecordKind, Row, Trace};
use tcpscope_tcp::{Duration, Instant};

use crate::log::mark_of;
use crate::{Locale, LogMark, Numbers, describe};

/// A run in a few figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Figures {
    /// When the last record happens.
    pub duration: Duration,
    /// How many segments are sent.
    pub segments: usize,
    /// How many of them carry only what was sent before.
    pub retransmissions: usize,
    /// How many are lost.
    pub lost: usize,
    /// How many octets the applications give to SEND.
    pub given: u64,
    /// How many octets become readable.
    pub delivered: u64,
    /// When all that was given has become readable; `None` where it never does.
    pub delivered_at: Option<Duration>,
}

/// The figures of a run.
#[must_use]
pub fn figures(trace: &Trace) -> Figures {
    let since = |at: Instant| at.since(Instant::ZERO);
    let mut figures = Figures {
        duration: since(trace.duration()),
        segments: trace.packets().len(),
        retransmissions: trace.packets().iter().filter(|packet| packet.retransmission).count(),
        ..Figures::default()
    };
    let mut last = None;
    for record in trace.records() {
        match record.kind {
            RecordKind::Lost { .. } => figures.lost += 1,
            RecordKind::Call { result: CallResult::Sent(octets), .. } => {
                figures.given += u64::from(octets);
            }
            RecordKind::Deliver { octets } => {
                figures.delivered += u64::from(octets);
                last = Some(since(record.at));
            }
            RecordKind::Call { .. }
            | RecordKind::Transmit { .. }
            | RecordKind::Arrive { .. }
            | RecordKind::Transition { .. }
            | RecordKind::Timer { .. }
            | RecordKind::Notify(_)
            | RecordKind::Impaired { .. }
            | RecordKind::Copy { .. }
            | RecordKind::LinkChanged { .. }
            | RecordKind::Act(_)
            | RecordKind::Icmp { .. }
            | RecordKind::ReassemblyTimeout { .. }
            | RecordKind::Intervention { .. } => {}
        }
    }
    figures.delivered_at = last.filter(|_| figures.delivered >= figures.given);
    figures
}

/// What two records that stand beside each other have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same happens at the same time.
    Same,
    /// The same happens at another time.
    Moved,
    /// It happens with other numbers.
    Changed,
    /// It happens in the left run alone.
    OnlyLeft,
    /// It happens in the right run alone.
    OnlyRight,
}

impl Likeness {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Same, Self::Moved, Self::Changed, Self::OnlyLeft, Self::OnlyRight];

    /// The class, in kebab-case.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::OnlyLeft => "only-left",
            Self::OnlyRight => "only-right",
        }
    }

    /// The glyph: told apart without colour.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Same => "=",
            Self::Moved => "≈",
            Self::Changed => "≠",
            Self::OnlyLeft => "◂",
            Self::OnlyRight => "▸",
        }
    }
}

/// A row of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// What its sides have to do with each other.
    pub likeness: Likeness,
    /// What happens in the left run.
    pub left: Option<ComparedRecord>,
    /// What happens in the right run.
    pub right: Option<ComparedRecord>,
}

/// A record of one of two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRecord {
    /// Which.
    pub record: RecordId,
    /// When.
    pub at: Instant,
    /// Where; `None` on a link.
    pub host: Option<HostId>,
    /// What it means.
    pub mark: LogMark,
    /// What happens.
    pub text: String,
}

/// A row of the comparison of two runs, in words.
#[must_use]
pub fn compared_row(
    left: &Trace,
    right: &Trace,
    row: Row,
    locale: Locale,
    numbers: Numbers,
) -> ComparedRow {
    let record = |trace| move |record| compared_record(trace, record, locale, numbers);
    let (a, b) = match row {
        Row::Both { a, b } => (Some(a), Some(b)),
        Row::OnlyA(a) => (Some(a), None),
        Row::OnlyB(b) => (None, Some(b)),
    };
    let (left, right) = (a.map(record(left)), b.map(record(right)));
    let likeness = match (&left, &right) {
        (Some(left), Some(right)) if left.text != right.text => Likeness::Changed,
        (Some(left), Some(right)) if left.at != right.at => Likeness::Moved,
        (Some(_), Some(_)) | (None, None) => Likeness::Same,
        (Some(_), None) => Likeness::OnlyLeft,
        (None, Some(_)) => Likeness::OnlyRight,
    };
    ComparedRow { likeness, left, right }
}

/// A record of one of two runs, in words.
#[must_use]
pub fn compared_record(
    trace: &Trace,
    record: RecordId,
    locale: Locale,
    numbers: Numbers,
) -> ComparedRecord {
    let one = trace.record(record);
    ComparedRecord {
        record,
        at: one.at,
        host: one.host,
        mark: mark_of(trace, record),
        text: describe(locale, trace, record, numbers),
    }
}

/// The row at which a run stands once a record of it has happened: the last whose record, in that
/// run, is no later. `left` says whether the run is the left one.
#[must_use]
pub fn row_at(rows: &[Row], left: bool, record: RecordId) -> Option<usize> {
    let begun = |row: &Row| match (*row, left) {
        (Row::Both { a, .. } | Row::OnlyA(a), true) => Some(a <= record),
        (Row::Both { b, .. } | Row::OnlyB(b), false) => Some(b <= record),
        (Row::OnlyA(_), false) | (Row::OnlyB(_), true) => None,
    };
    rows.iter().rposition(|row| begun(row) == Some(true))
}
