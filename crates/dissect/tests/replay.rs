//! What the applications of a captured conversation did, on our TCP.

mod common;

use tcpscope_dissect::{End, Observed, Replay};
use tcpscope_scenario::Scenario;
use tcpscope_sim::{Ended, HostId, RecordKind, Timeline};

#[test]
fn every_conversation_is_a_scenario_that_carries_the_same_text() {
    let mut carried = 0;
    for (name, file) in common::captures() {
        for gathered in common::gathered(&file) {
            let observed = Observed::of(&gathered);
            let Ok(replay) = Replay::of(&gathered, &observed) else {
                assert!(observed.ends.iter().all(|end| end.text == 0), "{name}");
                continue;
            };
            let written = replay.scenario.to_json();
            assert_eq!(Scenario::from_json(&written).as_ref(), Ok(&replay.scenario), "{name}");
            let timeline = Timeline::new(replay.scenario.setup()).expect("it can be run");
            let trace = timeline.trace();
            assert_eq!(trace.ended(), Ended::Quiet, "{name}");
            for (end, receiver) in [(End::Client, HostId(1)), (End::Server, HostId(0))] {
                let known = observed.ends[end.index()];
                let records = trace.records().iter();
                let delivered: u64 = records
                    .filter(|record| record.host == Some(receiver))
                    .map(|record| match record.kind {
                        RecordKind::Deliver { octets } => u64::from(octets),
                        _ => 0,
                    })
                    .sum();
                assert_eq!(delivered, known.text, "{name} {end:?}\n{written}");
                carried += delivered;
            }
            println!("{name}: {} of {} losses\n{written}", replay.placed, replay.losses);
        }
    }
    assert!(carried > 100_000, "{carried}");
}
