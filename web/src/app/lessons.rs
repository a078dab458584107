//! Lessons: they are fetched when they are wanted, opened, led through, and what was read is kept.

mod ask;
mod led;
mod progress;
mod sight;
mod stops;

use std::rc::Rc;

use tcpscope_lesson::course::{Course, Glossary, Sheet, SheetRun, SheetStage};
use tcpscope_scenario::Scenario;
use tcpscope_view::Locale;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlDialogElement;
use yew::platform::spawn_local;

pub(super) use ask::question_of;
pub(super) use led::Led;
pub(crate) use stops::Step;
pub(super) use stops::made;

use super::loader::fetched;
use super::{App, LoadError, learn_now};
use crate::browser;
use crate::store::{
    Action, BookPage, Catalogue, Change, OpenTerm, Preference, Reading, Store, Subscription, Teach,
};
use crate::ui::{TeachCommand, term_id};

/// The dialog that the book is.
const BOOK: &str = "book";

/// How a lesson is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// The figure shows its stop; where there is no such stop, the first.
    Leading,
    /// The same, but not where there is no such stop.
    Exactly,
    /// The figure stays as it is.
    Beside,
}

/// Keeps what is shown of lessons in the reader's language.
pub(super) fn keep(app: &App) -> Subscription {
    let app = app.clone();
    app.store.clone().subscribe(move |store, change| {
        if change == Change::Preferred {
            let session = store.read();
            let (teaching, locale) = (&session.teaching, session.preferences.locale);
            let others = [
                teaching.course.as_ref().map(|(of, _)| *of),
                teaching.glossary.as_ref().map(|(of, _)| *of),
                teaching.reading.as_ref().map(|reading| reading.locale),
                session.interviewing.list.as_ref().map(|(of, _)| *of),
            ];
            let translates = others.into_iter().flatten().any(|of| of != locale);
            let asked = teaching.reading.iter().flat_map(|reading| &reading.asked);
            let recounts = asked.clone().any(|asked| asked.numbers != session.preferences.numbers);
            drop(session);
            if translates {
                app.translate();
            }
            if recounts {
                app.ask();
            }
        }
    })
}

impl App {
    /// Does what a control asks of the lessons.
    pub(crate) fn teach(&self, command: TeachCommand) {
        let store = &self.store;
        let teach = |what| store.act(Action::Teach(what));
        match command {
            command if self.leads_set(command) => {}
            TeachCommand::Contents if self.is_open(BookPage::Contents) => self.shut(),
            TeachCommand::Contents => self.turn_to(BookPage::Contents),
            TeachCommand::Glossary => self.turn_to(BookPage::Glossary),
            TeachCommand::Interview => self.turn_to(BookPage::Interview),
            TeachCommand::Progress => self.turn_to(BookPage::Progress),
            TeachCommand::Shut => self.shut(),
            TeachCommand::AllLessons => teach(Teach::Way(None)),
            TeachCommand::Way(place) => teach(Teach::Way(Some(place))),
            TeachCommand::Again => self.fetch_book(),
            TeachCommand::Stop(place) => self.step(Step::To(place)),
            TeachCommand::Next => self.step(Step::On),
            TeachCommand::Previous => self.step(Step::Back),
            TeachCommand::Back => self.step(Step::Here),
            TeachCommand::Leave => {
                store.act(Action::Beside(None));
                teach(Teach::Leave);
            }
            TeachCommand::Look(place) => self.look_at(place),
            TeachCommand::Term(place) => self.define(place),
            TeachCommand::Try(place) => self.try_out(place),
            TeachCommand::Answer(place) => self.answer(place / 16, place % 16),
            TeachCommand::See(place) => self.see(place),
            TeachCommand::Erase => teach(Teach::Erase(progress::forget())),
            TeachCommand::Unerase => self.bring_back(),
        }
    }

    fn is_open(&self, page: BookPage) -> bool {
        self.store.read().teaching.book == Some(page)
    }

    /// Opens the book at a page.
    pub(super) fn turn_to(&self, page: BookPage) {
        if learn_now(self.store.read().preferences.locale) {
            let locale = self.store.read().preferences.locale;
            self.store.act(Action::Prefer(Preference::Locale(locale)));
        }
        self.recall_progress();
        self.store.act(Action::Teach(Teach::Term(None)));
        self.store.act(Action::Teach(Teach::Book(Some(page))));
        self.fetch_book();
    }

    /// Shuts the book; the browser gives the focus back to who had it.
    pub(super) fn shut(&self) {
        let dialog = browser::element(BOOK).and_then(|dialog| dialog.dyn_into().ok());
        let Some(dialog): Option<HtmlDialogElement> = dialog else { return };
        dialog.close();
        self.was_shut();
    }

    /// The book was shut, by whatever.
    pub(super) fn was_shut(&self) {
        if self.store.read().teaching.book.is_some() {
            self.store.act(Action::Teach(Teach::Book(None)));
        }
    }

    /// Fetches what the book lists, if it is not there.
    fn fetch_book(&self) {
        let app = self.clone();
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            let asks = app.is_open(BookPage::Interview) || app.is_open(BookPage::Crib);
            let composes = app.is_open(BookPage::Sets);
            let outcome = match app.course(locale).await {
                Ok(_) if composes => app.offer(locale).await,
                Ok(_) if asks => app.interviews(locale).await,
                Ok(_) => app.glossary(locale).await,
                Err(error) => Err(error),
            };
            if let Err(error) = outcome {
                app.store.act(Action::Teach(Teach::Missing(error.to_string())));
            }
        });
    }

    /// The list of lessons in a language, fetched if need be.
    pub(crate) async fn course(&self, locale: Locale) -> Result<Rc<Course>, LoadError> {
        if let Some((of, course)) = &self.store.read().teaching.course
            && *of == locale
        {
            return Ok(course.clone());
        }
        let text = fetched(file("index", locale)).await?;
        let course = Course::from_json(&text).map_err(LoadError::Malformed)?;
        self.store.act(Action::Teach(Teach::Listed(locale, course.clone())));
        Ok(Rc::new(course))
    }

    /// Fetches the glossary in a language, if need be.
    async fn glossary(&self, locale: Locale) -> Result<(), LoadError> {
        if self.store.read().teaching.glossary.as_ref().is_some_and(|(of, _)| *of == locale) {
            return Ok(());
        }
        let text = fetched(file("glossary", locale)).await?;
        let glossary = Glossary::from_json(&text).map_err(LoadError::Malformed)?;
        self.store.act(Action::Teach(Teach::Explained(locale, glossary)));
        Ok(())
    }

    /// Opens a lesson at a stop, or at its first.
    pub(crate) async fn open_lesson(
        &self,
        id: &str,
        stop: Option<&str>,
        how: Opening,
    ) -> Result<(), LoadError> {
        let locale = self.store.read().preferences.locale;
        learn_now(locale);
        let course = self.course(locale).await?;
        let words = || &self.store.read().messages().lessons;
        if course.find(id).is_none() {
            return Err(LoadError::Lesson(words().unknown_lesson.fill([id])));
        }
        let reading = self.fetch_lesson(id, locale).await?;
        let at = stop.map(|id| reading.sheet.stops.iter().position(|stop| stop.id == id));
        let unknown = stop
            .filter(|_| at == Some(None))
            .map(|stop| LoadError::Lesson(words().unknown_stop.fill([&reading.sheet.title, stop])));
        if let (Some(_), Opening::Exactly) = (&unknown, how) {
            return unknown.map_or(Ok(()), Err);
        }
        let place = at.flatten().unwrap_or(0);
        self.recall_progress();
        self.leave_set();
        self.store.act(Action::Teach(Teach::Open(Box::new(reading))));
        self.shut();
        self.step(if how == Opening::Beside { Step::Stay(place) } else { Step::To(place) });
        // Told last: another run that is loaded takes what was told before away.
        unknown.map_or(Ok(()), Err)
    }

    pub(super) async fn fetch_lesson(
        &self,
        id: &str,
        locale: Locale,
    ) -> Result<Reading, LoadError> {
        let text = fetched(file(id, locale)).await?;
        let sheet = Sheet::from_json(&text).map_err(|error| {
            let words = &self.store.read().messages().lessons;
            LoadError::Lesson(words.broken_lesson.fill([id, &error.to_string()]))
        })?;
        let mut scenarios = Vec::new();
        for run in &sheet.runs {
            scenarios.push(scenario_of(run).await?);
        }
        Ok(Reading {
            sheet: Rc::new(sheet),
            locale,
            scenarios: Rc::new(scenarios),
            stop: 0,
            shows: None,
            asked: Vec::new(),
        })
    }

    /// What a run of a lesson begins with, and whether that is a scenario of the page.
    pub(super) async fn run_of_lesson(
        &self,
        id: &str,
        run: &str,
    ) -> Result<(Scenario, bool), LoadError> {
        let locale = self.store.read().preferences.locale;
        learn_now(locale);
        let course = self.course(locale).await?;
        let words = || &self.store.read().messages().lessons;
        if course.find(id).is_none() {
            return Err(LoadError::Lesson(words().unknown_lesson.fill([id])));
        }
        let reading = self.fetch_lesson(id, locale).await?;
        let found = reading.sheet.runs.iter().position(|it| it.id == run);
        let found = found.and_then(|place| reading.scenarios.get(place).cloned());
        found
            .ok_or_else(|| LoadError::Lesson(words().unknown_run.fill([&reading.sheet.title, run])))
    }

    /// Fetches what is shown in the reader's language.
    fn translate(&self) {
        let app = self.clone();
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            let wants_glossary = app.store.read().teaching.glossary.is_some();
            let mut outcome = app.course(locale).await.map(|_| ());
            if wants_glossary && outcome.is_ok() {
                outcome = app.glossary(locale).await;
            }
            let composes = app.is_open(BookPage::Sets);
            let asks = app.store.read().interviewing.list.is_some();
            if asks && outcome.is_ok() {
                outcome = app.interviews(locale).await;
            }
            if composes && outcome.is_ok() {
                outcome = app.offer(locale).await;
            }
            let reads = app.store.read().teaching.reading.as_ref().map(|it| it.sheet.id.clone());
            if let (Some(id), Ok(())) = (reads, &outcome) {
                match app.fetch_lesson(&id, locale).await {
                    Ok(mut reading) => {
                        if let Some(before) = &app.store.read().teaching.reading {
                            reading.stop = before.stop;
                        }
                        app.store.act(Action::Teach(Teach::Reword(Box::new(reading))));
                    }
                    Err(error) => outcome = Err(error),
                }
            }
            app.told(outcome);
        });
    }

    /// Opens the definition of a word, or closes it.
    fn define(&self, place: usize) {
        let open = self.store.read().teaching.term.as_ref().map(|term| term.place);
        if open == Some(place) {
            return self.close_term();
        }
        let word = browser::element(&term_id(place));
        let Some(id) = word.and_then(|word| word.get_attribute("data-term")) else { return };
        self.store.act(Action::Teach(Teach::Term(Some(OpenTerm { place, id }))));
        let app = self.clone();
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            if let Err(error) = app.glossary(locale).await {
                app.store.act(Action::Teach(Teach::Missing(error.to_string())));
            }
        });
    }

    /// Closes the definition that is open, and gives the focus back to its word.
    pub(super) fn close_term(&self) {
        let open = self.store.read().teaching.term.as_ref().map(|term| term.place);
        if let Some(place) = open {
            self.store.act(Action::Teach(Teach::Term(None)));
            browser::focus(&term_id(place));
        }
    }
}

/// What the page fetches of this name, in a language.
pub(super) fn file(name: &str, locale: Locale) -> String {
    let mut file = "lessons/".to_owned();
    for part in [name, ".", locale.tag(), ".json"] {
        file.push_str(part);
    }
    file
}

/// The scenario of a run, and whether it is one of the page's own.
async fn scenario_of(run: &SheetRun) -> Result<(Scenario, bool), LoadError> {
    let (text, own) = match &run.stage {
        SheetStage::Named(id) => (fetched(Catalogue::file_of(id)).await?, true),
        SheetStage::Inline(file) => (file.clone(), false),
    };
    Ok((Scenario::from_json(&text).map_err(LoadError::Malformed)?, own))
}

/// What is looked for in the book.
pub(super) fn filtered(store: &Store, text: String) {
    store.act(Action::Teach(Teach::Filter(text)));
}
