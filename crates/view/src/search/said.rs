//! All that the log says of a run, to be looked through.

use std::cell::Cell;

use tcpscope_sim::{HostId, RecordId, RecordKind, Trace};

use crate::words::describe_in;
use crate::{Bases, Context, Locale, Numbers, explain, host_title};

/// What the log says of each record, in small letters: what happens, where, why, by which rule.
#[derive(Clone, Debug)]
pub struct Said {
    locale: Locale,
    numbers: Numbers,
    text: String,
    /// Where in `text` each record's part ends.
    ends: Vec<usize>,
}

impl Said {
    /// Puts together what the log says of a run.
    pub(super) fn of(trace: &Trace, locale: Locale, numbers: Numbers) -> Self {
        let bases = KnownBases::new(trace, numbers);
        let titles: Vec<String> =
            trace.hosts().iter().map(|host| host_title(locale, &host.name)).collect();
        let mut text = String::new();
        let mut ends = Vec::with_capacity(trace.records().len());
        for record in trace.records() {
            let context = bases.context(record.id);
            text.push_str(&describe_in(locale, trace, record, numbers, &context));
            text.push('\n');
            text.push_str(record.host.map_or("", |host| &titles[host.index()]));
            for why in trace.whys(record.id) {
                text.push('\n');
                text.push_str(&explain(locale, why, &context));
                text.push('\n');
                text.push_str(why.rule());
                text.push(' ');
                text.push_str(&why.citation().to_string());
            }
            ends.push(text.len());
        }
        text.make_ascii_lowercase();
        Self { locale, numbers, text, ends }
    }

    /// Whether it is in this language, with these numbers.
    pub(super) fn is_of(&self, locale: Locale, numbers: Numbers) -> bool {
        self.locale == locale && self.numbers == numbers
    }

    /// What is said of a record.
    pub(super) fn record(&self, record: RecordId) -> &str {
        let place = record.index();
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.copied().unwrap_or_default();
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// What numbers are counted from, remembered: it changes with steps that change a state, or in
/// which somebody interferes, and with no other.
pub(super) struct KnownBases<'a> {
    trace: &'a Trace,
    numbers: Numbers,
    /// The records of such steps.
    changing: Vec<RecordId>,
    /// For each of the first hosts: how many of those stood before, and what was counted from.
    known: [Cell<Option<(usize, Bases)>>; HOSTS],
    /// Whether a host has several connections.
    several: bool,
}

/// As many hosts as a run may have.
const HOSTS: usize = 16;

impl<'a> KnownBases<'a> {
    pub(super) fn new(trace: &'a Trace, numbers: Numbers) -> Self {
        let mut changing = Vec::new();
        let mut until = 0;
        for record in trace.records() {
            let changes = matches!(record.kind, RecordKind::Transition { .. } | RecordKind::Act(_));
            if changes && record.id.index() >= until {
                let step = trace.event_of(record.id);
                until = step.end;
                changing.extend(trace.records()[step].iter().map(|record| record.id));
            }
        }
        let mut seen = [false; HOSTS];
        let several = trace.connections().iter().filter(|info| !info.listens).any(|info| {
            seen.get_mut(info.host.index()).is_none_or(|seen| std::mem::replace(seen, true))
        });
        Self { trace, numbers, changing, known: [const { Cell::new(None) }; HOSTS], several }
    }

    /// What a host's numbers are counted from once a record has happened.
    pub(super) fn of(&self, host: HostId, record: RecordId) -> Bases {
        let afresh = || Bases::of(self.trace, host, record, self.numbers);
        let before = self.changing.partition_point(|changing| *changing < record);
        let Some(known) = self.known.get(host.index()) else { return afresh() };
        // What is kept is a host's: where it has several connections, each has numbers of its own.
        if self.several {
            return afresh();
        }
        if self.changing.get(before) == Some(&record) {
            return afresh();
        }
        match known.get() {
            Some((then, bases)) if then == before => bases,
            Some(_) | None => {
                let bases = afresh();
                known.set(Some((before, bases)));
                bases
            }
        }
    }

    /// The context of what is said of a record.
    fn context(&self, record: RecordId) -> Context<'a> {
        let record = self.trace.record(record);
        let without = Context::of(self.trace, record, Numbers::Absolute);
        let host = self.trace.hosts().iter().position(|host| host.name == without.host);
        let host = host.and_then(|host| u8::try_from(host).ok()).map_or(HostId(0), HostId);
        Context { bases: self.of(host, record.id), ..without }
    }
}

#[cfg(test)]
mod tests {
    use tcpscope_scenario::Scenario;
    use tcpscope_sim::Timeline;

    use super::*;

    #[test]
    fn what_is_remembered_is_what_would_be_found_afresh() {
        for file in ["simultaneous-open", "lost-last-ack", "sliding-window", "lost-syn"] {
            let path = format!("{}/../../scenarios/{file}.json", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).unwrap();
            let setup = Scenario::from_json(&text).unwrap().setup();
            let timeline = Timeline::new(setup).unwrap();
            let trace = timeline.trace();
            for numbers in [Numbers::Relative, Numbers::Absolute] {
                let known = KnownBases::new(trace, numbers);
                for record in trace.records() {
                    for host in [HostId(0), HostId(1)] {
                        let afresh = Bases::of(trace, host, record.id, numbers);
                        assert_eq!(known.of(host, record.id), afresh, "{file} {:?}", record.id);
                    }
                    let context = Context::of(trace, record, numbers);
                    let found = known.context(record.id);
                    assert_eq!(
                        (found.host, found.peer, found.bases),
                        (context.host, context.peer, context.bases)
                    );
                }
            }
        }
    }
}
