//! What the browser keeps for the next visit: the reader's settings, nothing else.

use web_sys::Storage;

use super::window;

/// What was kept under a name; `None` too where the browser keeps nothing.
pub(crate) fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a value under a name; says whether the browser let us.
pub(crate) fn remember(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, value).is_ok())
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
