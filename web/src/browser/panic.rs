//! When a panic happens all the same: the module traps, and `web/boot.js` tells the reader. What
//! happened, and where, is for the console of whoever develops the page: the optimized page has no
//! words for it.

/// Leaves panics to `web/boot.js`, instead of Yew's own hook.
pub(crate) fn listen() {
    yew::set_custom_panic_hook(Box::new(|info| {
        if cfg!(debug_assertions) {
            web_sys::console::error_1(&info.to_string().into());
        }
    }));
}
