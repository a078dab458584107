//! Why something happened, in words.

use tcpscope_sim::{RecordId, Trace, Why};
use tcpscope_tcp::Citation;

use super::{Bases, Locale, Numbers};

/// Who speaks, and which numbers are meant: all that a reason needs besides itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The name of the host where the rule was applied; for a link's rule, of the sender.
    pub host: &'a str,
    /// The name of its peer.
    pub peer: &'a str,
    /// What the host's numbers are counted from.
    pub bases: Bases,
}

/// A rule behind a record, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// What the rule says, with the numbers put into it.
    pub text: String,
    /// The rule's name, the same in every language.
    pub rule: &'static str,
    /// Where it is written down.
    pub citation: Citation,
}

/// A record in words, with the rules behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The record.
    pub record: RecordId,
    /// What happened.
    pub what: String,
    /// Why, the rule that decided first.
    pub why: Vec<Because>,
}

/// The rule that was applied, in one or two sentences with its numbers.
#[must_use]
pub fn explain(_locale: Locale, why: &Why, _context: &Context<'_>) -> String {
    why.rule().into()
}

/// The rules behind a record, the one that decided first.
#[must_use]
pub fn because(locale: Locale, trace: &Trace, record: RecordId, numbers: Numbers) -> Vec<Because> {
    let context = Context { host: "", peer: "", bases: Bases::default() };
    let _ = numbers;
    let whys = trace.whys(record).iter();
    whys.map(|why| Because {
        text: explain(locale, why, &context),
        rule: why.rule(),
        citation: why.citation(),
    })
    .collect()
}

/// What happened in a record, in a sentence.
#[must_use]
pub fn describe(_locale: Locale, trace: &Trace, record: RecordId, _numbers: Numbers) -> String {
    trace.record(record).kind.name().into()
}

/// A whole step, the one that `record` belongs to, record by record.
#[must_use]
pub fn narrate(locale: Locale, trace: &Trace, record: RecordId, numbers: Numbers) -> Vec<Told> {
    let step = &trace.records()[trace.event_of(record)];
    step.iter()
        .map(|record| Told {
            record: record.id,
            what: describe(locale, trace, record.id, numbers),
            why: because(locale, trace, record.id, numbers),
        })
        .collect()
}
