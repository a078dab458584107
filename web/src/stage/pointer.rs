//! Mouse, pen and fingers on the ladder: pointing, picking, moving, zooming.

use std::cell::RefCell;
use std::rc::Rc;

use tcpscope_sim::{Note, PacketIndex};
use tcpscope_view::{REACH_MOUSE, REACH_TOUCH, Target, sack_told};
use wasm_bindgen::JsCast as _;
use web_sys::{Event, PointerEvent, WheelEvent};

use super::canvas::{DragPhase, Surface};
use super::menu;
use crate::browser::Listener;
use crate::store::{Action, Arrange, Playback, Session};

/// A pointer that moved no further than this has tapped.
const TAP: f64 = 6.0;
/// The height of a line, for wheels that count lines.
const LINE: f64 = 20.0;
/// How much larger a wheel draws time, for each pixel that it would scroll.
const WHEEL_ZOOM: f64 = 0.0025;

/// The pointers that are down: one moves the ladder or a segment, two pinch.
#[derive(Default)]
struct Hand {
    down: Vec<Finger>,
    /// The segment that is dragged: from when the drag has been taken on.
    segment: Option<PacketIndex>,
}

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    /// Where it came down.
    began: f64,
    y: f64,
    moved: f64,
    /// The segment on which it came down.
    on: Option<PacketIndex>,
}

/// Hears the pointer on the canvas.
pub(super) fn listen(surface: &Rc<Surface>) -> Vec<Listener> {
    let hand: Rc<RefCell<Hand>> = Rc::default();
    let on = |kind, heard: fn(&Surface, &mut Hand, &PointerEvent)| {
        let (surface, hand) = (surface.clone(), hand.clone());
        let target = surface.element.clone();
        Listener::new(&target, kind, move |event: Event| {
            // An event during another one's work, as when the canvas goes away, is of no account.
            let (Some(event), Ok(mut hand)) =
                (event.dyn_ref::<PointerEvent>(), hand.try_borrow_mut())
            else {
                return;
            };
            heard(&surface, &mut hand, event);
        })
    };
    let wheel = {
        let surface = surface.clone();
        let target = surface.element.clone();
        Listener::new(&target, "wheel", move |event: Event| {
            if let Some(event) = event.dyn_ref::<WheelEvent>() {
                event.prevent_default();
                turn(&surface, event);
            }
        })
    };
    vec![
        on("pointerdown", down),
        on("pointermove", moved),
        on("pointerup", |surface, hand, event| {
            let tapped = hand.let_go(surface, event, DragPhase::Ends);
            // A finger that has opened a menu by staying does not pick as well.
            if tapped && !surface.stayed.take() {
                pick(surface, event);
            }
        }),
        on("pointercancel", |surface, hand, event| {
            hand.let_go(surface, event, DragPhase::Breaks);
        }),
        on("pointerleave", |surface, hand, event| {
            hand.let_go(surface, event, DragPhase::Breaks);
            surface.hover(None);
            surface.tell(None);
        }),
        on("contextmenu", |surface, hand, event| {
            hand.down.clear();
            menu::open(surface, event);
        }),
        wheel,
    ]
}

/// A wheel scrolls; with Ctrl, as browsers also tell of a pinch on a touchpad, it zooms.
fn turn(surface: &Surface, event: &WheelEvent) {
    let lines = event.delta_mode() != WheelEvent::DOM_DELTA_PIXEL;
    let by = event.delta_y() * if lines { LINE } else { 1.0 };
    if event.ctrl_key() || event.meta_key() {
        // As far in as out: the same way back leads to where one came from.
        let part = (by * WHEEL_ZOOM).clamp(-0.5, 0.5);
        let factor = if part < 0.0 { 1.0 - part } else { 1.0 / (1.0 + part) };
        surface.zoom_by(factor, Some(surface.point_of(event).1));
    } else {
        surface.pan(by);
    }
}

fn down(surface: &Surface, hand: &mut Hand, event: &PointerEvent) {
    if event.button() > 0 {
        return;
    }
    let (_, y) = surface.point_of(event);
    let on = match target(surface, event) {
        // A finger moves the ladder, wherever it came down.
        Some(Target::Packet(packet)) if hand.down.is_empty() && !is_touch(event) => Some(packet),
        Some(_) | None => None,
    };
    hand.down.retain(|finger| finger.id != event.pointer_id());
    hand.down.push(Finger { id: event.pointer_id(), began: y, y, moved: 0.0, on });
    // Refused only where the pointer is gone by now.
    let _ = surface.element.set_pointer_capture(event.pointer_id());
}

/// A pointer that is down moves the ladder, or the segment on which it came down; two draw time
/// larger or smaller. A mouse that is not down points.
fn moved(surface: &Surface, hand: &mut Hand, event: &PointerEvent) {
    let (_, y) = surface.point_of(event);
    let (id, several) = (event.pointer_id(), hand.down.len() > 1);
    let other = hand.down.iter().find(|finger| finger.id != id).map(|finger| finger.y);
    let Some(finger) = hand.down.iter_mut().find(|finger| finger.id == id) else {
        if !is_touch(event) {
            point(surface, event);
        }
        return;
    };
    let by = finger.y - y;
    let before = finger.y;
    finger.y = y;
    finger.moved += by.abs();
    if finger.moved <= TAP {
        return;
    }
    let Finger { began, on, .. } = *finger;
    if let (true, Some(other)) = (several, other) {
        let (apart, now) = ((before - other).abs().max(24.0), (y - other).abs().max(24.0));
        surface.zoom_by(now / apart, Some(y.midpoint(other)));
        surface.pan(by / 2.0);
    } else if let Some(packet) = hand.segment {
        surface.drag_segment(packet, y - began, DragPhase::Moves);
    } else if let Some(packet) =
        on.filter(|on| surface.drag_segment(*on, y - began, DragPhase::Begins))
    {
        hand.segment = Some(packet);
    } else {
        // Only the first try to drag a segment counts.
        finger_of(hand, id, |finger| finger.on = None);
        surface.pan(by);
    }
}

fn finger_of(hand: &mut Hand, id: i32, change: impl FnOnce(&mut Finger)) {
    if let Some(finger) = hand.down.iter_mut().find(|finger| finger.id == id) {
        change(finger);
    }
}

impl Hand {
    /// A pointer is down no more; says whether it was a tap.
    fn let_go(&mut self, surface: &Surface, event: &PointerEvent, phase: DragPhase) -> bool {
        let place = self.down.iter().position(|finger| finger.id == event.pointer_id());
        let Some(finger) = place.map(|place| self.down.swap_remove(place)) else { return false };
        if let Some(packet) = self.segment.take() {
            let dy = surface.point_of(event).1 - finger.began;
            surface.drag_segment(packet, dy, phase);
            return false;
        }
        // Where another one is down, this was half of a pinch.
        finger.moved <= TAP && self.down.is_empty()
    }
}

/// Highlights what is under the pointer, and tells what a note says.
fn point(surface: &Surface, event: &PointerEvent) {
    let target = target(surface, event);
    surface.hover(target);
    let session = surface.store.read();
    let note = match target {
        Some(Target::Note(note, _)) => {
            session.run.as_ref().and_then(|run| run.timeline().annotations().get(note))
        }
        Some(_) | None => None,
    };
    let locale = session.preferences.locale.tag();
    let text = note.and_then(|annotation| match &annotation.note {
        Note::Key(_) => None,
        Note::Text(texts) => {
            let own = texts.iter().find(|(tag, _)| tag == locale);
            own.or_else(|| texts.first()).map(|(_, text)| text.clone())
        }
    });
    let text = text.or_else(|| sack(&session, target));
    drop(session);
    surface.tell(text.as_deref());
}

/// What an ACK under the pointer says by SACK, in words.
fn sack(session: &Session, target: Option<Target>) -> Option<String> {
    let Some(Target::Packet(packet)) = target else { return None };
    let trace = session.run.as_ref()?.trace();
    let [held, missing, twice] = sack_told(trace, packet, session.preferences.numbers)?;
    let words = &session.messages().drawn;
    let mut said = String::new();
    if !held.is_empty() {
        said.push_str(&words.sack_held.fill([&held, &missing]));
    }
    if !twice.is_empty() {
        said.push_str(&words.sack_twice.fill([&twice]));
    }
    Some(said)
}

/// Picks what was tapped: a segment opens its menu, anything else that happened is gone to.
fn pick(surface: &Surface, event: &PointerEvent) {
    let store = &surface.store;
    let place = surface.point_of(event);
    match target(surface, event) {
        Some(Target::Packet(packet)) => {
            let id = store.read().run.as_ref().map(|run| run.trace().packet(packet).id);
            store.act(Action::Select(id));
            store.act(Action::Arrange(Arrange::Menu(Some(place))));
            return;
        }
        Some(
            Target::Call(_, record)
            | Target::Timer(_, record)
            | Target::Message(_, record)
            | Target::State(_, record)
            | Target::Note(_, record),
        ) => {
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
    let (x, y) = surface.point_of(event);
    surface.hit(x, y, reach)
}

pub(super) fn is_touch(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}
