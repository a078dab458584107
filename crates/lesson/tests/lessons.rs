//! Every lesson of ours holds: its stops are reached, its claims are true, its words are there; and
//! its shape is what the schema says.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, lesson, stems};
use serde_json::Value;
use tcpscope_lesson::SCHEMA;
use tcpscope_lesson::check::check;

#[test]
fn every_lesson_holds() {
    let mut wrong = String::new();
    for id in stems("lessons", "toml") {
        let checked = check(&lesson(&id), Some(&id), &Ours);
        for finding in &checked.findings {
            wrong.push_str(&format!("lessons/{id}.toml:{finding}\n"));
        }
        let staged = checked.staged.unwrap();
        assert_eq!(staged.stops.len(), staged.lesson.stops.len(), "{id}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_schema_fits_every_lesson() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for id in stems("lessons", "toml") {
        let source = common::lesson(&id);
        assert!(source.starts_with("#:schema ./lesson.schema.json\n"), "{id}: no #:schema line");
        let lesson: Value = toml::from_str(&source).unwrap();
        let wrong = misfit(&lesson, &schema, &schema, &id);
        assert_eq!(wrong, None);
    }
}

#[test]
fn the_schema_refuses_what_check_refuses() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let lesson: Value = toml::from_str(&common::lesson("three-way-handshake")).unwrap();
    type Spoil = fn(&mut Value);
    let spoilt: [(&str, Spoil); 7] = [
        ("format", |it| it["format"] = 2.into()),
        ("an unknown field", |it| it["colour"] = "red".into()),
        ("a part", |it| it["part"] = "basic".into()),
        ("a level", |it| it["level"] = 4.into()),
        ("a translation", |it| it["title"] = serde_json::json!({ "en": "x" })),
        ("no stops", |it| it["stop"] = serde_json::json!([])),
        ("a kind", |it| it["stop"][0]["question"] = serde_json::json!([{ "kind": "riddle" }])),
    ];
    for (what, spoil) in spoilt {
        let mut lesson = lesson.clone();
        spoil(&mut lesson);
        assert!(misfit(&lesson, &schema, &schema, "").is_some(), "{what}");
        let source = toml::to_string(&lesson).unwrap();
        let findings = check(&source, None, &Ours).findings;
        assert!(!findings.is_empty(), "{what}");
    }
}

/// Where a value does not fit a schema, for as much of JSON Schema as ours uses.
fn misfit(value: &Value, schema: &Value, root: &Value, path: &str) -> Option<String> {
    let fields = schema.as_object().unwrap();
    for (keyword, wanted) in fields {
        let fits = match keyword.as_str() {
            "$ref" => {
                let name = wanted.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                if let Some(wrong) = misfit(value, &root["$defs"][name], root, path) {
                    return Some(wrong);
                }
                true
            }
            "type" => match wanted.as_str().unwrap() {
                "string" => value.is_string(),
                "integer" => value.is_i64() || value.is_u64(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                other => panic!("the type {other}"),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => value.as_i64() >= wanted.as_i64(),
            "maximum" => value.as_i64() <= wanted.as_i64(),
            "minItems" => value.as_array().unwrap().len() as u64 >= wanted.as_u64().unwrap(),
            "anyOf" => {
                let some = wanted.as_array().unwrap().iter();
                some.map(|one| misfit(value, one, root, path)).any(|wrong| wrong.is_none())
            }
            "required" => {
                let mut names = wanted.as_array().unwrap().iter();
                names.all(|name| value.get(name.as_str().unwrap()).is_some())
            }
            "additionalProperties" => {
                let known = fields["properties"].as_object().unwrap();
                value.as_object().unwrap().keys().all(|key| known.contains_key(key))
            }
            "properties" => {
                for (key, schema) in wanted.as_object().unwrap() {
                    let Some(value) = value.get(key) else { continue };
                    if let Some(wrong) = misfit(value, schema, root, &format!("{path}.{key}")) {
                        return Some(wrong);
                    }
                }
                true
            }
            "items" => {
                for (place, item) in value.as_array().unwrap().iter().enumerate() {
                    if let Some(wrong) = misfit(item, wanted, root, &format!("{path}[{place}]")) {
                        return Some(wrong);
                    }
                }
                true
            }
            "description" | "title" | "$schema" | "$defs" | "pattern" => true,
            other => panic!("the keyword {other}"),
        };
        if !fits {
            return Some(format!("{path}: {keyword} {wanted}"));
        }
    }
    None
}
