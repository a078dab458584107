//! The run as text, read by those that it is for.

mod common;

use common::{run, scenarios};
use tcpscope_still::{Part, csv, json, mermaid, tcpdump};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Numbers, log_row};

const ENGLISH: (Locale, Numbers) = (Locale::En, Numbers::Relative);

/// From one second on.
fn late() -> Part {
    Part { from: Some(Instant::from_micros(1_000_000)), to: None }
}

#[test]
fn a_reader_of_csv_finds_the_log_in_it() {
    for id in scenarios() {
        let timeline = run(&id);
        let trace = timeline.trace();
        for locale in Locale::ALL {
            let text = csv(trace, Part::default(), locale, Numbers::Relative);
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            let head: Vec<_> =
                reader.headers().expect("a head").iter().map(str::to_owned).collect();
            assert_eq!(head[..4], ["record", "time_us", "step", "host"]);
            let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
            assert_eq!(rows.len(), trace.records().len(), "{id}");
            for (row, record) in rows.iter().zip(trace.records()) {
                let known = log_row(trace, record.id, locale, Numbers::Relative);
                assert_eq!(row[0], record.id.0.to_string());
                assert_eq!(row[1], record.at.as_micros().to_string());
                assert_eq!(row[6], known.text);
                let why = known.why.first();
                assert_eq!(row[9], *why.map_or("", |why| &why.text));
            }
        }
    }
}

#[test]
fn a_reader_of_json_finds_the_log_in_it() {
    for id in scenarios() {
        let timeline = run(&id);
        let trace = timeline.trace();
        let text = json(trace, Part::default(), Locale::ZhCn);
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(rows.len(), trace.records().len(), "{id}");
        for (row, record) in rows.iter().zip(trace.records()) {
            let known = log_row(trace, record.id, Locale::ZhCn, Numbers::Absolute);
            assert_eq!(row["record"], record.id.0);
            assert_eq!(row["at_us"], record.at.as_micros());
            assert_eq!(row["text"], known.text);
            assert_eq!(row["cause"].as_u64(), record.cause.map(|cause| cause.0.into()));
            assert_eq!(row["reason"].is_null(), known.why.is_empty());
        }
    }
}

#[test]
fn a_part_holds_what_happens_in_it_alone() {
    let timeline = run("lost-syn");
    let trace = timeline.trace();
    let within = trace.records().iter().filter(|record| record.at.as_micros() >= 1_000_000).count();
    assert!(0 < within && within < trace.records().len());
    let rows = csv(trace, late(), Locale::En, Numbers::Relative).lines().count() - 1;
    assert_eq!(rows, within);
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(&json(trace, late(), Locale::En)).expect("JSON");
    assert_eq!(rows.len(), within);
    assert!(tcpdump(trace, late()).lines().all(|line| line.starts_with("00:00:01")));
}

#[test]
fn a_lost_segment_and_its_repetition_as_mermaid() {
    let timeline = run("lost-syn");
    let trace = timeline.trace();
    insta::assert_snapshot!(mermaid(trace, Part::default(), Some("A SYN is lost"), ENGLISH));
}

/// Each line is a statement of Mermaid's, and each packet that was sent is one of them.
#[test]
fn mermaid_has_a_message_for_each_packet() {
    for id in scenarios() {
        let timeline = run(&id);
        let trace = timeline.trace();
        let text = mermaid(trace, Part::default(), None, (Locale::ZhCn, Numbers::Absolute));
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("sequenceDiagram"));
        let mut messages = 0;
        for line in lines {
            let line = line.strip_prefix("    ").expect("it is indented");
            let known = ["participant h", "Note left of h", "Note right of h", "Note over h"];
            if known.iter().any(|known| line.starts_with(known)) {
                continue;
            }
            let (ends, label) = line.split_once(": ").expect("a message has a label");
            let arrows = ["-->>", "->>", "--x", "-x"];
            assert!(ends.starts_with('h') && !label.is_empty(), "{id}: {line}");
            assert!(arrows.iter().any(|arrow| ends.contains(arrow)), "{id}: {line}");
            messages += 1;
        }
        let sent = trace.packets().iter().filter(|packet| packet.id.copy == 0).count();
        assert!(messages >= sent, "{id}: {messages} of {sent}");
    }
}

/// What means something to Mermaid or to YAML is written so that it means itself.
#[test]
fn hostile_titles_stay_titles() {
    let timeline = run("three-way-handshake");
    let title = "a \"b\" \\ c\n---\nd; <e> # %% f";
    let text = mermaid(timeline.trace(), Part::default(), Some(title), ENGLISH);
    let head: Vec<&str> = text.lines().take(4).collect();
    let quoted = r#"title: "a \"b\" \\ c --- d; <e> # %% f""#;
    assert_eq!(head, ["---", quoted, "---", "sequenceDiagram"]);
}
