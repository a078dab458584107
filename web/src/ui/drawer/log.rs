//! The log: everything that happens, in order, with the rule behind it.

use tcpscope_view::log_row;

use crate::ui::command::Command;
use crate::ui::element::El;
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};
use crate::ui::rows::{Rows, cell, head, row};

/// The log.
pub(super) fn log(picture: &Picture<'_>) -> El {
    let words = &picture.messages.log;
    let rows = Rows {
        class: "rows log",
        label: words.label,
        count: picture.trace.records().len(),
        shown: Some(picture.record.index()),
    };
    let head = head(&[
        ("", words.time),
        ("wide", words.place),
        ("glyph", words.label),
        ("", words.event),
        ("wide", words.why),
        ("wide", words.source),
    ]);
    let mut made = Vec::new();
    for index in rows.made(picture) {
        made.push(record(picture, index));
    }
    rows.table(picture, head, made)
}

fn record(picture: &Picture<'_>, index: usize) -> El {
    let Picture { trace, record: present, .. } = *picture;
    let id = trace.records()[index].id;
    let log = log_row(trace, id, picture.locale, picture.numbers);
    let place = match log.host {
        Some(host) => picture.title(host),
        None => picture.messages.log.on_the_link.to_owned(),
    };
    let (why, source) = match log.why.into_iter().next() {
        Some(why) => (why.text, why.citation.to_string()),
        None => (String::new(), String::new()),
    };
    let event = button("row-button", Command::Record(index))
        .set("tabindex", if id == present { "0" } else { "-1" })
        .text(log.text);
    row(picture, index)
        .set("data-mark", log.mark.class())
        .flag("data-first", log.first_of_step)
        .flag("data-later", id > present)
        .flag("data-step", trace.record(present).event == log.event)
        .when(id == present, "aria-current", "step")
        .write("data-do", Command::Record(index).to_text())
        .add(cell("num").text(time(log.at)))
        .add(cell("wide").text(place))
        .add(cell("glyph").say(log.mark.glyph()))
        .add(cell("").add(event))
        .add(cell("wide").text(why))
        .add(cell("wide cite").text(source))
}
