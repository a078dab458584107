//! Menus on the ladder: by the right button, or by a finger that stays where it is.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use tcpscope_sim::HostId;
use tcpscope_view::Target;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, PointerEvent};

use super::canvas::Surface;
use super::pointer::{is_touch, target};
use crate::browser::Listener;
use crate::store::{Action, Arrange, MenuOf};

/// For how long a finger stays before that means something, in milliseconds.
const LONG_PRESS_MS: u32 = 550;
/// How far it may move meanwhile.
const STAYS: i32 = 8;

/// Hears fingers that stay. Where the browser tells of them itself, as a wish for a menu, that comes
/// first and opens the same menu.
pub(super) fn listen(surface: &Rc<Surface>) -> Vec<Listener> {
    type Pressed = Rc<RefCell<Option<(i32, i32, Timeout)>>>;
    let pressed: Pressed = Rc::default();
    let down = {
        let (surface, pressed) = (surface.clone(), pressed.clone());
        let element = surface.element.clone();
        Listener::new(&element, "pointerdown", move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>().filter(|event| is_touch(event))
            else {
                return;
            };
            surface.stayed.set(false);
            let (x, y) = (event.client_x(), event.client_y());
            let (surface, ended, event) = (surface.clone(), pressed.clone(), event.clone());
            let timeout = Timeout::new(LONG_PRESS_MS, move || {
                // A timeout that has run out is dropped without harm.
                let _ = ended.borrow_mut().take();
                surface.stayed.set(true);
                open(&surface, &event);
            });
            *pressed.borrow_mut() = Some((x, y, timeout));
        })
    };
    let moved = {
        let pressed = pressed.clone();
        Listener::new(&surface.element, "pointermove", move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            let far = pressed.borrow().as_ref().is_some_and(|(x, y, _)| {
                (event.client_x() - x).abs() > STAYS || (event.client_y() - y).abs() > STAYS
            });
            if far {
                pressed.borrow_mut().take();
            }
        })
    };
    let mut all = vec![down, moved];
    for kind in ["pointerup", "pointercancel", "contextmenu"] {
        let pressed = pressed.clone();
        all.push(Listener::new(&surface.element, kind, move |_| {
            pressed.borrow_mut().take();
        }));
    }
    all
}

/// Opens the menu of what was pointed at: a segment, a host's line, or the link between two.
pub(super) fn open(surface: &Surface, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    event.prevent_default();
    let store = &surface.store;
    let place = surface.point_of(event);
    let of = match target(surface, event) {
        Some(Target::Packet(packet)) => {
            let id = store.read().run.as_ref().map(|run| run.trace().packet(packet).id);
            store.act(Action::Select(id));
            MenuOf::Segment
        }
        Some(
            Target::Call(host, _)
            | Target::Timer(host, _)
            | Target::Message(host, _)
            | Target::State(host, _)
            | Target::Lifeline(host, _),
        ) => MenuOf::Host(host),
        Some(Target::Fold(..) | Target::Note(..)) | None => match link_at(surface, place.0) {
            Some(link) => MenuOf::Link(link),
            None => return,
        },
    };
    store.act(Action::Arrange(Arrange::MenuOf(of, place)));
}

/// The link that leads from the host to the left of a point to the one to its right; where there is
/// none such, the first of all.
fn link_at(surface: &Surface, x: f64) -> Option<usize> {
    let (left, right) = surface.with_scene(|scene| {
        let hosts = |left: bool| scene.lifelines.iter().filter(move |line| (line.x <= x) == left);
        let nearest = |left: bool| -> Option<HostId> {
            let far = |line: &&tcpscope_view::Lifeline| (line.x - x).abs();
            let nearest = hosts(left).min_by(|a, b| far(a).total_cmp(&far(b)));
            nearest.map(|line| line.host)
        };
        (nearest(true), nearest(false))
    })?;
    let session = surface.store.read();
    let links = &session.run.as_ref()?.timeline().setup().links;
    let between = links.iter().position(|link| (Some(link.from), Some(link.to)) == (left, right));
    between.or((!links.is_empty()).then_some(0))
}
