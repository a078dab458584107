//! Every fault over every segment of every scenario of the page: the run comes to its end, and
//! either all that was sent is read or an application is told that something failed.

use std::fs;
use std::path::PathBuf;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{
    AppCall, CallResult, Edit, Ended, Intervention, LinkChange, LinkProperty, RecordKind, Setup,
    Timeline, Trace,
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

/// Everything that can be done to a packet, or to its link while it is there, in a few measures
/// each.
fn faults(trace: &Trace, index: usize) -> Vec<Edit> {
    let sent = &trace.packets()[index];
    let packet = sent.id;
    let ms = Duration::from_millis;
    let delays = [1, 50, 400, 3000, 70_000].map(|by| Intervention::Delay { packet, by: ms(by) });
    let copies = [0, 30, 3000].map(|by| Intervention::Duplicate { packet, by: ms(by) });
    // In the IPv4 header, a port, the sequence number, the data offset, the flags, the text.
    let bits = [3, 75, 170, 200, 290, 299, 326].map(|bit| Intervention::Corrupt { packet, bit });
    let holds = [2, 20].map(|later| {
        let until = sent.sent + Duration::from_secs(later);
        Intervention::Hold { packet, until }
    });
    let others = trace.packets()[index + 1..].iter().take(2);
    let swaps = others.map(|other| Intervention::Swap { packet, with: other.id });
    let by_hand = [Intervention::Drop(packet)].into_iter().chain(delays).chain(copies);
    let by_hand = by_hand.chain(bits).chain(holds).chain(swaps).map(Edit::Packet);
    let change = |at, to| LinkChange { at, from: packet.from, toward: None, to };
    let out = Edit::Link(change(sent.sent, LinkProperty::Up(false)));
    by_hand.chain([out]).collect()
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
        for index in 0..plain.packets().len() {
            for fault in faults(&plain, index) {
                timeline.edit(fault.clone()).expect("it can be made");
                let mut edits = 1;
                if let Edit::Link(out) = fault {
                    // The cable is back after a while, which is longer from one to the next.
                    let away = Duration::from_millis([40, 700, 5000][index % 3]);
                    let back = LinkChange { at: out.at + away, to: LinkProperty::Up(true), ..out };
                    timeline.edit(Edit::Link(back)).expect("it can be made");
                    edits += 1;
                }
                runs += 1;
                let trace = timeline.trace();
                let what = || format!("{name} with {fault:?}");
                assert_ne!(trace.ended(), Ended::RecordLimit, "{}", what());
                assert!(!ends || trace.ended() == Ended::Quiet, "{}", what());
                let delivered = is_delivered(trace) && is_all_sent(&timeline);
                assert!(!delivers || delivered || is_told(trace), "{}", what());
                for _ in 0..edits {
                    timeline.undo();
                }
            }
        }
        assert_eq!(timeline.trace(), &plain, "{name}: all undone");
    }
    assert!(runs > 4000, "{runs} runs");
}
