//! The scenarios of the page, for the tests that run them.

#![allow(dead_code, reason = "not every test uses all of it")]

use std::fs;
use std::path::PathBuf;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{AppCall, CallResult, HostId, RecordKind, Timeline, Trace};
use tcpscope_tcp::{Notification, State};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios"))
}

pub(crate) fn read(name: &str) -> String {
    fs::read_to_string(folder().join(name)).expect("a file of the folder")
}

pub(crate) fn scenario(id: &str) -> Scenario {
    Scenario::from_json(&read(&format!("{id}.json")))
        .unwrap_or_else(|error| panic!("{id}: {error}"))
}

pub(crate) fn run(id: &str) -> Timeline {
    Timeline::new(scenario(id).setup()).expect("a setup that can be run")
}

/// All scenarios of the folder, by name.
pub(crate) fn ids() -> Vec<String> {
    let names = fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"));
    let mut ids: Vec<_> = names
        .filter(|name| name != "index.json")
        .map(|name| name.strip_suffix(".json").expect("only JSON files").to_owned())
        .collect();
    ids.sort();
    ids
}

pub(crate) fn states(trace: &Trace, host: HostId) -> Vec<State> {
    trace.host(host).states().map(|(_, state)| state).collect()
}

/// How often a rule was applied.
pub(crate) fn applied(trace: &Trace, rule: &str) -> usize {
    let whys = trace.records().iter().flat_map(|record| trace.whys(record.id));
    whys.filter(|why| why.rule() == rule).count()
}

/// Whether an application was told of a failure: by a notification, or by a call that was refused.
pub(crate) fn is_told(trace: &Trace) -> bool {
    trace.records().iter().any(|record| match &record.kind {
        RecordKind::Notify(told) => match told {
            Notification::Reset | Notification::Refused | Notification::TimedOut => true,
            Notification::Connected
            | Notification::PeerClosed
            | Notification::CloseAcknowledged
            | Notification::Unresponsive
            | Notification::Urgent => false,
        },
        RecordKind::Call { result, .. } => matches!(result, CallResult::Refused(_)),
        _ => false,
    })
}

/// The octets that TCPs took from applications, and those that they handed to applications.
pub(crate) fn sent_and_received(timeline: &Timeline) -> (u64, u64) {
    let (mut sent, mut received) = (0, 0);
    for record in timeline.trace().records() {
        let RecordKind::Call { line, result } = &record.kind else { continue };
        let script = record.host.map(|host| &timeline.setup().hosts[host.index()].script);
        let call = script.and_then(|script| script.get(*line)).map(|line| &line.call);
        // Nobody promises that a datagram arrives.
        if let Some(AppCall::SendTo { .. }) = call {
            continue;
        }
        match result {
            CallResult::Sent(octets) => sent += u64::from(*octets),
            CallResult::Received(octets) => received += u64::from(*octets),
            _ => {}
        }
    }
    (sent, received)
}

/// How much the scripts of a run send, as far as that is written down.
pub(crate) fn to_be_sent(timeline: &Timeline) -> u64 {
    let lines = timeline.setup().hosts.iter().flat_map(|host| &host.script);
    let wanted = lines.map(|line| match &line.call {
        AppCall::Send(data) => data.len() as u64,
        AppCall::Generate { octets } => *octets,
        _ => 0,
    });
    wanted.sum()
}

/// Whether all that was to be sent was sent, and all that was sent was read.
pub(crate) fn is_delivered(timeline: &Timeline) -> bool {
    let (sent, received) = sent_and_received(timeline);
    sent == received && sent >= to_be_sent(timeline)
}
