//! `docs/scenario-files.md` is right and whole: each of its examples runs, and each field and word
//! of a file stands in it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tcpscope_scenario::{LinkEdit, Problem, Scenario};
use tcpscope_sim::Timeline;

const PAGE: &str = include_str!("../../../docs/scenario-files.md");
const EVERYTHING: &str = include_str!("everything/everything.json");

/// The examples of the page, each as an object.
fn examples() -> Vec<Map<String, Value>> {
    let blocks = PAGE.split("```json\n").skip(1);
    let texts = blocks.map(|block| block.split_once("```").expect("an end").0);
    texts
        .map(|text| match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => fields,
            other => panic!("no object: {other:?} in {text}"),
        })
        .collect()
}

/// The whole file that the page begins with, and fields of a file, or of its first host, in place
/// of its own.
fn file_with(example: &Map<String, Value>) -> Value {
    let mut file = Value::Object(examples().swap_remove(0));
    let of_a_host = ["tcp", "sockets", "script", "scripts"];
    if example.keys().any(|key| of_a_host.contains(&key.as_str())) {
        file["hosts"][0].as_object_mut().expect("a host").remove("script");
    }
    for (key, value) in example {
        let place =
            if of_a_host.contains(&key.as_str()) { &mut file["hosts"][0] } else { &mut file };
        place[key] = value.clone();
    }
    file
}

#[test]
fn every_example_runs() {
    let examples = examples();
    assert!(examples.len() >= 10, "{} examples", examples.len());
    for example in examples {
        let text = file_with(&example).to_string();
        let scenario = Scenario::from_json(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let timeline = Timeline::new(scenario.setup()).expect("it can be run");
        assert!(timeline.trace().records().len() > 10, "{text}");
    }
}

/// The words that there are where a wrong one stands at this place of the file that says all.
fn known(place: &str, wrong: &str) -> Vec<&'static str> {
    let mut file: Value = serde_json::from_str(EVERYTHING).expect("JSON");
    let (object, key) = place.rsplit_once('/').expect("a place");
    let object = file.pointer_mut(object).unwrap_or_else(|| panic!("{place} is not there"));
    object[key] = wrong.into();
    match Scenario::from_json(&file.to_string()).expect_err(place).problem {
        Problem::UnknownField { known, .. } | Problem::NoneOf { known, .. } => known.to_vec(),
        other => panic!("{place}: {other}"),
    }
}

#[test]
fn every_field_and_every_word_stands_in_it() {
    let places = [
        "/x",
        "/hosts/0/x",
        "/hosts/0/sockets/x",
        "/hosts/0/scripts/0/0/x",
        "/hosts/0/scripts/0/0/call",
        "/hosts/0/scripts/0/0/option",
        "/hosts/0/scripts/0/6/do/2/how",
        "/hosts/0/scripts/0/6/do/0/when/x",
        "/hosts/2/script/0/do/0/segment/x",
        "/hosts/2/script/0/do/0/segment/options/x",
        "/hosts/2/script/0/do/0/segment/options/sack/0/x",
        "/links/0/x",
        "/links/0/jitter/x",
        "/links/0/bursts/x",
        "/links/0/reorder/x",
        "/links/0/queue/x",
        "/links/0/queue/codel/x",
        "/links/0/mtu/x",
        "/link_changes/0/x",
        "/interventions/0/x",
        "/interventions/0/kind",
        "/acts/0/x",
        "/acts/0/kind",
        "/acts/0/segment/seq/x",
    ];
    let words: BTreeSet<_> = places.iter().flat_map(|place| known(place, "zzz")).collect();
    assert!(words.len() > 100, "{} words", words.len());
    let stands = |word: &str| {
        let quoted = [format!("`{word}`"), format!("\"{word}\"")];
        quoted.iter().any(|quoted| PAGE.contains(quoted))
    };
    let missing: Vec<_> = words.into_iter().filter(|word| !stands(word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_forms_of_edits_are_the_ones_that_are_told() {
    let told = LinkEdit::from_text("nothing").expect_err("no edit").to_string();
    let (_, forms) = told.split_once(": ").expect("forms");
    for form in forms.split(" or ").filter(|form| form.contains(',') && !form.contains(' ')) {
        assert!(PAGE.contains(&format!("`{form}`")), "{form}");
    }
}
