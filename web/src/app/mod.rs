//! The page as a whole: what starts it, and what goes on beside what is shown.

mod act;
mod address;
mod captures;
mod clock;
mod crib;
mod document;
mod events;
mod export;
mod files;
mod follow_ups;
mod hand;
mod held;
mod interviews;
mod keyboard;
mod language;
mod layout;
mod lessons;
mod loader;
mod notes;
mod player;
mod plots;
mod points;
mod preferences;
mod present;
mod print;
mod questions;
mod rendered;
mod reorder;
mod review;
mod rounds;
mod sandbox;
mod sets;
mod sides;
mod timing;

use std::cell::Cell;
use std::rc::Rc;

use yew::platform::spawn_local;

pub(crate) use address::{fragment, link};
pub(crate) use language::learn_now;
pub(crate) use lessons::Opening;
pub(crate) use loader::{LoadError, link_to};
pub(crate) use preferences::prefer;
pub(crate) use rendered::Rendered;
use review::today;
pub(crate) use sets::set_link;

use crate::stage::Stage;
use crate::store::{Action, Arrange, Extent, Store};
use crate::{api, browser, ui};

/// What the page consists of. It lives as long as the page does.
#[derive(Clone)]
pub(crate) struct App {
    /// All that it knows.
    pub(crate) store: Store,
    /// The ladder.
    pub(crate) stage: Rc<Stage>,
    /// The speaker's window.
    notes: Rc<notes::Notes>,
    /// The capture that is looked at.
    captures: Rc<captures::Kept>,
    /// Counts the loads that were begun.
    turn: Rc<Cell<u32>>,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        self.store == other.store
    }
}

/// Starts the page.
pub(crate) fn start() {
    browser::panic::listen();
    let store = Store::default();
    let app = App {
        stage: Stage::new(&store),
        notes: Rc::default(),
        captures: Rc::default(),
        turn: Rc::default(),
        store,
    };
    if browser::embedded().is_some() {
        let details = browser::root().is_some_and(|root| root.has_attribute("data-details"));
        let extent = if details { Extent::FigureWithDrawer } else { Extent::Figure };
        app.store.act(Action::Arrange(Arrange::Extent(extent)));
    }
    preferences::recall_all(&app.store);
    spawn_local(async move {
        if app.learn_first_language().await {
            begin(app).await;
        }
    });
}

/// Everything that needs words.
async fn begin(app: App) {
    // Before whoever may ask for what has been learnt.
    let language = language::keep(&app);
    let api = api::install(&app);
    let quiet = Rc::new(Cell::new(fragment().is_empty()));
    // What follows listens for as long as the page is there, and the page ends without a word.
    std::mem::forget((
        language,
        language::learn_all_in_time(&app.store),
        lessons::keep(&app),
        layout::keep(&app.store),
        document::keep(&app.store),
        // A frame's address is nobody's to read.
        browser::embedded().is_none().then(|| address::keep(&app, quiet.clone())),
        player::keep(&app.store),
        clock::keep(&app.store),
        events::listen(&app),
        reorder::listen(&app),
        print::keep(&app),
        api.clone(),
    ));
    yew::Renderer::<ui::Page>::with_props(ui::PageProps { app: app.clone() }).render();
    app.learn_language();
    app.open_now(fragment()).await;
    quiet.set(false);
    api.announce_ready(&app);
}
