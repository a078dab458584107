//! The scenarios of the page, for the tests that ask about them.

#![allow(dead_code, reason = "not every test uses all of it")]

pub(crate) mod answers;
pub(crate) mod wrong;

use std::fs;
use std::path::PathBuf;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{HostId, RecordId, RecordKind, Timeline};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios"))
}

pub(crate) fn scenario(id: &str) -> Scenario {
    let text = fs::read_to_string(folder().join(format!("{id}.json"))).expect("a file");
    Scenario::from_json(&text).unwrap_or_else(|error| panic!("{id}: {error}"))
}

pub(crate) fn run(id: &str) -> Timeline {
    Timeline::new(scenario(id).setup()).expect("a setup that can be run")
}

/// All scenarios of the folder, by name.
pub(crate) fn ids() -> Vec<String> {
    let names = fs::read_dir(folder()).expect("the folder");
    let names =
        names.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut ids: Vec<_> = names
        .filter(|name| name != "index.json")
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    ids.sort();
    ids
}

/// The nth record of this kind at a host, from 0 on.
pub(crate) fn record(timeline: &Timeline, host: u8, kind: &str, nth: usize) -> RecordId {
    let records = timeline.trace().records().iter();
    let mut found = records
        .filter(|record| record.host == Some(HostId(host)) && record.kind.name() == kind)
        .map(|record| record.id);
    found.nth(nth).unwrap_or_else(|| panic!("no {kind} {nth}"))
}

/// The last record of the step that a record belongs to.
pub(crate) fn end_of_step(timeline: &Timeline, record: RecordId) -> RecordId {
    let end = timeline.trace().event_of(record).end;
    RecordId(u32::try_from(end - 1).expect("few records"))
}

pub(crate) fn is_transmit(kind: &RecordKind) -> bool {
    matches!(kind, RecordKind::Transmit { .. })
}
