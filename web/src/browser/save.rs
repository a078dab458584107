//! Files that the reader keeps, made in the page.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement, HtmlImageElement,
};

use super::{Listener, document};

/// Hands text to the browser to be saved under a name; says whether it could.
pub(crate) fn save(name: &str, media_type: &str, text: &str) -> bool {
    hand_over(name, &address(media_type, text))
}

/// Makes a picture of a drawing, with so many pixels for each of its own, and hands it over; `said`
/// hears whether that could be done.
pub(crate) fn save_picture(name: &str, svg: &str, scale: u32, said: impl FnOnce(bool) + 'static) {
    let image: Option<HtmlImageElement> = element("img");
    let Some(image) = image else { return said(false) };
    let (name, drawn) = (name.to_owned(), image.clone());
    // The two listeners hold each other until one of them has heard something.
    let heard: Rc<RefCell<Vec<Listener>>> = Rc::default();
    let said = Rc::new(RefCell::new(Some(said)));
    for kind in ["load", "error"] {
        let (heard_by, name, drawn, said) =
            (heard.clone(), name.clone(), drawn.clone(), said.clone());
        let listener = Listener::new(&image, kind, move |_| {
            let picture = (kind == "load").then(|| painted(&drawn, scale)).flatten();
            let done = picture.is_some_and(|address| hand_over(&name, &address));
            if let Some(said) = said.borrow_mut().take() {
                said(done);
            }
            let listeners = heard_by.take();
            // A listener is not dropped while it is being called.
            gloo_timers::callback::Timeout::new(0, move || drop(listeners)).forget();
        });
        heard.borrow_mut().push(listener);
    }
    image.set_src(&address("image/svg+xml", svg));
}

/// The image on a canvas, as an address; `None` where it is too large for one.
fn painted(image: &HtmlImageElement, scale: u32) -> Option<String> {
    let (width, height) = (image.width() * scale, image.height() * scale);
    let canvas: HtmlCanvasElement = element("canvas")?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(width), f64::from(height));
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    canvas.to_data_url().ok().filter(|address| address.starts_with("data:image/png"))
}

/// Saves what is at an address.
fn hand_over(name: &str, address: &str) -> bool {
    let link: Option<HtmlElement> = element("a");
    let Some(link) = link else { return false };
    let set = |attribute, value| Element::set_attribute(&link, attribute, value).is_ok();
    if !set("href", address) || !set("download", name) {
        return false;
    }
    link.click();
    true
}

fn element<T: wasm_bindgen::JsCast>(name: &str) -> Option<T> {
    document().create_element(name).ok()?.dyn_into().ok()
}

/// Text as an address that holds it whole.
fn address(media_type: &str, text: &str) -> String {
    let mut address = String::with_capacity(text.len() + text.len() / 8);
    for part in ["data:", media_type, ";charset=utf-8,"] {
        address.push_str(part);
    }
    for letter in text.chars() {
        // What means something in an address, and what an address is read without.
        match letter {
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            '\n' => address.push_str("%0A"),
            '\r' => address.push_str("%0D"),
            '\t' => address.push_str("%09"),
            ' ' => address.push_str("%20"),
            other => address.push(other),
        }
    }
    address
}
