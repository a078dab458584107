//! What was done to the run, edit by edit: each in words, with what can be done to it.

use tcpscope_sim::{Difference, Edit};
use tcpscope_view::{describe, edit_in_words};

use crate::store::{Outcome, Unit, number_of};
use crate::ui::announcer::follows;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::menus::{Hand, decimal};
use crate::ui::picture::{Picture, time};

/// The list of edits.
pub(super) fn edits(picture: &Picture<'_>) -> El {
    let words = &picture.messages.edit_sheets;
    let timeline = picture.run.timeline();
    let edits = timeline.edits();
    let sheet = classed("div", "edit-sheet").add(head(picture));
    if edits.is_empty() {
        return sheet
            .add(el("p").say(words.empty))
            .add(classed("p", "hint").say(words.how))
            .add(classed("p", "hint").say(words.drag));
    }
    let mut list = classed("ol", "edit-list").set("aria-label", words.list);
    for (place, edit) in edits.iter().enumerate() {
        list = list.add(row(picture, place, edit, edits.len()));
    }
    let outcome = picture.session.outcome.as_ref();
    sheet
        .maybe(outcome.map(|outcome| classed("p", "outcome").text(told(picture, outcome))))
        .add(list)
}

/// What an edit brought about, in sentences.
pub(in crate::ui) fn told(picture: &Picture<'_>, outcome: &Outcome) -> String {
    let words = &picture.messages.edit_sheets;
    let Picture { locale, trace, numbers, .. } = *picture;
    let what = match &outcome.edit {
        Some(edit) => words.done.fill([&edit_in_words(locale, edit, trace, numbers)]),
        None if outcome.undone => words.undone.to_owned(),
        None => words.changed.to_owned(),
    };
    let follows = match outcome.differs {
        Difference::From(differs) => {
            let later = trace.records().get(differs.index()..).unwrap_or_default();
            later.iter().find(|record| follows(&record.kind)).map(|record| {
                let text = describe(locale, trace, record.id, numbers);
                words.first_difference.fill([&time(record.at), &text])
            })
        }
        Difference::Nowhere => Some(words.no_difference.to_owned()),
        Difference::EndsSooner | Difference::Unknown => None,
    };
    let Some(follows) = follows else { return what };
    // Chinese sentences stand without a space between them.
    let between = if what.ends_with('。') { "" } else { " " };
    format!("{what}{between}{follows}")
}

fn head(picture: &Picture<'_>) -> El {
    let words = &picture.messages.edit_sheets;
    let timeline = picture.run.timeline();
    let off = |button: El, possible: bool| button.when(!possible, "disabled", "");
    let plain = |name, command| button("button", command).say(name);
    let any = !timeline.edits().is_empty();
    classed("div", "edit-head")
        .add(off(plain(picture.messages.edits.undo, Command::Undo), timeline.can_undo()))
        .add(off(plain(picture.messages.edits.redo, Command::Redo), timeline.can_redo()))
        .add(off(plain(words.clear, Command::Hand(Hand::ClearEdits)), any))
}

fn row(picture: &Picture<'_>, place: usize, edit: &Edit, count: usize) -> El {
    let words = &picture.messages.edit_sheets;
    let text = edit_in_words(picture.locale, edit, picture.trace, picture.numbers);
    let met = picture.run.timeline().is_met(edit);
    let waits = match edit {
        Edit::Packet(_) => words.unmet_packet,
        Edit::LinkDelay { .. } | Edit::LinkLoss { .. } | Edit::Link(_) | Edit::Act(_) => {
            words.unmet_instant
        }
    };
    let which = words.place.fill([&(place + 1).to_string(), &count.to_string()]);
    let go = button("edit-text", Command::Hand(Hand::GoToEdit(place)))
        .set("title", words.go)
        .write("aria-label", format!("{which}: {text}"))
        .when(!met, "disabled", "")
        .text(text);
    let act = |path, name, hand, possible: bool| {
        icon_button(path, name, "", Command::Hand(hand)).when(!possible, "disabled", "")
    };
    classed("li", "edit-row")
        .key(place)
        .flag("data-met", met)
        .count("data-place", place)
        .add(classed("span", "num edit-place").text((place + 1).to_string()))
        .add(
            classed("span", "edit-what")
                .add(go)
                .maybe((!met).then(|| classed("span", "waits").say(waits))),
        )
        .maybe(number(picture, place, edit))
        .add(
            classed("span", "acts")
                .add(act(icons::TALLER, words.up, Hand::RaiseEdit(place), place > 0))
                .add(act(icons::LOWER, words.down, Hand::LowerEdit(place), place + 1 < count))
                .add(act(icons::CLOSE, words.remove, Hand::RemoveEdit(place), true)),
        )
}

/// The number of an edit, to be changed.
fn number(picture: &Picture<'_>, place: usize, edit: &Edit) -> Option<El> {
    let (parts, unit) = number_of(edit)?;
    let words = &picture.messages.hand;
    let name = match unit {
        Unit::Milliseconds => words.milliseconds,
        Unit::Percent => picture.messages.link.percent,
        Unit::Kilobits => words.kilobits,
        Unit::Octets => words.octets,
        Unit::Packets => words.packets,
        Unit::Bit => picture.messages.inspector.bits,
    };
    let label = picture.messages.edit_sheets.number.fill([&(place + 1).to_string()]);
    let input = el("input")
        .write("id", format!("edit-number-{place}"))
        .set("type", "number")
        .set("min", "0")
        .set("step", "any")
        .write("aria-label", format!("{label} ({name})"))
        .value(decimal(parts, unit.parts()));
    Some(classed("span", "typed").add(input).add(classed("span", "unit").say(name)))
}
