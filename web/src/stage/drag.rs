//! A segment that is dragged downwards is under way for longer, while one sees what follows.

use std::cell::Cell;
use std::rc::Rc;

use tcpscope_sim::{Edit, Intervention, PacketId};
use tcpscope_tcp::Duration;
use tcpscope_view::Target;
use wasm_bindgen::JsCast as _;
use web_sys::{KeyboardEvent, PointerEvent};

use super::canvas::Surface;
use super::pointer::{is_touch, target};
use crate::browser::{Listener, window};
use crate::store::Action;

/// A pointer that moved no further than this does not drag.
const STILL: f64 = 6.0;

/// A segment that is held.
#[derive(Clone, Copy)]
struct Held {
    packet: PacketId,
    /// Where it was taken, in the window.
    y: f64,
    /// How much time a pixel is, in microseconds.
    pace: f64,
    /// By how much it is delayed by now; `None`: it is not dragged yet.
    by: Option<Duration>,
}

/// Hears a mouse or a pen that takes a segment; a finger scrolls.
pub(super) fn listen(surface: &Rc<Surface>) -> Vec<Listener> {
    let held: Rc<Cell<Option<Held>>> = Rc::default();
    let on = |kind, heard: fn(&Surface, &Cell<Option<Held>>, &PointerEvent)| {
        let (surface, held) = (surface.clone(), held.clone());
        let target = surface.element.clone();
        Listener::new(&target, kind, move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                heard(&surface, &held, event);
            }
        })
    };
    let mut all = vec![
        on("pointerdown", |surface, held, event| {
            held.set(
                (event.button() == 0 && !is_touch(event)).then(|| take(surface, event)).flatten(),
            );
        }),
        on("pointermove", drag),
        on("pointerup", |surface, held, _| {
            if let Some(held) = held.take().filter(|held| held.by.is_some()) {
                settle(surface, held);
            }
        }),
        on("pointercancel", |surface, held, _| cancel(surface, held)),
    ];
    let (surface, held) = (surface.clone(), held.clone());
    all.push(Listener::new(&window(), "keydown", move |event| {
        let escapes = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        if escapes && held.get().is_some_and(|held| held.by.is_some()) {
            event.prevent_default();
            cancel(&surface, &held);
        }
    }));
    all
}

/// The segment under the pointer, with the pace of its own arrow.
fn take(surface: &Surface, event: &PointerEvent) -> Option<Held> {
    let Some(Target::Packet(index)) = target(surface, event) else { return None };
    let tall = surface.with_scene(|scene| {
        let arrow = scene.arrows.iter().find(|arrow| arrow.packet == index);
        arrow.map_or(0.0, |arrow| arrow.to.y - arrow.from.y)
    })?;
    let session = surface.store.read();
    let packet = session.run.as_ref()?.trace().packet(index);
    let way = microseconds(packet.ends.since(packet.departs));
    // An arrow without a slope says nothing of the pace: then a pixel is a millisecond.
    let pace = if tall > 4.0 && way > 0.0 { way / tall } else { 1000.0 };
    Some(Held { packet: packet.id, y: f64::from(event.client_y()), pace, by: None })
}

fn drag(surface: &Surface, held: &Cell<Option<Held>>, event: &PointerEvent) {
    let Some(before) = held.get() else { return };
    let way = f64::from(event.client_y()) - before.y;
    if before.by.is_none() && way.abs() <= STILL {
        return;
    }
    if before.by.is_none() {
        // A pointer that is gone by now drags no more: nothing to tell.
        let _ = surface.element.set_pointer_capture(event.pointer_id());
    }
    let by = rounded(way.max(0.0) * before.pace);
    held.set(Some(Held { by: Some(by), ..before }));
    if before.by != Some(by) {
        let delay = Intervention::Delay { packet: before.packet, by };
        surface.store.act(Action::Adjust(Edit::Packet(delay)));
    }
}

/// The segment was let go: what was done is an edit by now, unless nothing was.
fn settle(surface: &Surface, held: Held) {
    if held.by == Some(Duration::ZERO) {
        surface.store.act(Action::Undo);
    }
    surface.store.act(Action::Settle);
}

/// The segment goes back to where it was.
fn cancel(surface: &Surface, held: &Cell<Option<Held>>) {
    if held.take().is_some_and(|held| held.by.is_some()) {
        surface.store.act(Action::Undo);
    }
}

/// A span in as few digits as a hand can mean: whole milliseconds, or tenths of one where a run is
/// that fast.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn rounded(micros: f64) -> Duration {
    let unit = if micros < 2000.0 { 100.0 } else { 1000.0 };
    Duration::from_micros(((micros / unit).round() * unit) as u64)
}

#[allow(clippy::cast_precision_loss, reason = "a run is far shorter than 2⁵³ microseconds")]
const fn microseconds(span: Duration) -> f64 {
    span.as_micros() as f64
}
