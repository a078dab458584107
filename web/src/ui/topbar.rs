//! The bar above: which scenario, what was changed, how it is shown.

use tcpscope_scenario::Scenario;
use tcpscope_view::{Locale, Numbers};

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon, icon_button};
use super::teach::TeachCommand;
use crate::store::{Layout, Run, Session, Theme, numbers_name};

/// The bar above.
pub(super) fn topbar(session: &Session) -> El {
    let words = session.messages();
    let desk = session.shell.layout == Layout::Desk;
    let bar = classed("header", "topbar")
        .set("aria-label", words.landmark.toolbar)
        .add(brand(words.app.name, session.shell.layout))
        .add(lessons_button(session))
        .add(scenario_picker(session))
        .maybe(desk.then(|| seed_field(session)))
        .add(edits(session))
        .add(classed("span", "spacer"));
    if desk {
        let [numbers, locale, theme] = settings(session);
        bar.add(numbers)
            .add(locale)
            .add(theme)
            .add(classed("span", "rule"))
            .add(copy_button(session))
            .add(present_button(session))
            .add(icon_button(icons::KEYBOARD, words.keyboard.open, "?", Command::Keys))
    } else {
        let notes = session
            .shell
            .presenting
            .then(|| icon_button(icons::NOTES, words.present.notes, "S", Command::Notes));
        bar.maybe(notes).add(copy_button(session)).add(present_button(session)).add(menu(session))
    }
}

fn brand(name: &'static str, layout: Layout) -> El {
    if layout == Layout::Phone {
        return classed("h1", "sr").say(name);
    }
    let ground = el("rect").set("width", "32").set("height", "32").set("rx", "7");
    let ladder = el("path").set("d", "M9 5v22M23 5v22M9 8l14 6M23 16L9 22");
    let mark = el("svg").set("viewBox", "0 0 32 32").set("aria-hidden", "true");
    classed("h1", "brand").add(mark.add(ground).add(ladder)).add(el("span").say(name))
}

/// Opens the contents of the lessons.
fn lessons_button(session: &Session) -> El {
    let name = session.messages().app.lessons;
    let command = Command::Teach(TeachCommand::Contents);
    button("button lessons-button", command)
        .set("aria-label", name)
        .set("title", name)
        .add(icon(icons::BOOK))
        .add(el("span").say(name))
}

fn scenario_picker(session: &Session) -> El {
    let words = &session.messages().scenario;
    let locale = session.preferences.locale.tag();
    let entries = session.catalogue.entries();
    let present = session.run.as_ref().map(Run::scenario);
    let id = present.map(Scenario::id).unwrap_or_default();
    let mut options = Vec::new();
    if let Some(scenario) = present.filter(|_| !session.catalogue.contains(id)) {
        options.push((scenario.id().to_owned(), scenario.title().in_locale(locale).to_owned()));
    }
    for entry in entries {
        options.push((entry.id.clone(), entry.title.in_locale(locale).to_owned()));
    }
    let select = picker("scenario", options, id).when(entries.is_empty(), "disabled", "");
    classed("label", "field scenario-field").add(classed("span", "sr").say(words.label)).add(select)
}

fn seed_field(session: &Session) -> El {
    let words = &session.messages().scenario;
    let seed = session.run.as_ref().map_or(0, Run::seed);
    let input = el("input")
        .set("id", "seed")
        .set("type", "number")
        .set("min", "0")
        .set("step", "1")
        .value(seed.to_string());
    let label = classed("label", "field")
        .set("title", words.seed_hint)
        .add(classed("span", "field-name").say(words.seed))
        .add(input);
    classed("span", "field").add(label).add(icon_button(
        icons::DICE,
        words.new_seed,
        "",
        Command::NewSeed,
    ))
}

fn edits(session: &Session) -> El {
    let words = &session.messages().edits;
    let timeline = session.run.as_ref().map(Run::timeline);
    let count = timeline.map_or(0, |timeline| timeline.edits().len());
    let (undo, redo) =
        timeline.map_or((false, false), |timeline| (timeline.can_undo(), timeline.can_redo()));
    let said = words.count.fill([&count.to_string()]);
    let number = classed("span", "count num")
        .flag("data-any", count > 0)
        .write("title", said.clone())
        .add(el("span").set("aria-hidden", "true").text(count.to_string()))
        .add(classed("span", "sr").text(said));
    let button = |path, name, keys, command, possible: bool| {
        icon_button(path, name, keys, command).when(!possible, "disabled", "")
    };
    classed("span", "edits")
        .set("role", "group")
        .set("aria-label", words.label)
        .add(button(icons::UNDO, words.undo, "U", Command::Undo, undo))
        .add(number)
        .add(button(icons::REDO, words.redo, "Shift+U", Command::Redo, redo))
}

fn copy_button(session: &Session) -> El {
    let words = &session.messages().scenario;
    let (path, said) = match session.shell.copied {
        None => (icons::LINK, None),
        Some(true) => (icons::DONE, Some(words.link_copied)),
        Some(false) => (icons::LINK, Some(words.copy_failed)),
    };
    let button = icon_button(path, words.copy_link, "", Command::CopyLink);
    let said = said.map(|said| classed("span", "toast").say(said));
    classed("span", "copy").add(button).add(el("span").set("role", "status").maybe(said))
}

fn present_button(session: &Session) -> El {
    let words = &session.messages().present;
    let presenting = session.shell.presenting;
    let name = if presenting { words.stop } else { words.start };
    icon_button(icons::PRESENT, name, "F", Command::Present).flag("aria-pressed", presenting)
}

/// What there is no room for in the bar.
fn menu(session: &Session) -> El {
    let words = session.messages();
    let name = words.settings.label;
    let summary = classed("summary", "icon")
        .set("aria-label", name)
        .set("title", name)
        .add(icon(icons::SETTINGS));
    let keys = button("button", Command::Keys)
        .add(icon(icons::KEYBOARD))
        .add(el("span").say(words.keyboard.open));
    let [numbers, locale, theme] = settings(session);
    let sheet = classed("div", "sheet settings")
        .add(seed_field(session))
        .add(numbers)
        .add(locale)
        .add(theme)
        .add(keys);
    classed("details", "menu").add(summary).add(sheet)
}

/// What the reader sets: numbers, language, light or dark.
fn settings(session: &Session) -> [El; 3] {
    let words = &session.messages().settings;
    let preferences = session.preferences;
    let numbers = [(Numbers::Relative, words.relative), (Numbers::Absolute, words.absolute)];
    let numbers = numbers.map(|(numbers, name)| (numbers_name(numbers), name));
    let locales = Locale::ALL.map(|locale| (locale.tag(), locale.name()));
    let themes = Theme::ALL.map(|theme| {
        let name = match theme {
            Theme::Auto => words.auto,
            Theme::Light => words.light,
            Theme::Dark => words.dark,
        };
        (theme.name(), name)
    });
    [
        setting("numbers", words.numbers, &numbers, numbers_name(preferences.numbers)),
        setting("locale", words.language, &locales, preferences.locale.tag()),
        setting("theme", words.theme, &themes, preferences.theme.name()),
    ]
}

#[inline(never)]
fn setting(
    id: &'static str,
    name: &'static str,
    options: &[(&'static str, &'static str)],
    present: &str,
) -> El {
    let mut named = Vec::new();
    for (value, text) in options {
        named.push(((*value).to_owned(), (*text).to_owned()));
    }
    classed("label", "field")
        .set("title", name)
        .add(classed("span", "field-name setting-name").say(name))
        .add(picker(id, named, present))
}

/// One of a few: each with its value and what is shown for it.
#[inline(never)]
pub(super) fn picker(id: &'static str, options: Vec<(String, String)>, present: &str) -> El {
    let mut select = el("select").set("id", id);
    for (value, text) in options {
        let selected = value == present;
        let option = el("option").write("value", value.clone()).text(text);
        // Languages are named in themselves.
        let option = if id == "locale" { option.write("lang", value) } else { option };
        select = select.add(option.when(selected, "selected", ""));
    }
    select
}
