//! `lessons()` and `lesson(id, stop)`.

use js_sys::{JSON, Promise};
use tcpscope_lesson::course::{Course, Standing};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::args::{self, is_missing};
use super::calls::Answer;
use super::json::Json;
use crate::app::{App, Opening};
use crate::store::Session;

/// `lessons()`: those that there are, in the present language, and how far each was read.
pub(super) fn lessons(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    let app = app.clone();
    let list = async move {
        let locale = app.store.read().preferences.locale;
        match app.course(locale).await {
            Ok(course) => JSON::parse(&listed(&app.store.read(), &course)),
            Err(error) => Err(args::error(&format!("lessons: {error}"))),
        }
    };
    Ok(future_to_promise(list).into())
}

/// `lesson(id, stop)`: opens one at a stop, or at its first; without an id it is closed.
pub(super) fn lesson(app: &App, id: &JsValue, stop: &JsValue) -> Answer {
    // Whatever is wrong rejects: a promise is what the caller waits on.
    Ok(open(app, id, stop).unwrap_or_else(|error| Promise::reject(&error)).into())
}

fn open(app: &App, id: &JsValue, stop: &JsValue) -> Result<Promise, JsValue> {
    if id.is_null() {
        app.teach(crate::ui::TeachCommand::Leave);
        return Ok(Promise::resolve(&JsValue::UNDEFINED));
    }
    let id = args::text("lesson: id", id, "the id of a lesson, as in lessons(), or null")?;
    let right = "the id of one of the lesson's stops, or nothing";
    let stop = if is_missing(stop) { None } else { Some(args::text("lesson: stop", stop, right)?) };
    let app = app.clone();
    Ok(future_to_promise(async move {
        match app.open_lesson(&id, stop.as_deref(), Opening::Exactly).await {
            Ok(()) => Ok(JsValue::UNDEFINED),
            Err(error) => Err(args::error(&format!("lesson: {error}"))),
        }
    }))
}

fn listed(session: &Session, course: &Course) -> String {
    let mut json = Json::default();
    json.open('[');
    for entry in &course.entries {
        json.open('{');
        json.member("id", Some(&entry.id));
        json.member("part", Some(entry.part.name()));
        json.number("level", Some(entry.level.into()));
        json.number("minutes", Some(entry.minutes.into()));
        json.member("title", Some(&entry.title));
        json.member("summary", Some(&entry.summary));
        json.name("stops");
        json.open('[');
        for stop in &entry.stops {
            json.string(stop);
        }
        json.close(']');
        json.flag("done", Standing::of(entry, &session.teaching.progress) == Standing::Done);
        json.close('}');
    }
    json.close(']');
    json.finish()
}
