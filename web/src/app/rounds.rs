//! Rounds: drawn with a seed, asked one after another at the figure, told in a code.

use std::rc::Rc;

use tcpscope_quiz::{
    Answered, Asked as Drawn, Quiz, Results, ReviewItem, Round, See, answer_in_words,
    code_error_in_words, text,
};
use tcpscope_scenario::Scenario;
use tcpscope_sim::Setup;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;

use super::interviews::focus_below_heading;
use super::{App, LoadError, learn_now};
use crate::browser::{self, copy_text};
use crate::store::{
    Action, Arrange, Asked, Interviewed, Notice, NoticeKind, Playback, Playing, RoundLine, Run,
};

/// So many questions has a round that is begun here.
const COUNT: u8 = 8;

impl App {
    /// Begins a round of what is shown, with a seed of its own.
    pub(super) fn begin_round(&self) {
        self.play(Results { round: self.draw_round(COUNT), answers: Vec::new() });
    }

    /// A round of what is shown, with a seed of its own.
    pub(super) fn draw_round(&self, count: u8) -> Round {
        let interviewing = &self.store.read().interviewing;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^32")]
        let seed = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        Round::new(seed, interviewing.theme, interviewing.level.0, count)
    }

    /// Opens the code that was typed or pasted: a round, or what was answered in one.
    pub(super) fn open_code(&self) {
        let field = browser::element("round-code").and_then(|field| field.dyn_into().ok());
        let Some(field): Option<HtmlInputElement> = field else { return };
        self.open_round(&field.value());
    }

    /// Opens a round, or results, by their code; says in the book what is wrong with it.
    pub(super) fn open_round(&self, code: &str) {
        let is_results = code.trim_start().starts_with(['a', 'A']);
        let found = if is_results {
            Results::from_code(code)
        } else {
            Round::from_code(code).map(|round| Results { round, answers: Vec::new() })
        };
        match found {
            Ok(found) => self.play(found),
            Err(error) => {
                let locale = self.store.read().preferences.locale;
                learn_now(locale);
                let told = code_error_in_words(&error, locale);
                self.store.act(Action::Interview(Interviewed::BadCode(told.clone())));
                if self.store.read().teaching.book.is_none() {
                    self.tell_bad_code(told);
                }
            }
        }
    }

    /// Tells what is wrong with a code that stood in a link.
    pub(super) fn tell_bad_code(&self, detail: String) {
        self.store.act(Action::Tell(Some(Notice { kind: NoticeKind::BadLink, detail })));
    }

    /// Begins a round, or shows what was answered in it.
    fn play(&self, results: Results) {
        let app = self.clone();
        spawn_local(async move {
            learn_now(app.store.read().preferences.locale);
            let outcome = app.play_now(results).await;
            app.told(outcome);
        });
    }

    async fn play_now(&self, results: Results) -> Result<(), LoadError> {
        let Results { round, answers } = results;
        let scenarios = self.scenarios_of(&round).await?;
        let over = !answers.is_empty();
        let playing = Playing { round, scenarios, answers, asked: None, ends: None };
        self.shut();
        self.leave_set();
        self.store.act(Action::Beside(None));
        self.store.act(Action::Interview(Interviewed::Play(Box::new(playing))));
        if over {
            self.end_round();
        } else {
            self.start_clock();
            self.next_in_round();
        }
        Ok(())
    }

    /// Asks the next question of the round, or tells the results.
    pub(super) fn next_in_round(&self) {
        let next = {
            let session = self.store.read();
            let Some(playing) = &session.interviewing.round else { return };
            let place = u8::try_from(playing.answers.len()).unwrap_or(u8::MAX);
            playing.drawn(place).map(|drawn| {
                let numbers = session.preferences.numbers;
                let quiz = drawn.quiz().with_numbers(numbers);
                let choices = quiz.choices(&drawn.question);
                let question = drawn.question;
                let run = Rc::new(drawn.timeline.clone());
                let asked = Asked { place: 0, question, run, numbers, choices, graded: None };
                let scenario = playing.scenario(&drawn.scenario).cloned();
                (scenario, drawn, asked)
            })
        };
        let Some((Some(scenario), drawn, asked)) = next else { return self.end_round() };
        let record = asked.question.at;
        let run = Run::of(scenario, true, drawn.timeline);
        self.store.act(Action::Load(Box::new(run)));
        self.store.act(Action::Playback(Playback::Record(record)));
        self.store.act(Action::Arrange(Arrange::Follow(true)));
        self.store.act(Action::Interview(Interviewed::Asked(asked)));
        focus_below_heading("round-question");
    }

    /// An answer was chosen: the first counts.
    pub(super) fn answer_in_round(&self, choice: usize) {
        let done = {
            let session = self.store.read();
            let Some(playing) = &session.interviewing.round else { return };
            let Some(asked) = playing.asked.as_ref().filter(|asked| asked.graded.is_none()) else {
                return;
            };
            let Some(answer) = asked.choices.get(choice) else { return };
            let place = u8::try_from(playing.answers.len()).unwrap_or(u8::MAX);
            // Of the round's own run, whatever was done to the one in the figure.
            let Some(drawn) = playing.drawn(place) else { return };
            let quiz = drawn.quiz().with_numbers(asked.numbers);
            let Ok(graded) = quiz.grade(&asked.question, answer) else { return };
            let kind = asked.question.kind.place();
            let right = graded.right;
            let answered = Answered { kind, answer: Some(answer.clone()), right, tenths: 0 };
            let item = ReviewItem::Round { round: playing.round, place };
            (Asked { graded: Some((choice, graded)), ..asked.clone() }, answered, item)
        };
        let (asked, answered, item) = done;
        let right = answered.right;
        self.store.act(Action::Interview(Interviewed::Answered(asked, answered)));
        self.note(&item, right);
    }

    /// Goes to where the answer shows.
    pub(super) fn see_in_round(&self) {
        let see = {
            let session = self.store.read();
            let playing = session.interviewing.round.as_ref();
            let asked = playing.and_then(|playing| playing.asked.as_ref());
            asked.and_then(|asked| asked.graded.as_ref()?.1.see.clone())
        };
        self.see_at(see);
    }

    /// Goes to where an answer shows; where the run has to be changed for that, it is.
    pub(super) fn see_at(&self, see: Option<See>) {
        let Some(see) = see else { return };
        if let Some(change) = see.change {
            self.store.act(Action::Edit(change));
        }
        self.store.act(Action::Playback(Playback::Record(see.record)));
    }

    /// Tells what was asked and answered.
    pub(super) fn end_round(&self) {
        let lines = {
            let session = self.store.read();
            let Some(playing) = &session.interviewing.round else { return };
            playing.lines(&session)
        };
        self.store.act(Action::Interview(Interviewed::Ended(lines)));
        focus_below_heading("round-results");
    }

    /// Copies the results' code.
    pub(super) fn copy_results(&self) {
        let code = {
            let session = self.store.read();
            let playing = session.interviewing.round.as_ref();
            playing.map(|playing| playing.results().to_code())
        };
        let Some(code) = code else { return };
        let app = self.clone();
        spawn_local(async move {
            let copied = copy_text(&code).await;
            app.store.act(Action::Interview(Interviewed::Copied(copied)));
        });
    }
}

impl Playing {
    fn scenario(&self, id: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.id() == id)
    }

    /// A question of the round, with its run.
    pub(super) fn drawn(&self, place: u8) -> Option<Drawn> {
        let mut setup = |id: &str| -> Option<Setup> { Some(self.scenario(id)?.setup()) };
        self.round.question(place, &mut setup)
    }

    /// What was asked and answered, in the reader's words.
    fn lines(&self, session: &crate::store::Session) -> Vec<RoundLine> {
        let (locale, numbers) = (session.preferences.locale, session.preferences.numbers);
        let line = |(place, answered): (u8, &Answered)| {
            let drawn = self.drawn(place)?;
            let quiz: Quiz<'_> = drawn.quiz().with_numbers(numbers);
            let words = |answer| answer_in_words(&quiz, answer, locale);
            Some(RoundLine {
                question: text(&quiz, &drawn.question, locale),
                answer: answered.answer.as_ref().map(words).unwrap_or_default(),
                expected: quiz.expected(&drawn.question).as_ref().map(words).unwrap_or_default(),
                right: answered.right,
            })
        };
        (0..).zip(&self.answers).filter_map(line).collect()
    }
}
