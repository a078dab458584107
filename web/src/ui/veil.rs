//! What stands at the end of what shows while a question is open.

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::button;
use super::picture::Picture;
use super::question::QuizCommand;

/// Says that more follows, and gives the question up.
pub(super) fn veil(picture: &Picture<'_>) -> El {
    let words = &picture.messages.asking;
    let asks = picture.session.asked_now().next().is_some();
    let name = if asks { words.give_up } else { words.show_all };
    let give_up = || button("quiet-button", Command::Quiz(QuizCommand::GiveUp)).say(name);
    classed("p", "veil")
        .set("id", "veil")
        .add(classed("b", "veil-mark").set("aria-hidden", "true").say("?"))
        .add(el("span").say(words.hidden))
        .maybe((!picture.session.asks_in_set()).then(give_up))
}
