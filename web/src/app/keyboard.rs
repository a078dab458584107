//! Keys for everything. None is taken from whoever is typing or choosing.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::{App, captures, present, sides};
use crate::store::{Goal, Keys};
use crate::ui::{self, CaptureCommand, Command, DELAYS, Hand, QuizCommand, TeachCommand};

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
    if within(".typed-answer") && event.key() == "Enter" && !event.is_composing() {
        event.prevent_default();
        return app.enter(focus.as_ref());
    }
    if within("#search") {
        return in_search(app, event);
    }
    if event.key() == "Escape" && app.store.read().teaching.term.is_some() && !within("dialog") {
        event.prevent_default();
        return app.close_term();
    }
    if captures::shows(app) {
        // Whatever is pressed is not for the run below.
        if focus.as_ref().is_some_and(|focus| captures::press(app, event, focus)) {
            event.prevent_default();
        }
        return;
    }
    let goal = app.store.read().shell.goal;
    let (key, shift) = (event.key(), event.shift_key());
    if !event.ctrl_key() && !event.meta_key() && is_refused(app, &key) {
        return;
    }
    if within(MENU)
        && let Some(focus) = &focus
        && in_menu(app, focus, &key)
    {
        event.prevent_default();
        return;
    }
    if within("input:not(#scrubber), select, textarea, dialog") {
        return;
    }
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
    } else if within(".edit-row")
        && let Some(focus) = &focus
        && let Some(command) = in_edits(focus, &key, shift)
    {
        app.act(command);
        event.prevent_default();
        return;
    } else if let Some(command) = present::remote(app, &key) {
        Some(command)
    } else if scrolls(app, &key, &within) {
        event.prevent_default();
        return;
    } else if within(".rows") {
        in_rows(&key, within(".log")).or_else(|| alone(&key, shift, within(CONTROL), goal))
    } else {
        alone(&key, shift, within(CONTROL), goal)
    };
    let reads = app.store.read().teaching.reading.is_some();
    let command = match command {
        // In a lesson one goes from stop to stop.
        Some(Command::SeekOn(_)) if reads => Some(Command::Teach(TeachCommand::Next)),
        Some(Command::SeekBack(_)) if reads => Some(Command::Teach(TeachCommand::Previous)),
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
    if is_refused(app, &key) {
        return;
    }
    let goal = app.store.read().shell.goal;
    if let Some(command) = present::remote(app, &key).or_else(|| alone(&key, shift, false, goal)) {
        event.prevent_default();
        app.act(command);
    }
}

/// Whether the reader does without this key: all that write a character, but for Space, which plays
/// as it presses a button.
fn is_refused(app: &App, key: &str) -> bool {
    let mut characters = key.chars();
    let writes = characters.next().is_some_and(|first| first != ' ') && characters.next().is_none();
    writes && app.store.read().preferences.keys == Keys::NoCharacters
}

/// Up and down, and by pages, the ladder moves; as a slider the minimap has keys for its ends too.
/// What has a use for these keys of its own keeps them.
fn scrolls(app: &App, key: &str, within: &dyn Fn(&str) -> bool) -> bool {
    match key {
        "Home" | "End" if within("#minimap") => app.stage.scroll_to_end(key == "End"),
        _ if within(".stage :not(#packet-menu *), .stage") || !within("body *") => {
            return app.stage.scroll(key);
        }
        _ => return false,
    }
    true
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
        "+" | "=" => Command::ZoomIn,
        "-" => Command::ZoomOut,
        "0" => Command::ZoomUsual,
        "9" => Command::ZoomAll,
        ">" => Command::Faster,
        "<" => Command::Slower,
        "n" => Command::SelectNext,
        "N" => Command::PreviousMatch,
        "/" => Command::Search,
        "]" => Command::SeekOn(goal),
        "[" => Command::SeekBack(goal),
        "p" => Command::SelectPrevious,
        "Enter" => Command::Menu,
        "d" => Command::Drop,
        "l" => Command::Delay(DELAYS[1]),
        "L" => Command::Teach(TeachCommand::Contents),
        "u" => Command::Undo,
        "U" => Command::Redo,
        "m" | "ContextMenu" => Command::Menu,
        "F10" if shift => Command::Menu,
        "h" => Command::Hand(Hand::NextHost),
        "k" => Command::Hand(Hand::NextLink),
        "i" => Command::Inspect,
        "a" => Command::Numbers,
        "f" => Command::Present,
        "s" => Command::Notes,
        "q" => Command::Quiz(QuizCommand::Here),
        "o" => Command::Capture(CaptureCommand::Show),
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

/// A menu that is laid over the ladder.
const MENU: &str = ".packet-menu";

/// In a menu arrows go from control to control, Enter in a field does what stands beside it, and
/// Escape closes the menu. Whether the key was for that.
fn in_menu(app: &App, focus: &Element, key: &str) -> bool {
    let types = focus.matches("input, select").unwrap_or(false);
    match key {
        "Escape" => app.act(Command::Dismiss),
        "Enter" if types => {
            let asked = focus.get_attribute("data-enter").and_then(|text| Hand::from_text(&text));
            let Some(hand) = asked else { return false };
            app.act(Command::Hand(hand));
        }
        "ArrowDown" if !types => move_focus(focus, 1),
        "ArrowUp" if !types => move_focus(focus, -1),
        "Home" if !types => move_focus(focus, i32::MIN),
        "End" if !types => move_focus(focus, i32::MAX),
        _ => return false,
    }
    true
}

/// Moves the focus so many controls on in a menu; from the menu itself, to its first or last.
fn move_focus(focus: &Element, by: i32) {
    let Ok(Some(menu)) = focus.closest(MENU) else { return };
    let controls = "button:not([disabled]), input:not([disabled]), select, summary";
    let Ok(all) = menu.query_selector_all(controls) else { return };
    let shown: Vec<HtmlElement> = (0..all.length())
        .filter_map(|place| all.item(place)?.dyn_into().ok())
        // What a folded part holds has no place on the screen.
        .filter(|control: &HtmlElement| control.offset_parent().is_some())
        .collect();
    let count = i32::try_from(shown.len()).unwrap_or(0);
    let here = shown.iter().position(|control| **control == *focus);
    let next = match here.and_then(|here| i32::try_from(here).ok()) {
        Some(here) if by.abs() == 1 => (here + by).rem_euclid(count.max(1)),
        Some(_) | None if by < 0 && by != i32::MIN => count - 1,
        Some(_) | None if by == i32::MAX => count - 1,
        Some(_) | None => 0,
    };
    if let Some(control) = usize::try_from(next).ok().and_then(|next| shown.get(next)) {
        // A control that is shown takes the focus.
        let _ = control.focus();
    }
}

/// In the list of edits Shift with an arrow moves the edit that has the focus, Delete removes it.
fn in_edits(focus: &Element, key: &str, shift: bool) -> Option<Command> {
    let row = focus.closest(".edit-row").ok().flatten()?;
    let place = row.get_attribute("data-place")?.parse().ok()?;
    let last = row.next_element_sibling().is_none();
    Some(Command::Hand(match key {
        "ArrowUp" if shift && place > 0 => Hand::RaiseEdit(place),
        "ArrowDown" if shift && !last => Hand::LowerEdit(place),
        "Delete" => Hand::RemoveEdit(place),
        _ => return None,
    }))
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
    let tabs = shell.tabs();
    let here = tabs.iter().position(|tab| *tab == shell.shown_tab()).unwrap_or(0);
    let next = match key {
        "ArrowRight" => (here + 1) % tabs.len(),
        "ArrowLeft" => (here + tabs.len() - 1) % tabs.len(),
        "Home" => 0,
        "End" => tabs.len() - 1,
        _ => return false,
    };
    // To pick the sheet that shows is to put it away: no key that moves does that.
    if next != here {
        app.act(Command::Tab(tabs[next]));
    }
    crate::browser::focus(tabs[next].id());
    true
}
