//! A capture that somebody took: choosing its file, reading it, its conversations, one of them. It is
//! a dialog over the run, which stays what it is.

mod list;
mod one;
mod segment;

use tcpscope_dissect::damage_in_words;

pub(crate) use self::list::row_height as capture_row_height;

use super::capture::CaptureCommand;
use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon_button};
use crate::store::{CaptureStage, Capturing, Listed, ReadSoFar, Session};

/// The dialog.
pub(crate) const CAPTURE_DIALOG: &str = "capture";
/// The list of conversations.
pub(crate) const CAPTURE_LIST: &str = "capture-list";
/// What is scrolled: the list, or the ladder.
pub(crate) const CAPTURE_SCROLL: &str = "capture-scroll";
/// The ladder's segments.
pub(crate) const CAPTURE_SEGMENTS: &str = "capture-segments";
/// What stops reading.
pub(crate) const CAPTURE_CANCEL: &str = "capture-cancel";

/// The capture, where it shows.
pub(super) fn captured(session: &Session) -> Option<El> {
    let capturing = session.capturing.as_deref().filter(|capturing| capturing.open)?;
    Some(dialog(session, capturing))
}

fn dialog(session: &Session, capturing: &Capturing) -> El {
    let words = &session.messages().capture_view;
    let body = match &capturing.stage {
        CaptureStage::Empty => empty(session).key(1),
        CaptureStage::Reading(far) => reading(session, capturing, *far).key(2),
        CaptureStage::Looking(done, all) => looking(session, *done, *all).key(2),
        CaptureStage::List => list::list(session, capturing).key(3),
        CaptureStage::One(one) => one::one(session, capturing, one).key(4),
    };
    let trouble = capturing.trouble.as_ref().map(|trouble| {
        classed("p", "capture-trouble").set("role", "alert").text(trouble.clone()).key(5)
    });
    let has_file = matches!(capturing.stage, CaptureStage::List | CaptureStage::One(_));
    let hide = icon_button(icons::CLOSE, words.back_to_run, "Esc", command(CaptureCommand::Hide));
    let before = capturing
        .before
        .as_ref()
        .map(|_| button("button", command(CaptureCommand::Before)).say(words.to_run));
    let title = classed("h2", "capture-title")
        .set("id", "capture-title")
        .add(el("span").say(words.title))
        .maybe(has_file.then(|| classed("span", "num").text(capturing.name.clone())))
        .maybe(capturing.one().map(|one| {
            let [client, server] = one.gathered.conversation.ends.map(|end| end.to_string());
            classed("span", "capture-which num").text(words.from_to.fill([&client, &server]))
        }));
    let head = classed("header", "capture-head")
        .add(title)
        .maybe(has_file.then(|| chooser(words.other, "button file-button", false)))
        .maybe(before)
        .add(hide);
    el("dialog")
        .set("id", CAPTURE_DIALOG)
        .set("tabindex", "-1")
        .set("aria-labelledby", "capture-title")
        .add(head.key(0))
        .maybe(trouble)
        .add(body)
}

const fn command(command: CaptureCommand) -> Command {
    Command::Capture(command)
}

/// Chooses a file.
fn chooser(name: &'static str, class: &'static str, first: bool) -> El {
    let field = el("input")
        .set("id", "capture-file")
        .set("type", "file")
        .set("accept", ".pcap,.pcapng,.cap")
        .set("class", "sr")
        .when(first, "autofocus", "");
    classed("label", class).add(field).add(el("span").say(name))
}

fn empty(session: &Session) -> El {
    let words = &session.messages().capture_view;
    classed("div", "capture-empty")
        .add(
            el("p")
                .add(chooser(words.choose, "button primary file-button", true))
                .add(classed("span", "quiet").say(words.drop_here)),
        )
        .add(el("p").say(words.stays))
        .add(classed("p", "quiet").say(words.no_link))
}

fn reading(session: &Session, capturing: &Capturing, far: ReadSoFar) -> El {
    let words = &session.messages().capture_view;
    let sizes = [size_text(far.octets), size_text(capturing.octets)];
    let counts = [far.frames.to_string(), far.conversations.to_string()];
    // Thousandths: a file may be longer than an attribute's number is exact.
    let done = far.octets.saturating_mul(1_000) / capturing.octets.max(1);
    let title = [words.reading, " ", &capturing.name].concat();
    going(session, title, done, words.progress.fill([&sizes[0], &sizes[1]]))
        .add(classed("p", "quiet num").text(words.so_far.fill([&counts[0], &counts[1]])).key(3))
}

/// The segments of a conversation are looked at, one by one.
fn looking(session: &Session, done: usize, all: usize) -> El {
    let words = &session.messages().capture_view;
    let counts = [done.to_string(), all.to_string()];
    let thousandths = done as u64 * 1_000 / (all as u64).max(1);
    let far = words.looked_at.fill([&counts[0], &counts[1]]);
    going(session, words.looking.to_owned(), thousandths, far)
}

/// How far something is, and what stops it.
fn going(session: &Session, title: String, thousandths: u64, far: String) -> El {
    let words = &session.messages().capture_view;
    let bar = el("progress")
        .set("max", "1000")
        .write("value", thousandths.to_string())
        .write("aria-label", title.clone());
    let cancel = button("button", command(CaptureCommand::Cancel))
        .set("id", CAPTURE_CANCEL)
        .say(words.cancel);
    classed("div", "capture-empty")
        .add(el("p").text(title).key(0))
        .add(bar.key(1))
        .add(classed("p", "num").text(far).key(2))
        .add(el("p").add(cancel).key(4))
}

/// What kept a file from being read to its end.
fn cut(session: &Session, capturing: &Capturing, listed: &Listed) -> Option<El> {
    let words = &session.messages().capture_view;
    let said = match listed.damage {
        Some(damage) => damage_in_words(damage, session.preferences.locale),
        None if listed.stopped => {
            let sizes = [size_text(listed.read.octets), size_text(capturing.octets)];
            words.stopped.fill([&sizes[0], &sizes[1]])
        }
        None => return None,
    };
    Some(classed("p", "capture-trouble").set("role", "alert").text(said))
}

/// A number of octets in few digits.
pub(super) fn size_text(octets: u64) -> String {
    let (unit, name) = match octets {
        0..10_000 => return [&octets.to_string(), " B"].concat(),
        10_000..1_000_000 => (1_000, " kB"),
        1_000_000..1_000_000_000 => (1_000_000, " MB"),
        1_000_000_000.. => (1_000_000_000, " GB"),
    };
    let tenths = octets / (unit / 10);
    [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), name].concat()
}
