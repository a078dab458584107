//! What callers give, checked: a wrong argument is named, with what would be right.

use js_sys::{JSON, JsString, Number, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The largest whole number that a JavaScript number holds exactly.
const MAX_SAFE: f64 = Number::MAX_SAFE_INTEGER;

/// Whether an argument was left out.
pub(super) fn is_missing(value: &JsValue) -> bool {
    value.is_undefined()
}

/// An error for JavaScript: `what` is the call or the argument, `right` what it should be.
pub(super) fn wrong(what: &str, value: &JsValue, right: &str) -> JsValue {
    error(&format!("{what} is {}; it should be {right}", shown(value)))
}

/// An error for JavaScript.
pub(super) fn error(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}

/// A whole number that JavaScript holds exactly, negative ones too.
pub(super) fn whole(what: &str, value: &JsValue) -> Result<i64, JsValue> {
    let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= MAX_SAFE);
    number.map(exact).ok_or_else(|| wrong(what, value, "a whole number"))
}

/// A whole number from 0 on.
pub(super) fn natural(what: &str, value: &JsValue) -> Result<u64, JsValue> {
    let number = whole(what, value).ok().and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| wrong(what, value, "a whole number from 0 on"))
}

/// A text.
pub(super) fn text(what: &str, value: &JsValue, right: &str) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| wrong(what, value, right))
}

/// The members of an object. `right` says what the object should be like.
pub(super) fn object(what: &str, value: &JsValue, right: &str) -> Result<Object, JsValue> {
    let object = value.dyn_ref::<Object>().filter(|_| !value.is_function());
    object.cloned().ok_or_else(|| wrong(what, value, right))
}

/// A member of an object; `undefined` where it has none.
pub(super) fn member(object: &Object, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &JsValue::from_str(name))
}

/// One of a few words.
pub(super) fn one_of<T>(
    what: &str,
    value: &JsValue,
    find: impl Fn(&str) -> Option<T>,
    right: &str,
) -> Result<T, JsValue> {
    value.as_string().as_deref().and_then(find).ok_or_else(|| wrong(what, value, right))
}

/// A value as a message shows it: short, whatever it is.
fn shown(value: &JsValue) -> String {
    const LONGEST: usize = 60;
    let json = if value.is_undefined() || value.is_function() || value.is_symbol() {
        None
    } else {
        JSON::stringify(value).ok().and_then(|json: JsString| json.as_string())
    };
    // JSON has no word for these numbers.
    let number = match value.as_f64() {
        Some(number) if number.is_nan() => Some("NaN".to_owned()),
        Some(number) if number.is_infinite() => Some("infinite".to_owned()),
        Some(_) | None => None,
    };
    let mut shown = number.or(json).unwrap_or_else(|| {
        value.js_typeof().as_string().unwrap_or_else(|| "something else".to_owned())
    });
    if shown.chars().count() > LONGEST {
        shown = shown.chars().take(LONGEST).chain(['…']).collect();
    }
    shown
}

/// A number that [`whole`] has found to be whole and small enough.
#[allow(clippy::cast_possible_truncation, reason = "no fraction, and no more than 53 bits")]
fn exact(number: f64) -> i64 {
    number as i64
}
