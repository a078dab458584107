//! What a reader does to a capture by hand: scrolls, drops a file, chooses one, presses keys.

use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::App;
use crate::store::{CaptureChange, Extent};
use crate::ui::{CAPTURE_LIST, CAPTURE_SCROLL, CAPTURE_SEGMENTS, CaptureCommand};

/// A list or a ladder was scrolled; says whether it was one of a capture's.
pub(in crate::app) fn scrolled(app: &App, element: &HtmlElement) -> bool {
    if element.id() != CAPTURE_SCROLL {
        return false;
    }
    // By blocks: a little scrolling needs no rendering.
    let block = element.scroll_top() / BLOCK * BLOCK;
    let top = f64::from(block);
    let known = app.store.read().capturing.as_ref().map(|it| it.top);
    if known.is_some_and(|known| (known - top).abs() > 0.5) {
        app.captured(CaptureChange::Scroll(top));
    }
    true
}

/// So many pixels are scrolled before anything is made anew.
const BLOCK: i32 = 240;

/// Something is dragged over the page: files may be dropped.
pub(in crate::app) fn dragged(app: &App, event: &Event) {
    if app.store.read().shell.extent != Extent::Page {
        return;
    }
    let Some(event) = event.dyn_ref::<DragEvent>() else { return };
    let files = event.data_transfer().is_some_and(|it| it.types().includes(&"Files".into(), 0));
    if files {
        event.prevent_default();
    }
}

/// A file was dropped on the page.
pub(in crate::app) fn dropped(app: &App, event: &Event) {
    if app.store.read().shell.extent != Extent::Page {
        return;
    }
    let Some(event) = event.dyn_ref::<DragEvent>() else { return };
    let file = event.data_transfer().and_then(|it| it.files()).and_then(|files| files.item(0));
    if let Some(file) = file {
        event.prevent_default();
        app.open_any(file);
    }
}

/// The file that was chosen.
pub(in crate::app) fn chosen(app: &App, input: &HtmlInputElement) {
    let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
    input.set_value("");
    app.read_capture(file);
}

/// Whether a capture shows, or what is needed to open one.
pub(in crate::app) fn shows(app: &App) -> bool {
    app.store.read().capturing.as_ref().is_some_and(|it| it.open)
}

/// Does what a key asks for that was pressed in the dialog; says whether it does.
pub(in crate::app) fn press(app: &App, event: &KeyboardEvent, focus: &Element) -> bool {
    if event.ctrl_key() || event.meta_key() {
        return false;
    }
    let on = |id: &str| focus.id() == id;
    let (list, segments) = (on(CAPTURE_LIST), on(CAPTURE_SEGMENTS));
    let (here, count) = {
        let session = app.store.read();
        let Some(capturing) = &session.capturing else { return false };
        match (capturing.one(), list, segments) {
            (Some(one), _, true) => (one.selected, one.gathered.segments.len()),
            (None, true, _) => (capturing.row, capturing.rows()),
            _ => return false,
        }
    };
    let last = count.saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => here + 1,
        "ArrowUp" => here.saturating_sub(1),
        "PageDown" => here + PAGE,
        "PageUp" => here.saturating_sub(PAGE),
        "Home" => 0,
        "End" => last,
        "Enter" | " " if list && count > 0 => {
            app.capture(CaptureCommand::Open(here));
            return true;
        }
        "Backspace" if segments => {
            app.capture(CaptureCommand::Back);
            return true;
        }
        _ => return false,
    };
    let to = to.min(last);
    app.captured(if list { CaptureChange::Row(to) } else { CaptureChange::Select(to) });
    true
}

/// How many rows a key for pages moves.
const PAGE: usize = 12;
