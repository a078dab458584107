//! The crib sheet: the questions that are shown with the points of good answers, a page a theme, to be
//! printed. Its texts are the interviews', its numbers the engine's, its diagram the page's own.

mod numbers;

use tcpscope_quiz::{Interview, Theme};
use tcpscope_sim::RecordId;
use tcpscope_view::state_diagram;

use super::interview::{levels, themes};
use crate::store::{BookPage, PointMoment, Session};
use crate::ui::command::Command;
use crate::ui::drawer::state_figure;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::interview::InterviewCommand;

/// How large the type of a sheet is, by how much stands on it: a theme has one page.
const TYPES: [(usize, &str); 3] = [(2400, "large"), (4600, "plain"), (usize::MAX, "small")];

/// A moment takes about as much room as so many letters.
const MOMENT: usize = 60;
/// So does the diagram of the states.
const STATES: usize = 1200;

/// The sheets as they will be printed, and what is to be chosen before.
pub(super) fn crib(session: &Session) -> El {
    let messages = session.messages();
    let words = &messages.crib;
    let place = classed("div", "contents interviews crib");
    if session.interviewing.list.is_none() {
        let waits = session.teaching.missing.is_none();
        return place.maybe(waits.then(|| classed("p", "quiet").say(messages.lessons.loading)));
    }
    let print = Command::Interview(InterviewCommand::Print);
    place
        .add(classed("p", "interviews-about").say(words.about))
        .add(themes(session))
        .add(levels(session))
        .add(classed("p", "crib-acts").add(button("button primary", print).say(words.print)))
        .add(classed("div", "crib-preview").all(sheets(session)))
}

/// What is printed while the crib sheet is open: the same sheets, outside the dialog, for a dialog is
/// laid over the page and cannot be cut into pages.
pub(in crate::ui) fn paper(session: &Session) -> Option<El> {
    let open = session.teaching.book == Some(BookPage::Crib);
    open.then(|| classed("div", "crib-paper").set("aria-hidden", "true").all(sheets(session)))
}

/// A sheet for each theme that is shown.
fn sheets(session: &Session) -> Vec<El> {
    let interviewing = &session.interviewing;
    let shown = interviewing.shown();
    let mut sheets = Vec::new();
    for (theme, interview) in interviewing.list().iter().enumerate() {
        let places = shown.iter().filter(|place| place.theme == theme);
        let questions: Vec<_> = places.map(|place| place.question).collect();
        if !questions.is_empty() {
            sheets.push(sheet(session, theme, interview, &questions).key(theme));
        }
    }
    sheets
}

fn sheet(session: &Session, theme: usize, interview: &Interview, questions: &[usize]) -> El {
    let words = &session.messages().crib;
    let head = classed("header", "crib-head")
        .add(el("h3").text(interview.title.clone()))
        .add(el("span").say(words.title).say(" · tcpscope"));
    let mut list = classed("div", "crib-columns");
    let moments = session.interviewing.moments.get(&theme).map_or(&[][..], Vec::as_slice);
    let mut moments = moments.iter();
    for (place, question) in interview.questions.iter().enumerate() {
        let mut points = el("ol");
        for point in &question.points {
            let moment = moments.next().and_then(Option::as_ref);
            points = points.add(el("li").text(point.say.clone()).maybe(moment.map(shows)));
        }
        let Some(number) = questions.iter().position(|shown| *shown == place) else { continue };
        let number = classed("span", "num").text((number + 1).to_string());
        let ask = el("h4").add(number).add(el("span").text(question.ask.clone()));
        list = list.add(el("section").add(ask).add(points));
    }
    let numbers = numbers::numbers(session, interview.theme);
    let states = has_states(interview.theme).then(|| {
        let figure = state_figure(&state_diagram(&[], RecordId(0)));
        let figure = figure.set("aria-label", words.states);
        classed("figure", "crib-states").add(figure)
    });
    let size = size(interview, questions) + if has_states(interview.theme) { STATES } else { 0 };
    let kind = TYPES.iter().find(|(most, _)| size <= *most).map_or("small", |(_, kind)| *kind);
    classed("article", "crib-sheet")
        .set("data-type", kind)
        .write("lang", session.preferences.locale.tag().to_owned())
        .add(head)
        .add(list.maybe(states).add(numbers))
        .add(classed("footer", "crib-foot").say(words.foot))
}

/// How much is shown, in letters; one of Chinese is as wide as two.
fn size(interview: &Interview, questions: &[usize]) -> usize {
    let wide =
        |text: &str| -> usize { text.chars().map(|it| 1 + usize::from(it > '\u{2e80}')).sum() };
    let shown = questions.iter().filter_map(|place| interview.questions.get(*place));
    let sizes = shown.map(|question| {
        let points = question.points.iter().map(|point| wide(&point.say) + MOMENT);
        wide(&question.ask) + points.sum::<usize>()
    });
    sizes.sum()
}

/// Where a point shows: what the engine says there.
fn shows(moment: &PointMoment) -> El {
    let what = el("span").text(moment.what.clone());
    let rule = el("cite").text(moment.rule.clone());
    classed("small", "crib-moment")
        .add(classed("b", "num").text(moment.at.clone()))
        .say(" ")
        .add(what)
        .say(" ")
        .add(rule)
}

/// Whether the diagram of the states helps with a theme: where connections are opened and closed.
const fn has_states(theme: Theme) -> bool {
    match theme {
        Theme::Opening | Theme::Closing => true,
        Theme::Everything | Theme::Loss | Theme::Flow | Theme::Congestion | Theme::Failures => {
            false
        }
    }
}
