//! `interviews()` and `review()`; what is told of an answer.

use js_sys::{JSON, Object, Reflect};
use tcpscope_quiz::{Interview, Kind};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::args;
use super::calls::Answer;
use super::json::Json;
use crate::app::App;
use crate::store::Store;

/// `interviews()`: what interviewers ask, in the present language, with the points of good answers.
pub(super) fn interviews(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    let app = app.clone();
    let list = async move {
        let locale = app.store.read().preferences.locale;
        match app.interviews(locale).await {
            Ok(()) => JSON::parse(&listed(app.store.read().interviewing.list())),
            Err(error) => Err(args::error(&format!("interviews: {error}"))),
        }
    };
    Ok(future_to_promise(list).into())
}

/// `review()`: what was missed and is asked again: how much is due today, and whether this device
/// remembers it.
pub(super) fn review(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    app.recall_progress();
    let session = app.store.read();
    let (review, _) = session.teaching.review();
    let today = session.teaching.today;
    let mut json = Json::default();
    json.open('{');
    json.name("due");
    json.open('[');
    for due in review.due(today) {
        json.open('{');
        json.member("item", Some(&due.item));
        json.number("box", Some(due.leitner.into()));
        json.number("overdue_days", Some(due.overdue.into()));
        json.close('}');
    }
    json.close(']');
    json.number("next_in_days", review.next(today).map(|(days, _)| days.into()));
    json.number("items", Some(review.items() as u64));
    json.number("learned", Some(review.learned() as u64));
    json.flag("kept", session.teaching.kept);
    json.close('}');
    JSON::parse(&json.finish())
}

/// Adds to the state what was answered last: `answer`.
pub(super) fn with_answer(store: &Store, state: &JsValue) {
    let Some(told) = store.read().told.clone() else { return };
    let answer = Object::new();
    // New objects take every member.
    let put = |on: &JsValue, name: &str, value: &JsValue| {
        let _ = Reflect::set(on, &JsValue::from_str(name), value);
    };
    put(&answer, "item", &JsValue::from_str(&told.item));
    put(&answer, "right", &JsValue::from_bool(told.right));
    put(state, "answer", &answer);
}

fn listed(list: &[Interview]) -> String {
    let mut json = Json::default();
    json.open('[');
    for interview in list {
        for question in &interview.questions {
            json.open('{');
            json.member("id", Some(&question.id));
            json.member("theme", Some(interview.theme.name()));
            json.member("level", Some(question.level.name()));
            json.member("ask", Some(&question.ask));
            json.name("points");
            json.open('[');
            for point in &question.points {
                json.open('{');
                json.member("say", Some(&point.say));
                json.member("scenario", Some(&point.scenario));
                json.close('}');
            }
            json.close(']');
            json.name("follow_ups");
            json.open('[');
            for kind in &question.follow_ups {
                if let Some(name) = Kind::NAMES.get(usize::from(*kind)) {
                    json.string(name);
                }
            }
            json.close(']');
            json.close('}');
        }
    }
    json.close(']');
    json.finish()
}
