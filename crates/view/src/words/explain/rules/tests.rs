//! Each rule has one family, and a quiet connection needs few of them.

use std::collections::VecDeque;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Timeline, Why};

use super::*;
use crate::Locale;
use crate::words::explain::template::fill;
use crate::words::explain::tests::{CONTEXT, reasons};
use crate::words::explain::texts::texts;
use crate::words::table::{Hand, Table as _};

type Rule = fn(&Texts, &Reason, Say<'_>) -> String;

/// What every connection does.
const QUIET: [Rule; 3] = [opening::rule, exchange::rule, ending::rule];

/// What few do.
const OTHERS: [Rule; 10] = [
    acknowledging::rule,
    calls::rule,
    checks::rule,
    congestion::rule,
    hosting::rule,
    loss::rule,
    options::rule,
    timers::rule,
    variants::rule,
    window::rule,
];

/// What the families say of a rule that know it.
fn said(families: &[Rule], locale: Locale, reason: &Reason) -> Vec<String> {
    let texts = texts(locale);
    let say = |sentence: &str, gaps: &[Gap<'_>]| fill(sentence, gaps, texts, &CONTEXT);
    let answers = families.iter().map(|rule| rule(texts, reason, &say));
    answers.filter(|text| *text != NOT_OURS).collect()
}

#[test]
fn each_rule_is_said_by_its_family_and_no_other() {
    let families = [&QUIET[..], &OTHERS[..]].concat();
    for locale in Locale::ALL {
        let texts = texts(locale);
        let say = |sentence: &str, gaps: &[Gap<'_>]| fill(sentence, gaps, texts, &CONTEXT);
        for reason in reasons() {
            let text = tcp_rule(texts, &reason, &say);
            assert!(!text.is_empty(), "{locale:?}: nothing is said of {reason:?}");
            assert_eq!(said(&families, locale, &reason), [text], "{locale:?} {reason:?}");
        }
    }
}

#[test]
fn the_first_words_explain_how_a_connection_opens() {
    for locale in Locale::ALL {
        let all = texts(locale);
        let first = first_of(all);
        for reason in reasons().into_iter().filter(|reason| family(reason).is_first()) {
            let with = |texts: &Texts| {
                let say = |sentence: &str, gaps: &[Gap<'_>]| fill(sentence, gaps, texts, &CONTEXT);
                tcp_rule(texts, &reason, &say)
            };
            assert_eq!(with(&first), with(all), "{locale:?} {reason:?}");
        }
    }
}

/// Without the sentences that are not among a language's first words.
fn first_of(all: &Texts) -> Texts {
    let (mut all, mut first, mut words) = (*all, Texts::EMPTY, VecDeque::new());
    all.each(&mut Hand::of(false, &mut |word| words.push_back(*word)));
    first.each(&mut Hand::of(false, &mut |word| *word = words.pop_front().unwrap_or_default()));
    first
}

fn handshake() -> Timeline {
    let handshake = include_str!("../../../../../../scenarios/three-way-handshake.json");
    let scenario = Scenario::from_json(handshake).expect("a scenario");
    Timeline::new(scenario.setup()).expect("a setup that can be run")
}

#[test]
fn the_first_words_explain_the_first_steps() {
    let timeline = handshake();
    let trace = timeline.trace();
    let explained: Vec<bool> =
        trace.records().iter().map(|record| crate::first_words_explain(trace, record.id)).collect();
    let sent = trace.records().iter().position(|record| record.kind.packet().is_some());
    assert!(explained[..=sent.expect("a SYN")].iter().all(|explained| *explained));
    // A step that has come so far that another rule is applied.
    for (record, explained) in trace.records().iter().zip(explained) {
        let is_first = |why: &Why| matches!(why, Why::Tcp(reason) if family(reason).is_first());
        assert!(!explained || trace.whys(record.id).iter().all(is_first), "{record:?}");
    }
}

#[test]
fn a_quiet_connection_needs_three_families() {
    let timeline = handshake();
    let trace = timeline.trace();
    let mut rules = 0;
    for why in trace.records().iter().flat_map(|record| trace.whys(record.id)) {
        let Why::Tcp(reason) = why else { panic!("a link's rule: {why:?}") };
        assert_eq!(said(&QUIET, Locale::En, reason).len(), 1, "{reason:?}");
        rules += 1;
    }
    assert!(rules > 100, "only {rules} rules were applied");
}
