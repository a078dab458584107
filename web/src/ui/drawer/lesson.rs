//! The lesson that is read, a stop at a time: what is said, what was checked, where to look, and at
//! the end what to try.

pub(super) mod ask;
mod end;
mod plot;
mod rule;
mod side;
pub(super) mod words;

use crate::store::{Reading, Session};
use crate::ui::book::part_name;
use crate::ui::command::Command;
use crate::ui::drawer::inspector;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon, icon_button};
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;
use words::Writer;
pub(crate) use words::term_id;

/// The lesson at its stop.
pub(super) fn lesson(picture: &Picture<'_>) -> El {
    let sheet = el("article").set("id", "lesson").set("class", "lesson");
    let Some(reading) = &picture.session.teaching.reading else { return sheet };
    let mut writer = Writer::new(picture);
    let body = match reading.stop() {
        Some(stop) => {
            let said =
                classed("div", "said").set("aria-live", "polite").all(writer.paragraphs(&stop.say));
            let trap = side::traps_here(reading, &mut writer);
            let asks = ask::questions(picture, reading, &mut writer);
            let shown = !picture.session.is_away();
            let excerpt = shown.then(|| inspector::excerpt(picture, &stop.point)).flatten();
            classed("div", "lesson-body")
                .add(
                    classed("div", "lesson-text")
                        .maybe(away(picture))
                        .add(said)
                        .maybe(excerpt)
                        .all(plot::plots(picture, reading, stop))
                        .all(trap)
                        .maybe(asks),
                )
                .maybe(rule::both(picture, reading, stop))
                .add(side::side(picture, reading, stop))
        }
        None => end::end(picture, reading, &mut writer),
    };
    let card = words::card(picture);
    sheet
        .set("aria-labelledby", "lesson-title")
        .add(head(picture.session, reading).key(0))
        .add(body.key(1 + reading.stop))
        .add(foot(picture.session, reading).key(usize::MAX))
        .maybe(card.map(|card| card.key(usize::MAX - 1)))
}

/// What is read, and the way through it.
fn head(session: &Session, reading: &Reading) -> El {
    let words = &session.messages().lessons;
    let sheet = &reading.sheet;
    let leave = Command::Teach(TeachCommand::Leave);
    let title = classed("div", "lesson-title")
        .add(classed("p", "label").say(part_name(session, sheet.part)))
        .add(
            el("h2")
                .set("id", "lesson-title")
                .write("lang", reading.locale.tag().to_owned())
                .text(sheet.title.clone()),
        );
    classed("header", "lesson-head").add(title).add(steps(session, reading)).add(icon_button(
        icons::CLOSE,
        words.leave,
        "",
        leave,
    ))
}

/// The stops as steps; each can be gone to.
fn steps(session: &Session, reading: &Reading) -> El {
    let words = &session.messages().lessons;
    let sheet = &reading.sheet;
    let progress = &session.teaching.progress;
    let all = sheet.stops.len();
    let mut list = el("ol");
    for place in 0..=all {
        let stop = sheet.stops.get(place);
        let read = stop.is_some_and(|stop| progress.has(&sheet.id, &stop.id));
        let name = match stop {
            Some(_) => words.stop_of.fill([&(place + 1).to_string(), &all.to_string()]),
            None => words.end.to_owned(),
        };
        let step = button("step", Command::Teach(TeachCommand::Stop(place)))
            .write("aria-label", name.clone())
            .write("title", name)
            .flag("data-read", read)
            .flag("data-end", stop.is_none())
            .when(place == reading.stop, "aria-current", "step")
            .add(el("i"));
        list = list.add(el("li").add(step));
    }
    classed("nav", "steps").set("aria-label", words.stops).add(list)
}

/// The figure is elsewhere: a way back.
fn away(picture: &Picture<'_>) -> Option<El> {
    let words = &picture.messages.lessons;
    let back = button("button", Command::Teach(TeachCommand::Back)).say(words.back);
    let told = classed("p", "away").add(el("span").say(words.away)).say(" ").add(back);
    let away = picture.session.is_away() && !picture.session.playing;
    away.then_some(told)
}

/// To the stop before and to the one after.
fn foot(session: &Session, reading: &Reading) -> El {
    let words = &session.messages().lessons;
    let all = reading.sheet.stops.len();
    let previous = button("button", Command::Teach(TeachCommand::Previous))
        .when(reading.stop == 0, "disabled", "")
        .set("aria-keyshortcuts", "[")
        .add(icon(icons::PREVIOUS))
        .add(el("span").say(words.previous));
    let place = match reading.stop() {
        Some(_) => words.stop_of.fill([&(reading.stop + 1).to_string(), &all.to_string()]),
        None => words.end.to_owned(),
    };
    let name = if reading.stop + 1 >= all { words.to_end } else { words.next };
    let next = button("button primary", Command::Teach(TeachCommand::Next))
        .when(reading.stop >= all, "disabled", "")
        .set("aria-keyshortcuts", "]")
        .add(el("span").say(name))
        .add(icon(icons::NEXT));
    classed("footer", "lesson-foot").add(previous).add(classed("span", "num").text(place)).add(next)
}
