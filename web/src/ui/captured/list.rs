//! The conversations of a capture.

use tcpscope_dissect::{
    Completeness, Conversation, LeftOut, MOST_CONVERSATIONS, brief_in_words, left_out_in_words,
    seen_in_words, span_text,
};

use super::{CAPTURE_LIST, CAPTURE_SCROLL, command, cut};
use crate::store::{Capturing, Listed, Session};
use crate::ui::capture::CaptureCommand;
use crate::ui::element::{El, classed, el};

/// As many rows are made above those that show, and below.
const AROUND: usize = 12;

/// The list, with what is to be said of the whole.
pub(super) fn list(session: &Session, capturing: &Capturing) -> El {
    let Some(listed) = capturing.listed.as_deref() else { return el("div") };
    let words = session.messages();
    let count = capturing.rows();
    let body = classed("div", "capture-body")
        .maybe(cut(session, capturing, listed))
        .add(summary(session, listed));
    if count == 0 {
        return body.add(el("p").say(words.captures.none));
    }
    body.add(heads(session))
        .add(rows(session, capturing, listed))
        .add(classed("p", "quiet capture-help").say(words.capture_view.list_help))
}

fn summary(session: &Session, listed: &Listed) -> El {
    let (words, locale) = (&session.messages().captures, session.preferences.locale);
    let conversations = &listed.conversations;
    let counts = [listed.read.frames.to_string(), conversations.list().len().to_string()];
    let mut said = words.summary.fill([&counts[0], &counts[1]]);
    for why in LeftOut::ALL {
        let frames = conversations.left_out(why);
        if frames > 0 {
            said.push_str(" · ");
            said.push_str(&left_out_in_words(why, frames, locale));
        }
    }
    if conversations.beyond() > 0 {
        let counts = [conversations.beyond().to_string(), MOST_CONVERSATIONS.to_string()];
        said.push_str(" · ");
        said.push_str(&words.beyond.fill([&counts[0], &counts[1]]));
    }
    classed("p", "capture-summary").text(said)
}

fn heads(session: &Session) -> El {
    let words = session.messages();
    let view = &words.capture_view;
    let head = |class: &'static str, name: &'static str| classed("span", class).say(name);
    classed("div", "capture-row capture-row-heads label")
        .set("aria-hidden", "true")
        .add(head("capture-number", view.number))
        .add(head("capture-ends", view.ends))
        .add(head("capture-octets", view.octets))
        .add(head("capture-time", words.captures.lasts))
        .add(head("capture-seen", words.captures.seen))
        .add(head("capture-brief", view.findings))
}

/// The rows that show. They are options of a list box: arrow keys choose, Enter opens.
fn rows(session: &Session, capturing: &Capturing, listed: &Listed) -> El {
    let conversations = listed.conversations.list();
    let height = row_height(session);
    let first = whole(capturing.top) / height;
    let fits = whole(capturing.room.1) / height + 1;
    let shown = first.saturating_sub(AROUND)..(first + fits + AROUND).min(conversations.len());
    let mut made = Vec::new();
    for place in shown.clone() {
        let Some(conversation) = conversations.get(place) else { break };
        made.push(row(session, capturing, place, conversation));
    }
    let inner = classed("div", "capture-rows")
        .set("role", "presentation")
        .write("style", ["height:", &(conversations.len() * height).to_string(), "px"].concat())
        .all(made);
    let active = shown.contains(&capturing.row).then(|| id(capturing.row));
    let list = el("div")
        .set("id", CAPTURE_LIST)
        .set("role", "listbox")
        .set("tabindex", "0")
        .set("aria-label", session.messages().capture_view.list)
        .add(inner);
    let list = match active {
        Some(id) => list.write("aria-activedescendant", id),
        None => list,
    };
    classed("div", "capture-scroll").set("id", CAPTURE_SCROLL).add(list)
}

/// The height of a row: with its second line, where there is no room for one.
pub(crate) fn row_height(session: &Session) -> usize {
    match session.shell.layout {
        crate::store::Layout::Desk => 36,
        crate::store::Layout::Tablet | crate::store::Layout::Phone => 72,
    }
}

fn id(place: usize) -> String {
    ["conversation-", &(place + 1).to_string()].concat()
}

fn row(session: &Session, capturing: &Capturing, place: usize, it: &Conversation) -> El {
    let (words, locale) = (&session.messages().capture_view, session.preferences.locale);
    let [client, server] = it.ends.map(|end| end.to_string());
    let [sent, back] = it.sent.map(|sent| sent.text.to_string());
    let number = (place + 1).to_string();
    let lasts = it.duration().map(span_text).unwrap_or_default();
    let seen = seen_in_words(it, locale);
    let brief = brief_in_words(it.brief, it.completeness.contains(Completeness::RST), locale);
    let cell = |class: &'static str, text: String| classed("span", class).text(text);
    let ends = classed("span", "capture-ends num")
        .add(el("span").text(client))
        .add(el("span").text([" → ", &server].concat()));
    let octets = classed("span", "capture-octets num")
        .add(el("span").set("aria-hidden", "true").text([&sent, " + ", &back].concat()))
        .add(classed("span", "sr").text(words.text_each.fill([&sent, &back])));
    let top = place * row_height(session);
    let plain = it.brief == tcpscope_dissect::Brief::default();
    classed("div", "capture-row")
        .write("id", id(place))
        .set("role", "option")
        .flag("aria-selected", place == capturing.row)
        .count("aria-posinset", place + 1)
        .count("aria-setsize", capturing.rows())
        .write("data-do", command(CaptureCommand::Open(place)).to_text())
        .write("style", ["top:", &top.to_string(), "px"].concat())
        .key(place)
        .add(cell("capture-number num", number))
        .add(ends)
        .add(octets)
        .add(cell("capture-time num", lasts))
        .add(cell("capture-seen", seen))
        .add(cell("capture-brief", brief).when(!plain, "data-any", ""))
}

/// Whole pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn whole(pixels: f64) -> usize {
    pixels as usize
}
