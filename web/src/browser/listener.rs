//! Listening to an element for as long as somebody cares.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// A listener on an event target; it is removed on drop.
///
/// All listeners are closures of one type: each type more would be code more in the page.
pub(crate) struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

/// Events that do not bubble: they are caught on their way down.
const CAUGHT: [&str; 2] = ["scroll", "close"];

impl Listener {
    /// Calls `heard` for each event of this kind.
    pub(crate) fn new(
        target: &EventTarget,
        kind: &'static str,
        heard: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::with(target, kind, Closure::new(heard))
    }

    /// Once for all closures: they differ only in what they do.
    #[inline(never)]
    fn with(target: &EventTarget, kind: &'static str, closure: Closure<dyn FnMut(Event)>) -> Self {
        // Not passive: a wheel over the ladder scrolls the ladder and not the page.
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        options.set_capture(CAUGHT.contains(&kind));
        let function = closure.as_ref().unchecked_ref();
        let added = target.add_event_listener_with_callback_and_add_event_listener_options(
            kind, function, &options,
        );
        debug_assert!(added.is_ok(), "adding a function as a listener cannot fail");
        Self { target: target.clone(), kind, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        // The target may be gone with its document: then there is nothing to remove.
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.kind,
            function,
            CAUGHT.contains(&self.kind),
        );
    }
}
