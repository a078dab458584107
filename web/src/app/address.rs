//! The address bar: it holds what is on the screen, and what it is given is shown.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::Event;

use super::App;
use crate::browser::{Listener, window};
use crate::store::{Change, Reviewing, Store, Subscription};

/// Once nothing has changed for so long, the address is written. Browsers refuse one that changes too
/// often, nobody reads it while it does, and a frame that shows what was done has no time for it.
const REST_MS: u32 = 300;

/// What keeps the address.
pub(super) struct Address {
    _subscription: Subscription,
    _listeners: [Listener; 2],
}

/// Keeps the address as the session is, and the session as the address is made. What is loaded while
/// it is `quiet` is what an address without a word shows.
pub(super) fn keep(app: &App, quiet: Rc<Cell<bool>>) -> Address {
    let pending: RefCell<Option<Timeout>> = RefCell::default();
    let due = Rc::new(Cell::new(false));
    let asked = due.clone();
    let subscription = app.store.subscribe(move |store, change| {
        let shown = matches!(
            change,
            Change::Loaded
                | Change::Edited
                | Change::Stepped
                | Change::Moved
                | Change::Paused
                | Change::Selected
                | Change::Preferred
                | Change::Arranged
                | Change::Taught
        );
        if !shown || quiet.get() || store.read().playing {
            return;
        }
        let asked = asked.clone();
        let ask = move || {
            asked.set(true);
            // Written once the rest of the module is here, which does it (`web/boot.js`): nothing waits.
            if let Ok(ask) = Event::new("tcpscope:wants-rest") {
                let _ = window().dispatch_event(&ask);
            }
        };
        // In the place of one that was to come before.
        *pending.borrow_mut() = Some(Timeout::new(REST_MS, ask));
    });
    let store = app.store.clone();
    let write = Listener::new(&window(), "tcpscope:rest", move |_| {
        if due.take() {
            write_address(&store);
        }
    });
    let app = app.clone();
    let open = Listener::new(&window(), "hashchange", move |_| app.open(fragment()));
    Address { _subscription: subscription, _listeners: [write, open] }
}

/// The fragment of the address.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// The whole address of what is on the screen; `None` while nothing is.
pub(crate) fn link(store: &Store) -> Option<String> {
    let fragment = {
        let session = store.read();
        let interviewing = &session.interviewing;
        let held = interviewing.reviewing.as_ref().and_then(Reviewing::link);
        let taking = session.sets.taking.as_ref().filter(|taking| !taking.preview);
        match (taking, &interviewing.round, held, &session.posing.follow_up) {
            (Some(taking), ..) => super::sets::link_to(&taking.set)?,
            (None, Some(playing), ..) => playing.link(),
            (None, None, Some(held), _) => held,
            (None, None, None, Some(follow_up)) => follow_up.link(),
            (None, None, None, None) => session.link()?.to_text(),
        }
    };
    let location = window().location();
    let page = location.href().ok()?;
    let page = page.split_once('#').map_or(page.as_str(), |(page, _)| page);
    Some(format!("{page}#{fragment}"))
}

fn write_address(store: &Store) {
    let Some(link) = link(store) else { return };
    let history = window().history();
    // Refused where the page has no address of its own (in a sandbox): then nobody reads it.
    let _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&link)));
}
