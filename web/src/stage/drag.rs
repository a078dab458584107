//! A segment that is dragged downwards is under way for longer, while one sees what follows.

use std::cell::Cell;
use std::rc::Rc;

use tcpscope_sim::{Edit, Intervention, PacketId, PacketIndex};
use tcpscope_tcp::Duration;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

use super::canvas::{DragPhase, Surface};
use crate::browser::{Listener, window};
use crate::store::Action;

/// The segment that is dragged, if one is.
#[derive(Default)]
pub(super) struct Drag(Cell<Option<Held>>);

/// A segment that is held.
#[derive(Clone, Copy)]
struct Held {
    packet: PacketId,
    /// How much time a pixel is, in microseconds.
    pace: f64,
    /// By how much it is delayed by now; `None`: not yet.
    by: Option<Duration>,
}

/// Hears Escape, which puts a segment back.
pub(super) fn listen(surface: &Rc<Surface>) -> Listener {
    let surface = surface.clone();
    Listener::new(&window(), "keydown", move |event| {
        let escapes = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        if escapes && surface.dragged.0.get().is_some() {
            event.prevent_default();
            surface.dragged.cancel(&surface);
        }
    })
}

impl Drag {
    /// A drag of a segment, so many pixels down by now. Says whether it is taken on.
    pub(super) fn segment(
        &self,
        surface: &Surface,
        packet: PacketIndex,
        dy: f64,
        phase: DragPhase,
    ) -> bool {
        match phase {
            DragPhase::Begins => {
                self.0.set(held(surface, packet));
                self.pull(surface, dy);
                self.0.get().is_some()
            }
            DragPhase::Moves => {
                self.pull(surface, dy);
                true
            }
            DragPhase::Ends => {
                self.settle(surface);
                true
            }
            DragPhase::Breaks => {
                self.cancel(surface);
                true
            }
        }
    }

    fn pull(&self, surface: &Surface, dy: f64) {
        // One that was put back by Escape is still under the pointer, and held no more.
        let Some(before) = self.0.get() else { return };
        let by = rounded(dy.max(0.0) * before.pace);
        self.0.set(Some(Held { by: Some(by), ..before }));
        if before.by != Some(by) {
            let delay = Intervention::Delay { packet: before.packet, by };
            surface.store.act(Action::Adjust(Edit::Packet(delay)));
        }
    }

    /// The segment was let go: what was done is an edit by now, unless nothing was.
    fn settle(&self, surface: &Surface) {
        let Some(held) = self.0.take() else { return };
        if held.by == Some(Duration::ZERO) {
            surface.store.act(Action::Undo);
        }
        surface.store.act(Action::Settle);
    }

    /// The segment goes back to where it was.
    fn cancel(&self, surface: &Surface) {
        if self.0.take().is_some_and(|held| held.by.is_some()) {
            surface.store.act(Action::Undo);
        }
    }
}

/// A segment, with the pace of its own arrow.
fn held(surface: &Surface, index: PacketIndex) -> Option<Held> {
    let tall = surface.with_scene(|scene| {
        let arrow = scene.arrows.iter().find(|arrow| arrow.packet == index);
        arrow.map_or(0.0, |arrow| arrow.to.y - arrow.from.y)
    })?;
    let session = surface.store.read();
    let packet = session.run.as_ref()?.trace().packet(index);
    let way = microseconds(packet.ends.since(packet.departs));
    // An arrow without a slope says nothing of the pace: then a pixel is a millisecond.
    let pace = if tall > 4.0 && way > 0.0 { way / tall } else { 1000.0 };
    Some(Held { packet: packet.id, pace, by: None })
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
