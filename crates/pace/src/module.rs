//! What `web/tests/pace.mjs` calls in Chromium.

use std::cell::RefCell;

use tcpscope_sim::Timeline;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bulk;

/// As on the page.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static PRESENT: RefCell<Option<Timeline>> = const { RefCell::new(None) };
}

fn with<R>(ask: impl FnOnce(&mut Timeline) -> R) -> Option<R> {
    PRESENT.with_borrow_mut(|present| present.as_mut().map(ask))
}

/// Simulates a run of so many records, and says how many it has.
#[wasm_bindgen]
pub fn simulate(records: usize) -> usize {
    // The run before is let go first.
    PRESENT.set(None);
    PRESENT.set(Some(bulk::timeline(records)));
    with(|timeline| timeline.trace().records().len()).unwrap_or(0)
}

/// Looks at a moment of it: a share of the whole out of 2³² − 1.
#[wasm_bindgen]
pub fn look(share: u32) -> f64 {
    with(|timeline| bulk::look(timeline.trace(), share)).map_or(0.0, |sum| (sum % 1024) as f64)
}

/// Drops the text in the middle and replays to the end; says how many records there are then.
#[wasm_bindgen]
pub fn replay() -> usize {
    let replayed = with(|timeline| {
        let edit = bulk::middle(timeline.trace())?;
        timeline.edit(edit).ok()?;
        Some(timeline.trace().records().len())
    });
    replayed.flatten().unwrap_or(0)
}

/// Takes the drop back.
#[wasm_bindgen]
pub fn undo() {
    with(Timeline::undo);
}

/// How many octets of memory the module has come to take.
#[wasm_bindgen]
pub fn octets() -> usize {
    core::arch::wasm32::memory_size(0) << 16
}
