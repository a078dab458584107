//! What the page reads of each lesson is what was made of it, in both languages.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, lesson, stems};
use tcpscope_lesson::check::check;
use tcpscope_lesson::course::{BitWords, Course, Sheet, Target};

#[test]
fn every_lesson_is_read_as_it_was_made() {
    let mut lessons = Vec::new();
    for id in stems("lessons", "toml") {
        let staged = check(&lesson(&id), Some(&id), &Ours).staged.unwrap();
        let both = ["en", "zh-CN"].map(|tag| Sheet::of(&staged, &Ours, tag));
        for sheet in &both {
            assert_eq!(Sheet::from_json(&sheet.to_json()).as_ref(), Ok(sheet), "{id}");
            assert_eq!(sheet.stops.len(), staged.lesson.stops.len(), "{id}");
        }
        let [en, zh_cn] = both;
        for (en, zh_cn) in en.stops.iter().zip(&zh_cn.stops) {
            assert_eq!((&en.id, en.record), (&zh_cn.id, zh_cn.record), "{id}");
            assert!(!en.say.is_empty() && !zh_cn.say.is_empty(), "{id}: {}", en.id);
            for words in en.say.iter().chain(&zh_cn.say).flatten().map(|bit| &bit.words) {
                let said = match words {
                    BitWords::Text(text) => text,
                    BitWords::Term(_, shown) => shown,
                    BitWords::Value(relative, _) => relative,
                };
                assert!(!said.is_empty(), "{id}: {}", en.id);
            }
        }
        lessons.push(staged.lesson);
    }
    let course = Course::of(&lessons, "zh-CN");
    assert_eq!(Course::from_json(&course.to_json()), Ok(course.clone()));
    assert_eq!(course.entries.len(), lessons.len());
    assert_eq!(course.entries[0].id, "three-way-handshake");
}

#[test]
fn a_lesson_has_its_moments_and_its_numbers() {
    let staged = check(&lesson("three-way-handshake"), None, &Ours).staged.unwrap();
    let sheet = Sheet::of(&staged, &Ours, "en");
    let syn = sheet.stops.iter().find(|stop| stop.id == "syn").unwrap();
    assert_eq!(syn.packet.as_deref(), Some("client:syn:0"));
    assert_eq!(Target::parse(&syn.point[0]), Target::Packet(None));
    let values = syn.say.iter().flatten().filter_map(|bit| match &bit.words {
        BitWords::Value(relative, _) => Some(relative.as_str()),
        BitWords::Text(_) | BitWords::Term(..) => None,
    });
    assert_eq!(values.collect::<Vec<_>>()[..2], ["0", "1"]);
    assert!(syn.claims.iter().all(|claim| !claim.values.is_empty()));
}
