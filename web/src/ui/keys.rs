//! The sheet of keys. The browser shows and hides it, keeps the focus in it and closes it on Escape:
//! so it is there all the time, and is written once for each language instead of at each rendering.

use std::cell::RefCell;
use std::rc::Rc;

use tcpscope_view::Messages;

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, icon_button};
use super::markup::markup;
use crate::store::Keys;

/// The sheet of keys. What is in it comes with the words for it: nobody opens it before.
pub(super) fn keys(messages: &'static Messages, heard: Keys) -> El {
    let words = &messages.keyboard;
    let head = classed("div", "dialog-head")
        .add(el("h2").set("id", "keys-title").say(words.open))
        .add(icon_button(icons::CLOSE, messages.app.close, "", Command::Keys));
    let said = !words.help.is_empty();
    el("dialog")
        .set("id", "keys")
        .set("aria-labelledby", "keys-title")
        .add(head)
        .maybe(said.then(|| by_character(messages, heard)))
        .maybe(said.then(|| el("div").raw(written(messages))))
}

/// The table of keys as markup, as it was written for these words.
fn written(messages: &'static Messages) -> Rc<str> {
    thread_local! {
        static WRITTEN: RefCell<Option<(&'static Messages, Rc<str>)>> = const { RefCell::new(None) };
    }
    WRITTEN.with_borrow_mut(|written| match written {
        Some((of, markup)) if std::ptr::eq(*of, messages) => markup.clone(),
        Some(_) | None => {
            let markup: Rc<str> = markup(table(messages)).into();
            *written = Some((messages, markup.clone()));
            markup
        }
    })
}

/// Whether keys of a single character are heard (WCAG 2.1.4).
fn by_character(messages: &'static Messages, heard: Keys) -> El {
    let tick =
        el("input").set("id", "single-keys").set("type", "checkbox").checked(heard == Keys::All);
    classed("label", "field tick").add(tick).add(el("span").say(messages.keyboard.by_character))
}

/// What a key is for, and its names.
type Key = (&'static [&'static str], &'static str);

/// The keys in groups, which stand side by side where there is room.
fn table(messages: &'static Messages) -> El {
    let words = &messages.keyboard;
    let sheets = &messages.edit_sheets;
    let (zoom, groups) = (&messages.zoom, &messages.key_groups);
    let time: [Key; 11] = [
        (&["Space"], words.play_pause),
        (&["→"], words.step_on),
        (&["←"], words.step_back),
        (&["Shift →", "."], words.fine_step_on),
        (&["Shift ←", ","], words.fine_step_back),
        (&["Home"], words.to_start),
        (&["End"], words.to_end),
        (&["<"], words.slower),
        (&[">"], words.faster),
        (&["]"], messages.seek.key_next),
        (&["["], messages.seek.key_previous),
    ];
    let figure: [Key; 6] = [
        (&["+"], zoom.closer),
        (&["−"], zoom.out),
        (&["0"], zoom.as_usual),
        (&["9"], zoom.all),
        (&["↑", "↓", "Page ↑", "Page ↓"], zoom.scroll),
        (&["A"], words.numbers),
    ];
    let segments: [Key; 8] = [
        (&["N"], words.next_segment),
        (&["P"], words.previous_segment),
        (&["Enter", "M", "Shift F10"], sheets.menu_key),
        (&["H"], sheets.host_key),
        (&["K"], sheets.link_key),
        (&["I"], sheets.inspect_key),
        (&["D"], words.drop),
        (&["L"], words.delay),
    ];
    let edits: [Key; 4] = [
        (&["U", "Ctrl Z"], words.undo),
        (&["Shift U", "Ctrl Shift Z"], words.redo),
        (&["Shift ↑", "Shift ↓"], sheets.move_key),
        (&["Delete"], sheets.remove_key),
    ];
    let others: [Key; 12] = [
        (&["/"], messages.search.key_focus),
        (&["n"], messages.search.key_next),
        (&["Shift N"], messages.search.key_previous),
        (&["F"], messages.present.start),
        (&["S"], messages.present.notes),
        (&["Shift L"], messages.lessons.key_contents),
        (&["]"], messages.lessons.key_next),
        (&["["], messages.lessons.key_previous),
        (&["Q"], messages.asking.key),
        (&["O"], messages.capture_view.open),
        (&["?"], words.help),
        (&["Esc"], words.dismiss),
    ];
    let first = [(groups.time, &time[..]), (groups.figure, &figure), (groups.edits, &edits)];
    let second = [(groups.segments, &segments[..]), (groups.others, &others)];
    let mut sheet = classed("div", "keys");
    for (place, column) in [&first[..], &second].into_iter().enumerate() {
        let mut side = el("div");
        for (name, keys) in column {
            side = side.add(group(messages, name, keys));
        }
        // The second column is the shorter one.
        sheet = sheet.add(side.maybe((place == 1).then(|| legend(messages))));
    }
    sheet
}

/// What the marks of the ladder mean.
fn legend(messages: &'static Messages) -> El {
    let words = &messages.drawn;
    let marks = [
        ("syn", "◆", "SYN"),
        ("data", "●", words.data),
        ("ack", "○", "ACK"),
        ("fin", "■", "FIN"),
        ("rst", "▲", "RST"),
        ("udp", "▬", "UDP"),
        ("lost", "✕", words.lost),
        ("lost", "⊗", words.dropped),
        ("data", "╌╌", words.again),
        ("ghost", "┈○", words.ghost),
        ("now", "⊐", words.timer),
        ("sack", "▭▮", words.sack),
        ("lost", "┈›", words.icmp),
        ("ghost", "≈", words.fold),
    ];
    let mut list = el("ul");
    for (class, glyph, name) in marks {
        let glyph = el("i").set("data-mark", class).set("aria-hidden", "true").say(glyph);
        list = list.add(el("li").add(glyph).add(el("span").say(name)));
    }
    classed("section", "legend").add(classed("h3", "label").say(words.legend)).add(list)
}

/// A group of keys.
fn group(messages: &'static Messages, name: &'static str, keys: &[Key]) -> El {
    let words = &messages.keyboard;
    let mut rows = el("tbody");
    for (keys, does) in keys {
        let mut head = el("th").set("scope", "row");
        for key in *keys {
            head = head.add(el("kbd").say(key)).say(" ");
        }
        rows = rows.add(el("tr").add(head).add(el("td").say(does)));
    }
    let column = |name| el("th").set("scope", "col").say(name);
    let columns = el("tr").add(column(words.key)).add(column(words.does));
    el("table")
        .add(classed("caption", "label").say(name))
        .add(classed("thead", "sr").add(columns))
        .add(rows)
}
