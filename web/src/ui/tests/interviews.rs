//! Interviews, rounds, the review and the crib sheet: put together without a panic, in both languages.

use std::rc::Rc;

use tcpscope_lesson::course::{Course, Progress};
use tcpscope_quiz::{
    Answered, Attempt, Due, Interview, Level, Review, ReviewItem, Round, Theme, answer_in_words,
};
use tcpscope_scenario::Scenario;
use tcpscope_view::Locale;

use super::{loaded, look, scenarios};
use crate::store::{
    Action, Again, Arrange, Asked, BookPage, Interviewed, LIMITS, Layout, Noted, Playback, Playing,
    PointMoment, Preference, QuestionPlace, ReviewChange, RoundClock, RoundLine, Run, Store, Teach,
    Unread,
};

/// The interviews in a language, in the order in which the page lists them.
fn list(locale: Locale) -> Vec<Interview> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../interviews");
    let read = |theme: Theme| {
        let path = folder.join(theme.name()).with_extension("toml");
        let source = std::fs::read_to_string(path).expect("an interview");
        Interview::from_toml(&source, locale).expect("an interview that can be read")
    };
    let mut list: Vec<_> = Theme::ALL.into_iter().map(read).collect();
    list.rotate_left(1);
    list
}

fn interview(store: &Store, what: Interviewed) {
    store.act(Action::Interview(what));
}

fn review(store: &Store, what: ReviewChange) {
    interview(store, Interviewed::Review(what));
}

fn asking(locale: Locale) -> Store {
    let scenario = scenarios().into_iter().find(|it| it.id() == "three-way-handshake");
    let store = loaded(scenario.expect("the first scenario"));
    store.act(Action::Prefer(Preference::Locale(locale)));
    interview(&store, Interviewed::Listed(locale, list(locale)));
    store
}

/// The questions of a round, each with what it is asked at.
fn asked(round: &Round, place: u8, scenarios: &[Scenario]) -> (Asked, Run, tcpscope_sim::Timeline) {
    let find = |id: &str| scenarios.iter().find(|scenario| scenario.id() == id);
    let drawn = round.question(place, &mut |id| Some(find(id)?.setup())).expect("a question");
    let numbers = tcpscope_view::Numbers::Relative;
    let choices = drawn.quiz().choices(&drawn.question);
    let (question, of) = (drawn.question, Rc::new(drawn.timeline.clone()));
    let asked = Asked { place: 0, question, run: of, numbers, choices, graded: None };
    let run = Run::of(find(&drawn.scenario).expect("ours").clone(), true, drawn.timeline.clone());
    (asked, run, drawn.timeline)
}

#[test]
fn every_question_before_and_after_its_answer_was_seen_and_rated() {
    for (locale, layout) in Locale::ALL.into_iter().zip([Layout::Desk, Layout::Phone]) {
        let store = asking(locale);
        store.act(Action::Arrange(Arrange::Layout(layout)));
        let list = list(locale);
        for (theme, each) in list.iter().enumerate() {
            for question in 0..each.questions.len() {
                let place = QuestionPlace { theme, question };
                interview(&store, Interviewed::Open(place));
                look(&store);
                interview(&store, Interviewed::Show);
                look(&store);
                let back = [None, Some(1), Some(8)][question % 3];
                interview(&store, Interviewed::Rated(Noted { right: back.is_none(), back }));
                look(&store);
                let id = &each.questions[question].id;
                assert_eq!(store.read().interviewing.named(id), Some(place), "ids are names: {id}");
            }
        }
        interview(&store, Interviewed::Leave);
        look(&store);
    }
}

#[test]
fn the_questions_and_the_crib_sheet_of_every_theme_and_level() {
    for locale in Locale::ALL {
        let store = asking(locale);
        store.act(Action::Teach(Teach::Listed(locale, Course::of(&[], locale.tag()))));
        for page in [BookPage::Interview, BookPage::Crib] {
            store.act(Action::Teach(Teach::Book(Some(page))));
            for theme in Theme::ALL {
                for level in Level::ALL {
                    interview(&store, Interviewed::Theme(theme));
                    interview(&store, Interviewed::Level(level));
                    look(&store);
                }
            }
        }
        let told = |text: &str| text.to_owned();
        let moment = PointMoment { at: told("40 ms"), what: told("x"), rule: told("RFC 9293 §3") };
        interview(&store, Interviewed::Moments(0, vec![None, Some(moment)]));
        store.act(Action::Teach(Teach::Book(Some(BookPage::Crib))));
        look(&store);
        for minutes in LIMITS {
            interview(&store, Interviewed::Minutes(minutes));
            store.act(Action::Teach(Teach::Book(Some(BookPage::Interview))));
            look(&store);
        }
    }
}

#[test]
fn a_round_against_the_clock_from_its_beginning_to_its_early_end() {
    let scenarios = scenarios();
    for locale in Locale::ALL {
        let store = asking(locale);
        let round = Round::new(7, Theme::Opening, Level::Basic, 4);
        let playing = Playing {
            round,
            scenarios: Rc::new(scenarios.clone()),
            answers: Vec::new(),
            asked: None,
            ends: None,
        };
        interview(&store, Interviewed::Play(Box::new(playing)));
        look(&store);
        let clock = RoundClock::of(5, 0.0);
        let (asked, run, timeline) = asked(&round, 0, &scenarios);
        let record = asked.question.at;
        store.act(Action::Load(Box::new(run)));
        store.act(Action::Playback(Playback::Record(record)));
        interview(&store, Interviewed::Asked(asked.clone()));
        let later = [clock.seen(1.0), clock.seen(250_000.0), clock.paused(9_000.0)];
        for clock in later.into_iter().chain([clock.extended(5, 0.0)]) {
            interview(&store, Interviewed::Clock(Some(clock)));
            look(&store);
        }
        let quiz = tcpscope_quiz::Quiz::of(&timeline);
        let graded = quiz.grade(&asked.question, &asked.choices[0]).expect("its own choice");
        let right = graded.right;
        let line = RoundLine {
            question: tcpscope_quiz::text(&quiz, &asked.question, locale),
            answer: answer_in_words(&quiz, &asked.choices[0], locale),
            expected: answer_in_words(&quiz, &graded.expected, locale),
            right,
        };
        let kind = asked.question.kind.place();
        let answer = Some(asked.choices[0].clone());
        let answered = Answered { kind, answer, right, tenths: 0 };
        interview(
            &store,
            Interviewed::Answered(Asked { graded: Some((0, graded)), ..asked }, answered),
        );
        look(&store);
        interview(&store, Interviewed::Clock(Some(clock.seen(f64::MAX))));
        look(&store);
        interview(&store, Interviewed::Ended(vec![line]));
        look(&store);
        interview(&store, Interviewed::Leave);
        assert!(store.read().interviewing.clock.is_none(), "a clock ends with its round");
    }
}

#[test]
fn a_review_of_each_kind_of_question_and_its_end() {
    let scenarios = scenarios();
    for locale in Locale::ALL {
        let store = asking(locale);
        let round = Round::new(3, Theme::Closing, Level::Advanced, 8);
        let items = [
            ReviewItem::Interview { id: list(locale)[0].questions[0].id.clone() }.to_string(),
            ReviewItem::Round { round, place: 2 }.to_string(),
            ReviewItem::Lesson { lesson: "x".into(), stop: "y".into(), place: 0 }.to_string(),
            "what-is-this".to_owned(),
        ];
        let due = |item: &String| Due { item: item.clone(), leitner: 2, overdue: 0 };
        review(&store, ReviewChange::Begin(items.iter().map(due).collect(), None));
        assert!(store.read().shell.teaches, "it leads through the figure");
        look(&store);
        let spoken = QuestionPlace { theme: 0, question: 0 };
        review(&store, ReviewChange::At(0, Again::Spoken(spoken)));
        look(&store);
        interview(&store, Interviewed::Show);
        interview(&store, Interviewed::Rated(Noted { right: true, back: Some(4) }));
        look(&store);
        let (asked, run, timeline) = asked(&round, 2, &scenarios);
        store.act(Action::Load(Box::new(run)));
        review(&store, ReviewChange::At(1, Again::Coming));
        assert!(store.read().interviewing.open.is_none());
        look(&store);
        review(&store, ReviewChange::At(1, Again::Graded(Box::new((asked.clone(), timeline)))));
        look(&store);
        let quiz_of = store.read().run().expect("a run").timeline().clone();
        let quiz = tcpscope_quiz::Quiz::of(&quiz_of);
        let graded = quiz.grade(&asked.question, &asked.choices[0]).ok().map(|it| (0, it));
        let noted = Noted { right: false, back: Some(1) };
        review(&store, ReviewChange::Answered(Box::new(Asked { graded, ..asked }), noted));
        look(&store);
        review(&store, ReviewChange::At(2, Again::Gone("no".into())));
        look(&store);
        review(&store, ReviewChange::At(4, Again::Ends));
        look(&store);
        let done: Vec<_> = {
            let session = store.read();
            let reviewing = session.interviewing.reviewing.as_ref().expect("a review");
            reviewing.done.iter().map(|(place, noted)| (*place, noted.right)).collect()
        };
        assert_eq!(done, [(0, true), (1, false)]);
        interview(&store, Interviewed::Leave);
        assert!(!store.read().shell.teaches);
        look(&store);
    }
}

#[test]
fn what_is_kept_to_be_asked_again_wherever_it_is_told() {
    let attempt = |item: &str, day| Attempt { item: item.into(), day, right: false };
    let kept = Review::of(&[attempt("interview/a", 100), attempt("interview/b", 200)]);
    let broken = kept.to_text() + "nonsense\n";
    for locale in Locale::ALL {
        let store = asking(locale);
        store.act(Action::Teach(Teach::Listed(locale, Course::of(&[], locale.tag()))));
        for text in ["", &kept.to_text(), &broken] {
            for today in [0, 150, 300] {
                let mut progress = Progress::default();
                progress.set_review(text);
                store.act(Action::Teach(Teach::Today(today)));
                store.act(Action::Teach(Teach::Progress(progress, today > 0)));
                for page in [BookPage::Contents, BookPage::Interview, BookPage::Progress] {
                    store.act(Action::Teach(Teach::Book(Some(page))));
                    look(&store);
                }
            }
        }
        let (review, troubles) = store.read().teaching.review();
        assert_eq!((review.due(150).len(), review.due(300).len(), troubles.len()), (1, 2, 1));
        let unread = Unread { text: "{\n#%".into(), why: "1:1".into() };
        store.act(Action::Teach(Teach::Unread(unread)));
        look(&store);
        store.act(Action::Teach(Teach::Erase(true)));
        look(&store);
        store.act(Action::Teach(Teach::Book(None)));
        assert!(store.read().teaching.unread.is_none(), "it was erased with the rest");
    }
}
