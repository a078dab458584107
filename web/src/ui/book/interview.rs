//! The questions that interviewers ask, by theme and level.

use tcpscope_quiz::{Interview, InterviewQuestion, Level, Theme, level_in_words};

use super::review;
use crate::store::{LIMITS, QuestionPlace, Session};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::interview::InterviewCommand;

/// The questions.
pub(super) fn questions(session: &Session) -> El {
    let messages = session.messages();
    let words = &messages.interviews;
    let interviewing = &session.interviewing;
    let place = classed("div", "contents interviews");
    if interviewing.list.is_none() {
        let waits = session.teaching.missing.is_none();
        return place.maybe(waits.then(|| classed("p", "quiet").say(messages.lessons.loading)));
    }
    let shown = interviewing.shown();
    let count = words.count.fill([&shown.len().to_string()]);
    let crib = button("quiet-button", Command::Interview(InterviewCommand::Crib));
    let mut sections: Vec<El> = Vec::new();
    for (theme, interview) in interviewing.list().iter().enumerate() {
        let of_theme = shown.iter().filter(|place| place.theme == theme);
        let mut list = classed("ol", "toc");
        let mut any = false;
        for place in of_theme {
            let Some((_, question)) = interviewing.find(*place) else { continue };
            list = list.add(line(session, *place, question));
            any = true;
        }
        if any {
            sections.push(section(interview, list).key(theme));
        }
    }
    place
        .add(classed("p", "interviews-about").say(words.about).key(0))
        .maybe(review::line(session).map(|line| line.key(1)))
        .add(themes(session).key(2))
        .add(levels(session).key(3))
        .add(classed("div", "round-acts").add(limit(session)).key(8))
        .add(held(session).key(7))
        .add(round(session).key(4))
        .add(
            classed("div", "interviews-count")
                .add(classed("p", "quiet num").set("role", "status").text(count))
                .add(crib.say(session.messages().crib.open))
                .key(5),
        )
        .add(el("div").all(sections).key(6))
}

fn section(interview: &Interview, list: El) -> El {
    let title = el("span").text(interview.title.clone());
    el("section").add(classed("h3", "part").add(title)).add(list)
}

pub(super) fn themes(session: &Session) -> El {
    let words = &session.messages().interviews;
    let chosen = session.interviewing.theme;
    let mut list = classed("div", "ways").set("role", "group").set("aria-label", words.themes);
    let way = |theme: Theme| {
        let command = Command::Interview(InterviewCommand::Theme(theme as usize));
        button("way", command).flag("aria-pressed", theme == chosen)
    };
    list = list.add(way(Theme::Everything).say(words.all_themes));
    for interview in session.interviewing.list() {
        // What is called everything is a theme among the questions, and all of them in a round.
        if interview.theme != Theme::Everything {
            list = list.add(way(interview.theme).text(interview.title.clone()));
        }
    }
    list
}

pub(super) fn levels(session: &Session) -> El {
    let words = &session.messages().interviews;
    let locale = session.preferences.locale;
    let chosen = session.interviewing.level.0;
    let mut list = classed("div", "ways").set("role", "group").set("aria-label", words.levels);
    for level in Level::ALL {
        let command = Command::Interview(InterviewCommand::Level(level as usize));
        let name = level_in_words(level, locale);
        let name = if level == Level::ALL[0] { name.to_owned() } else { words.up_to.fill([name]) };
        list = list.add(button("way", command).flag("aria-pressed", level == chosen).text(name));
    }
    list
}

/// A round of these, or one whose code is at hand.
fn round(session: &Session) -> El {
    let words = &session.messages().interviews;
    let begin = button("button primary", Command::Interview(InterviewCommand::Begin));
    let field = el("input")
        .set("id", "round-code")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-describedby", "round-trouble")
        .set("aria-label", words.code_field)
        .set("placeholder", words.code_field);
    let open = button("button", Command::Interview(InterviewCommand::Code)).say(words.open_code);
    let trouble = session.interviewing.bad_code.clone().unwrap_or_default();
    let start = classed("div", "round-acts").add(begin.say(words.begin));
    let acts = classed("div", "round-acts").add(field).add(open);
    classed("section", "round")
        .set("aria-label", words.round)
        .add(classed("p", "quiet").say(words.round_about))
        .add(start)
        .add(acts)
        .add(el("p").set("id", "round-trouble").set("role", "alert").text(trouble))
}

/// An interview of these, drawn with a seed.
fn held(session: &Session) -> El {
    let words = &session.messages().review;
    let hold = button("button primary", Command::Interview(InterviewCommand::Hold));
    classed("section", "round")
        .set("aria-label", words.held)
        .add(classed("p", "quiet").say(words.held_about))
        .add(classed("div", "round-acts").add(hold.say(words.hold)))
}

/// How long an interview or a round may take: as long as one likes, unless one wants otherwise.
fn limit(session: &Session) -> El {
    let words = &session.messages().round_clock;
    let mut select = el("select").set("id", "round-minutes");
    for minutes in LIMITS {
        let option = el("option").count("value", minutes.into());
        let option = option.when(minutes == session.interviewing.minutes, "selected", "");
        select = select.add(if minutes == 0 {
            option.say(words.none)
        } else {
            option.text(words.minutes.fill([&minutes.to_string()]))
        });
    }
    classed("label", "round-limit").add(el("span").say(words.allowed)).add(select)
}

fn line(session: &Session, place: QuestionPlace, question: &InterviewQuestion) -> El {
    let here = session.interviewing.open.as_ref().is_some_and(|open| open.place == place);
    let command = Command::Interview(InterviewCommand::Open(place.number()));
    let ask = button("toc-title ask-title", command)
        .when(here, "aria-current", "true")
        .text(question.ask.clone());
    let dots = ["●○○", "●●○", "●●●"].get(question.level as usize).copied().unwrap_or_default();
    let name = level_in_words(question.level, session.preferences.locale);
    let level = classed("span", "level")
        .set("title", name)
        .add(el("span").set("aria-hidden", "true").say(dots))
        .add(classed("span", "sr").say(name));
    let head = classed("div", "toc-line").add(ask);
    let head = head.add(classed("span", "leader").set("aria-hidden", "true")).add(level);
    el("li").count("value", place.question + 1).add(head)
}
