//! A round: one question after another at the figure, then what was answered, and its code.

use tcpscope_quiz::{level_in_words, text, theme_in_words};

use super::clock::{clock, stopped};
use super::lesson::ask;
use crate::store::{AskedBy, Playing};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon, icon_button};
use crate::ui::interview::InterviewCommand;
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;

/// The round at its question, or its results.
pub(super) fn round(picture: &Picture<'_>, playing: &Playing) -> El {
    let words = &picture.messages.interviews;
    let (theme, level) = (playing.round.theme, playing.round.level);
    let named = [theme_in_words(theme, picture.locale), level_in_words(level, picture.locale)];
    let leave = Command::Interview(InterviewCommand::Leave);
    let of = playing.round.count().to_string();
    let (title, body) = match &playing.ends {
        Some(_) => (words.results.to_owned(), results(picture, playing).key(usize::MAX - 1)),
        None => {
            let answered = playing.answers.len();
            let graded = playing.asked.as_ref().is_some_and(|asked| asked.graded.is_some());
            let number = if graded { answered } else { answered + 1 };
            (
                words.question_of.fill([&number.to_string(), &of]),
                question(picture, playing).key(number),
            )
        }
    };
    let title = classed("div", "lesson-title")
        .add(classed("p", "label").text(words.of.fill(named)))
        .add(el("h2").set("id", "interview-title").text(title));
    let head = classed("header", "lesson-head").add(title).add(icon_button(
        icons::CLOSE,
        words.leave,
        "",
        leave,
    ));
    el("article")
        .set("id", "interview")
        .set("class", "lesson interview")
        .set("aria-labelledby", "interview-title")
        .add(head.key(0))
        .maybe(clock(picture).map(|clock| clock.key(usize::MAX - 2)))
        .add(body)
        .add(foot(picture, playing).key(usize::MAX))
}

fn question(picture: &Picture<'_>, playing: &Playing) -> El {
    let place = classed("div", "interview-body asks").set("id", "round-question");
    let place = place.set("tabindex", "-1");
    let Some(asked) = &playing.asked else { return place };
    let quiz = ask::quiz(asked);
    let question = el("span").text(text(&quiz, &asked.question, picture.locale));
    let controls = ask::Controls {
        answer: |choice| Command::Interview(InterviewCommand::Answer(choice)),
        first: 0,
        see: Command::Interview(InterviewCommand::See),
        once: true,
        by: AskedBy::Round,
    };
    place.add(ask::ask(picture, 0, asked, question, &controls))
}

/// What was asked and answered, and the code that says so.
fn results(picture: &Picture<'_>, playing: &Playing) -> El {
    let words = &picture.messages.interviews;
    let quiz = &picture.messages.quiz;
    let results = playing.results();
    let numbers = [results.rights().to_string(), results.answers.len().to_string()];
    let score = el("p").add(el("b").text(quiz.score.fill([&numbers[0], &numbers[1]])));
    let mut list = classed("ol", "interview-points");
    for line in playing.ends.iter().flatten() {
        let (sign, verdict) = if line.right { ("✓ ", quiz.right) } else { ("✗ ", quiz.wrong) };
        let sign = classed("span", "sign").set("aria-hidden", "true").say(sign);
        let answer = if line.answer.is_empty() {
            el("p").add(sign).say(quiz.not_answered)
        } else {
            el("p").add(sign).add(classed("span", "sr").say(verdict)).text(line.answer.clone())
        };
        let expected =
            (!line.right).then(|| classed("p", "quiet").text(quiz.would_be.fill([&line.expected])));
        let item = el("li").flag("data-right", line.right);
        list = list.add(item.add(el("p").text(line.question.clone())).add(answer).maybe(expected));
    }
    let copied = match picture.session.interviewing.copied {
        Some(true) => words.copied,
        Some(false) => words.not_copied,
        None => "",
    };
    let code = classed("p", "interview-code").add(el("code").text(results.to_code()));
    let copy = button("button", Command::Interview(InterviewCommand::Copy)).say(words.copy_code);
    classed("div", "interview-body")
        .set("id", "round-results")
        .set("tabindex", "-1")
        .maybe(stopped(picture, results.answers.len(), playing.round.count().into()))
        .add(score)
        .add(list)
        .add(classed("h3", "label").say(words.results_code))
        .add(classed("p", "quiet").say(words.code_about))
        .add(code)
        .add(copy)
        .add(el("p").set("role", "status").say(copied))
}

/// To all questions, and on.
fn foot(picture: &Picture<'_>, playing: &Playing) -> El {
    let words = &picture.messages.interviews;
    let all = button("button", Command::Teach(TeachCommand::Interview)).say(words.all_questions);
    let graded = playing.asked.as_ref().is_some_and(|asked| asked.graded.is_some());
    let last = playing.answers.len() >= usize::from(playing.round.count());
    let (name, command) = if playing.ends.is_some() {
        (words.another_round, InterviewCommand::Begin)
    } else {
        (if last { words.to_results } else { words.next }, InterviewCommand::On)
    };
    let next = button("button primary", Command::Interview(command))
        .when(!graded && playing.ends.is_none(), "disabled", "")
        .add(el("span").say(name))
        .add(icon(icons::NEXT));
    classed("footer", "lesson-foot").add(all).add(next)
}
