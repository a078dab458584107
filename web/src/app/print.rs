//! On paper the figure is dark on light, whatever the screen: what the style sheet does for all
//! else is done by hand for the canvas, which is printed as it was painted.

use super::{App, document};
use crate::browser::{Listener, root, window};

/// Paints the ladder anew before and after printing.
pub(super) fn keep(app: &App) -> [Listener; 2] {
    let (before, after) = (app.clone(), app.clone());
    [
        Listener::new(&window(), "beforeprint", move |_| {
            if let Some(root) = root() {
                // Setting an attribute to a word cannot fail.
                let _ = root.set_attribute("data-theme", "light");
            }
            before.stage.renew();
        }),
        Listener::new(&window(), "afterprint", move |_| {
            document::show_theme(&after.store);
            after.stage.renew();
        }),
    ]
}
