//! What the page fetches of a lesson is all that there is in it, and whatever else it fetches is
//! answered.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, lesson, stems};
use proptest::prelude::*;
use tcpscope_lesson::check::{Staged, check};
use tcpscope_lesson::page::{self, BitKind, PageLesson, PageScenario, Text};
use tcpscope_lesson::{Lesson, glossary};
use tcpscope_scenario::{Json, LinkEdit, Scenario};
use tcpscope_sim::Switch;
use tcpscope_view::Locale;

fn ours() -> Vec<Staged> {
    let all = stems("lessons", "toml").into_iter();
    all.map(|id| check(&lesson(&id), Some(&id), &Ours).staged.unwrap()).collect()
}

#[test]
fn a_lesson_comes_through_as_it_was_sent() {
    for staged in ours() {
        for locale in Locale::ALL {
            let page = PageLesson::of(&staged, locale);
            let json = page.to_json();
            assert_eq!(PageLesson::from_json(&json).as_ref(), Ok(&page), "{json}");
            assert_eq!(page.stops.len(), staged.lesson.stops.len());
            assert_eq!(page.runs.len(), 1 + staged.lesson.runs.len());
            assert_eq!(page.traps.len(), staged.lesson.traps.len());
            for (stop, found) in page.stops.iter().zip(&staged.stops) {
                assert_eq!((stop.record, stop.last), (found.record.0, found.last.0));
                assert!(stop.record <= stop.last && !stop.say.is_empty());
            }
        }
    }
}

#[test]
fn every_value_is_filled_in_and_every_term_has_its_words() {
    for staged in ours() {
        for locale in Locale::ALL {
            let page = PageLesson::of(&staged, locale);
            let stops = page.stops.iter().map(|stop| &stop.say);
            let traps = page.traps.iter().flat_map(|trap| [&trap.wrong, &trap.say]);
            for text in stops.chain(traps).chain(page.sandbox.iter().map(|trial| &trial.say)) {
                complete(text);
            }
        }
    }
}

fn complete(text: &Text) {
    for bit in text.iter().flatten() {
        match &bit.kind {
            BitKind::Words(words) => assert!(!words.is_empty()),
            BitKind::Term(id, shown) => assert!(glossary::find(id).is_some() && !shown.is_empty()),
            BitKind::Value(relative, absolute) => {
                assert!(!relative.is_empty() && !absolute.is_empty());
            }
        }
    }
}

#[test]
fn the_page_can_make_each_run() {
    for staged in ours() {
        for run in PageLesson::of(&staged, Locale::En).runs {
            let scenario = match &run.scenario {
                PageScenario::Named(id) => {
                    tcpscope_lesson::check::Library::scenario(&Ours, id).unwrap()
                }
                PageScenario::Inline(file) => Scenario::from_json(file).unwrap(),
            };
            assert!(!scenario.title().en.is_empty() && !scenario.title().zh_cn.is_empty());
            for switch in run.without.iter().chain(&run.with) {
                let name = switch.rsplit('.').next().unwrap();
                assert!(Switch::from_name(name).is_some(), "{switch}");
            }
            for edit in &run.edits {
                LinkEdit::from_text(edit).unwrap().resolve(&scenario.setup()).unwrap();
            }
        }
    }
}

#[test]
fn the_contents_page_has_every_lesson_in_the_order_of_the_curriculum() {
    let ours = ours();
    let lessons: Vec<&Lesson> = ours.iter().map(|staged| &staged.lesson).collect();
    for locale in Locale::ALL {
        let cards = page::cards(&page::contents(&lessons, locale)).unwrap();
        assert_eq!(cards.len(), lessons.len());
        assert!(cards.windows(2).all(|pair| pair[0].part as usize <= pair[1].part as usize));
        let terms = Json::read(&glossary::to_json(locale.tag())).unwrap();
        assert_eq!(terms.items().len(), glossary::TERMS.len());
    }
}

proptest! {
    #[test]
    fn a_damaged_file_is_refused_or_read(at in 0_usize..6000, gone in 0_usize..30, piece in "[\\[\\]{}:,\"0-9a-z]{0,6}") {
        let staged = check(&lesson("three-way-handshake"), None, &Ours).staged.unwrap();
        let json = PageLesson::of(&staged, Locale::En).to_json();
        let characters: Vec<char> = json.chars().collect();
        let (at, end) = (at.min(characters.len()), (at + gone).min(characters.len()));
        let start: String = characters[..at].iter().collect();
        let rest: String = characters[end..].iter().collect();
        let damaged = format!("{start}{piece}{rest}");
        if let Ok(lesson) = PageLesson::from_json(&damaged) {
            prop_assert!(lesson.stops.iter().all(|stop| stop.run < lesson.runs.len()));
        }
        let _ = page::cards(&damaged);
    }
}
