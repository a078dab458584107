//! Runs told from their first call to their end.

use std::fmt::Write as _;

use tcpscope_view::{Locale, Numbers, duration_text, log_row, narrate};

use super::{SCENARIOS, records, run};

/// A whole run in words, step by step.
fn story(id: &str, locale: Locale, numbers: Numbers) -> String {
    let timeline = run(id);
    let trace = timeline.trace();
    let mut story = String::new();
    let mut record = 0;
    while let Some(first) = trace.records().get(record) {
        let at = duration_text(first.at.since(tcpscope_tcp::Instant::ZERO));
        let _ = writeln!(story, "{at}");
        for told in narrate(locale, trace, first.id, numbers) {
            let _ = writeln!(story, "  {}", told.what);
            for because in told.why {
                let _ = writeln!(story, "    {} ({})", because.text, because.citation);
            }
        }
        record = trace.event_of(first.id).end;
    }
    story
}

#[test]
fn the_handshake_in_english() {
    insta::assert_snapshot!(story("three-way-handshake", Locale::En, Numbers::Relative));
}

#[test]
fn the_handshake_in_chinese_with_absolute_numbers() {
    insta::assert_snapshot!(story("three-way-handshake", Locale::ZhCn, Numbers::Absolute));
}

#[test]
fn the_lost_last_ack_in_english() {
    insta::assert_snapshot!(story("lost-last-ack", Locale::En, Numbers::Relative));
}

#[test]
fn the_simultaneous_open_in_chinese() {
    insta::assert_snapshot!(story("simultaneous-open", Locale::ZhCn, Numbers::Relative));
}

#[test]
fn everything_that_happens_can_be_said() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for locale in Locale::ALL {
            let end = match locale {
                Locale::En => ['.', '”'],
                Locale::ZhCn => ['。', '”'],
            };
            for record in records(trace) {
                let row = log_row(trace, record, locale, Numbers::Relative);
                let texts = row.why.iter().map(|because| &because.text).chain([&row.text]);
                for text in texts {
                    assert!(text.ends_with(end), "{id}: {text}");
                    assert!(!text.contains(['{', '}', '?']), "{id}: {text}");
                    // A number from before its origin would be close to 2³².
                    assert!(!text.contains("42949"), "{id}: {text}");
                }
            }
        }
    }
}

#[test]
fn the_rows_of_a_step_stand_together_and_its_first_is_marked() {
    let timeline = run("three-way-handshake");
    let trace = timeline.trace();
    let mut last = None;
    for record in records(trace) {
        let row = log_row(trace, record, Locale::En, Numbers::Relative);
        assert_eq!(row.first_of_step, last != Some(row.event), "{record:?}");
        last = Some(row.event);
    }
}

#[test]
fn a_rule_is_explained_once_in_a_step() {
    let timeline = run("three-way-handshake");
    let trace = timeline.trace();
    for record in records(trace) {
        let told = narrate(Locale::En, trace, record, Numbers::Relative);
        let mut texts: Vec<_> = told.iter().flat_map(|told| &told.why).map(|w| &w.text).collect();
        let all = texts.len();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), all, "{record:?}");
    }
}

#[test]
fn each_connection_of_a_host_has_its_own_numbers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/many-clients.json");
    let text = std::fs::read_to_string(path).expect("a file of ours");
    let setup = tcpscope_scenario::Scenario::from_json(&text).expect("a scenario").setup();
    let timeline = tcpscope_sim::Timeline::new(setup).expect("it runs");
    let trace = timeline.trace();
    assert!(trace.connections().iter().filter(|info| !info.listens).count() > 4);
    for (packet, sent) in (0..).map(tcpscope_sim::PacketIndex).zip(trace.packets()) {
        let detail = tcpscope_view::Detail::Short;
        let label = tcpscope_view::segment_label(trace, packet, Numbers::Relative, detail);
        for number in label.split(['=', ' ', ',']).filter_map(|part| part.parse::<u32>().ok()) {
            assert!(number < 100_000, "{label} of {:?}", sent.id);
        }
    }
}
