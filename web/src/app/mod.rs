//! The page as a whole: what starts it, and what goes on beside the components.

mod address;
mod document;
mod loader;
mod player;
mod preferences;

use std::rc::Rc;

use yew::platform::spawn_local;

pub(crate) use address::{fragment, link};
pub(crate) use loader::{LoadError, Loader};
pub(crate) use preferences::prefer;

use crate::store::Store;
use crate::{api, browser, ui};

/// What the page consists of. It lives as long as the page does.
#[derive(Clone)]
pub(crate) struct App {
    /// All that it knows.
    pub(crate) store: Store,
    /// Where runs come from.
    pub(crate) loader: Loader,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        self.store == other.store
    }
}

/// Starts the page.
pub(crate) fn start() {
    yew::set_custom_panic_hook(Box::new(browser::panic::hook));
    let store = Store::default();
    let app = App { loader: Loader::new(store.clone()), store };
    preferences::recall_all(&app.store);

    let services = (
        document::keep(&app.store),
        address::keep(&app),
        player::keep(&app.store),
        Rc::new(api::install(&app)),
    );
    let api = services.3.clone();
    // The page's own services end with the page, and a page ends without a word.
    std::mem::forget(services);

    yew::Renderer::<ui::Page>::with_props(ui::PageProps { app: app.clone() }).render();
    spawn_local(async move {
        app.loader.open(&address::fragment()).await;
        api.announce_ready(&app);
    });
}
