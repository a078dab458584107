//! What can be asked about the present moment of whatever run it is, and what is said to the answer.

use tcpscope_quiz::{Quiz, text};

use super::lesson::ask::{self, Controls};
use crate::store::{Asked, AskedBy};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon};
use crate::ui::picture::{Picture, time};
use crate::ui::question::QuizCommand;

/// The question that is asked, or those that can be.
pub(super) fn here(picture: &Picture<'_>) -> El {
    let words = picture.messages;
    let mut head = words.quiz.label.to_owned();
    let at = match &picture.session.posing.here {
        Some(asked) => picture.run.timeline().trace().record(asked.question.at).at,
        None => picture.moment.at,
    };
    head.push_str(" · ");
    head.push_str(&time(at));
    let sheet = el("section").set("id", "ask-here").set("class", "ask-here").set("tabindex", "-1");
    let sheet = sheet.set("aria-labelledby", "ask-here-title");
    let head = el("h2").set("id", "ask-here-title").set("class", "label num").text(head);
    match &picture.session.posing.here {
        Some(asked) => sheet.add(head.key(0)).add(question(picture, asked).key(1)),
        None => sheet.add(head.key(0)).add(list(picture).key(2)),
    }
}

/// What can be asked: each is a control that asks it.
fn list(picture: &Picture<'_>) -> El {
    let words = picture.messages;
    let quiz = Quiz::of(picture.run.timeline()).with_numbers(picture.numbers);
    let questions = if picture.run.is_veiled() { Vec::new() } else { quiz.ask(picture.record) };
    if questions.is_empty() {
        let none = if picture.run.is_veiled() { words.asking.hidden } else { words.quiz.none };
        return el("div").add(classed("p", "quiet").say(none));
    }
    let mut list = classed("ul", "choices picks");
    for (place, question) in questions.iter().enumerate() {
        let pick = button("ask-choice pick", Command::Quiz(QuizCommand::Pick(place)))
            .add(el("span").text(text(&quiz, question, picture.locale)))
            .add(icon(icons::NEXT));
        list = list.add(el("li").add(pick).key(place));
    }
    el("div").add(classed("p", "quiet").say(words.asking.about)).add(list)
}

fn question(picture: &Picture<'_>, asked: &Asked) -> El {
    let words = &picture.messages.asking;
    let quiz = ask::quiz(asked);
    let controls = Controls {
        answer: |choice| Command::Quiz(QuizCommand::Answer(choice)),
        first: 0,
        see: Command::Quiz(QuizCommand::See),
        once: true,
        by: AskedBy::Here,
    };
    let question = el("span").text(text(&quiz, &asked.question, picture.locale));
    let other = button("button", Command::Quiz(QuizCommand::Close)).say(words.other);
    el("div")
        .add(ask::ask(picture, 0, asked, question, &controls))
        .add(classed("p", "ask-foot").add(other))
}
