//! The browser, as far as the page needs it. Whatever is taken from it here is given back on drop.

mod clipboard;
mod fetch;
mod frames;
mod listener;
mod media;
pub(crate) mod panic;
mod storage;

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, HtmlElement, Window};

pub(crate) use clipboard::copy_text;
pub(crate) use fetch::{Failed, get_text, get_text_now};
pub(crate) use frames::Frames;
pub(crate) use listener::Listener;
pub(crate) use media::Media;
pub(crate) use storage::{recall, remember};

/// The window: a page has one.
pub(crate) fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The document: a window has one.
pub(crate) fn document() -> Document {
    window().document().expect("the window shows a document")
}

/// The element with this id, if there is one.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// `<html>`.
pub(crate) fn root() -> Option<Element> {
    document().document_element()
}

/// The scenario that the page shows in a frame on somebody else's page (`web/embed/frame.js` writes
/// it there; it may be empty); `None` where the page is a page of its own.
pub(crate) fn embedded() -> Option<String> {
    root()?.get_attribute("data-embed")
}

/// Brings the element with this id into sight in the row around it that scrolls sideways.
pub(crate) fn reveal(id: &str) {
    let Some(element) = element(id) else { return };
    let Some(row) = element.parent_element() else { return };
    let (place, room) = (element.get_bounding_client_rect(), row.get_bounding_client_rect());
    let (before, beyond) = (place.left() - room.left(), place.right() - room.right());
    // The nearest edge, and a little of the neighbour behind it.
    let by = if before < 0.0 {
        before - 24.0
    } else if beyond > 0.0 {
        beyond + 24.0
    } else {
        return;
    };
    #[expect(clippy::cast_possible_truncation, reason = "a row is some thousand pixels wide")]
    row.set_scroll_left(row.scroll_left() + by as i32);
}

/// Moves the focus to the element with this id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = element(id) {
        // An element that cannot take the focus leaves it where it is: nothing to tell.
        let _ = element.focus();
    }
}
