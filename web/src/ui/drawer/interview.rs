//! A question of an interview: one answers it for oneself, then sees a good answer in points, each of
//! which opens the moment of a run in which it shows.

use tcpscope_quiz::{Point, level_in_words};
use tcpscope_view::narrate_these;

use super::follow_up::follow_ups;
use super::why::cite;
use crate::store::{Noted, OpenQuestion, Session};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon, icon_button};
use crate::ui::interview::InterviewCommand;
use crate::ui::picture::{Picture, time};
use crate::ui::teach::TeachCommand;

/// The question that is answered.
pub(super) fn interview(picture: &Picture<'_>, open: &OpenQuestion) -> El {
    let sheet = el("article").set("id", "interview").set("class", "lesson interview");
    let session = picture.session;
    let Some((interview, question)) = session.interviewing.question() else { return sheet };
    let words = &picture.messages.interviews;
    let level = level_in_words(question.level, picture.locale);
    let leave = Command::Interview(InterviewCommand::Leave);
    let title = classed("div", "lesson-title")
        .add(classed("p", "label").text(words.of.fill([&interview.title, level])))
        .add(el("h2").set("id", "interview-title").text(question.ask.clone()));
    let head = classed("header", "lesson-head").add(title).add(icon_button(
        icons::CLOSE,
        words.leave,
        "",
        leave,
    ));
    sheet
        .set("aria-labelledby", "interview-title")
        .add(head.key(0))
        // Another question begins with an empty line.
        .add(
            body(picture, open, &question.points)
                .maybe(follow_ups(picture).map(|them| them.key(4)))
                .key(open.place.number() + 1),
        )
        .add(foot(session).key(usize::MAX))
}

/// Where the question is answered, the model answer, and how the own one was.
pub(super) fn body(picture: &Picture<'_>, open: &OpenQuestion, points: &[Point]) -> El {
    let words = &picture.messages.interviews;
    let field = el("input")
        .set("id", "interview-answer")
        .set("type", "text")
        .set("maxlength", "400")
        .set("autocomplete", "off")
        .set("aria-describedby", "interview-not-graded");
    let own = classed("div", "interview-own")
        .add(el("label").set("for", "interview-answer").say(words.your_answer))
        .add(field)
        .add(classed("p", "quiet").set("id", "interview-not-graded").say(words.not_graded));
    let show = button("button primary", Command::Interview(InterviewCommand::Show));
    let show = (!open.shown).then(|| show.say(words.show).key(1));
    let list = el("div").set("aria-live", "polite");
    let list = list.maybe(open.shown.then(|| answer(picture, open, points)));
    let rating = open.shown.then(|| rating(picture, open).key(3));
    classed("div", "interview-body").add(own.key(0)).maybe(show).add(list.key(2)).maybe(rating)
}

/// How the own answer was: only the learner knows.
fn rating(picture: &Picture<'_>, open: &OpenQuestion) -> El {
    let words = &picture.messages.review;
    let rate = |command, name, right: bool| {
        let chosen = open.noted.is_some_and(|noted| noted.right == right);
        button("button", Command::Interview(command))
            .flag("aria-pressed", chosen)
            .when(open.noted.is_some(), "aria-disabled", "true")
            .say(name)
    };
    let said = el("p").set("id", "interview-noted").set("tabindex", "-1").set("role", "status");
    let said = match &open.noted {
        Some(noted) => said.text(comes_back(picture, *noted)),
        None => said,
    };
    classed("section", "interview-rate")
        .set("aria-labelledby", "interview-rate")
        .add(classed("h3", "label").set("id", "interview-rate").say(words.rate))
        .add(
            classed("div", "interview-rates")
                .add(rate(InterviewCommand::Had, words.had, true))
                .add(rate(InterviewCommand::Missed, words.missed, false)),
        )
        .add(said)
}

/// When it is asked again.
pub(super) fn comes_back(picture: &Picture<'_>, noted: Noted) -> String {
    let words = &picture.messages.review;
    let mut said = match noted.back {
        None => words.rated_known.to_owned(),
        Some(1) => words.tomorrow.to_owned(),
        Some(days) => words.comes_back.fill([&days.to_string()]),
    };
    if noted.back.is_some() && !picture.session.teaching.kept {
        said.push(' ');
        said.push_str(words.forgets);
    }
    said
}

/// The model answer.
pub(super) fn answer(picture: &Picture<'_>, open: &OpenQuestion, points: &[Point]) -> El {
    let words = &picture.messages.interviews;
    let mut list = classed("ol", "interview-points");
    for (place, point) in points.iter().enumerate() {
        let name = match &open.point {
            Some(shown) if shown.place == place => words.see_point_again,
            _ => words.see_point,
        };
        let at = open.is_at(place, picture.run);
        let see = button("quiet-button", Command::Interview(InterviewCommand::Point(place)))
            .flag("aria-pressed", at)
            .say(name);
        // Keys: the control that has the focus stays when the moment comes and goes.
        let item = el("li").add(el("p").text(point.say.clone()).key(0)).add(see.key(1));
        list = list.add(item.maybe(at.then(|| moment(picture).key(2))).key(place));
    }
    el("section")
        .set("id", "interview-points")
        .set("tabindex", "-1")
        .set("aria-label", words.model_answer)
        .add(classed("h3", "label").say(words.model_answer))
        .add(list)
}

/// What the figure shows of a point: the record, and the rules behind it.
fn moment(picture: &Picture<'_>) -> El {
    let record = picture.trace.record(picture.record);
    let words = &picture.messages.interviews;
    let place = classed("div", "interview-moment");
    let place = place.add(classed("p", "label num").text(words.here.fill([&time(record.at)])));
    let told = narrate_these(picture.locale, picture.trace, [record], picture.numbers);
    let mut reasons = classed("ul", "reasons");
    let mut what = el("p");
    for told in told {
        what = what.text(told.what);
        for because in told.why {
            let reason = el("li").text(because.text).say(" ").add(cite(because.citation));
            reasons = reasons.add(reason);
        }
    }
    place.add(what).add(reasons)
}

/// To all questions, and to the next one.
fn foot(session: &Session) -> El {
    let words = &session.messages().interviews;
    let all = button("button", Command::Teach(TeachCommand::Interview)).say(words.all_questions);
    let next = button("button", Command::Interview(InterviewCommand::Next))
        .when(session.interviewing.next().is_none(), "disabled", "")
        .add(el("span").say(words.next))
        .add(icon(icons::NEXT));
    classed("footer", "lesson-foot").add(all).add(next)
}
