//! What the browser keeps for the next visit: the reader's settings, nothing else.

use web_sys::Storage;

use super::window;

/// What was kept under a name; `None` too where the browser keeps nothing.
pub(crate) fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a value under a name, if the browser lets us.
pub(crate) fn remember(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the setting is asked for again.
        let _ = storage.set_item(name, value);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
