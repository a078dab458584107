//! The log: everything that happens, in order, with the rule behind it; what is looked for in it.

mod search;

use tcpscope_sim::RecordId;
use tcpscope_view::log_row;

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};
use crate::ui::rows::{Rows, cell, head, row};
use search::search;

/// The log.
pub(super) fn log(picture: &Picture<'_>) -> El {
    classed("div", "log-sheet").add(search(picture)).add(records(picture))
}

/// The records that are shown, which may be those alone that match.
fn records(picture: &Picture<'_>) -> El {
    let words = &picture.messages.log;
    let shown = picture.session.search.shown();
    let rows = Rows {
        class: "rows log",
        label: words.label,
        count: shown.map_or(picture.trace.records().len(), <[_]>::len),
        shown: Some(match shown {
            None => picture.record.index(),
            Some(found) => found.partition_point(|it| *it <= picture.record).saturating_sub(1),
        }),
    };
    let head = head(&[
        ("glyph", picture.messages.search.marks),
        ("", words.time),
        ("wide", words.place),
        ("glyph", words.label),
        ("", words.event),
        ("wide", words.why),
        ("wide", words.source),
    ]);
    let special = Special { parting: picture.run.parting(), noted: picture.run.noted() };
    let mut made = Vec::new();
    for place in rows.made(picture) {
        let id = match shown {
            None => picture.trace.records().get(place).map(|record| record.id),
            Some(found) => found.get(place).copied(),
        };
        if let Some(id) = id {
            made.push(record(picture, place, id, &special));
        }
    }
    rows.table(picture, head, made)
}

/// The records with a mark of their own.
struct Special {
    /// From here on the run that is compared goes another way.
    parting: Option<RecordId>,
    /// There are notes on these.
    noted: Vec<RecordId>,
}

fn record(picture: &Picture<'_>, place: usize, id: RecordId, special: &Special) -> El {
    let Picture { trace, record: present, .. } = *picture;
    let log = log_row(trace, id, picture.locale, picture.numbers);
    let host = match log.host {
        Some(host) => picture.title(host),
        None => picture.messages.log.on_the_link.to_owned(),
    };
    let (why, source) = match log.why.into_iter().next() {
        Some(why) => (why.text, why.citation.to_string()),
        None => (String::new(), String::new()),
    };
    let go = Command::Record(id.index());
    let event = button("row-button", go)
        .set("tabindex", if id == present { "0" } else { "-1" })
        .text(log.text);
    row(picture, place)
        .set("data-mark", log.mark.class())
        .flag("data-first", log.first_of_step)
        .flag("data-later", id > present)
        .flag("data-step", trace.record(present).event == log.event)
        .flag("data-fault", trace.record(id).kind.is_fault())
        .when(id == present, "aria-current", "step")
        .write("data-do", go.to_text())
        .add(marks(picture, id, special))
        .add(cell("num").text(time(log.at)))
        .add(cell("wide").text(host))
        .add(cell("glyph").say(log.mark.glyph()))
        .add(cell("").add(event))
        .add(cell("wide").text(why))
        .add(cell("wide cite").text(source))
}

/// What is special about a record: that it matches, that the compared run goes another way from
/// here on, that there is a note on it.
fn marks(picture: &Picture<'_>, id: RecordId, special: &Special) -> El {
    let search = &picture.session.search;
    let mark = |class: &'static str, glyph: &'static str, name: &'static str| {
        el("i")
            .set("class", class)
            .set("title", name)
            .add(classed("span", "sr").say(name))
            .add(el("span").set("aria-hidden", "true").say(glyph))
    };
    let is_match = !search.only_matches() && search.is_match(id);
    let hit = is_match.then(|| mark("hit", "▸", picture.messages.search.is_match));
    let parts = special.parting == Some(id);
    let parts = parts.then(|| mark("parting", "≠", picture.messages.compare.diverges));
    let noted = special.noted.contains(&id);
    let noted = noted.then(|| mark("noted", "✎", picture.messages.notes.label));
    cell("glyph marks").maybe(hit).maybe(parts).maybe(noted)
}
