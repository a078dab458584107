//! The guide for writers says what is so: each of its examples is a lesson that passes, and
//! whatever can be named in a lesson is named in it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, root};
use tcpscope_lesson::check::check;
use tcpscope_lesson::{Part, claim, glossary};
use tcpscope_quiz::Kind;
use tcpscope_sim::Switch;
use tcpscope_tcp::Timer;

fn guide() -> String {
    std::fs::read_to_string(root().join("docs/writing-lessons.md")).unwrap()
}

fn examples(guide: &str) -> Vec<&str> {
    let blocks = guide.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

/// A part of a lesson, made whole with what the first example has besides.
fn whole(part: &str, first: &str) -> String {
    if part.starts_with("#:schema") {
        return part.to_owned();
    }
    let scenario = match part {
        inline if inline.contains("[scenario]") => "",
        lossy if lossy.contains("a packet is lost") => "scenario = \"lost-syn\"\n",
        _ => "scenario = \"three-way-handshake\"\n",
    };
    let head = first.split("[[stop]]").next().unwrap();
    let head = head.replace("scenario = \"three-way-handshake\"\n", scenario);
    let stops = match part.contains("[[stop]]") {
        true => "",
        false => &first[first.find("[[stop]]").unwrap()..first.find("[[trap]]").unwrap()],
    };
    format!("{head}\n{stops}\n{part}")
}

#[test]
fn every_example_passes() {
    let guide = guide();
    let examples = examples(&guide);
    assert!(examples.len() >= 8);
    let mut wrong = String::new();
    for example in &examples {
        let whole = whole(example, examples[0]);
        for finding in check(&whole, Some("hello"), &Ours).findings {
            let line = whole.lines().nth(finding.line - 1).unwrap_or_default();
            wrong.push_str(&format!("{finding}\n    {line}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn whatever_can_be_named_is_named() {
    let guide = guide();
    let names = Switch::ALL.into_iter().map(Switch::name);
    let names = names.chain(Timer::ALL.into_iter().map(Timer::name));
    let names = names.chain(Part::ALL.into_iter().map(Part::name)).chain(Kind::NAMES);
    let names = names.chain(glossary::TERMS.iter().map(|term| term.id));
    let names = names.map(|name| format!("`{name}`"));
    let variables = claim::variables().map(|(name, _)| format!("`client.{name}`"));
    let fields = claim::fields().map(|(name, _)| format!("`segment.{name}`"));
    for name in names.chain(variables).chain(fields) {
        assert!(guide.contains(&name), "{name}");
    }
}
