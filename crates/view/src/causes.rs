//! The chain of causes behind a record, back to what began it; and what the record caused.

use tcpscope_sim::{HostId, RecordId, Trace};
use tcpscope_tcp::Instant;

use crate::log::mark_of;
use crate::{Locale, LogMark, Numbers, describe};

/// A place of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainLink {
    /// A record.
    Record(RecordId),
    /// So many records are folded.
    Fold(usize),
}

/// A record as a chain names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Which.
    pub record: RecordId,
    /// When.
    pub at: Instant,
    /// Where; `None` on a link.
    pub host: Option<HostId>,
    /// What it means: for its class and glyph.
    pub mark: LogMark,
    /// What happened.
    pub text: String,
}

/// What a record caused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequences {
    /// The first of them, in order.
    pub first: Vec<RecordId>,
    /// How many more there are.
    pub more: usize,
}

/// As many causes stand where a folded chain begins.
const AT_FIRST: usize = 2;

/// The chain of causes behind a record, back in time: the record's own cause first, what began it
/// last. Of one that is longer than `most`, the middle is folded.
#[must_use]
pub fn chain(trace: &Trace, record: RecordId, most: usize) -> Vec<ChainLink> {
    let all = trace.causes(record).count();
    let most = most.max(AT_FIRST + 2);
    let folded = if all > most { all + 1 - most } else { 0 };
    let near = all - folded - AT_FIRST.min(all - folded);
    let mut links = Vec::with_capacity(all.min(most));
    for (place, cause) in trace.causes(record).enumerate() {
        if folded > 0 && place == near {
            links.push(ChainLink::Fold(folded));
        }
        if folded == 0 || place < near || place >= near + folded {
            links.push(ChainLink::Record(cause));
        }
    }
    links
}

/// What a record caused directly, the first `most` by name.
#[must_use]
pub fn consequences(trace: &Trace, record: RecordId, most: usize) -> Consequences {
    let later = trace.records().get(record.index() + 1..).unwrap_or_default();
    let mut caused = later.iter().filter(|later| later.cause == Some(record)).map(|later| later.id);
    let first = caused.by_ref().take(most).collect();
    Consequences { first, more: caused.count() }
}

/// A record as a chain names it.
#[must_use]
pub fn cause(trace: &Trace, record: RecordId, locale: Locale, numbers: Numbers) -> Cause {
    let row = trace.record(record);
    Cause {
        record,
        at: row.at,
        host: row.host,
        mark: mark_of(trace, record),
        text: describe(locale, trace, record, numbers),
    }
}
