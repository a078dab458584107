//! What was missed, asked again: noted when it is answered, and asked when it is due.

use std::rc::Rc;

use js_sys::Date;
use tcpscope_quiz::{Attempt, Due, Quiz, Review, ReviewItem, Round, code_error_in_words};
use tcpscope_scenario::Scenario;
use tcpscope_sim::Timeline;
use yew::platform::spawn_local;

use super::interviews::{focus, focus_below_heading};
use super::lessons::{made, question_of};
use super::loader::fetched;
use super::{App, LoadError, learn_now};
use crate::store::{
    Action, Again, Arrange, Asked, Catalogue, Interviewed, Noted, Playback, QuestionPlace,
    ReviewChange, Run, Told,
};
use crate::ui::ReviewCommand;

/// So many questions has an interview that is begun here.
const COUNT: u8 = 5;

/// A day, in milliseconds.
const DAY: f64 = 86_400_000.0;

/// A minute, in milliseconds.
const MINUTE: f64 = 60_000.0;

/// The device's day: days since 1970-01-01.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the ends"
)]
pub(super) fn today() -> u32 {
    let now = Date::new_0();
    ((now.get_time() - now.get_timezone_offset() * MINUTE) / DAY).floor() as u32
}

/// A question that the engine grades, with its run.
struct Posed {
    run: Run,
    timeline: Timeline,
    asked: Asked,
}

impl App {
    /// Does what a control asks of the review.
    pub(crate) fn review(&self, command: ReviewCommand) {
        match command {
            ReviewCommand::Begin => self.begin_review(false),
            ReviewCommand::Ahead => self.begin_review(true),
            ReviewCommand::On => self.review_on(),
            ReviewCommand::See => {
                let see = {
                    let session = self.store.read();
                    let reviewing = session.interviewing.reviewing.as_ref();
                    let asked = reviewing.and_then(|reviewing| reviewing.asked());
                    asked.and_then(|asked| asked.graded.as_ref()?.1.see.clone())
                };
                self.see_at(see);
            }
            ReviewCommand::Answer(choice) => self.answer_again(choice),
            ReviewCommand::Leave => self.store.act(Action::Interview(Interviewed::Leave)),
        }
    }

    /// A question was answered: what was missed is asked again, and what is asked again moves on or
    /// back. Says what came of it, and tells those who listen.
    pub(super) fn note(&self, item: &ReviewItem, right: bool) -> Noted {
        self.recall_progress();
        let (name, day) = (item.to_string(), self.store.read().teaching.today);
        let (mut review, _) = self.store.read().teaching.review();
        if !right || review.leitner(&name).is_some() {
            review.record(&Attempt { item: name.clone(), day, right });
            let mut progress = self.store.read().teaching.progress.clone();
            progress.set_review(&review.to_text());
            self.keep_progress(progress);
        }
        self.tell(item, right);
        Noted { right, back: review.due_in(&name, day) }
    }

    /// Tells those who listen of an answer.
    pub(super) fn tell(&self, item: &ReviewItem, right: bool) {
        self.store.act(Action::Answered(Told { item: item.to_string(), right }));
    }

    /// How the reader found the own answer to the question that is open.
    pub(super) fn rate(&self, right: bool) {
        let item = {
            let session = self.store.read();
            let open = session.interviewing.open.as_ref();
            let rates = open.is_some_and(|open| open.shown && open.noted.is_none());
            let question = session.interviewing.question().filter(|_| rates);
            question.map(|(_, question)| ReviewItem::Interview { id: question.id.clone() })
        };
        let Some(item) = item else { return };
        let noted = self.note(&item, right);
        self.store.act(Action::Interview(Interviewed::Rated(noted)));
        focus("interview-noted");
    }

    /// Begins an interview of what is shown: some questions, drawn with a seed.
    pub(super) fn begin_interview(&self) {
        self.hold(self.draw_round(COUNT));
    }

    /// Holds the interview of this code; what is wrong with it is told.
    pub(super) fn open_interview(&self, code: &str) {
        match Round::from_code(code) {
            Ok(round) => self.hold(round),
            Err(error) => {
                let locale = self.store.read().preferences.locale;
                learn_now(locale);
                self.tell_bad_code(code_error_in_words(&error, locale));
            }
        }
    }

    fn hold(&self, round: Round) {
        let app = self.clone();
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            learn_now(locale);
            if let Err(error) = app.interviews(locale).await {
                return app.told(Err(error));
            }
            let queue: Vec<_> = {
                let session = app.store.read();
                let drawn = round.interview(session.interviewing.list());
                let item = |id: &String| ReviewItem::Interview { id: id.clone() }.to_string();
                let due = |id| Due { item: item(id), leitner: 1, overdue: 0 };
                drawn.into_iter().map(|question| due(&question.id)).collect()
            };
            app.recall_progress();
            app.shut();
            app.leave_set();
            app.store.act(Action::Beside(None));
            app.change(ReviewChange::Begin(queue, Some(round)));
            app.start_clock();
            app.ask_again(0);
        });
    }

    /// The time of an interview is up: what came of it.
    pub(super) fn end_interview(&self) {
        let all = self.store.read().interviewing.reviewing.as_ref().map(|it| it.queue.len());
        if let Some(all) = all {
            self.ask_again(all);
        }
    }

    fn begin_review(&self, ahead: bool) {
        learn_now(self.store.read().preferences.locale);
        self.recall_progress();
        let (review, _): (Review, _) = self.store.read().teaching.review();
        let today = self.store.read().teaching.today;
        let queue = if ahead { review.all(today) } else { review.due(today) };
        if queue.is_empty() {
            return;
        }
        self.shut();
        self.leave_set();
        self.store.act(Action::Beside(None));
        self.change(ReviewChange::Begin(queue, None));
        self.ask_again(0);
    }

    fn review_on(&self) {
        let next = self.store.read().interviewing.reviewing.as_ref().map(|it| it.place + 1);
        if let Some(next) = next {
            self.ask_again(next);
        }
    }

    /// Asks what is at this place; after the last, tells what came of the review.
    fn ask_again(&self, place: usize) {
        let name = {
            let session = self.store.read();
            let Some(reviewing) = &session.interviewing.reviewing else { return };
            reviewing.queue.get(place).map(|due| due.item.clone())
        };
        let Some(name) = name else {
            self.change(ReviewChange::At(place, Again::Ends));
            return focus_below_heading("review-sheet");
        };
        self.change(ReviewChange::At(place, Again::Coming));
        let app = self.clone();
        spawn_local(async move {
            let found = app.find_again(&name).await;
            let waits = {
                let session = app.store.read();
                let reviewing = session.interviewing.reviewing.as_ref();
                reviewing.is_some_and(|it| it.place == place && matches!(it.now, Again::Coming))
            };
            if !waits {
                return;
            }
            match found {
                Ok(Found::Spoken(question)) => {
                    app.change(ReviewChange::At(place, Again::Spoken(question)));
                    focus("interview-answer");
                }
                Ok(Found::Posed(posed)) => {
                    let Posed { run, timeline, asked } = *posed;
                    let record = asked.question.at;
                    app.store.act(Action::Load(Box::new(run)));
                    app.store.act(Action::Playback(Playback::Record(record)));
                    app.store.act(Action::Arrange(Arrange::Follow(true)));
                    let graded = Again::Graded(Box::new((asked, timeline)));
                    app.change(ReviewChange::At(place, graded));
                    focus_below_heading("review-sheet");
                }
                Err(why) => {
                    app.change(ReviewChange::At(place, Again::Gone(why)));
                    focus_below_heading("review-sheet");
                }
            }
        });
    }

    async fn find_again(&self, name: &str) -> Result<Found, String> {
        let told = |error: LoadError| error.to_string();
        let found = match ReviewItem::from_name(name) {
            Some(ReviewItem::Interview { id }) => {
                let locale = self.store.read().preferences.locale;
                self.interviews(locale).await.map_err(told)?;
                self.store.read().interviewing.named(&id).map(Found::Spoken)
            }
            Some(ReviewItem::Round { round, place }) => {
                let scenarios = self.scenarios_of(&round).await.map_err(told)?;
                self.posed_by(&round, place, &scenarios).map(Found::posed)
            }
            Some(ReviewItem::Lesson { lesson, stop, place }) => {
                self.posed_in(&lesson, &stop, place.into()).await.map_err(told)?.map(Found::posed)
            }
            None => None,
        };
        found.ok_or_else(|| self.store.read().messages().review.unknown.to_owned())
    }

    fn posed_by(&self, round: &Round, place: u8, scenarios: &[Scenario]) -> Option<Posed> {
        let find = |id: &str| scenarios.iter().find(|scenario| scenario.id() == id);
        let drawn = round.question(place, &mut |id| Some(find(id)?.setup()))?;
        let numbers = self.store.read().preferences.numbers;
        let choices = drawn.quiz().with_numbers(numbers).choices(&drawn.question);
        let of = Rc::new(drawn.timeline.clone());
        let question = drawn.question;
        let asked = Asked { place: 0, question, run: of, numbers, choices, graded: None };
        let run = Run::of(find(&drawn.scenario)?.clone(), true, drawn.timeline.clone());
        Some(Posed { run, timeline: drawn.timeline, asked })
    }

    /// A question of a lesson's, at its stop.
    async fn posed_in(
        &self,
        lesson: &str,
        stop: &str,
        place: usize,
    ) -> Result<Option<Posed>, LoadError> {
        let locale = self.store.read().preferences.locale;
        if self.course(locale).await?.find(lesson).is_none() {
            return Ok(None);
        }
        let reading = self.fetch_lesson(lesson, locale).await?;
        let Some(stop) = reading.sheet.stops.iter().find(|each| each.id == stop) else {
            return Ok(None);
        };
        let found = reading.run(stop.run).zip(stop.asks.get(place));
        let Some(((sheet, scenario, own), ask)) = found else { return Ok(None) };
        let (run, _) = made(sheet, scenario, own)?;
        let timeline = run.timeline().clone();
        let numbers = self.store.read().preferences.numbers;
        let quiz = Quiz::of(&timeline).with_numbers(numbers);
        let Some(question) = question_of(&quiz, ask, stop.record) else {
            return Ok(None);
        };
        let choices = quiz.choices(&question);
        let of = Rc::new(timeline.clone());
        let asked = Asked { place, question, run: of, numbers, choices, graded: None };
        Ok(Some(Posed { run, timeline, asked }))
    }

    /// An answer was chosen: the first counts.
    pub(super) fn answer_again(&self, choice: usize) {
        let graded = {
            let session = self.store.read();
            let Some(reviewing) = &session.interviewing.reviewing else { return };
            let Again::Graded(graded) = &reviewing.now else { return };
            let (asked, timeline) = (&graded.0, &graded.1);
            let Some(answer) = asked.choices.get(choice).filter(|_| asked.graded.is_none()) else {
                return;
            };
            let quiz = Quiz::of(timeline).with_numbers(asked.numbers);
            let Ok(graded) = quiz.grade(&asked.question, answer) else { return };
            let item = reviewing.due().and_then(|due| ReviewItem::from_name(&due.item));
            item.map(|item| (item, Asked { graded: Some((choice, graded)), ..asked.clone() }))
        };
        let Some((item, asked)) = graded else { return };
        let right = asked.graded.as_ref().is_some_and(|(_, graded)| graded.right);
        let noted = self.note(&item, right);
        self.change(ReviewChange::Answered(Box::new(asked), noted));
    }

    pub(super) fn change(&self, what: ReviewChange) {
        self.store.act(Action::Interview(Interviewed::Review(what)));
    }

    /// The scenarios that a round's runs are made of.
    pub(super) async fn scenarios_of(&self, round: &Round) -> Result<Rc<Vec<Scenario>>, LoadError> {
        let mut scenarios = Vec::new();
        for id in round.theme.scenarios() {
            let text = fetched(Catalogue::file_of(id)).await?;
            scenarios.push(Scenario::from_json(&text).map_err(LoadError::Malformed)?);
        }
        Ok(Rc::new(scenarios))
    }
}

/// What is asked again, once it is there.
enum Found {
    /// A question of the interviews.
    Spoken(QuestionPlace),
    /// One that the engine grades.
    Posed(Box<Posed>),
}

impl Found {
    fn posed(posed: Posed) -> Self {
        Self::Posed(Box::new(posed))
    }
}
