//! What is asked after an interview's answer: drawn at the moments of its points, graded by the
//! engine.

use tcpscope_quiz::text;

use super::lesson::ask::{self, Controls};
use crate::store::{Asked, AskedBy, FollowUp};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon};
use crate::ui::picture::Picture;
use crate::ui::question::QuizCommand;

/// The follow-ups of the question that is answered, once its model answer shows; nothing, where it
/// has none.
pub(super) fn follow_ups(picture: &Picture<'_>) -> Option<El> {
    let interviewing = &picture.session.interviewing;
    let (_, question) = interviewing.question()?;
    if question.follow_ups.is_empty() || !interviewing.open.as_ref()?.shown {
        return None;
    }
    let words = &picture.messages.asking;
    let section = el("section").set("id", "follow-ups").set("class", "follow-ups");
    let section = section.set("tabindex", "-1").set("aria-labelledby", "follow-ups-title");
    let title = classed("h3", "label").set("id", "follow-ups-title").say(words.follow_ups);
    let body = match &picture.session.posing.follow_up {
        None => {
            let begin = button("button primary", Command::Quiz(QuizCommand::Follow));
            let about = classed("p", "quiet").say(words.follow_about);
            el("div").add(about).add(begin.say(words.follow_begin)).key(0)
        }
        Some(follow_up) => drawn(picture, follow_up).key(1 + usize::from(follow_up.place)),
    };
    Some(section.add(title.key(usize::MAX)).add(body))
}

/// One of them, or what came of all.
fn drawn(picture: &Picture<'_>, follow_up: &FollowUp) -> El {
    let words = &picture.messages.asking;
    let FollowUp { place, count, rights, .. } = *follow_up;
    let over = place >= count;
    let of = words.follow_of.fill([&(place + 1).to_string(), &count.to_string()]);
    let score = picture.messages.quiz.score.fill([&rights.to_string(), &count.to_string()]);
    let head = el("p").add(el("b").set("class", "num").text(if over { score } else { of }));
    let graded = follow_up.asked.as_ref().is_some_and(|asked| !asked.is_open());
    let (path, name, command) = if over {
        (icons::DICE, words.follow_again, QuizCommand::Follow)
    } else if follow_up.asked.is_none() {
        (icons::PREVIOUS, words.back, QuizCommand::FollowBack)
    } else {
        (icons::NEXT, words.follow_next, QuizCommand::FollowNext)
    };
    let next = button("button", Command::Quiz(command))
        .when(!graded && !over && follow_up.asked.is_some(), "disabled", "")
        .add(el("span").say(name))
        .add(icon(path));
    let copy =
        button("quiet-button", Command::Quiz(QuizCommand::FollowCopy)).say(words.follow_link);
    let copied = match follow_up.copied {
        Some(true) => words.follow_copied,
        Some(false) => words.follow_not_copied,
        None => "",
    };
    let asked = follow_up.asked.as_ref().filter(|_| !over);
    el("div")
        .add(head)
        .maybe(asked.map(|asked| question(picture, asked)))
        .add(classed("p", "ask-foot").add(next).add(copy))
        .add(classed("p", "quiet").set("role", "status").say(copied))
}

fn question(picture: &Picture<'_>, asked: &Asked) -> El {
    let quiz = ask::quiz(asked);
    let controls = Controls {
        answer: |choice| Command::Quiz(QuizCommand::FollowAnswer(choice)),
        first: 0,
        see: Command::Quiz(QuizCommand::FollowSee),
        once: true,
        by: AskedBy::FollowUp,
    };
    let question = el("span").text(text(&quiz, &asked.question, picture.locale));
    ask::ask(picture, 0, asked, question, &controls)
}
