//! `on`: who wants to know what.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{args, calls, interviews, method};
use crate::store::{Change, Store, Subscription};

/// What can be listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Ready,
    Step,
    Play,
    Pause,
    Load,
    Edit,
    Answer,
}

/// The listeners of the page API.
#[derive(Default)]
pub(super) struct Listeners {
    all: RefCell<Vec<Entry>>,
    added: Cell<u32>,
    ready: Cell<bool>,
}

#[derive(Clone)]
struct Entry {
    id: u32,
    event: Event,
    listener: Function,
}

impl Event {
    const ALL: [(&'static str, Self); 7] = [
        ("ready", Self::Ready),
        ("step", Self::Step),
        ("play", Self::Play),
        ("pause", Self::Pause),
        ("load", Self::Load),
        ("edit", Self::Edit),
        ("answer", Self::Answer),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(known, event)| (known == name).then_some(event))
    }

    /// The event that tells of a change.
    const fn of(change: Change) -> Option<Self> {
        match change {
            Change::Loaded => Some(Self::Load),
            Change::Edited => Some(Self::Edit),
            Change::Stepped => Some(Self::Step),
            Change::Played => Some(Self::Play),
            Change::Paused => Some(Self::Pause),
            Change::Answered => Some(Self::Answer),
            Change::Listed
            | Change::Moved
            | Change::Sped
            | Change::Selected
            | Change::Preferred
            | Change::Told
            | Change::LaidOut
            | Change::Zoomed
            | Change::Arranged
            | Change::Taught
            | Change::Captured => None,
        }
    }
}

impl Listeners {
    /// Hears the store's changes from now on.
    pub(super) fn hear(self: &Rc<Self>, store: &Store) -> Subscription {
        let listeners = self.clone();
        store.subscribe(move |store, change| {
            if let Some(event) = Event::of(change) {
                listeners.tell(store, event);
            }
        })
    }

    /// `on(event, listener)`: gives back what unsubscribes.
    pub(super) fn add(
        self: &Rc<Self>,
        store: &Store,
        event: &JsValue,
        listener: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let right =
            "one of \"ready\", \"step\", \"play\", \"pause\", \"load\", \"edit\", \"answer\"";
        let event = args::one_of("on: event", event, Event::from_name, right)?;
        let Some(function) = listener.dyn_ref::<Function>() else {
            return Err(args::wrong("on: listener", listener, "a function"));
        };
        let id = self.added.get();
        self.added.set(id.wrapping_add(1));
        let entry = Entry { id, event, listener: function.clone() };
        self.all.borrow_mut().push(entry.clone());
        if event == Event::Ready && self.ready.get() {
            // Who comes late has missed nothing.
            call(store, &entry);
        }
        let listeners = self.clone();
        let unsubscribe = method(move |_, _| {
            listeners.all.borrow_mut().retain(|entry| entry.id != id);
            Ok(JsValue::UNDEFINED)
        });
        Ok(unsubscribe.into())
    }

    /// Tells that the page can be used.
    pub(super) fn announce_ready(&self, store: &Store) {
        self.ready.set(true);
        self.tell(store, Event::Ready);
    }

    fn tell(&self, store: &Store, event: Event) {
        // Listeners may come and go while they are told.
        let entries: Vec<_> =
            self.all.borrow().iter().filter(|entry| entry.event == event).cloned().collect();
        for entry in &entries {
            call(store, entry);
        }
    }
}

/// Calls a listener with the state. One that throws breaks neither the page nor the others.
fn call(store: &Store, entry: &Entry) {
    let state = calls::state(store).unwrap_or(JsValue::UNDEFINED);
    if entry.event == Event::Answer {
        interviews::with_answer(store, &state);
    }
    if let Err(error) = entry.listener.call1(&JsValue::UNDEFINED, &state) {
        web_sys::console::error_2(&JsValue::from_str("a listener of tcpscope threw:"), &error);
    }
}
