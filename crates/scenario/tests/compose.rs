//! A setup put together piece by piece can be run after each piece, and saved.

use proptest::prelude::*;
use tcpscope_scenario::Scenario;
use tcpscope_scenario::compose::{
    Application, CallKind, Compose, Line, LinkFigure, Number, Switch, WaitKind, lines_can_change,
};
use tcpscope_sim::{HostId, Timeline};
use tcpscope_tcp::State;

fn first() -> Scenario {
    Scenario::from_json(include_str!("../../../scenarios/two-flows.json"))
        .expect("the file is a scenario")
}

fn host() -> impl Strategy<Value = HostId> {
    (0..6_u8).prop_map(HostId)
}

fn change() -> impl Strategy<Value = Compose> {
    use proptest::sample::select;
    let line = (
        select(WaitKind::ALL.to_vec()),
        0..200_u64,
        select(CallKind::ALL.to_vec()),
        1..3000_u64,
        host(),
    );
    prop_oneof![
        Just(Compose::Fresh),
        Just(Compose::AddHost),
        host().prop_map(Compose::RemoveHost),
        (host(), "[a-z]{0,3}").prop_map(|(host, name)| Compose::Rename(host, name)),
        (host(), select(Switch::ALL.to_vec()), any::<bool>())
            .prop_map(|(host, switch, on)| Compose::Switch(host, switch, on)),
        (host(), select(Number::ALL.to_vec()), any::<u64>())
            .prop_map(|(host, number, value)| Compose::Number(host, number, value)),
        (host(), select(Application::ALL.to_vec()))
            .prop_map(|(host, application)| Compose::Application(host, application)),
        (host(), 0..6_usize).prop_map(|(host, place)| Compose::AddLine(host, place)),
        (host(), 0..6_usize).prop_map(|(host, place)| Compose::RemoveLine(host, place)),
        (host(), 0..6_usize).prop_map(|(host, place)| Compose::LineUp(host, place)),
        (host(), 0..6_usize, line).prop_map(
            |(host, place, (wait, wait_number, call, number, to))| {
                let text = "text".to_owned();
                let line = Line { wait, wait_number, call, number, text, to };
                Compose::SetLine(host, place, line.step())
            }
        ),
        (host(), host()).prop_map(|(a, b)| Compose::AddLinks(a, b)),
        (0..12_usize).prop_map(Compose::RemoveLinks),
        (0..12_usize, select(LinkFigure::ALL.to_vec()), 0..2_000_000_u64)
            .prop_map(|(place, figure, value)| Compose::Link(place, figure, value)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_together_can_be_run_and_saved(changes in prop::collection::vec(change(), 1..12)) {
        let mut scenario = first();
        for change in changes {
            if let Ok(changed) = change.apply(&scenario) {
                scenario = changed;
            }
        }
        let mut setup = scenario.setup();
        setup.limits.records = 2_000;
        prop_assert!(Timeline::new(setup).is_ok());
        prop_assert_eq!(Scenario::from_json(&scenario.to_json()).unwrap(), scenario);
    }
}

#[test]
fn a_host_that_is_added_can_talk_and_one_that_is_removed_takes_its_links_along() {
    let first = first();
    let more = Compose::AddHost.apply(&first).unwrap();
    let new = HostId(4);
    assert_eq!(more.setup().hosts[4].name, "host1");
    let talks = Compose::Application(new, Application::Bulk).apply(&more).unwrap();
    let listens = Compose::Application(HostId(0), Application::Sink).apply(&talks).unwrap();
    let timeline = Timeline::new(listens.setup()).unwrap();
    let trace = timeline.trace();
    let last = trace.records().last().unwrap().id;
    assert!(
        trace
            .records()
            .iter()
            .any(|record| trace.status(new, record.id).state == State::Established)
    );
    assert_eq!(trace.status(new, last).state, State::Closed);
    let fewer = Compose::RemoveHost(new).apply(&listens).unwrap();
    assert_eq!(fewer.setup().links, first.setup().links);
}

#[test]
fn what_could_not_be_run_is_refused() {
    let cases = [
        (Compose::RemoveLinks(0), "links"),
        (Compose::Rename(HostId(1), "client".to_owned()), "client"),
        (Compose::Rename(HostId(1), String::new()), "name"),
    ];
    for (change, says) in cases {
        let refused = change.apply(&first()).unwrap_err().to_string();
        assert!(refused.contains(says), "{change:?}: {refused}");
    }
}

#[test]
fn each_application_has_lines_that_a_form_can_show_or_is_left_whole() {
    for application in Application::ALL {
        let made = Compose::Application(HostId(0), application).apply(&first()).unwrap().setup();
        let host = &made.hosts[0];
        let plain = lines_can_change(host);
        assert_eq!(plain, application != Application::Answer, "{application:?}");
        for step in &host.script {
            if let Some(line) = Line::of(step, HostId(1)) {
                assert_eq!(Line::of(&line.step(), HostId(1)), Some(line));
            }
        }
    }
}
