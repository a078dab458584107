//! Notes on records and on segments: made, gone to, deleted.

use tcpscope_sim::{Annotation, MOST_ANNOTATIONS, Note, Place};
use tcpscope_view::{Detail, describe, segment_label};

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::picture::{Picture, time};

/// The notes of the run, and the field for another.
pub(super) fn notes(picture: &Picture<'_>) -> El {
    let words = &picture.messages.notes;
    let notes = picture.run.timeline().annotations();
    let mut list = Vec::new();
    for (place, one) in notes.iter().enumerate() {
        list.push(note(picture, place, one));
    }
    let more = if notes.len() < MOST_ANNOTATIONS {
        field(picture)
    } else {
        classed("p", "quiet").say(words.full)
    };
    classed("section", "notes")
        .set("aria-label", words.label)
        .add(classed("h2", "label").say(words.label))
        .add(classed("ul", "note-list").all(list))
        .add(more)
}

fn field(picture: &Picture<'_>) -> El {
    let words = &picture.messages.notes;
    let selected = picture.session.selected();
    let on_segment = picture.session.shell.notes_segment && selected.is_some();
    let about = if on_segment { words.segment } else { words.record };
    let about_choice = selected.is_some().then(|| {
        button("toggle", Command::NoteOnSegment).flag("aria-pressed", on_segment).say(words.segment)
    });
    let input = el("input")
        .set("id", "note")
        .set("type", "text")
        .set("maxlength", "300")
        .set("aria-label", words.add)
        .set("title", words.hint)
        .write("placeholder", format!("{}: {about}", words.about));
    classed("div", "note-field")
        .add(input)
        .maybe(about_choice)
        .add(button("button", Command::AddNote).say(words.add))
}

fn note(picture: &Picture<'_>, place: usize, note: &Annotation) -> El {
    let words = &picture.messages.notes;
    let trace = picture.trace;
    let (go, about) = match trace.place_of(note.anchor) {
        Place::Packet(packet) => {
            let label = segment_label(trace, packet, picture.numbers, Detail::Short);
            (Some(Command::Record(trace.packet(packet).sent_by.index())), label)
        }
        Place::Record(record) => {
            let what = describe(picture.locale, trace, record, picture.numbers);
            let at = time(trace.record(record).at);
            (Some(Command::Record(record.index())), format!("{at} · {what}"))
        }
        Place::Lost => (None, words.lost.to_owned()),
    };
    let text = text(picture, &note.note);
    let about = classed("span", "quiet").text(about);
    let body = match go {
        Some(go) => {
            button("note-button", go).add(classed("span", "note-text").text(text)).add(about)
        }
        None => {
            classed("div", "note-button").add(classed("span", "note-text").text(text)).add(about)
        }
    };
    el("li").add(body).add(icon_button(icons::CLOSE, words.delete, "", Command::RemoveNote(place)))
}

/// What a note says: in the reader's language, or in the first that it has.
fn text(picture: &Picture<'_>, note: &Note) -> String {
    match note {
        Note::Key(key) => key.clone(),
        Note::Text(texts) => {
            let ours = texts.iter().find(|(tag, _)| tag == picture.locale.tag());
            ours.or(texts.first()).map(|(_, text)| text.clone()).unwrap_or_default()
        }
    }
}
