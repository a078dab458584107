//! What was read: kept on this device alone, taken along, erased.

use tcpscope_lesson::course;

use super::review;
use crate::store::Session;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::teach::TeachCommand;

/// What was read, and what can be done with it.
pub(super) fn progress(session: &Session) -> El {
    let words = &session.messages().lessons;
    let teaching = &session.teaching;
    let progress = &teaching.progress;
    let said = if teaching.kept { words.kept_here } else { words.not_kept };
    let nothing_read = progress.last().is_none();
    let tally = match teaching.course() {
        _ if nothing_read => words.nothing_read.to_owned(),
        Some(course) => {
            let found = course::contents(course, progress, None, "");
            let numbers = [found.done.to_string(), found.of.to_string()];
            words.tally.fill([&numbers[0], &numbers[1], &found.minutes_left.to_string()])
        }
        None => String::new(),
    };
    let export = classed("a", "button")
        .write("href", file(&progress.to_json()))
        .set("download", "tcpscope-progress.json")
        .say(words.export);
    let field = el("input")
        .set("id", "progress-file")
        .set("type", "file")
        .set("accept", ".json,application/json")
        .set("class", "sr");
    let import =
        classed("label", "button file-button").add(field).add(el("span").say(words.import));
    let erase = button("button", Command::Teach(TeachCommand::Erase)).say(words.erase);
    let acts = classed("div", "progress-acts")
        .maybe((!progress.is_empty()).then(|| export.key(0)))
        .add(import.key(1))
        .maybe((!progress.is_empty() || teaching.unread.is_some()).then(|| erase.key(2)));
    let outcome = match (&teaching.import, &teaching.erased) {
        (Some(Ok(())), _) => el("span").say(words.imported),
        (Some(Err(wrong)), _) => el("span").text(words.not_imported.fill([wrong])),
        (None, Some(_)) => {
            let back = button("quiet-button", Command::Teach(TeachCommand::Unerase));
            el("span").say(words.erased).say(" ").add(back.say(words.unerase))
        }
        (None, None) => el("span"),
    };
    let outcome = el("p").set("role", "status").add(outcome);
    classed("div", "progress")
        .add(el("p").say(said).key(0))
        .maybe(review::unread(session).map(|unread| unread.key(1)))
        .add(classed("p", "num").text(tally).key(2))
        .add(acts.key(3))
        .add(outcome.key(4))
        .add(review::section(session).key(5))
}

/// An address of a text, to be saved as a file.
pub(super) fn file(text: &str) -> String {
    let mut file = "data:application/json;charset=utf-8,".to_owned();
    for character in text.chars() {
        // What means something of its own in an address, or would be left out.
        match character {
            '%' => file.push_str("%25"),
            '#' => file.push_str("%23"),
            '\n' => file.push_str("%0A"),
            '\r' => file.push_str("%0D"),
            '\t' => file.push_str("%09"),
            other => file.push(other),
        }
    }
    file
}
