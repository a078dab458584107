//! A question of an interview: one answers it for oneself, then sees a good answer in points, each of
//! which opens the moment of a run in which it shows.

use tcpscope_quiz::{Point, level_in_words};
use tcpscope_view::narrate_these;

use super::why::cite;
use crate::store::{OpenQuestion, Session};
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
    let points = el("div").set("aria-live", "polite");
    let points = points.maybe(open.shown.then(|| answer(picture, open, &question.points)));
    let body = classed("div", "interview-body").add(own.key(0)).maybe(show).add(points.key(2));
    sheet
        .set("aria-labelledby", "interview-title")
        .add(head.key(0))
        // Another question begins with an empty line.
        .add(body.key(open.place.number() + 1))
        .add(foot(session).key(usize::MAX))
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
