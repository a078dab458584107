//! Edits are put into another order by dragging: by a mouse anywhere on their row, by a finger at
//! its number, so that the list can still be scrolled. The buttons and keys do the same.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

use super::App;
use crate::browser::{self, Listener, window};
use crate::store::{Action, Rearrange};

/// A press that moves no farther is a click.
const TAP: f64 = 5.0;

/// A row that is held.
struct Held {
    pointer: i32,
    /// Where it came down.
    y: f64,
    /// The place of the edit.
    from: usize,
    row: Element,
    /// Before which place it would be let go; `None`: it has not been moved yet.
    gap: Option<usize>,
}

/// Hears what is done to the list of edits by a pointer, for as long as it is kept.
pub(super) fn listen(app: &App) -> Vec<Listener> {
    let held: Rc<RefCell<Option<Held>>> = Rc::default();
    let on = |kind: &'static str, heard: fn(&App, &mut Option<Held>, &Event)| {
        let (app, held) = (app.clone(), held.clone());
        Listener::new(&window(), kind, move |event| heard(&app, &mut held.borrow_mut(), &event))
    };
    vec![
        on("pointerdown", down),
        on("pointermove", moved),
        on("pointerup", up),
        on("pointercancel", |_, held, _| drop_it(held)),
        on("keydown", |_, held, event| {
            let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
            if held.is_some() && key.as_deref() == Some("Escape") {
                drop_it(held);
            }
        }),
    ]
}

fn down(_: &App, held: &mut Option<Held>, event: &Event) {
    let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
    let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    let within = |selector| target.closest(selector).ok().flatten();
    let Some(row) = within(".edit-row") else { return };
    let by_hand = pointer.pointer_type() == "mouse" || within(".edit-place").is_some();
    if pointer.button() != 0 || !by_hand || within("input, .acts").is_some() {
        return;
    }
    let from = row.get_attribute("data-place").and_then(|place| place.parse().ok());
    let y = f64::from(pointer.client_y());
    let pointer = pointer.pointer_id();
    *held = from.map(|from| Held { pointer, y, from, row, gap: None });
}

fn moved(_: &App, held: &mut Option<Held>, event: &Event) {
    let (Some(held), Some(pointer)) = (held.as_mut(), event.dyn_ref::<PointerEvent>()) else {
        return;
    };
    let y = f64::from(pointer.client_y());
    if pointer.pointer_id() != held.pointer || (held.gap.is_none() && (y - held.y).abs() < TAP) {
        return;
    }
    event.prevent_default();
    let rows = rows();
    // Before the first row whose middle is below the pointer.
    let middle = |row: &Element| {
        let place = row.get_bounding_client_rect();
        place.top() + place.height() / 2.0
    };
    let gap = rows.iter().take_while(|row| middle(row) < y).count();
    held.gap = Some(gap);
    for (place, row) in rows.iter().enumerate() {
        let side = if place == gap {
            "before"
        } else if gap == rows.len() && place + 1 == gap {
            "after"
        } else {
            ""
        };
        // An attribute of ours can be set to any word.
        let _ = row.set_attribute("data-drop", side);
    }
    let _ = held.row.set_attribute("data-held", "true");
}

fn up(app: &App, held: &mut Option<Held>, event: &Event) {
    let ours = event.dyn_ref::<PointerEvent>().map(PointerEvent::pointer_id);
    if held.as_ref().map(|held| held.pointer) != ours {
        return;
    }
    let (from, gap) = held.as_ref().map_or((0, None), |held| (held.from, held.gap));
    drop_it(held);
    let Some(gap) = gap else { return };
    // What was dragged is not also pressed: the click that follows is for nobody.
    let once = Listener::new(&browser::document(), "click", |event| event.stop_propagation());
    gloo_timers::callback::Timeout::new(0, move || drop(once)).forget();
    let to = if gap > from { gap - 1 } else { gap };
    if to != from {
        app.store.act(Action::Rearrange(Rearrange::Move { from, to }));
    }
}

/// Nothing is held any more.
fn drop_it(held: &mut Option<Held>) {
    if let Some(held) = held.take() {
        let _ = held.row.remove_attribute("data-held");
        for row in rows() {
            let _ = row.remove_attribute("data-drop");
        }
    }
}

fn rows() -> Vec<Element> {
    let rows = browser::document().query_selector_all(".edit-row");
    let Ok(rows) = rows else { return Vec::new() };
    (0..rows.length()).filter_map(|place| rows.item(place)?.dyn_into().ok()).collect()
}
