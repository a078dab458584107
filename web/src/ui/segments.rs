//! The ladder as a table: the same segments, the same selection, the same things to do to them.

use tcpscope_sim::{Fate, PacketIndex};
use tcpscope_view::{Detail, segment_label};

use super::command::{Command, DELAYS};
use super::element::El;
use super::icons::{self, button, icon_button};
use super::picture::{Picture, time};
use super::rows::{Rows, cell, head, row};
use crate::store::Layout;

/// The segments as a table.
pub(super) fn segments(picture: &Picture<'_>) -> El {
    let words = picture.messages;
    let rows = Rows {
        class: "rows segments",
        label: words.ladder.table_caption,
        count: picture.trace.packets().len(),
        shown: picture.session.selected().map(|packet| packet.0 as usize),
    };
    let phone = picture.session.shell.layout == Layout::Phone;
    let head = head(&[
        ("time", words.ladder.sent_at),
        ("way", words.ladder.way),
        ("what", words.ladder.segment),
        (if phone { "sr" } else { "" }, words.ladder.fate),
        ("sr", words.packet.menu),
    ]);
    let mut made = Vec::new();
    for index in rows.made(picture) {
        made.push(segment(picture, index));
    }
    rows.table(picture, head, made)
}

fn segment(picture: &Picture<'_>, index: usize) -> El {
    let words = &picture.messages.packet;
    let place = PacketIndex(u32::try_from(index).unwrap_or(u32::MAX));
    let packet = &picture.trace.packets()[index];
    let selected = picture.session.selected() == Some(place);
    let phone = picture.session.shell.layout == Layout::Phone;
    let fate = match packet.fate {
        Fate::Delivered => format!("{} {}", words.arrives, time(packet.ends)),
        Fate::Corrupted => format!("{} · {}", words.corrupted, time(packet.ends)),
        Fate::Duplicate => format!("{} · {}", words.duplicate, time(packet.ends)),
        Fate::Lost => words.lost.to_owned(),
        Fate::Dropped => words.dropped.to_owned(),
        Fate::UnderWay => words.under_way.to_owned(),
    };
    let label = segment_label(picture.trace, place, picture.numbers, Detail::Short);
    let label = button("row-button num", Command::Select(index))
        .flag("aria-pressed", selected)
        .set("tabindex", if selected { "0" } else { "-1" })
        .text(label);
    // What can be done is offered for the selected segment: the keys mean that one too.
    let acts = cell("acts")
        .maybe(selected.then(|| icon_button(icons::DROP, words.drop, "D", Command::Drop)));
    let acts = acts.maybe(
        selected.then(|| icon_button(icons::DELAY, words.delay, "L", Command::Delay(DELAYS[1]))),
    );
    let way = format!("{} → {}", picture.title(packet.id.from), picture.title(packet.to));
    row(picture, index)
        .flag("data-selected", selected)
        .flag("data-later", packet.sent_by > picture.record)
        .write("data-do", Command::Select(index).to_text())
        .add(cell("num time").text(time(packet.sent)))
        .add(cell("way").text(way))
        .add(cell("what").add(label))
        .add(cell(if phone { "sr" } else { "" }).text(fate))
        .add(acts)
}
