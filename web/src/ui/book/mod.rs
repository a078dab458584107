//! The book: the contents of all lessons, the glossary, the questions of interviews,
//! what was read. It is a dialog; nothing of it
//! is there before it is opened.

mod contents;
mod crib;
mod glossary;
mod interview;
mod progress;
mod results;
mod review;
mod sets;

pub(super) use self::contents::{address, part_name};
pub(super) use self::crib::paper;
pub(super) use self::glossary::other as other_language;
pub(super) use self::sets::{copied, counts};
use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon, icon_button};
use super::set::SetCommand;
use super::teach::TeachCommand;
use crate::store::{BookPage, Session};

/// The book at the page where it is open.
pub(super) fn book(session: &Session, page: BookPage) -> El {
    let words = &session.messages().lessons;
    let (title, body) = match page {
        BookPage::Contents => (words.contents, contents::contents(session)),
        BookPage::Glossary => (words.glossary, glossary::glossary(session)),
        BookPage::Interview => (session.messages().interviews.title, interview::questions(session)),
        BookPage::Crib => (session.messages().crib.title, crib::crib(session)),
        BookPage::Progress => (words.progress, progress::progress(session)),
        BookPage::Sets => (session.messages().sets.title, sets::sets(session)),
    };
    let turn = |to: BookPage, name, command| {
        let turn = button("book-turn", Command::Teach(command)).say(name);
        // The crib sheet is a leaf of the interviews.
        let here = to == page || (to, page) == (BookPage::Interview, BookPage::Crib);
        turn.when(here, "aria-current", "page")
    };
    let pages = el("nav")
        .set("aria-label", words.pages)
        .add(turn(BookPage::Contents, words.contents, TeachCommand::Contents))
        .add(turn(BookPage::Glossary, words.glossary, TeachCommand::Glossary))
        .add(turn(
            BookPage::Interview,
            session.messages().interviews.title,
            TeachCommand::Interview,
        ))
        .add(turn(BookPage::Progress, words.progress, TeachCommand::Progress))
        .add(sets_turn(session, page));
    let shut = Command::Teach(TeachCommand::Shut);
    let head = classed("header", "book-head").add(pages).add(icon_button(
        icons::CLOSE,
        session.messages().app.close,
        "Esc",
        shut,
    ));
    let sheet = classed("div", "book-sheet")
        .add(el("h2").set("id", "book-title").say(title).key(0))
        .maybe(missing(session).map(|missing| missing.key(1)))
        .add(body.key(2 + page as usize));
    el("dialog").set("id", "book").set("aria-labelledby", "book-title").add(head).add(sheet)
}

/// To the teacher's page.
fn sets_turn(session: &Session, page: BookPage) -> El {
    let turn = button("book-turn", Command::Set(SetCommand::Open));
    turn.say(session.messages().sets.title).when(page == BookPage::Sets, "aria-current", "page")
}

/// What did not arrive, with a way to ask for it again.
fn missing(session: &Session) -> Option<El> {
    let file = session.teaching.missing.as_deref()?;
    let words = &session.messages().lessons;
    let again = button("button", Command::Teach(TeachCommand::Again)).say(words.try_again);
    let said = el("p").text(words.not_here.fill([file]));
    Some(classed("div", "book-missing").set("role", "alert").add(said).add(again))
}

/// A field that looks for something among what a page of the book lists.
fn filter(session: &Session, label: &'static str) -> El {
    let field = el("input")
        .set("id", "book-filter")
        .set("type", "search")
        .set("maxlength", "80")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-label", label)
        .set("placeholder", label)
        .value(session.teaching.filter.clone());
    classed("div", "book-filter").set("role", "search").add(icon(icons::SEARCH)).add(field)
}
