//! Queries over the log: what they find, and what is said of those that cannot be understood.

use std::cell::OnceCell;

use tcpscope_sim::{Edit, Intervention, RecordKind, Timeline, Trace};
use tcpscope_tcp::{State, Timer};
use tcpscope_view::{FIELDS, Locale, Numbers, Query, describe};

use super::run;

/// A run with losses, retransmissions and a close.
fn lossy() -> Timeline {
    let mut timeline = run("four-way-close");
    let data = timeline.trace().packets().iter().find(|packet| packet.segment.text_len() > 0);
    let id = data.expect("a segment with text").id;
    timeline.edit(Edit::Packet(Intervention::Drop(id))).expect("an edit");
    timeline
}

fn found(trace: &Trace, query: &str) -> Vec<usize> {
    let query = Query::parse(query, trace).unwrap_or_else(|error| panic!("{query}: {error:?}"));
    query
        .search(trace, Locale::En, Numbers::Relative, &mut OnceCell::new())
        .iter()
        .map(|it| it.index())
        .collect()
}

fn expected(trace: &Trace, condition: impl Fn(&tcpscope_sim::Record) -> bool) -> Vec<usize> {
    trace.records().iter().filter(|it| condition(it)).map(|it| it.id.index()).collect()
}

#[test]
fn a_field_finds_the_records_that_have_it() {
    let timeline = lossy();
    let trace = timeline.trace();
    let packet =
        |record: &tcpscope_sim::Record| record.kind.packet().map(|it| trace.packet(it).clone());
    let cases: [(&str, Vec<usize>); 12] = [
        ("flags.syn", expected(trace, |it| packet(it).is_some_and(|it| it.segment.syn()))),
        ("lost", expected(trace, |it| matches!(it.kind, RecordKind::Lost { .. }))),
        ("state", expected(trace, |it| matches!(it.kind, RecordKind::Transition { .. }))),
        ("timer", expected(trace, |it| matches!(it.kind, RecordKind::Timer { .. }))),
        ("call", expected(trace, |it| matches!(it.kind, RecordKind::Call { .. }))),
        ("fault", expected(trace, |it| it.kind.is_fault())),
        ("retransmission", expected(trace, |it| packet(it).is_some_and(|it| it.retransmission))),
        (
            "state == ESTABLISHED",
            expected(trace, |it| {
                matches!(it.kind, RecordKind::Transition { to: State::Established, .. })
            }),
        ),
        (
            "timer == retransmission",
            expected(trace, |it| {
                matches!(it.kind, RecordKind::Timer { timer: Timer::Retransmission, .. })
            }),
        ),
        ("len > 0", expected(trace, |it| packet(it).is_some_and(|it| it.segment.text_len() > 0))),
        ("host == client", expected(trace, |it| it.host == Some(super::CLIENT))),
        (
            "rfc == 6298",
            expected(trace, |it| trace.whys(it.id).iter().any(|why| why.citation().rfc == 6298)),
        ),
    ];
    for (query, records) in cases {
        assert!(!records.is_empty(), "{query} is tried on nothing");
        assert_eq!(found(trace, query), records, "{query}");
    }
}

#[test]
fn ways_to_ask_for_the_same() {
    let timeline = lossy();
    let trace = timeline.trace();
    let cases = [
        ("flags.syn", "tcp.flags.syn"),
        ("flags.syn", "tcp.flags.syn == 1"),
        ("flags.syn", "FLAGS.SYN==true"),
        ("!flags.syn", "flags.syn == 0"),
        ("!flags.syn", "not tcp.flags.syn"),
        ("flags.syn && flags.ack", "tcp.flags.syn and tcp.flags.ack"),
        ("state == TIME-WAIT", "state eq time_wait"),
        ("state == ESTABLISHED || lost", "(lost) or (state == \"ESTABLISHED\")"),
        ("call == close", "call == \"close()\""),
        ("time < 40ms", "frame.time_relative < 0.04"),
        ("time >= 1.5s", "time >= 1500ms"),
        ("seq == 0x1", "seq == 1"),
        ("retransmission", "tcp.analysis.retransmission"),
        ("！（lost）", "!(lost)"),
        ("enters ESTABLISHED", "\"enters established\""),
        ("len != 0", "len > 0"),
    ];
    for (one, other) in cases {
        assert_eq!(found(trace, one), found(trace, other), "{one} and {other}");
    }
}

#[test]
fn and_binds_more_than_or_and_not_more_than_and() {
    let timeline = lossy();
    let trace = timeline.trace();
    let same = |a, b| assert_eq!(found(trace, a), found(trace, b), "{a}");
    same("lost || flags.syn && flags.ack", "lost || (flags.syn && flags.ack)");
    same("!flags.syn && segment", "(!flags.syn) && segment");
    let not_both = found(trace, "!(flags.syn && flags.ack)");
    assert!(not_both.len() > found(trace, "!flags.syn && flags.ack").len());
    assert_eq!(found(trace, "lost && !lost"), [0; 0]);
    assert_eq!(found(trace, "lost || !lost").len(), trace.records().len());
}

#[test]
fn numbers_are_compared_as_they_are_shown() {
    let timeline = lossy();
    let trace = timeline.trace();
    let syn = &trace.packets()[0];
    let asked = |query: &str, numbers| {
        Query::parse(query, trace).expect("a query").search(
            trace,
            Locale::En,
            numbers,
            &mut OnceCell::new(),
        )
    };
    assert!(asked("flags.syn && seq == 0", Numbers::Relative).contains(&syn.sent_by));
    let absolute = format!("flags.syn && seq == {}", syn.segment.seq.value());
    assert!(asked(&absolute, Numbers::Absolute).contains(&syn.sent_by));
    assert!(asked(&absolute, Numbers::Relative).is_empty());
}

#[test]
fn a_field_that_a_record_has_not_compares_with_nothing() {
    let timeline = lossy();
    let trace = timeline.trace();
    assert_eq!(found(trace, "seq == 1 && state"), [0; 0]);
    assert_eq!(
        found(trace, "state != ESTABLISHED").len() + found(trace, "state == ESTABLISHED").len(),
        found(trace, "state").len()
    );
}

#[test]
fn words_are_looked_for_in_the_language_of_the_reader() {
    let timeline = lossy();
    let trace = timeline.trace();
    for (locale, words) in [(Locale::En, "retransmission timer"), (Locale::ZhCn, "重传计时器")]
    {
        let query = Query::parse(words, trace).expect("a query");
        let records = query.search(trace, locale, Numbers::Relative, &mut OnceCell::new());
        assert!(!records.is_empty(), "{words}");
        let says = |record: &&tcpscope_sim::RecordId| {
            describe(locale, trace, **record, Numbers::Relative).to_lowercase().contains(words)
        };
        assert!(records.iter().any(|record| says(&record)), "{words}");
    }
    assert!(!found(trace, "rule contains \"nagle\" || rule contains ack").is_empty());
}

#[test]
fn what_cannot_be_understood_is_said_with_its_place_and_what_would_be_right() {
    let timeline = lossy();
    let trace = timeline.trace();
    let cases = [
        "flags.sin",
        "tcp.flags.syn.x",
        "wibble == 3",
        "syn == 1",
        "len >",
        "len > many",
        "time < soon",
        "state == ESTABLISHD",
        "host == nobody",
        "timer == retransmit",
        "host < client",
        "len contains 1",
        "flags.syn == maybe",
        "flags.syn &&",
        "&& flags.syn",
        "(flags.syn",
        "flags.syn)",
        "\"open",
        "lost & state",
        "lost retransmission &&",
        "lost (state)",
        "",
    ];
    let mut told = String::new();
    let deep = "(".repeat(200);
    for query in cases.into_iter().chain([deep.as_str()]) {
        let error = Query::parse(query, trace).expect_err(query);
        let marks =
            format!("{}{}", " ".repeat(error.at.start.min(40)), "^".repeat(error.at.len().max(1)));
        let shown = &query[..query.len().min(40)];
        told.push_str(&format!("{shown}\n{marks}\n"));
        for locale in Locale::ALL {
            told.push_str(&format!("  {}\n", error.text(locale)));
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn nothing_that_is_typed_panics() {
    let timeline = lossy();
    let trace = timeline.trace();
    let pieces = [
        "(",
        ")",
        "!",
        "&&",
        "||",
        "==",
        "<",
        "\"",
        "“",
        "len",
        "state",
        "报文段",
        "1",
        "&",
        " ",
        "=",
        "contains",
        "tcp.",
    ];
    let mut number = 7_u64;
    for _ in 0..4000 {
        let mut query = String::new();
        for _ in 0..8 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            query.push_str(pieces[(number >> 33) as usize % pieces.len()]);
            if number >> 60 > 7 {
                query.push(' ');
            }
        }
        match Query::parse(&query, trace) {
            Ok(found) => {
                let _ = found.search(trace, Locale::ZhCn, Numbers::Absolute, &mut OnceCell::new());
            }
            Err(error) => assert!(query.get(error.at.clone()).is_some(), "{query}: {error:?}"),
        }
    }
}

#[test]
fn each_field_has_a_name_of_its_own() {
    for info in &FIELDS {
        let same = FIELDS.iter().filter(|other| {
            other.name == info.name
                || (!info.wireshark.is_empty() && other.wireshark == info.wireshark)
        });
        assert_eq!(same.count(), 1, "{}", info.name);
    }
}
