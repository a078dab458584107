//! What is to be reviewed: how much today, and a way to begin.

use tcpscope_quiz::{BOXES, trouble_in_words};

use crate::store::Session;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::review::ReviewCommand;

/// A line: how much is to be reviewed today; nothing, where nothing was ever missed.
pub(super) fn line(session: &Session) -> Option<El> {
    let (review, _) = session.teaching.review();
    if review.items() == 0 {
        return None;
    }
    let words = &session.messages().review;
    let due = review.due(session.teaching.today).len();
    let line = classed("p", "review-line");
    Some(if due > 0 {
        let begin = button("button", Command::Review(ReviewCommand::Begin)).say(words.begin);
        line.flag("data-due", true)
            .add(el("b").text(words.due.fill([&due.to_string()])))
            .say(" ")
            .add(begin)
    } else {
        line.add(classed("span", "quiet").text(next(session)))
    })
}

/// When something is due next.
fn next(session: &Session) -> String {
    let words = &session.messages().review;
    let (review, _) = session.teaching.review();
    match review.next(session.teaching.today) {
        Some((days, count)) => words.none_due.fill([&days.to_string(), &count.to_string()]),
        None => words.none.to_owned(),
    }
}

/// All of it, among what is kept.
pub(super) fn section(session: &Session) -> El {
    let words = &session.messages().review;
    let (review, troubles) = session.teaching.review();
    let days: Vec<_> = BOXES.iter().map(u32::to_string).collect();
    let mut section = classed("section", "review-kept")
        .set("aria-labelledby", "review-title")
        .add(el("h3").set("id", "review-title").say(words.title))
        .add(el("p").text(words.about.fill([&days.join(" → ")])));
    section = match line(session) {
        Some(line) => section.add(line),
        None => section.add(classed("p", "quiet").say(words.none)),
    };
    if review.items() > 0 {
        let numbers = [review.items(), review.learned()].map(|number| number.to_string());
        let ahead = button("button", Command::Review(ReviewCommand::Ahead)).say(words.ahead);
        section = section.add(el("p").text(words.kept.fill([&numbers[0], &numbers[1]]))).add(
            classed("p", "review-line")
                .add(ahead)
                .say(" ")
                .add(classed("span", "quiet").say(words.ahead_about)),
        );
    }
    if !troubles.is_empty() {
        let locale = session.preferences.locale;
        let told: Vec<_> = troubles.iter().map(|each| trouble_in_words(each, locale)).collect();
        let told = words.not_understood.fill([&told.join("; ")]);
        section = section.add(classed("p", "review-trouble").text(told));
    }
    section
}

/// What was kept on this device and cannot be read.
pub(super) fn unread(session: &Session) -> Option<El> {
    let teaching = &session.teaching;
    let unread = teaching.unread.as_ref().filter(|_| teaching.erased.is_none())?;
    let words = &session.messages().review;
    let save = classed("a", "button")
        .write("href", super::progress::file(&unread.text))
        .set("download", "tcpscope-progress-unread.txt")
        .say(words.save_unread);
    let said = el("p").text(words.unread.fill([&unread.why]));
    Some(classed("div", "book-missing").set("role", "status").add(said).add(save))
}
