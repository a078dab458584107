//! What happened and why, in words.

mod links;
mod records;
mod rules;
mod template;
#[cfg(test)]
mod tests;
mod texts;
mod variables;

use tcpscope_sim::{HostId, Record, RecordId, RecordKind, Trace, Why};
use tcpscope_tcp::Citation;

use super::numbers::peer_of;
use super::{Bases, Locale, Numbers};
use template::{Gap, fill};
pub(super) use texts::Texts;
use texts::texts;
#[cfg(feature = "built-in-words")]
pub(super) use texts::{EN, ZH_CN};

pub(crate) use records::call_name;
pub use variables::{Variable, variables};

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

/// Whether the [first words](super::Words::First) of a language do for all of a run, except for the
/// rules: for these it depends on the step ([`first_words_explain`]).
#[must_use]
pub fn first_words_do(trace: &Trace) -> bool {
    let said = |record: &Record| {
        trace.whys(record.id).iter().all(|why| match why {
            Why::Tcp(reason) => rules::family(reason).is_quiet(),
            Why::Link(_) | Why::Host(_) | Why::Octets(_) => false,
        })
    };
    trace.records().iter().all(said)
}

/// Whether the [first words](super::Words::First) of a language explain a step as far as it has come
/// with a record: they know the rules by which a connection opens.
#[must_use]
pub fn first_words_explain(trace: &Trace, record: RecordId) -> bool {
    let explained = |why: &Why| match why {
        Why::Tcp(reason) => rules::family(reason).is_first(),
        Why::Link(_) | Why::Host(_) | Why::Octets(_) => false,
    };
    if record.index() >= trace.records().len() {
        return true;
    }
    let records = &trace.records()[trace.event_of(record).start..=record.index()];
    records.iter().all(|record| trace.whys(record.id).iter().all(explained))
}

/// The rule that was applied, in one or two sentences with its numbers.
#[must_use]
pub fn explain(locale: Locale, why: &Why, context: &Context<'_>) -> String {
    let texts = texts(locale);
    let say = |sentence: &str, gaps: &[Gap<'_>]| fill(sentence, gaps, texts, context);
    why_text(texts, why, &say)
}

/// The rules behind a record, the one that decided first.
#[must_use]
pub fn because(locale: Locale, trace: &Trace, record: RecordId, numbers: Numbers) -> Vec<Because> {
    let context = Context::of(trace, trace.record(record), numbers);
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
pub fn describe(locale: Locale, trace: &Trace, record: RecordId, numbers: Numbers) -> String {
    let record = trace.record(record);
    describe_in(locale, trace, record, numbers, &Context::of(trace, record, numbers))
}

/// Like [`describe`], where the context is at hand.
pub(crate) fn describe_in(
    locale: Locale,
    trace: &Trace,
    record: &Record,
    numbers: Numbers,
    context: &Context<'_>,
) -> String {
    let texts = texts(locale);
    let say = |sentence: &str, gaps: &[Gap<'_>]| fill(sentence, gaps, texts, context);
    records::record_text(texts, trace, record, numbers, &say)
}

/// A whole step, the one that `record` belongs to, record by record. What one rule brings about in
/// several of them is explained once. Nothing, where nothing has happened at all.
#[must_use]
pub fn narrate(locale: Locale, trace: &Trace, record: RecordId, numbers: Numbers) -> Vec<Told> {
    if record.index() >= trace.records().len() {
        return Vec::new();
    }
    narrate_these(locale, trace, &trace.records()[trace.event_of(record)], numbers)
}

/// Some records of a step, one by one; what one rule brings about in several of these is explained
/// once.
#[must_use]
pub fn narrate_these<'a>(
    locale: Locale,
    trace: &Trace,
    records: impl IntoIterator<Item = &'a Record>,
    numbers: Numbers,
) -> Vec<Told> {
    let mut said: Vec<String> = Vec::new();
    let mut told = Vec::new();
    for record in records {
        let mut why = Vec::new();
        for because in because(locale, trace, record.id, numbers) {
            if !said.contains(&because.text) {
                said.push(because.text.clone());
                why.push(because);
            }
        }
        told.push(Told {
            record: record.id,
            what: describe(locale, trace, record.id, numbers),
            why,
        });
    }
    told
}

/// What a host of this name is called in the middle of a sentence: "the client", 客户端.
#[must_use]
pub fn host_in_words(locale: Locale, name: &str) -> String {
    texts(locale).host.of(name)
}

/// What stands above a host of this name: "Client", 客户端.
#[must_use]
pub fn host_title(locale: Locale, name: &str) -> String {
    texts(locale).title.of(name)
}

impl<'a> Context<'a> {
    /// For what was decided in a record: at its host, or on the link of its packet.
    #[must_use]
    pub fn of(trace: &'a Trace, record: &Record, numbers: Numbers) -> Self {
        if let RecordKind::LinkChanged { change } = &record.kind {
            let (host, peer) = links::ends(trace, change);
            return Self { host, peer, bases: Bases::default() };
        }
        let packet = record.kind.packet().map(|packet| trace.packet(packet));
        let sender = || packet.map(|packet| packet.id.from);
        let host = record.host.or_else(sender).unwrap_or(HostId(0));
        // Of several hosts that one talks to, the one that this is about.
        let other = packet.map(|packet| if packet.to == host { packet.id.from } else { packet.to });
        let peer = other.filter(|other| *other != host).or_else(|| remote(trace, record));
        let peer = peer.unwrap_or_else(|| peer_of(trace, host));
        Self {
            host: trace.place_name(host).unwrap_or_default(),
            peer: trace.place_name(peer).unwrap_or_default(),
            bases: Bases::of(trace, host, record.id, numbers),
        }
    }
}

/// Whom the connection that a record is about leads to.
fn remote(trace: &Trace, record: &Record) -> Option<HostId> {
    let remote = trace.connection(record.connection?).remote;
    let place = trace.hosts().iter().position(|host| host.address.ip() == remote.ip())?;
    u8::try_from(place).ok().map(HostId)
}

fn why_text(texts: &Texts, why: &Why, say: rules::Say<'_>) -> String {
    match why {
        Why::Tcp(reason) => rules::tcp_rule(texts, reason, say),
        Why::Octets(malformed) => links::octets_rule(texts, malformed, say),
        Why::Link(rule) => links::link_rule(texts, rule, say),
        Why::Host(rule) => rules::host_rule(texts, *rule, say),
    }
}
