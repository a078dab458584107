//! Every lesson, at each of its stops and at its end, in both languages and all layouts, and every
//! page of the book: put together without a panic.

use std::rc::Rc;

use tcpscope_lesson::check::{Library, Staged, check};
use tcpscope_lesson::course::{Course, Glossary, Progress, Sheet, SheetRun, SheetStage};
use tcpscope_quiz::Quiz;
use tcpscope_scenario::Scenario;
use tcpscope_sim::RecordId;
use tcpscope_view::{Locale, Numbers};

use super::look;
use crate::store::{
    Action, Arrange, Asked, BookPage, Layout, OpenTerm, Playback, Preference, Reading, Run, Shows,
    Store, Teach,
};

struct Ours;

fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Library for Ours {
    fn scenario(&self, id: &str) -> Option<Scenario> {
        let text = std::fs::read_to_string(root().join(format!("scenarios/{id}.json"))).ok()?;
        Scenario::from_json(&text).ok()
    }

    fn scenarios(&self) -> Vec<String> {
        Vec::new()
    }

    fn lessons(&self) -> Vec<String> {
        let files = std::fs::read_dir(root().join("lessons")).expect("the folder of lessons");
        let names = files.map(|file| file.expect("a file").file_name());
        let names = names.filter_map(|name| Some(name.to_str()?.strip_suffix(".toml")?.to_owned()));
        names.collect()
    }
}

fn staged(id: &str) -> Staged {
    let path = root().join(format!("lessons/{id}.toml"));
    let source = std::fs::read_to_string(path).expect("a lesson");
    check(&source, Some(id), &Ours).staged.expect("a lesson that runs")
}

fn scenario(run: &SheetRun) -> (Scenario, bool) {
    match &run.stage {
        SheetStage::Named(id) => (Ours.scenario(id).expect("a scenario of ours"), true),
        SheetStage::Inline(file) => (Scenario::from_json(file).expect("a scenario"), false),
    }
}

fn teach(store: &Store, what: Teach) {
    store.act(Action::Teach(what));
}

fn opened(sheet: Sheet, locale: Locale) -> Store {
    let store = Store::default();
    store.act(Action::Prefer(Preference::Locale(locale)));
    let scenarios: Vec<_> = sheet.runs.iter().map(scenario).collect();
    let (first, own) = scenarios[0].clone();
    let run = Run::new(first, own, sheet.runs[0].seed).expect("it runs");
    store.act(Action::Load(Box::new(run)));
    let reading = Reading {
        sheet: Rc::new(sheet),
        locale,
        scenarios: Rc::new(scenarios),
        stop: 0,
        shows: None,
        asked: Vec::new(),
    };
    teach(&store, Teach::Open(Box::new(reading)));
    store
}

/// All questions of a moment, each answered by its first choice.
fn asked(store: &Store) -> Vec<Asked> {
    let session = store.read();
    let run = session.run().expect("a run");
    let quiz = Quiz::of(run.timeline());
    let questions = quiz.ask(run.moment().record).into_iter().enumerate();
    let asked = questions.map(|(place, question)| {
        let choices = quiz.choices(&question);
        let graded = choices.first().and_then(|answer| quiz.grade(&question, answer).ok());
        let graded = graded.map(|graded| (0, graded));
        let (run, numbers) = (Rc::new(run.timeline().clone()), Numbers::Relative);
        Asked { place, question, run, numbers, choices, graded }
    });
    asked.collect()
}

/// Each lesson in one of the languages, taking turns: the other's sheets have the same parts.
#[test]
fn every_stop_of_every_lesson() {
    for (number, staged) in Ours.lessons().iter().map(|id| staged(id)).enumerate() {
        let locale = Locale::ALL[number % Locale::ALL.len()];
        let sheet = Sheet::of(&staged, &Ours, locale.tag());
        let stops = sheet.stops.clone();
        let store = opened(sheet, locale);
        for (place, stop) in stops.iter().enumerate() {
            let layout = [Layout::Desk, Layout::Tablet, Layout::Phone][(number + place) % 3];
            store.act(Action::Arrange(Arrange::Layout(layout)));
            store.act(Action::Playback(Playback::Record(RecordId(stop.record))));
            let shows = (stop.run == 0).then(|| Shows { run: 0, edits: Vec::new() });
            teach(&store, Teach::At(place, shows));
            // What would follow a loss is run for each question, and one who has left a stop sees
            // the same at each: once a lesson will do.
            if place == 1 {
                teach(&store, Teach::Asked(asked(&store)));
            }
            look(&store);
            assert_eq!(store.read().teaching.stop_id(), Some(stop.id.clone()));
            if stop.run == 0 {
                assert!(!store.read().is_away(), "{}", stop.id);
            }
            store.act(Action::Playback(Playback::Records(-1)));
            assert!(store.read().is_away() || stop.record == 0, "{}", stop.id);
            if place == 0 {
                look(&store);
            }
        }
        teach(&store, Teach::Term(Some(OpenTerm { place: 0, id: "segment".into() })));
        look(&store);
        teach(&store, Teach::At(usize::MAX, None));
        assert_eq!(store.read().teaching.stop_id(), None);
        look(&store);
        teach(&store, Teach::Leave);
        look(&store);
    }
}

#[test]
fn every_page_of_the_book_with_and_without_what_it_lists() {
    let lessons: Vec<_> = Ours.lessons().iter().map(|id| staged(id).lesson).take(6).collect();
    for locale in Locale::ALL {
        let store = Store::default();
        store.act(Action::Prefer(Preference::Locale(locale)));
        let mut progress = Progress::default();
        progress.read(&lessons[0].id, &lessons[0].stops[0].id);
        for known in [false, true] {
            if known {
                teach(&store, Teach::Listed(locale, Course::of(&lessons, locale.tag())));
                teach(&store, Teach::Explained(locale, Glossary::of(locale.tag())));
                teach(&store, Teach::Progress(progress.clone(), true));
            }
            for page in [BookPage::Contents, BookPage::Glossary, BookPage::Progress] {
                teach(&store, Teach::Book(Some(page)));
                look(&store);
                teach(&store, Teach::Filter("syn".into()));
                look(&store);
                teach(&store, Teach::Missing("lessons/index.en.json".into()));
                look(&store);
                teach(&store, Teach::Imported(Err("no".into())));
                look(&store);
            }
            teach(&store, Teach::Way(Some(0)));
            teach(&store, Teach::Book(Some(BookPage::Contents)));
            look(&store);
            teach(&store, Teach::Erase(false));
            look(&store);
            teach(&store, Teach::Book(None));
            look(&store);
        }
    }
}
