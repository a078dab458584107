//! A round: one question after another at the figure, then what was answered, and its code.

use tcpscope_quiz::{level_in_words, text, theme_in_words};

use super::lesson::ask;
use crate::store::{AskedBy, MORE, Playing, TimeLeft};
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
        .maybe(clock(picture, playing).map(|clock| clock.key(usize::MAX - 2)))
        .add(body)
        .add(foot(picture, playing).key(usize::MAX))
}

/// What is left of the time, and how to have more or none.
fn clock(picture: &Picture<'_>, playing: &Playing) -> Option<El> {
    let clock = picture.session.interviewing.clock?;
    if playing.ends.is_some() {
        return None;
    }
    let words = &picture.messages.round_clock;
    let runs = clock.since().is_some();
    let left = match clock.shown() {
        TimeLeft::Minutes(minutes) => words.minutes_left.fill([&minutes.to_string()]),
        TimeLeft::Seconds(seconds) => words.seconds_left.fill([&seconds.to_string()]),
        TimeLeft::Up => words.up.to_owned(),
    };
    let warns = matches!(clock.shown(), TimeLeft::Seconds(_)) && runs;
    let state = el("span").set("role", "status");
    let state = match (runs, warns) {
        (false, _) => state.say(words.paused),
        (true, true) => state.say(words.warning),
        (true, false) => state,
    };
    let control = |command, name| button("quiet-button", Command::Interview(command)).text(name);
    let pause = if runs { words.pause } else { words.go_on };
    let acts = classed("span", "round-clock-acts")
        .add(control(InterviewCommand::Pause, pause.to_owned()))
        .add(control(InterviewCommand::More, words.more.fill([&MORE.to_string()])))
        .add(control(InterviewCommand::Untimed, words.take_away.to_owned()));
    let time = classed("b", "num").set("id", "round-time").set("role", "timer").text(left);
    let clock = classed("div", "round-clock").set("role", "group").set("aria-label", words.label);
    Some(clock.flag("data-warns", warns).add(time).add(state).add(acts))
}

fn question(picture: &Picture<'_>, playing: &Playing) -> El {
    let place = classed("div", "interview-body asks").set("id", "round-question");
    let place = place.set("tabindex", "-1");
    let Some(asked) = &playing.asked else { return place };
    let quiz = ask::quiz(picture, asked);
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
    let answered = results.answers.len();
    let of = usize::from(playing.round.count());
    let up = picture.session.interviewing.clock.filter(|clock| clock.shown() == TimeLeft::Up);
    let stopped = (answered < of).then(|| {
        let words = &picture.messages.round_clock;
        let said = words.answered.fill([&answered.to_string(), &of.to_string()]);
        let up = up.map(|_| el("b").say(words.up).say(" "));
        el("p").maybe(up).add(el("span").text(said))
    });
    classed("div", "interview-body")
        .set("id", "round-results")
        .set("tabindex", "-1")
        .maybe(stopped)
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
