//! An answer that is typed, and what cannot be understood of it.

use tcpscope_quiz::{Kind, answer_error_in_words, form_in_words};

use crate::store::{Asked, AskedBy};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::Picture;
use crate::ui::question::{QuizCommand, field_id};

/// The field for an answer, while there is none; what may be typed into it stands below. What
/// follows from a loss is too long to be typed.
pub(super) fn typed(picture: &Picture<'_>, asked: &Asked, by: AskedBy) -> Option<El> {
    if matches!(asked.question.kind, Kind::WhatIfLost { .. }) || !asked.is_open() {
        return None;
    }
    let words = &picture.messages.asking;
    let trouble = picture.session.trouble(by);
    let (id, command) = (field_id(by), Command::Quiz(QuizCommand::typed(by)));
    let mut form_id = id.clone();
    form_id.push_str("-form");
    let field = el("input")
        .write("id", id.clone())
        .set("class", "typed-answer num")
        .set("type", "text")
        .set("maxlength", "200")
        .set("autocomplete", "off")
        .set("autocapitalize", "none")
        .set("spellcheck", "false")
        .write("data-enter", command.to_text())
        .when(trouble.is_some(), "aria-invalid", "true")
        .write("aria-describedby", form_id.clone());
    let form = form_in_words(&asked.question.kind, picture.locale);
    let told = trouble.map(|error| {
        el("p")
            .set("class", "typed-trouble")
            .text(answer_error_in_words(error, picture.locale))
            .say(" ")
            .say(words.not_counted)
    });
    let line =
        classed("div", "typed-line").add(field).add(button("button", command).say(words.answer));
    Some(
        classed("div", "typed-own")
            .add(el("label").write("for", id).say(words.typed).key(0))
            .add(line.key(1))
            .add(el("div").set("role", "alert").maybe(told).key(2))
            .add(classed("p", "quiet").write("id", form_id).say(form).key(3)),
    )
}
