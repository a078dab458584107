//! Icons: one path each, drawn by the style sheet.

use super::command::Command;
use super::element::{El, classed, el};

pub(super) const PLAY: &str = "M8 5.5v13l10.5-6.5z";
pub(super) const PAUSE: &str = "M8 6v12M16 6v12";
pub(super) const STEP_ON: &str = "M6 5.5v13l9-6.5zM18.5 6v12";
pub(super) const STEP_BACK: &str = "M18 5.5v13l-9-6.5zM5.5 6v12";
pub(super) const TO_START: &str = "M12 6l-6 6 6 6M19 6l-6 6 6 6";
pub(super) const TO_END: &str = "M12 6l6 6-6 6M5 6l6 6-6 6";
pub(super) const UNDO: &str = "M8.5 5.5L4 10l4.5 4.5M4.5 10H14a5.5 5.5 0 0 1 0 11h-3";
pub(super) const REDO: &str = "M15.5 5.5L20 10l-4.5 4.5M19.5 10H10a5.5 5.5 0 0 0 0 11h3";
pub(super) const LINK: &str = "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.6L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.6L12 17";
pub(super) const BOOK: &str =
    "M12 6.5C10 5 7 4.5 4 5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5zM12 6.5v13";
pub(super) const DONE: &str = "M5 12.5l4.5 4.5L19 7.5";
pub(super) const KEYBOARD: &str = "M4 7h16a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zM7 10.5h.01M11 10.5h.01M15 10.5h.01M8 14h8";
pub(super) const SETTINGS: &str = "M4 8h10M18 8h2M4 16h2M10 16h10M16 6v4M8 14v4";
pub(super) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub(super) const DROP: &str = "M4 4l16 16M20 4L4 20";
pub(super) const DELAY: &str = "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z";
pub(super) const INSPECT: &str = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20";
pub(super) const FOLLOW: &str = "M12 4v13M6 11.5l6 6 6-6M6 21h12";
pub(super) const TALLER: &str = "M6 14l6-6 6 6";
pub(super) const LOWER: &str = "M6 10l6 6 6-6";
pub(super) const SEARCH: &str = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20";
pub(super) const PREVIOUS: &str = "M14 6l-6 6 6 6";
pub(super) const NEXT: &str = "M10 6l6 6-6 6";
pub(super) const COPY: &str = "M9 9h10v10H9zM5 15V5h10";
pub(super) const HOLD: &str = "M8 12V6.5a1.5 1.5 0 0 1 3 0V11m0-5.5a1.5 1.5 0 0 1 3 0V11m0-4a1.5 1.5 0 0 1 3 0v7a6 6 0 0 1-6 6 6 6 0 0 1-5-3l-2.5-4a1.5 1.5 0 0 1 2.5-1.5L8 14";
pub(super) const FLIP: &str = "M13 3L6 13h5l-1 8 7-11h-5z";
pub(super) const SWAP: &str = "M8 4v16M8 20l-4-4M8 20l4-4M16 20V4M16 4l-4 4M16 4l4 4";
pub(super) const UNPLUG: &str = "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v1M12 21v.01";
pub(super) const PLUG: &str = "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4";
pub(super) const MORE: &str = "M6 12h.01M12 12h.01M18 12h.01";
pub(super) const PRESENT: &str = "M3 5h18M4.5 5v10h15V5M12 15v5M8.5 20h7";
pub(super) const NOTES: &str = "M6 3.5h9l3.5 3.5v13.5H6zM9 10h6M9 13.5h6M9 17h4";
pub(super) const ZOOM_IN: &str = "M12 5v14M5 12h14";
pub(super) const ZOOM_OUT: &str = "M5 12h14";
pub(super) const ZOOM_ALL: &str = "M5 4h14M5 20h14M12 7v10M9 10l3-3 3 3M9 14l3 3 3-3";
pub(super) const DICE: &str = "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM9 9h.01M15 15h.01M12 12h.01";

/// An icon; the control that it stands on has a name.
#[inline(never)]
pub(super) fn icon(path: &'static str) -> El {
    let path = el("path").set("d", path);
    el("svg").set("viewBox", "0 0 24 24").set("aria-hidden", "true").add(path)
}

/// A button with nothing on it yet.
#[inline(never)]
pub(super) fn button(class: &'static str, command: Command) -> El {
    classed("button", class).set("type", "button").write("data-do", command.to_text())
}

/// A button that is an icon, named for whoever does not see it.
#[inline(never)]
pub(super) fn icon_button(
    path: &'static str,
    name: &'static str,
    keys: &'static str,
    command: Command,
) -> El {
    let title = if keys.is_empty() { name.to_owned() } else { format!("{name} ({keys})") };
    button("icon", command).set("aria-label", name).write("title", title).add(icon(path))
}
