//! The clipboard.

use wasm_bindgen_futures::JsFuture;

use super::window;

/// Copies `text`; says whether it could. Outside a secure context there is no clipboard at all.
pub(crate) async fn copy_text(text: &str) -> bool {
    let window = window();
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
