//! What the document says of itself: its language, its title, light or dark.

use std::rc::Rc;

use crate::browser::{Media, document, root};
use crate::store::{Change, Store, Subscription, Theme};

/// Keeps the document's attributes as the session has them.
pub(super) fn keep(store: &Store) -> (Subscription, Rc<Media>) {
    let dark = {
        let store = store.clone();
        Rc::new_cyclic(|dark: &std::rc::Weak<Media>| {
            let dark = dark.clone();
            Media::watch("(prefers-color-scheme: dark)", move || {
                if let Some(dark) = dark.upgrade() {
                    describe(&store, dark.holds());
                    // For those who paint by hand: the palette is another.
                    let theme = store.read().preferences.theme;
                    store.act(crate::store::Action::Prefer(crate::store::Preference::Theme(theme)));
                }
            })
        })
    };
    describe(store, dark.holds());
    let system = dark.clone();
    let subscription = store.subscribe(move |store, change| {
        if matches!(change, Change::Preferred | Change::Loaded) {
            describe(store, system.holds());
        }
    });
    (subscription, dark)
}

/// Light or dark, as the reader or the system wants it.
pub(super) fn show_theme(store: &Store) {
    describe(store, Media::watch("(prefers-color-scheme: dark)", || {}).holds());
}

fn describe(store: &Store, system_is_dark: bool) {
    let session = store.read();
    let preferences = session.preferences;
    let dark = match preferences.theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::Auto => system_is_dark,
    };
    if let Some(root) = root() {
        // Setting an attribute to a word cannot fail.
        let _ = root.set_attribute("lang", preferences.locale.tag());
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
    let name = session.messages().app.name;
    let title = session.run.as_ref().map(|run| {
        let title = run.scenario().title().in_locale(preferences.locale.tag());
        format!("{title} · {name}")
    });
    document().set_title(title.as_deref().unwrap_or(name));
}
