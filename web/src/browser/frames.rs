//! Animation frames, one after another while somebody wants them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::window;

/// A loop of animation frames. It runs while its callback says that it wants another frame, and
/// begins again when it is asked to. Dropping it ends it.
pub(crate) struct Frames(Rc<Loop>);

type Tick = Closure<dyn FnMut(f64)>;

struct Loop {
    tick: RefCell<Option<Tick>>,
    pending: Cell<Option<i32>>,
    before: Cell<Option<f64>>,
}

impl Frames {
    /// `frame` gets the milliseconds since the frame before (0 at the first), and says whether it
    /// wants another.
    pub(crate) fn new(frame: impl Fn(f64) -> bool + 'static) -> Self {
        let frames = Rc::new(Loop {
            tick: RefCell::new(None),
            pending: Cell::new(None),
            before: Cell::new(None),
        });
        let weak = Rc::downgrade(&frames);
        let tick = Closure::<dyn FnMut(f64)>::new(move |now: f64| {
            let Some(frames) = weak.upgrade() else { return };
            frames.pending.set(None);
            let elapsed = frames.before.replace(Some(now)).map_or(0.0, |before| now - before);
            if frame(elapsed) {
                frames.request();
            } else if frames.pending.get().is_none() {
                frames.before.set(None);
            }
        });
        *frames.tick.borrow_mut() = Some(tick);
        Self(frames)
    }

    /// Asks for a frame; asking twice is asking once.
    pub(crate) fn request(&self) {
        self.0.request();
    }
}

impl Loop {
    fn request(&self) {
        if self.pending.get().is_some() {
            return;
        }
        if let Some(tick) = &*self.tick.borrow() {
            let function = tick.as_ref().unchecked_ref();
            self.pending.set(window().request_animation_frame(function).ok());
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(pending) = self.0.pending.take() {
            // A frame that has already come cannot be cancelled: nothing to tell.
            let _ = window().cancel_animation_frame(pending);
            // One may come all the same, where a page's clock is put in place of the browser's and
            // counts beyond 32 bits: it finds nobody then.
            if let Some(tick) = self.0.tick.take() {
                tick.forget();
            }
        }
    }
}
