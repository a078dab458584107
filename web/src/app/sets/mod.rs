//! Sets: composed in the book, answered step by step at the figure, and read from students' codes.

mod compose;
mod read;
mod staged;
mod take;

use std::rc::Rc;

use tcpscope_quiz::{Set, code_error_in_words};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;

use super::{App, learn_now};
use crate::browser::{self, copy_text, window};
use crate::store::{Action, BookPage, Copied, SET_LINK, SetChange, SetPage, Taking};
use crate::ui::{SetCommand, TeachCommand};

impl App {
    /// Does what a control asks of sets.
    pub(crate) fn set(&self, command: SetCommand) {
        match command {
            SetCommand::Open => self.turn_to(BookPage::Sets),
            SetCommand::Compose => self.tell_set(SetChange::Page(SetPage::Compose)),
            SetCommand::Results => self.tell_set(SetChange::Page(SetPage::Results)),
            SetCommand::Hidden => self.draft(|set| set.rules.hidden ^= true),
            SetCommand::Ordered => self.draft(|set| set.rules.ordered ^= true),
            SetCommand::AddMoment => self.add_moment(),
            SetCommand::Lesson(place) => self.add_lesson(place),
            SetCommand::Question(number) => self.add_question(number),
            SetCommand::Remove(place) => self.remove_item(place),
            SetCommand::Up(place) => self.swap_items(place.wrapping_sub(1), place, "up"),
            SetCommand::Down(place) => self.swap_items(place, place + 1, "down"),
            SetCommand::Stop(number) => self.tick_stop(number / 256, number % 256),
            SetCommand::Ask(number) => {
                self.tick_ask(number >> 16, number >> 8 & 0xff, number & 0xff);
            }
            SetCommand::CopyLink => {
                let link = set_link(&self.store.read().sets.draft);
                self.copy_in_set(Copied::Link, link);
            }
            SetCommand::Try => {
                let draft = self.store.read().sets.draft.clone();
                self.take_set(Rc::new(draft), true);
            }
            SetCommand::Load => {
                let field = browser::element("set-code").and_then(|field| field.dyn_into().ok());
                let Some(field): Option<HtmlInputElement> = field else { return };
                self.open_set(&field.value(), true);
            }
            SetCommand::Change => self.change_set(),
            SetCommand::Begin => self.go_to_step(0),
            SetCommand::Next => self.next_step(),
            SetCommand::Previous => self.previous_step(),
            SetCommand::Step(place) => self.go_to_step(place),
            SetCommand::Back => self.show_step_again(),
            SetCommand::Answer(number) => self.answer_in_set(number / 16, number % 16),
            SetCommand::See(place) => self.see_in_set(place),
            SetCommand::Show => self.show_in_set(),
            SetCommand::Held => self.mark(true),
            SetCommand::NotHeld => self.mark(false),
            SetCommand::CopyCode => {
                let code = {
                    let session = self.store.read();
                    session.sets.taking.as_ref().map(|taking| taking.results().to_code())
                };
                self.copy_in_set(Copied::Code, code);
            }
            SetCommand::Leave => self.leave_set(),
            SetCommand::Read => self.read_results(),
            SetCommand::CopyCsv => self.copy_csv(),
        }
    }

    fn tell_set(&self, what: SetChange) {
        self.store.act(Action::Set(what));
    }

    /// Something is typed: each letter is kept, for the field shows what is kept whenever the page is
    /// rendered.
    pub(super) fn enter_in_set(&self, field: &str, value: String) {
        match field {
            "name" => self.taking(|taking| taking.name = value),
            "title" => self.draft(|set| set.title = value),
            "note" => self.draft(|set| set.note = value),
            "codes" => self.tell_set(SetChange::Pasted(value)),
            field => {
                let place = field.strip_prefix("say-").and_then(|place| place.parse().ok());
                if let Some(place) = place {
                    self.say_of_moment(place, value);
                }
            }
        }
    }

    /// Opens a set by its link or code: for a student, or as a draft. What is wrong with it is said.
    pub(super) fn open_set(&self, text: &str, as_draft: bool) {
        let locale = self.store.read().preferences.locale;
        learn_now(locale);
        let code = text.rsplit_once("set=").map_or(text, |(_, code)| code);
        match Set::from_code(code) {
            Ok(set) if as_draft => {
                self.tell_set(SetChange::Trouble(None));
                self.draft(|draft| *draft = set);
                self.offer_now();
            }
            Ok(set) => self.take_set(Rc::new(set), false),
            Err(error) => {
                let told = code_error_in_words(&error, locale);
                if as_draft {
                    self.tell_set(SetChange::Trouble(Some(told)));
                } else {
                    self.tell_bad_code(told);
                }
            }
        }
    }

    /// Shows a set as it is before it begins.
    fn take_set(&self, set: Rc<Set>, preview: bool) {
        self.shut();
        self.tell_set(SetChange::Copied(None));
        self.tell_set(SetChange::Take(Some(Box::new(Taking::new(set, preview)))));
        super::interviews::focus_below_heading("set-before");
    }

    /// Its teacher changes a set that is open, or reads results of it.
    fn change_set(&self) {
        let taken = self.store.read().sets.taking.as_ref().map(|taking| taking.set.clone());
        let Some(set) = taken else { return };
        self.leave_set();
        self.draft(|draft| *draft = (*set).clone());
        self.turn_to(BookPage::Sets);
    }

    /// The set is answered no more.
    pub(super) fn leave_set(&self) {
        if self.store.read().sets.taking.is_some() {
            self.clear_stage();
            self.tell_set(SetChange::Take(None));
        }
    }

    /// What leads through lessons leads through a set while one is answered.
    pub(super) fn leads_set(&self, command: TeachCommand) -> bool {
        if self.store.read().sets.taking.is_none() {
            return false;
        }
        match command {
            TeachCommand::Next => self.next_step(),
            TeachCommand::Previous => self.previous_step(),
            TeachCommand::Back => self.show_step_again(),
            TeachCommand::Stop(_)
            | TeachCommand::Leave
            | TeachCommand::Try(_)
            | TeachCommand::Answer(_)
            | TeachCommand::See(_) => {}
            TeachCommand::Contents
            | TeachCommand::Glossary
            | TeachCommand::Interview
            | TeachCommand::Progress
            | TeachCommand::Shut
            | TeachCommand::AllLessons
            | TeachCommand::Way(_)
            | TeachCommand::Again
            | TeachCommand::Look(_)
            | TeachCommand::Term(_)
            | TeachCommand::Erase
            | TeachCommand::Unerase => return false,
        }
        true
    }

    fn copy_in_set(&self, what: Copied, text: Option<String>) {
        let Some(text) = text else { return };
        let app = self.clone();
        spawn_local(async move {
            let copied = copy_text(&text).await;
            app.tell_set(SetChange::Copied(Some((what, copied))));
        });
    }
}

/// The fragment of the address of a set; `None` where it is too large for one.
pub(super) fn link_to(set: &Set) -> Option<String> {
    let mut link = SET_LINK.to_owned();
    link.push_str(&set.to_code().ok()?);
    Some(link)
}

/// The whole address of a set.
pub(crate) fn set_link(set: &Set) -> Option<String> {
    let page = window().location().href().ok()?;
    let page = page.split_once('#').map_or(page.as_str(), |(page, _)| page);
    let mut link = page.to_owned();
    link.push('#');
    link.push_str(&link_to(set)?);
    Some(link)
}
