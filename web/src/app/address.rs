//! The address bar: it holds what is on the screen, and what it is given is shown.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use super::App;
use crate::browser::{Listener, window};
use crate::store::{Change, Reviewing, Store, Subscription};

/// Browsers refuse an address that changes too often; nobody reads it while it does.
const REST_MS: u32 = 300;

/// What keeps the address.
pub(super) struct Address {
    _subscription: Subscription,
    _listener: Listener,
}

/// Keeps the address as the session is, and the session as the address is made.
pub(super) fn keep(app: &App) -> Address {
    let pending: Rc<RefCell<Option<Timeout>>> = Rc::default();
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
                | Change::Captured
        );
        if !shown || store.read().playing || pending.borrow().is_some() {
            return;
        }
        let (store, waiting) = (store.clone(), pending.clone());
        let write = move || {
            waiting.borrow_mut().take();
            write_address(&store);
        };
        *pending.borrow_mut() = Some(Timeout::new(REST_MS, write));
    });
    let app = app.clone();
    let listener = Listener::new(&window(), "hashchange", move |_| app.open(fragment()));
    Address { _subscription: subscription, _listener: listener }
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
