//! A link to a lesson at which something was done by hand is short enough for anything.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, lesson, stems};
use tcpscope_lesson::Stage;
use tcpscope_lesson::check::{Library, check};
use tcpscope_scenario::{Link, LinkEdit, ScenarioRef};
use tcpscope_sim::{Edit, HostId, Intervention, Timeline};
use tcpscope_tcp::Duration;

const AN_ORDINARY_LINK: usize = 300;

/// At each stop of each lesson on a scenario of the page three edits are made, a segment is selected, and everything is other
/// than it is by itself.
#[test]
fn links_to_lessons_on_scenarios_of_the_page_with_three_edits_are_short() {
    let mut seen = 0;
    for id in stems("lessons", "toml") {
        let staged = check(&lesson(&id), Some(&id), &Ours).staged.unwrap();
        // A link brings the scenario of another lesson along, and is some 1,200 characters long.
        let Stage::Named(name) = &staged.lesson.stage else { continue };
        let scenario = Ours.scenario(&name.value).unwrap();
        let mut timeline = Timeline::new(scenario.setup()).unwrap();
        let packets = timeline.trace().packets().to_vec();
        let packet = |part: usize| packets[packets.len() * part / 4].id;
        let by = Duration::from_micros(120_000);
        for edit in [
            Edit::Packet(Intervention::Drop(packet(3))),
            Edit::Packet(Intervention::Delay { packet: packet(1), by }),
            Edit::LinkDelay { from: HostId(0), delay: by },
        ] {
            timeline.edit(edit).unwrap();
        }
        let trace = timeline.trace();
        let last = trace.moment_of(trace.records().last().unwrap().id);
        let edits = timeline.edits().iter();
        for stop in &staged.lesson.stops {
            let link = Link {
                edits: edits.clone().map(|edit| LinkEdit::of(edit, timeline.setup())).collect(),
                at_us: last.at.as_micros(),
                record: Some(last.record.0),
                locale: Some("zh-CN".into()),
                theme: Some("light".into()),
                numbers: Some("absolute".into()),
                selection: Some(trace.packet_name(tcpscope_sim::PacketIndex(0))),
                lesson: Some(id.clone()),
                stop: Some(stop.id.value.clone()),
                ..Link::to(ScenarioRef::Id(name.value.clone()))
            };
            let text = link.to_text();
            assert_eq!(Link::from_text(&text).as_ref(), Ok(&link), "{id}");
            assert!(text.len() < AN_ORDINARY_LINK, "{}: {text}", text.len());
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen} stops");
}
