//! Mouse, pen and fingers on a plot: pointing, picking, zooming, moving along.

use tcpscope_view::Point;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, MouseEvent, PointerEvent, WheelEvent};

use super::{Finger, Held, along, change, go, nearest, put, show, style, zoom};
use crate::app::App;
use crate::browser::element;
use crate::store::PlotChange;
use crate::ui::tenths;

/// A pointer that moved no further than this has tapped.
const TAP: f64 = 6.0;

/// Where it is in the figure.
fn place_of(event: &MouseEvent) -> Option<Point> {
    let figure: Element = event.current_target()?.dyn_into().ok()?;
    let corner = figure.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(Point::new(x - corner.left(), y - corner.top()))
}

/// A pointer comes down.
pub(super) fn down(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let Some(at) = place_of(event).filter(|_| event.button() == 0) else { return };
    let finger = Finger { id: event.pointer_id(), from: at, at };
    let mut pointers = held.pointers.borrow_mut();
    pointers.retain(|other| other.id != finger.id);
    pointers.push(finger);
    held.domain.set(app.store.read().drawn_plot().map(|(_, drawn)| drawn.scene.domain));
    // Each begins where it is now.
    for finger in &mut *pointers {
        finger.from = finger.at;
    }
    if let Some(figure) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
        // A pointer that has gone is not caught: then there is nothing to follow.
        let _ = figure.set_pointer_capture(finger.id);
    }
}

/// It moves: over the figure, or with what it holds.
pub(super) fn moved(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let Some(at) = place_of(event) else { return };
    let fingers = {
        let mut pointers = held.pointers.borrow_mut();
        if let Some(finger) = pointers.iter_mut().find(|finger| finger.id == event.pointer_id()) {
            finger.at = at;
        }
        pointers.clone()
    };
    match fingers.as_slice() {
        [] => {
            let session = app.store.read();
            show(&session, nearest(&session, at));
        }
        [finger] if is_touch(event) => drag(app, held, *finger),
        [finger] => mark(app, Some(*finger)),
        [first, second, ..] => pinch(app, held, *first, *second),
    }
}

/// It goes up: a stretch was dragged over, or a point was meant.
pub(super) fn up(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let finger = {
        let mut pointers = held.pointers.borrow_mut();
        let place = pointers.iter().position(|finger| finger.id == event.pointer_id());
        let alone = pointers.len() == 1;
        place.map(|place| pointers.remove(place)).filter(|_| alone)
    };
    mark(app, None);
    let Some(Finger { from, at, .. }) = finger else { return };
    if (at.x - from.x).abs() > TAP && !is_touch(event) {
        let domain = app.store.read().drawn_plot().map(|(_, drawn)| {
            let (left, right) = (from.x.min(at.x), from.x.max(at.x));
            let area = drawn.scene.area;
            let inside = |x: f64| drawn.scene.place(x.max(area.x).min(area.x + area.width));
            (inside(left), inside(right))
        });
        change(&app.store, PlotChange::Domain(domain));
    } else if at.distance(from) <= TAP {
        let spot = nearest(&app.store.read(), at);
        if let Some(spot) = spot {
            held.spot.set(Some((spot.track, spot.point)));
            go(app, (spot.track, spot.point));
        }
    }
}

/// A finger moves along.
fn drag(app: &App, held: &Held, finger: Finger) {
    let far = finger.at.x - finger.from.x;
    let Some((from, to)) = held.domain.get().filter(|_| far.abs() > TAP) else { return };
    let domain = app.store.read().drawn_plot().map(|(_, drawn)| {
        let by = -far / drawn.scene.area.width * (to - from);
        (from + by, to + by)
    });
    if app.store.read().shell.plots.domain.is_some() {
        put(&app.store, domain);
    }
}

/// Two fingers move along, and zoom.
fn pinch(app: &App, held: &Held, first: Finger, second: Finger) {
    let Some((from, to)) = held.domain.get() else { return };
    let domain = app.store.read().drawn_plot().map(|(_, drawn)| {
        let area = drawn.scene.area;
        let place = |x: f64| from + (x - area.x) / area.width * (to - from);
        let apart = |a: f64, b: f64| (a - b).abs().max(24.0);
        let part = apart(first.from.x, second.from.x) / apart(first.at.x, second.at.x);
        let began = place(f64::midpoint(first.from.x, second.from.x));
        let ends = place(f64::midpoint(first.at.x, second.at.x));
        // What was between the fingers stays between them.
        let left = began - (ends - from) * part;
        (left, left + (to - from) * part)
    });
    put(&app.store, domain);
}

/// Shows the stretch that is being dragged over.
fn mark(app: &App, finger: Option<Finger>) {
    let Some(range) = element("plot-range") else { return };
    let wide = finger.filter(|finger| (finger.at.x - finger.from.x).abs() > TAP);
    style(&range, "display", if wide.is_some() { "block" } else { "none" });
    let Some((finger, (_, drawn))) = wide.zip(app.store.read().drawn_plot()) else { return };
    let (left, right) = (finger.from.x.min(finger.at.x), finger.from.x.max(finger.at.x));
    style(&range, "left", &format!("{}px", tenths(left - drawn.scene.area.x)));
    style(&range, "width", &format!("{}px", tenths(right - left)));
}

fn is_touch(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}

/// The wheel zooms; sideways it moves along.
pub(super) fn wheel(app: &App, _: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
    event.prevent_default();
    let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 20.0 };
    let (x, y) = (event.delta_x() * lines, event.delta_y() * lines);
    if x.abs() > y.abs() || event.shift_key() {
        let by = if x.abs() > y.abs() { x } else { y };
        along(&app.store, by / 1000.0);
    } else if let Some(at) = place_of(event) {
        let steps = (y / 160.0).clamp(-2.0, 2.0);
        let part = if steps < 0.0 { 1.0 + steps * 0.25 } else { 1.0 / (1.0 - steps * 0.25) };
        zoom(&app.store, part, Some(at.x));
    }
}
