//! Mouse, pen and finger on the ladder: pointing, picking, scrolling.

use std::cell::Cell;
use std::rc::Rc;

use tcpscope_view::{REACH_MOUSE, REACH_TOUCH, Target};
use wasm_bindgen::JsCast as _;
use web_sys::{Event, PointerEvent, WheelEvent};

use super::canvas::Surface;
use super::menu;
use crate::browser::Listener;
use crate::store::{Action, Arrange, Playback};

/// A pointer that moved no further than this has tapped.
const TAP: f64 = 6.0;
/// The height of a line, for wheels that count lines.
const LINE: f64 = 20.0;

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Held {
    y: f64,
    moved: f64,
    /// Whether it has taken a segment, which is dragged: then nothing scrolls.
    takes: bool,
}

/// Hears the pointer on the canvas.
pub(super) fn listen(surface: &Rc<Surface>) -> Vec<Listener> {
    let held: Rc<Cell<Option<Held>>> = Rc::default();
    let on = |kind, heard: fn(&Surface, &Cell<Option<Held>>, &Event)| {
        let (surface, held) = (surface.clone(), held.clone());
        let target = surface.element.clone();
        Listener::new(&target, kind, move |event| heard(&surface, &held, &event))
    };
    vec![
        on("pointerdown", |surface, held, event| {
            let first = |event: &&PointerEvent| event.button() == 0;
            if let Some(event) = event.dyn_ref::<PointerEvent>().filter(first) {
                let takes =
                    !is_touch(event) && matches!(target(surface, event), Some(Target::Packet(_)));
                held.set(Some(Held { y: f64::from(event.client_y()), moved: 0.0, takes }));
            }
        }),
        on("pointermove", moved),
        on("pointerup", |surface, held, event| {
            let tapped = held.take().is_some_and(|held| held.moved <= TAP);
            if let Some(event) = event.dyn_ref::<PointerEvent>().filter(|_| tapped) {
                pick(surface, event);
            }
        }),
        on("pointercancel", |_, held, _| held.set(None)),
        on("pointerleave", |surface, held, _| {
            held.set(None);
            surface.hover(None);
        }),
        on("contextmenu", |surface, held, event| {
            held.set(None);
            menu::open(surface, event);
        }),
        on("wheel", |surface, _, event| {
            if let Some(event) = event.dyn_ref::<WheelEvent>().filter(|event| !event.ctrl_key()) {
                event.prevent_default();
                let lines = event.delta_mode() != WheelEvent::DOM_DELTA_PIXEL;
                surface.drag(event.delta_y() * if lines { LINE } else { 1.0 });
            }
        }),
    ]
}

/// A finger that is down scrolls; a mouse points.
fn moved(surface: &Surface, held: &Cell<Option<Held>>, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let y = f64::from(event.client_y());
    if let Some(before) = held.get() {
        let by = before.y - y;
        held.set(Some(Held { y, moved: before.moved + by.abs(), ..before }));
        if !before.takes && before.moved + by.abs() > TAP {
            surface.drag(by);
        }
    } else if !is_touch(event) {
        surface.hover(target(surface, event));
    }
}

/// Picks what was tapped: a segment opens its menu, anything else that happened is gone to.
fn pick(surface: &Surface, event: &PointerEvent) {
    let store = &surface.store;
    let place = (f64::from(event.offset_x()), f64::from(event.offset_y()));
    match target(surface, event) {
        Some(Target::Packet(packet)) => {
            let id = store.read().run.as_ref().map(|run| run.trace().packet(packet).id);
            store.act(Action::Select(id));
            store.act(Action::Arrange(Arrange::Menu(Some(place))));
            return;
        }
        Some(Target::Call(_, record) | Target::Timer(_, record) | Target::State(_, record)) => {
            store.act(Action::Playback(Playback::Record(record)));
        }
        Some(Target::Lifeline(_, at)) => {
            store.act(Action::Playback(Playback::Pause));
            store.act(Action::Playback(Playback::Seek(at)));
        }
        Some(Target::Fold(..)) | None => store.act(Action::Select(None)),
    }
    store.act(Action::Arrange(Arrange::Menu(None)));
}

pub(super) fn target(surface: &Surface, event: &PointerEvent) -> Option<Target> {
    let reach = if is_touch(event) { REACH_TOUCH } else { REACH_MOUSE };
    surface.hit(f64::from(event.offset_x()), f64::from(event.offset_y()), reach)
}

pub(super) fn is_touch(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}
