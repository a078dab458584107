//! What is said of the real scenarios.

mod causes;
mod inspector;
mod narration;
mod options;
mod panels;
mod search;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{HostId, RecordId, Timeline, Trace};

/// The names of all scenarios.
const SCENARIOS: [&str; 6] = [
    "three-way-handshake",
    "four-way-close",
    "lost-syn",
    "lost-last-ack",
    "sliding-window",
    "simultaneous-open",
];

const CLIENT: HostId = HostId(0);
const SERVER: HostId = HostId(1);

/// A scenario, run to its end.
fn run(id: &str) -> Timeline {
    let path = format!("{}/../../scenarios/{id}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the scenario's file");
    let scenario = Scenario::from_json(&text).expect("a scenario");
    Timeline::new(scenario.setup()).expect("a setup that can be run")
}

/// The records of a run.
fn records(trace: &Trace) -> impl Iterator<Item = RecordId> + '_ {
    trace.records().iter().map(|record| record.id)
}

/// The first record that a condition holds for.
fn first(trace: &Trace, condition: impl Fn(&tcpscope_sim::Record) -> bool) -> RecordId {
    trace.records().iter().find(|record| condition(record)).expect("such a record").id
}
