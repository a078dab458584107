//! `window.tcpscope`: what the embed's messages, the browser tests, a teacher's console and
//! outside checks all use. Names and shapes are a contract.

mod args;
mod calls;
mod edits;
mod interviews;
mod json;
mod lessons;
mod listeners;
mod picture;

use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::CustomEvent;

use crate::app::App;
use crate::browser::window;
use crate::store::Subscription;
use listeners::Listeners;

/// The page API, installed.
#[derive(Clone)]
pub(crate) struct Api {
    listeners: Rc<Listeners>,
    _subscription: Rc<Subscription>,
}

/// All methods are closures of one type: each type more would be code more in the page. What a
/// caller leaves out is `undefined`.
type Method = dyn Fn(JsValue, JsValue) -> Result<JsValue, JsValue>;

/// Puts the page API on `window`.
pub(crate) fn install(app: &App) -> Api {
    let listeners = Rc::new(Listeners::default());
    let subscription = Rc::new(listeners.hear(&app.store));
    let scope = Object::new();
    let constant = |name: &str, value: &JsValue| {
        let set = Reflect::set(&scope, &JsValue::from_str(name), value);
        debug_assert!(set.is_ok(), "a new object takes every member");
    };
    constant("version", &JsValue::from_str(env!("CARGO_PKG_VERSION")));
    for (name, call) in calls::ALL {
        let app = app.clone();
        constant(name, &method(move |a, b| call(&app, &a, &b)));
    }
    let (app, heard) = (app.clone(), listeners.clone());
    constant("on", &method(move |event, listener| heard.add(&app.store, &event, &listener)));
    let installed = Reflect::set(&window(), &JsValue::from_str("tcpscope"), &scope);
    debug_assert!(installed.is_ok(), "a window takes members");
    Api { listeners, _subscription: subscription }
}

impl Api {
    /// Tells everybody that the page can be used.
    pub(crate) fn announce_ready(&self, app: &App) {
        self.listeners.announce_ready(&app.store);
        if let Ok(event) = CustomEvent::new("tcpscope:ready") {
            // A listener that throws is the browser's to report.
            let _ = window().dispatch_event(&event);
        }
    }
}

/// A function for JavaScript, which lives as long as JavaScript holds it.
fn method(call: impl Fn(JsValue, JsValue) -> Result<JsValue, JsValue> + 'static) -> Function {
    Closure::<Method>::new(call).into_js_value().unchecked_into()
}
