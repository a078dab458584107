//! The figures of the real scenarios, whole and with any one packet dropped or delayed.

mod axis;
mod clear;
mod diagram;
mod extras;
mod ladder;
mod lanes;
mod nets;
mod plots;
mod ribbons;
mod svg;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Edit, Intervention, Timeline, Trace};
use tcpscope_tcp::{Config, Duration};
use tcpscope_view::{Ladder, LadderLayout, LadderScene, Numbers, Playhead};

const SCENARIOS: [&str; 6] = [
    "three-way-handshake",
    "four-way-close",
    "lost-syn",
    "lost-last-ack",
    "sliding-window",
    "simultaneous-open",
];

/// From the smallest that is promised to a wide desk.
const WIDTHS: [f64; 5] = [320.0, 360.0, 560.0, 700.0, 1000.0];

/// A scenario, run to its end.
fn run(id: &str) -> Timeline {
    let path = format!("{}/../../scenarios/{id}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the scenario's file");
    let scenario = Scenario::from_json(&text).expect("a scenario");
    Timeline::new(scenario.setup()).expect("a setup that can be run")
}

/// A scenario between two modern TCPs.
fn run_modern(id: &str) -> Timeline {
    let mut setup = run(id).setup().clone();
    for host in &mut setup.hosts {
        let Config { mss, receive_buffer, .. } = host.config;
        host.config = Config { mss, receive_buffer, ..Config::default() };
    }
    Timeline::new(setup).expect("a setup that can be run")
}

/// Every scenario as it is, and as it is when any one packet is dropped or comes late; between
/// modern TCPs too, dropping each third packet.
fn for_each_run(mut check: impl FnMut(&str, &Trace)) {
    for id in SCENARIOS {
        let mut modern = run_modern(id);
        check(&format!("modern {id}"), modern.trace());
        let packets: Vec<_> = modern.trace().packets().iter().map(|packet| packet.id).collect();
        for packet in packets.into_iter().step_by(3) {
            let edit = Intervention::Drop(packet);
            modern.edit(Edit::Packet(edit)).expect("an edit of a packet that is sent");
            check(&format!("modern {id} with {edit:?}"), modern.trace());
            modern.undo();
        }
        let mut timeline = run(id);
        check(id, timeline.trace());
        let packets: Vec<_> = timeline.trace().packets().iter().map(|packet| packet.id).collect();
        for packet in packets {
            let name = packet.to_text(["client", "server"].into_iter());
            let by = Duration::from_millis(130);
            for edit in [Intervention::Drop(packet), Intervention::Delay { packet, by }] {
                timeline.edit(Edit::Packet(edit)).expect("an edit of a packet that is sent");
                check(&format!("{id} with {edit:?} ({name})"), timeline.trace());
                timeline.undo();
            }
        }
    }
}

fn ladder(trace: &Trace, width: f64) -> Ladder {
    Ladder::new(trace, LadderLayout::for_width(width), Numbers::Relative)
}

/// The whole of a ladder at one moment.
fn whole(ladder: &Ladder, trace: &Trace, playhead: Playhead) -> LadderScene {
    ladder.scene(trace, 0.0..ladder.axis().height(), playhead, None)
}

/// Some heights, from the top of a figure to its bottom.
fn heights(ladder: &Ladder, count: u16) -> impl Iterator<Item = f64> {
    let height = ladder.axis().height();
    (0..=count).map(move |place| height * f64::from(place) / f64::from(count))
}
