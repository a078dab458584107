//! What stands below the ladder, a sheet at a time: why, the log, the segment, the states.

mod causes;
mod clock;
mod compare;
pub(crate) mod console;
mod diagram;
pub(super) mod edits;
mod export;
mod follow_up;
mod here;
mod inspector;
mod interview;
mod lesson;
mod log;
mod notes;
mod plots;
mod review;
mod round;
mod sandbox;
mod set;
mod typed;
mod why;

pub(crate) use self::compare::side_of;
pub(super) use self::diagram::figure as state_figure;
pub(crate) use self::inspector::{cell_of, moved};
pub(crate) use self::lesson::term_id;
use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon_button};
use super::panels::endpoint;
use super::picture::Picture;
use super::segments::segments;
use crate::store::{Size, Tab};

/// The drawer.
pub(super) fn drawer(picture: &Picture<'_>) -> El {
    let shell = &picture.session.shell;
    let (shown, size) = (shell.shown_tab(), shell.shown_size());
    let label = picture.messages.landmark.details;
    let mut list = classed("div", "tablist").set("role", "tablist").set("aria-label", label);
    for tab in shell.tabs() {
        list = list.add(tab_button(picture, *tab, *tab == shown));
    }
    let (path, name) = match size {
        Size::Tall => (icons::LOWER, picture.messages.drawer.lower),
        Size::Low | Size::Shut => (icons::TALLER, picture.messages.drawer.taller),
    };
    let tabs = classed("div", "tabs").add(list).add(classed("span", "spacer")).add(icon_button(
        path,
        name,
        "",
        Command::Resize,
    ));
    let open = size != Size::Shut;
    el("section")
        .set("id", "details")
        .set("class", "drawer")
        .set("tabindex", "-1")
        .set("data-size", size.name())
        .set("aria-label", label)
        // Keys: the tabs, one of which may have the focus, stay what they are when the panel goes.
        .add(tabs.key(0))
        .maybe(open.then(|| panel(picture, shown).key(1)))
}

fn panel(picture: &Picture<'_>, tab: Tab) -> El {
    let (class, sheet) = match tab {
        Tab::Lesson => ("tab-panel flush", guide(picture)),
        Tab::Why => ("tab-panel", why::why(picture)),
        Tab::Log => ("tab-panel flush", log::log(picture)),
        Tab::Segment => ("tab-panel", inspector::inspector(picture)),
        Tab::States => ("tab-panel", diagram::diagram(picture)),
        Tab::Table => ("tab-panel flush", segments(picture)),
        Tab::Compare => ("tab-panel flush", compare::compare(picture)),
        Tab::Endpoint(host) => ("tab-panel", endpoint(picture, host.index())),
        Tab::Plots => ("tab-panel flush", plots::plots(picture)),
        Tab::Edits => ("tab-panel", edits::edits(picture)),
        Tab::Console => ("tab-panel", console::console(picture)),
        Tab::Ask => ("tab-panel", here::here(picture)),
        Tab::Sandbox => ("tab-panel", sandbox::sandbox(picture)),
        Tab::Export => ("tab-panel", export::export(picture)),
    };
    let flush = matches!(tab, Tab::Log | Tab::Table | Tab::Plots | Tab::Compare);
    classed("div", class)
        .set("id", "tab-panel")
        .set("role", "tabpanel")
        .set("aria-labelledby", tab.id())
        .when(!flush, "tabindex", "0")
        .add(sheet)
}

/// What leads through the figure: a lesson, a question, a round.
fn guide(picture: &Picture<'_>) -> El {
    if let Some(taking) = &picture.session.sets.taking {
        return set::set(picture, taking);
    }
    let interviewing = &picture.session.interviewing;
    if let Some(reviewing) = &interviewing.reviewing {
        return review::review(picture, reviewing);
    }
    match (&interviewing.round, &interviewing.open) {
        (Some(playing), _) => round::round(picture, playing),
        (None, Some(open)) => interview::interview(picture, open),
        (None, None) => lesson::lesson(picture),
    }
}

fn tab_button(picture: &Picture<'_>, tab: Tab, shown: bool) -> El {
    let words = picture.messages;
    let name = match tab {
        Tab::Lesson if picture.session.sets.taking.is_some() => words.sets.tab.to_owned(),
        Tab::Lesson if picture.session.teaching.reading.is_none() => {
            words.interviews.tab.to_owned()
        }
        Tab::Lesson => words.lessons.tab.to_owned(),
        Tab::Why => words.log.why.to_owned(),
        Tab::Log => words.log.label.to_owned(),
        Tab::Segment => words.inspector.label.to_owned(),
        Tab::States => words.diagram.label.to_owned(),
        Tab::Table => picture.messages.drawer.table.to_owned(),
        Tab::Compare => words.compare.tab.to_owned(),
        Tab::Endpoint(host) => picture.title(picture.end(host.index()).host()),
        Tab::Plots => words.plots.label.to_owned(),
        Tab::Edits => words.edit_sheets.tab.to_owned(),
        Tab::Console => words.edit_sheets.console.to_owned(),
        Tab::Ask => words.drawer.ask.to_owned(),
        Tab::Sandbox => words.sandbox.tab.to_owned(),
        Tab::Export => words.export.tab.to_owned(),
    };
    button("tab", Command::Tab(tab))
        .set("id", tab.id())
        .set("role", "tab")
        .when(shown, "aria-controls", "tab-panel")
        .flag("aria-selected", shown)
        .set("tabindex", if shown { "0" } else { "-1" })
        .text(name)
}
