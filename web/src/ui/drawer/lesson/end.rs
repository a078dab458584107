//! The end of a lesson: common mistakes, things to try, what to read, what comes next.

use super::side::cite;
use super::words::Writer;
use crate::store::{Reading, Tab};
use crate::ui::book::address;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;

/// The end of a lesson.
pub(super) fn end(picture: &Picture<'_>, reading: &Reading, writer: &mut Writer<'_>) -> El {
    let words = &picture.messages.lessons;
    let sheet = &reading.sheet;
    let text = classed("div", "lesson-text")
        .add(classed("p", "quiet").say(words.end_text))
        .maybe(trials(picture, reading, writer))
        .maybe(traps(picture, reading, writer));
    let mut side = classed("div", "lesson-side");
    if !sheet.reading.is_empty() {
        let mut list = classed("ul", "further");
        for reading in &sheet.reading {
            let said = writer.line(el("span"), &reading.say);
            list = list.add(el("li").add(cite(&reading.cited)).say(" ").add(said));
        }
        side = side.add(classed("h3", "label").say(words.reading)).add(list);
    }
    let course = picture.session.teaching.course();
    let next = course.and_then(|course| course.next(&sheet.id, picture.session.teaching.way));
    if let Some(next) = next {
        let link = classed("a", "next-lesson").write("href", address(&next.id));
        side = side
            .add(classed("h3", "label").say(words.next_lesson))
            .add(el("p").add(link.text(next.title.clone())))
            .add(classed("p", "quiet").text(next.summary.clone()));
    }
    let contents = button("button", Command::Teach(TeachCommand::Contents)).say(words.contents);
    classed("div", "lesson-body").add(text).add(side.add(el("p").add(contents)))
}

fn trials(picture: &Picture<'_>, reading: &Reading, writer: &mut Writer<'_>) -> Option<El> {
    let words = &picture.messages.lessons;
    if reading.sheet.trials.is_empty() {
        return None;
    }
    let mut list = classed("ol", "trials");
    for (place, trial) in reading.sheet.trials.iter().enumerate() {
        let said = writer.line(el("span"), &trial.say);
        let act = trial.run.is_some();
        let act = act
            .then(|| button("button", Command::Teach(TeachCommand::Try(place))).say(words.try_it));
        list = list.add(el("li").add(said).say(" ").maybe(act));
    }
    let sandbox = button("button", Command::Tab(Tab::Sandbox)).say(words.open_sandbox);
    Some(
        el("section")
            .add(classed("h3", "label").say(words.to_try))
            .add(list)
            .add(el("p").add(sandbox)),
    )
}

fn traps(picture: &Picture<'_>, reading: &Reading, writer: &mut Writer<'_>) -> Option<El> {
    let words = &picture.messages.lessons;
    if reading.sheet.traps.is_empty() {
        return None;
    }
    let mut section = el("section").add(classed("h3", "label").say(words.traps));
    for trap in &reading.sheet.traps {
        let mut told = writer.trap(trap, false);
        if let Some(stop) = trap.stop {
            let show = button("quiet-button", Command::Teach(TeachCommand::Stop(stop)));
            told = told.add(show.say(words.show_stop));
        }
        section = section.add(told);
    }
    Some(section)
}
