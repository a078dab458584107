//! Showing it to a class: large, on the whole screen, stepped by a remote.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::App;
use crate::browser::{document, root};
use crate::store::{Action, Arrange};
use crate::ui::{Command, TeachCommand};

/// Begins to present, or ends.
pub(super) fn toggle(app: &App) {
    let presenting = !app.store.read().shell.presenting;
    app.store.act(Action::Arrange(Arrange::Present(presenting)));
    // Where the whole screen is refused (in a frame, say), it is large all the same.
    if presenting {
        if let Some(root) = root() {
            let _ = root.request_fullscreen();
        }
        // Keys are heard wherever the focus is, but not on a control that uses them itself.
        let focus = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(focus) = focus {
            let _ = focus.blur();
        }
    } else if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    }
}

/// The browser's own Escape leaves the whole screen: then the presentation is over.
pub(super) fn left_full_screen(app: &App) {
    if document().fullscreen_element().is_none() && app.store.read().shell.presenting {
        app.store.act(Action::Arrange(Arrange::Present(false)));
    }
}

/// Shows nothing, or shows it again.
pub(super) fn blank(app: &App) {
    let blank = !app.store.read().shell.blank;
    app.store.act(Action::Arrange(Arrange::Blank(blank)));
}

/// What a presenter's remote asks for: it sends the keys that slides are shown with. While the
/// class sees nothing, the first key of any shows it again.
pub(super) fn remote(app: &App, key: &str) -> Option<Command> {
    let shell = app.store.read().shell;
    if !shell.presenting {
        return None;
    }
    if shell.blank && key != "Shift" {
        return Some(Command::Blank);
    }
    let teaches = shell.teaches;
    Some(match key {
        "PageDown" if teaches => Command::Teach(TeachCommand::Next),
        "PageUp" if teaches => Command::Teach(TeachCommand::Previous),
        "PageDown" => Command::StepOn,
        "PageUp" => Command::StepBack,
        "b" | "B" | "." => Command::Blank,
        // A remote's button for the whole show; a browser would load the page anew.
        "F5" if document().fullscreen_element().is_some() => Command::Present,
        _ => return None,
    })
}
