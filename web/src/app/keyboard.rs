//! Keys for everything. None is taken from whoever is typing or choosing.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, KeyboardEvent};

use super::{App, present, sides};
use crate::store::Goal;
use crate::ui::{self, Command, DELAYS};

/// Does what a key asks for.
pub(super) fn press(app: &App, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.default_prevented() || event.alt_key() || app.store.read().run.is_none() {
        return;
    }
    let focus = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        focus.as_ref().is_some_and(|focus| matches!(focus.closest(selector), Ok(Some(_))))
    };
    if within("#note") && event.key() == "Enter" && !event.is_composing() {
        event.prevent_default();
        return app.act(Command::AddNote);
    }
    if within("#search") {
        return in_search(app, event);
    }
    if within("input:not([type=range]), select, textarea, dialog") {
        return;
    }
    let (key, shift) = (event.key(), event.shift_key());
    let goal = app.store.read().shell.goal;
    if !event.ctrl_key() && !event.meta_key() && sides::press(app, &key, focus.as_ref()) {
        event.prevent_default();
        return;
    }
    let command = if event.ctrl_key() || event.meta_key() {
        match (key.as_str(), shift) {
            ("z", false) => Some(Command::Undo),
            ("z" | "Z", true) | ("y", false) => Some(Command::Redo),
            _ => None,
        }
    } else if within("[role=tab]") && moves_tab(app, &key) {
        event.prevent_default();
        return;
    } else if let Some(next) = ui::moved(&app.store.read(), &key, within(".bits"), within(".hex")) {
        Some(next)
    } else if let Some(command) = present::remote(app, &key) {
        Some(command)
    } else if within(".rows") {
        in_rows(&key, within(".log")).or_else(|| alone(&key, shift, within(CONTROL), goal))
    } else {
        alone(&key, shift, within(CONTROL), goal)
    };
    let command = match command {
        // While something is looked for, the next one is a match.
        Some(Command::SelectNext) if key == "n" && searches(app) => Some(Command::NextMatch),
        other => other,
    };
    if let Some(command) = command {
        event.prevent_default();
        app.act(command);
        if let Some(id) = ui::cell_of(command).filter(|_| within(".bits")) {
            crate::browser::focus(&id);
        }
    }
}

/// Does what a key asks for that was pressed in the speaker's window, where there is nothing to type
/// into. Its events are of that window's own classes: they are read by their names.
pub(super) fn press_elsewhere(app: &App, event: &Event) {
    let read = |name: &str| js_sys::Reflect::get(event, &name.into()).unwrap_or_default();
    let Some(key) = read("key").as_string() else { return };
    let shift = read("shiftKey").is_truthy();
    let any = ["ctrlKey", "metaKey", "altKey"].iter().any(|name| read(name).is_truthy());
    if any || app.store.read().run.is_none() {
        return;
    }
    let goal = app.store.read().shell.goal;
    if let Some(command) = present::remote(app, &key).or_else(|| alone(&key, shift, false, goal)) {
        event.prevent_default();
        app.act(command);
    }
}

/// Controls that have their own use for Space and Enter.
const CONTROL: &str = "button, summary, a[href]";

fn alone(key: &str, shift: bool, on_control: bool, goal: Goal) -> Option<Command> {
    Some(match key {
        " " | "Enter" if on_control => return None,
        " " => Command::Play,
        "ArrowRight" if shift => Command::RecordOn,
        "ArrowLeft" if shift => Command::RecordBack,
        "ArrowRight" => Command::StepOn,
        "ArrowLeft" => Command::StepBack,
        "." => Command::RecordOn,
        "," => Command::RecordBack,
        "Home" => Command::ToStart,
        "End" => Command::ToEnd,
        "+" | "=" => Command::Faster,
        "-" => Command::Slower,
        "n" => Command::SelectNext,
        "N" => Command::PreviousMatch,
        "/" => Command::Search,
        "]" => Command::SeekOn(goal),
        "[" => Command::SeekBack(goal),
        "p" => Command::SelectPrevious,
        "Enter" => Command::Menu,
        "d" => Command::Drop,
        "l" => Command::Delay(DELAYS[1]),
        "u" => Command::Undo,
        "U" => Command::Redo,
        "a" => Command::Numbers,
        "f" => Command::Present,
        "s" => Command::Notes,
        "?" => Command::Keys,
        "Escape" => Command::Dismiss,
        _ => return None,
    })
}

/// Whether something is looked for in the log.
fn searches(app: &App) -> bool {
    app.store.read().search.found().is_some()
}

/// In the field that searches the log: Enter goes from match to match, Escape empties it, and then
/// leaves it.
fn in_search(app: &App, event: &KeyboardEvent) {
    let command = match (event.key().as_str(), event.shift_key()) {
        // What an input method composes is not yet entered.
        _ if event.is_composing() => return,
        ("Enter", false) => Command::NextMatch,
        ("Enter", true) => Command::PreviousMatch,
        ("Escape", _) if app.store.read().search.query().is_empty() => {
            return crate::browser::focus("tab-panel");
        }
        ("Escape", _) => Command::ClearSearch,
        _ => return,
    };
    event.prevent_default();
    app.act(command);
}

/// In a long list the arrows go from row to row.
fn in_rows(key: &str, in_log: bool) -> Option<Command> {
    match (key, in_log) {
        ("ArrowDown", true) => Some(Command::RecordOn),
        ("ArrowUp", true) => Some(Command::RecordBack),
        ("ArrowDown", false) => Some(Command::SelectNext),
        ("ArrowUp", false) => Some(Command::SelectPrevious),
        _ => None,
    }
}

/// Arrow keys go from tab to tab, as the pattern of tabs has it (WAI-ARIA APG).
fn moves_tab(app: &App, key: &str) -> bool {
    let shell = app.store.read().shell;
    let tabs = crate::store::Tab::all(shell.layout);
    let here = tabs.iter().position(|tab| *tab == shell.shown_tab()).unwrap_or(0);
    let next = match key {
        "ArrowRight" => (here + 1) % tabs.len(),
        "ArrowLeft" => (here + tabs.len() - 1) % tabs.len(),
        "Home" => 0,
        "End" => tabs.len() - 1,
        _ => return false,
    };
    app.act(Command::Tab(tabs[next]));
    crate::browser::focus(tabs[next].id());
    true
}
