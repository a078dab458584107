//! One listener of a kind for the whole page: what was pressed, typed, chosen, scrolled.

use tcpscope_sim::{BranchId, Edit, HostId, Switch};
use tcpscope_tcp::Duration;
use tcpscope_view::{LabelLevel, Locale};
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    PointerEvent,
};

use super::{App, captures, keyboard, lessons, plots, prefer, present, sandbox, sides};
use crate::browser::{self, Listener, window};
use crate::store::{
    Action, Arrange, Compare, Goal, Interviewed, Keys, Look, Playback, Preference, SPEEDS, Theme,
    numbers_from_name,
};
use crate::ui::{Command, side_of};

/// Hears what the reader does, for as long as it is kept.
pub(super) fn listen(app: &App) -> Vec<Listener> {
    let on = |(kind, heard): &(&'static str, Hear)| {
        let (app, heard) = (app.clone(), *heard);
        Listener::new(&window(), kind, move |event| heard(&app, &event))
    };
    HEARD.iter().map(on).collect()
}

type Hear = fn(&App, &Event);

/// What is heard. As a table: a call for each would be more for the first picture to carry.
const HEARD: [(&str, Hear); 13] = [
    ("click", click),
    ("input", |app, event| changed(app, event, false)),
    ("change", |app, event| changed(app, event, true)),
    ("keydown", keyboard::press),
    // What another tab keeps.
    ("storage", |app, _| app.hear_progress()),
    ("pointermove", point),
    ("pointermove", sides::pointed),
    ("fullscreenchange", |app, _| present::left_full_screen(app)),
    // A scroll does not bubble, but it can be caught on its way down.
    ("scroll", scrolled),
    // Nor does the closing of a dialog.
    ("close", |app, _| {
        app.was_shut();
        app.capture_was_shut();
    }),
    ("resize", |app, _| app.measure_capture()),
    ("dragover", captures::dragged),
    ("drop", captures::dropped),
];

/// A mouse points at a field of a header, or no longer; a finger points by pressing. What comes to
/// lie under a mouse that rests is not pointed at.
fn point(app: &App, event: &Event) {
    if event.dyn_ref::<PointerEvent>().is_none_or(|pointer| pointer.pointer_type() != "mouse") {
        return;
    }
    let control = target(event).and_then(|target| closest(&target, "[data-do^=field]"));
    let asked = control.and_then(|control| control.get_attribute("data-do"));
    let field = match asked.and_then(|text| Command::from_text(&text)) {
        Some(Command::Look(Look::Field(layer, field))) => Some((layer, field)),
        Some(_) | None => None,
    };
    if app.store.read().shell.inspecting.pointed != field {
        app.store.act(Action::Arrange(Arrange::Look(Look::Point(field))));
    }
}

fn click(app: &App, event: &Event) {
    let Some(target) = target(event) else { return };
    if let Some(control) = closest(&target, "[data-do]") {
        let asked = control.get_attribute("data-do").and_then(|text| Command::from_text(&text));
        if let Some(command) = asked {
            app.act(command);
        }
    } else if let Some(link) = closest(&target, "a.skip") {
        // The address holds what is on the screen: a skip link must not change it.
        event.prevent_default();
        let href = link.get_attribute("href").unwrap_or_default();
        browser::focus(href.trim_start_matches('#'));
    }
    sides::clicked(app, event);
    close_other_menus(&target);
}

/// A menu closes when something beside it is pressed.
fn close_other_menus(target: &Element) {
    let Ok(menus) = browser::document().query_selector_all("details[open].menu") else { return };
    for place in 0..menus.length() {
        let menu = menus.item(place).and_then(|menu| menu.dyn_into::<Element>().ok());
        if let Some(menu) = menu.filter(|menu| !menu.contains(Some(target))) {
            // An attribute that is there can be taken away.
            let _ = menu.remove_attribute("open");
        }
    }
}

/// A field has another value. While a slider moves it is not yet settled.
fn changed(app: &App, event: &Event, settled: bool) {
    let Some(target) = target(event) else { return };
    let id = target.id();
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        if settled && id == "since" {
            app.store.act(Action::Arrange(Arrange::SinceStart(select.value() == "start")));
        } else if settled && !sandbox::chosen(app, &id, &select.value()) {
            chosen(app, &id, &select.value());
        }
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        if let Some(field) = id.strip_prefix("set-") {
            app.enter_in_set(field, area.value());
        }
    } else if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        if settled && sandbox::entered(app, input) {
            return;
        }
        if let Some(field) = id.strip_prefix("set-") {
            return app.enter_in_set(field, input.value());
        }
        if id == "book-filter" {
            return lessons::filtered(&app.store, input.value());
        }
        if id == "progress-file" {
            return app.import(input);
        }
        if id == "capture-file" {
            return captures::chosen(app, input);
        }
        if id == "link-file" {
            return super::files::open(app, input);
        }
        if id == "search" {
            return app.store.act(Action::Search(input.value()));
        }
        if let Some(id) = id.strip_prefix("run-name-").and_then(|id| id.parse().ok()) {
            if settled {
                app.store.act(Action::Compare(Compare::Name(BranchId(id), input.value())));
            }
            return;
        }
        if id == "note" || id == "interview-answer" || id == "round-code" {
            return;
        }
        let slider = input.type_() == "range";
        if id == "single-keys" {
            let keys = if input.checked() { Keys::All } else { Keys::NoCharacters };
            return prefer(&app.store, Preference::Keys(keys));
        }
        if input.type_() == "checkbox" {
            if settled {
                app.turn(&id, if input.checked() { 1.0 } else { 0.0 });
            }
        } else if slider || settled {
            entered(app, &id, input.value_as_number());
        }
        if settled {
            // Before the first run there is nothing to settle.
            let _ = app.store.dispatch(Action::Settle);
        }
    }
}

fn chosen(app: &App, id: &str, value: &str) {
    if sides::chosen(app, id, value) {
        return;
    }
    let preference = match id {
        "scenario" => return app.load(value.to_owned()),
        "speed" => {
            let speed = SPEEDS.iter().find(|(_, name)| *name == value);
            if let Some((speed, _)) = speed {
                app.store.act(Action::Playback(Playback::Speed(*speed)));
            }
            return;
        }
        "compare-left" | "compare-right" => return compare(app, id, value),
        "compare-switch" => {
            let switch = Switch::from_name(value);
            return app.store.act(Action::Compare(Compare::Switch(switch)));
        }
        "round-minutes" => {
            let minutes = value.parse().unwrap_or_default();
            return app.store.act(Action::Interview(Interviewed::Minutes(minutes)));
        }
        "goal" => {
            if let Some(goal) = Goal::from_name(value) {
                app.store.act(Action::Arrange(Arrange::Goal(goal)));
            }
            return;
        }
        "plot-kind" | "plot-flow" | "plot-clock" => return plots::chosen(app, id, value),
        "numbers" => numbers_from_name(value).map(Preference::Numbers),
        "labels" => LabelLevel::from_name(value).map(Preference::Labels),
        "locale" => Locale::from_tag(value).map(Preference::Locale),
        "theme" => Theme::from_name(value).map(Preference::Theme),
        _ => None,
    };
    if let Some(preference) = preference {
        prefer(&app.store, preference);
    }
}

/// Another run is compared.
fn compare(app: &App, id: &str, value: &str) {
    let Some(side) = side_of(value) else { return };
    let what = if id == "compare-left" { Compare::Left(side) } else { Compare::Right(side) };
    app.store.act(Action::Compare(what));
}

fn entered(app: &App, id: &str, value: f64) {
    // A field that is being emptied to be filled again holds no number: nothing changes.
    if !(value.is_finite() && value >= 0.0) {
        return;
    }
    if id.starts_with("knob-") || id.starts_with("slide-") {
        return app.turn(id, value);
    }
    if let Some(place) = id.strip_prefix("edit-number-").and_then(|place| place.parse().ok()) {
        return app.renumber(place, value);
    }
    let edit = match id {
        "scrubber" => return app.store.act(Action::Playback(Playback::Height(value))),
        "seed" => return app.reseed(rounded(value)),
        "delay-0" | "delay-0-number" => delay(HostId(0), value),
        "delay-1" | "delay-1-number" => delay(HostId(1), value),
        "loss-0" | "loss-0-number" => loss(HostId(0), value),
        "loss-1" | "loss-1-number" => loss(HostId(1), value),
        _ => return,
    };
    app.store.act(Action::Adjust(edit));
}

fn delay(from: HostId, milliseconds: f64) -> Edit {
    Edit::LinkDelay { from, delay: Duration::from_micros(rounded(milliseconds * 1000.0)) }
}

fn loss(from: HostId, percent: f64) -> Edit {
    let ppm = u32::try_from(rounded(percent * 10_000.0)).unwrap_or(u32::MAX);
    Edit::LinkLoss { from, loss_ppm: ppm.min(1_000_000) }
}

/// The row of a long list that is at its top now.
fn scrolled(app: &App, event: &Event) {
    let rows = target(event).and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if rows.as_ref().is_some_and(|rows| captures::scrolled(app, rows)) {
        return;
    }
    let Some(rows) = rows.filter(|rows| rows.matches(".rows").unwrap_or(false)) else { return };
    let height = app.store.read().shell.row_height();
    let first = usize::try_from(rows.scroll_top()).unwrap_or(0) / height;
    // By eights: a little scrolling needs no rendering.
    app.store.act(Action::Arrange(Arrange::Rows(first - first % 8)));
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// The nearest whole number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the ends of the type, and no value here is negative"
)]
pub(super) fn rounded(value: f64) -> u64 {
    value.round() as u64
}
