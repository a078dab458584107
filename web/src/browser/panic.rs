//! When a panic happens all the same: the reader is told, in words, and keeps the link.

use std::panic::PanicHookInfo;

use tcpscope_view::Locale;
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::{Listener, document, root, window};
use crate::words::words;

/// Puts a readable message in the place of the page.
pub(crate) fn hook(info: &PanicHookInfo<'_>) {
    let details = info.to_string();
    web_sys::console::error_1(&JsValue::from_str(&details));
    // Whatever goes wrong while telling, the console has it: nothing more can be done.
    let _ = tell(&details);
}

fn tell(details: &str) -> Option<()> {
    if document().get_element_by_id("crash").is_some() {
        return None;
    }
    let tag = root()?.get_attribute("lang").unwrap_or_default();
    let words = words(Locale::from_tag(&tag).unwrap_or_default()).crash;
    let message = element("section", None)?;
    message.set_id("crash");
    message.set_attribute("role", "alert").ok()?;
    message.append_child(&*element("h1", Some(words.title))?).ok()?;
    message.append_child(&*element("p", Some(words.text))?).ok()?;
    let link = element("a", Some(words.reload))?;
    link.set_attribute("href", &window().location().href().ok()?).ok()?;
    // The address is the page's own, and following it alone would load nothing.
    let reload = |_| {
        // Refused only while the page is being left already.
        let _ = window().location().reload();
    };
    core::mem::forget(Listener::new(&link, "click", reload));
    message.append_child(&link).ok()?;
    message.append_child(&*element("pre", Some(details))?).ok()?;
    let body = document().body()?;
    body.set_text_content(None);
    body.append_child(&message).ok()?;
    Some(())
}

fn element(name: &str, text: Option<&str>) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_text_content(text);
    Some(element)
}
