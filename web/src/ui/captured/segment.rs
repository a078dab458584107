//! What is chosen of a captured conversation: what shows of a segment and why, and what cannot be
//! known.

use tcpscope_dissect::{
    CapturedView, Look, captured_plot_key, changes_told, end_in_words, finding_in_words,
    remarks_in_words, segment_in_words, span_text, states_told,
};
use tcpscope_view::PlotKind;

use super::command;
use crate::store::{Opened, Session};
use crate::ui::capture::CaptureCommand;
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::icons::button;

/// How high an option is, and how far above its line it begins.
const HIGH: f64 = 24.0;
const ABOVE: f64 = 18.0;

/// The id of a segment's option.
pub(super) fn id(place: usize) -> String {
    ["captured-", &place.to_string()].concat()
}

/// A segment, to be chosen.
pub(super) fn option(one: &Opened, look: &Look<'_>, place: usize) -> Option<El> {
    let seen = look.gathered.segments.get(place)?;
    let y = one.ladder.y_of(place)?;
    let mut said = vec![
        end_in_words(seen.from, look.locale).to_owned(),
        segment_in_words(look.observed, seen),
    ];
    said.extend(finding_in_words(look.gathered, look.observed, place, look.locale));
    let style = ["top:", &tenths(y - ABOVE), "px;height:", &tenths(HIGH), "px"].concat();
    Some(
        classed("div", "capture-segment")
            .write("id", id(place))
            .set("role", "option")
            .flag("aria-selected", place == one.selected)
            .count("aria-posinset", place + 1)
            .count("aria-setsize", look.gathered.segments.len())
            .write("aria-label", said.join("; "))
            .write("data-do", command(CaptureCommand::Segment(place)).to_text())
            .write("style", style)
            .key(place),
    )
}

/// What there is to be said, beside the figure.
pub(super) fn about(session: &Session, one: &Opened, look: &Look<'_>) -> El {
    let words = &session.messages().capture_view;
    let key = match one.view {
        CapturedView::Ladder => one.ladder.key(look),
        CapturedView::Sequence(end) => captured_plot_key(look, end, PlotKind::Sequence),
        CapturedView::Windows(end) => captured_plot_key(look, end, PlotKind::Flight),
    };
    let known = remarks_in_words(look.gathered, look.observed, look.locale);
    let chosen = (one.view == CapturedView::Ladder).then(|| chosen(session, one, look).key(0));
    el("aside")
        .set("class", "capture-about")
        .set("tabindex", "0")
        .set("aria-label", words.segment)
        .maybe(chosen)
        .add(part(words.key.title, &key).key(1))
        .add(part(words.known, &known).key(2))
}

/// The segment that is chosen.
fn chosen(session: &Session, one: &Opened, look: &Look<'_>) -> El {
    let words = &session.messages().capture_view;
    let place = one.selected;
    let Some(seen) = look.gathered.segments.get(place) else {
        return classed("p", "quiet").say(words.nothing_chosen);
    };
    let began = look.gathered.segments.iter().find_map(|seen| seen.at);
    let at = seen.at.zip(began).map(|(at, began)| span_text(at.since(began)));
    let ends = [seen.from, seen.from.other()].map(|end| end_in_words(end, look.locale));
    let head = el("h3")
        .add(el("span").text(words.from_to.fill(ends)))
        .add(classed("span", "quiet num").text(words.frame.fill([&seen.frame.to_string()])))
        .maybe(at.map(|at| classed("span", "quiet num").text(at)));
    let mut told = finding_in_words(look.gathered, look.observed, place, look.locale);
    told.extend(changes_told(look.observed, place, look.locale));
    if told.is_empty() {
        told.push(words.nothing_shows.to_owned());
    }
    let states = states_told(look.observed, Some(place), look.locale);
    classed("div", "capture-chosen")
        .add(head)
        .add(classed("p", "num capture-text").text(segment_in_words(look.observed, seen)))
        .add(sentences(&told))
        .maybe(ties(session, look))
        .add(el("h4").say(words.states_now))
        .add(sentences(&states))
}

/// To the segment that the chosen one repeats, and to the one that repeats it.
fn ties(session: &Session, look: &Look<'_>) -> Option<El> {
    let words = &session.messages().capture_view;
    let finding = look.observed.findings.get(look.selected?)?;
    let ends = [(finding.repeats, &words.to_original), (finding.repeated_by, &words.to_repeat)];
    let mut ties = classed("p", "capture-ties");
    for (place, name) in ends {
        let Some((place, seen)) = place.and_then(|it| Some((it, look.gathered.segments.get(it)?)))
        else {
            continue;
        };
        let name = name.fill([&seen.frame.to_string()]);
        ties = ties.add(button("button", command(CaptureCommand::Segment(place))).text(name));
    }
    (finding.repeats.is_some() || finding.repeated_by.is_some()).then_some(ties)
}

fn part(name: &'static str, told: &[String]) -> El {
    el("section").add(el("h3").say(name)).add(sentences(told))
}

fn sentences(told: &[String]) -> El {
    let mut list = el("ul");
    for sentence in told {
        list = list.add(el("li").text(sentence.clone()));
    }
    list
}
