//! Every fault over every segment of every scenario of the page: the run comes to its end, and
//! either all that was sent is read or an application is told that something failed.

use std::fs;
use std::path::PathBuf;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{
    AppCall, CallResult, Edit, Ended, Intervention, Packet, RecordKind, Setup, Timeline, Trace,
};
use tcpscope_tcp::{Config, Duration, Notification};

/// All scenarios of the page, by name: each as it is, and with hosts as they are set up today.
fn setups() -> Vec<(String, Setup)> {
    let modern = |(name, scenario): &(String, Scenario)| {
        let mut setup = scenario.setup();
        for host in &mut setup.hosts {
            host.config = Config { variant: host.config.variant, ..Config::default() };
        }
        (format!("{name}, modern"), setup)
    };
    let scenarios = scenarios();
    let as_they_are = scenarios.iter().map(|(name, scenario)| (name.clone(), scenario.setup()));
    as_they_are.chain(scenarios.iter().map(modern)).collect()
}

fn scenarios() -> Vec<(String, Scenario)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios"));
    let files = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry"));
    let mut scenarios: Vec<_> = files
        .filter(|file| file.file_name() != "index.json")
        .map(|file| {
            let name = file.file_name().into_string().expect("a name in UTF-8");
            let text = fs::read_to_string(file.path()).expect("a file of the folder");
            let scenario = Scenario::from_json(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            (name, scenario)
        })
        .collect();
    scenarios.sort_by(|(a, _), (b, _)| a.cmp(b));
    scenarios
}

/// Everything that can be done to a packet, in a few measures each.
fn faults(packet: &Packet) -> Vec<Intervention> {
    let id = packet.id;
    let delays = [1, 50, 400, 3000, 70_000].map(|milliseconds| Intervention::Delay {
        packet: id,
        by: Duration::from_millis(milliseconds),
    });
    [Intervention::Drop(id)].into_iter().chain(delays).collect()
}

/// Whether an application was told of a failure: by a notification, or by a call that was refused.
fn is_told(trace: &Trace) -> bool {
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

/// Whether all octets that were taken from applications were handed to applications.
fn is_delivered(trace: &Trace) -> bool {
    let (mut sent, mut received) = (0_u64, 0_u64);
    for record in trace.records() {
        if let RecordKind::Call { result, .. } = &record.kind {
            match result {
                CallResult::Sent(octets) => sent += u64::from(*octets),
                CallResult::Received(octets) => received += u64::from(*octets),
                _ => {}
            }
        }
    }
    sent == received
}

/// How much the scripts of a run send, as far as that is written down.
fn is_all_sent(timeline: &Timeline) -> bool {
    let hosts = timeline.setup().hosts.iter();
    let lines = hosts.flat_map(|host| &host.script);
    let wanted: u64 = lines
        .filter_map(|line| match &line.call {
            AppCall::Send(data) => Some(data.len() as u64),
            _ => None,
        })
        .sum();
    let sent = timeline.trace().records().iter().filter_map(|record| match &record.kind {
        RecordKind::Call { result: CallResult::Sent(octets), .. } => Some(u64::from(*octets)),
        _ => None,
    });
    sent.sum::<u64>() >= wanted
}

#[test]
fn whatever_is_done_to_whichever_segment_all_is_delivered_or_the_application_is_told() {
    let mut runs = 0;
    for (name, setup) in setups() {
        let mut timeline = Timeline::new(setup).expect("a setup that can be run");
        let plain = timeline.trace().clone();
        // What a scenario does not do undisturbed, it need not do disturbed.
        let ends = plain.ended() == Ended::Quiet;
        let delivers = is_delivered(&plain) && is_all_sent(&timeline);
        for packet in plain.packets() {
            for fault in faults(packet) {
                timeline.edit(Edit::Packet(fault)).expect("it can be made");
                runs += 1;
                let trace = timeline.trace();
                let what = || format!("{name} with {fault:?}");
                assert_ne!(trace.ended(), Ended::RecordLimit, "{}", what());
                assert!(!ends || trace.ended() == Ended::Quiet, "{}", what());
                let delivered = is_delivered(trace) && is_all_sent(&timeline);
                assert!(!delivers || delivered || is_told(trace), "{}", what());
                timeline.undo();
            }
        }
        assert_eq!(timeline.trace(), &plain, "{name}: all undone");
    }
    assert!(runs > 1000, "{runs} runs");
}
