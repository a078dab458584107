//! Time and scrubber move with every frame, and Yew renders none: they are set by hand.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use crate::browser::element;
use crate::store::{Change, Store, Subscription};
use crate::ui::{clock, tenths};

/// Keeps the clock while the playhead moves.
pub(super) fn keep(store: &Store) -> Subscription {
    store.subscribe(|store, change| {
        if change == Change::Moved {
            show(store);
        }
    })
}

/// Writes the time and moves the scrubber.
pub(super) fn show(store: &Store) {
    let session = store.read();
    let Some(run) = &session.run else { return };
    if let Some(readout) = element("clock") {
        readout.set_text_content(Some(&clock(run.moment().at)));
    }
    super::plots::show_now(&session);
    let scrubber = element("scrubber").and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    if let Some(scrubber) = scrubber {
        scrubber.set_value(&tenths(run.playhead().y));
    }
}
