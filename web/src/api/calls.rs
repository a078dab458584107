//! The calls of the page API, one function each.

use js_sys::{JSON, Promise, Reflect};
use tcpscope_scenario::{Scenario, ScenarioRef};
use tcpscope_sim::{PacketIndex, RecordId};
use tcpscope_tcp::Instant;
use tcpscope_view::Locale;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::args::{self, is_missing};
use super::{edits, interviews, lessons, picture};
use crate::app::{self, App};
use crate::store::{
    Action, Direction, FASTEST, Goal, Playback, Preference, Refusal, SLOWEST, Store, Theme,
};

pub(super) type Answer = Result<JsValue, JsValue>;
type Call = fn(&App, &JsValue, &JsValue) -> Answer;

/// The calls by their names; `on` has its own place.
pub(super) const ALL: [(&str, Call); 31] = [
    ("scenarios", |app, _, _| JSON::parse(&picture::scenarios(&app.store.read()))),
    ("load", load),
    ("duration", duration),
    ("step", step),
    ("seek", seek),
    ("play", play),
    ("pause", |app, _, _| playback(app, Playback::Pause)),
    ("speed", speed),
    ("within", within),
    ("intervene", edits::intervene),
    ("edits", edits::edits),
    ("edit", edits::edit),
    ("replace_edit", edits::replace_edit),
    ("remove_edit", edits::remove_edit),
    ("move_edit", edits::move_edit),
    ("clear_edits", edits::clear_edits),
    ("undo", |app, _, _| act(app, Action::Undo)),
    ("redo", |app, _, _| act(app, Action::Redo)),
    ("locale", locale),
    ("theme", theme),
    ("link", link),
    ("state", |app, _, _| state(&app.store)),
    ("trace", |app, _, _| JSON::parse(&picture::records(&app.store.read()).map_err(refused)?)),
    ("digest", digest),
    ("lessons", lessons::lessons),
    ("lesson", lessons::lesson),
    ("interviews", interviews::interviews),
    ("review", interviews::review),
    ("select", select),
    ("seek_next", |app, kind, _| seek_kind(app, "seek_next: kind", kind, Direction::On)),
    ("seek_previous", |app, kind, _| seek_kind(app, "seek_previous: kind", kind, Direction::Back)),
];

/// `state()`.
pub(super) fn state(store: &Store) -> Answer {
    let session = store.read();
    let state = JSON::parse(&picture::state(&session).map_err(refused)?)?;
    // A new object takes every member.
    let _ = Reflect::set(&state, &JsValue::from_str("speed"), &JsValue::from_f64(session.speed));
    Ok(state)
}

fn load(app: &App, scenario: &JsValue, options: &JsValue) -> Answer {
    // Whatever is wrong rejects: a promise is what the caller waits on.
    Ok(begin_load(app, scenario, options).unwrap_or_else(|error| Promise::reject(&error)).into())
}

fn begin_load(app: &App, scenario: &JsValue, options: &JsValue) -> Result<Promise, JsValue> {
    let seed = seed_of(options)?;
    let scenario = match scenario.as_string() {
        Some(id) => ScenarioRef::Id(id),
        None => ScenarioRef::Inline(inline(scenario)?),
    };
    let (app, link) = (app.clone(), app::link_to(scenario, seed));
    Ok(future_to_promise(async move {
        match app.show(link).await {
            Ok(()) => Ok(JsValue::UNDEFINED),
            Err(error) => Err(args::error(&format!("load: {error}"))),
        }
    }))
}

/// A scenario that is given as an object.
fn inline(scenario: &JsValue) -> Result<Scenario, JsValue> {
    let right = "the id of a scenario or a scenario as an object";
    let object = args::object("load: scenario", scenario, right)?;
    let text = JSON::stringify(&object).ok().and_then(|text| text.as_string());
    let text = text.ok_or_else(|| args::wrong("load: scenario", scenario, right))?;
    Scenario::from_json(&text).map_err(|error| args::error(&format!("load: {error}")))
}

fn seed_of(options: &JsValue) -> Result<Option<u64>, JsValue> {
    if is_missing(options) {
        return Ok(None);
    }
    let options = args::object("load: options", options, "an object, as in { seed: 7 }")?;
    let seed = args::member(&options, "seed")?;
    if is_missing(&seed) { Ok(None) } else { args::natural("load: options.seed", &seed).map(Some) }
}

fn duration(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    let session = app.store.read();
    let duration = session.run().map_err(refused)?.timeline().trace().duration().as_micros();
    Ok(JsValue::from_f64(exact(duration)))
}

fn step(app: &App, n: &JsValue, _: &JsValue) -> Answer {
    let by = if is_missing(n) { 1 } else { args::whole("step: n", n)? };
    playback(app, Playback::Records(by))
}

fn seek(app: &App, at: &JsValue, _: &JsValue) -> Answer {
    let at_us = args::natural("seek: t_us", at)?;
    playback(app, Playback::Seek(Instant::from_micros(at_us)))
}

/// `seek_next(kind)` and `seek_previous(kind)`: to the nearest such record. Whether there was one.
fn seek_kind(app: &App, what: &str, kind: &JsValue, direction: Direction) -> Answer {
    let right = Goal::ALL.map(Goal::name).join(", ");
    let goal = args::one_of(what, kind, Goal::from_name, &right)?;
    let found = {
        let session = app.store.read();
        let run = session.run().map_err(refused)?;
        goal.from(run.timeline().trace(), run.moment().record, direction, session.selection)
    };
    if let Some(record) = found {
        playback(app, Playback::Record(record))?;
    }
    Ok(JsValue::from_bool(found.is_some()))
}

fn play(app: &App, options: &JsValue, _: &JsValue) -> Answer {
    if !is_missing(options) {
        let options = args::object("play: options", options, "an object, as in { speed: 2 }")?;
        let speed = args::member(&options, "speed")?;
        if !is_missing(&speed) {
            set_speed(app, "play: options.speed", &speed)?;
        }
    }
    playback(app, Playback::Play)
}

/// `speed(n)`: as fast as that, playing or not. What it is.
fn speed(app: &App, speed: &JsValue, _: &JsValue) -> Answer {
    if !is_missing(speed) {
        set_speed(app, "speed: n", speed)?;
    }
    Ok(JsValue::from_f64(app.store.read().speed))
}

fn set_speed(app: &App, what: &str, speed: &JsValue) -> Answer {
    let offered = |speed: &f64| (SLOWEST..=FASTEST).contains(speed);
    match speed.as_f64().filter(offered) {
        Some(speed) => playback(app, Playback::Speed(speed)),
        None => Err(args::wrong(what, speed, "a number from 0.01 to 100")),
    }
}

/// `within(first, last)`: only between these records from now on; without them everywhere again.
fn within(app: &App, first: &JsValue, last: &JsValue) -> Answer {
    if is_missing(first) && is_missing(last) {
        return playback(app, Playback::Within(None));
    }
    let records = app.store.read().run().map_err(refused)?.trace().records().len();
    let right = format!("a record of this run, below {records}");
    let record = |what: &str, value: &JsValue| {
        let number = args::natural(what, value)?;
        let known = usize::try_from(number).is_ok_and(|number| number < records);
        let record = u32::try_from(number).ok().filter(|_| known).map(RecordId);
        record.ok_or_else(|| args::wrong(what, value, &right))
    };
    let bounds = (record("within: first", first)?, record("within: last", last)?);
    if bounds.1 < bounds.0 {
        return Err(args::wrong("within: last", last, "not before the first"));
    }
    playback(app, Playback::Within(Some(bounds)))
}

fn locale(app: &App, tag: &JsValue, _: &JsValue) -> Answer {
    if !is_missing(tag) {
        let locale = args::one_of("locale: tag", tag, Locale::from_tag, "\"en\" or \"zh-CN\"")?;
        app::learn_now(locale);
        act(app, Action::Prefer(Preference::Locale(locale)))?;
    }
    Ok(JsValue::from_str(app.store.read().preferences.locale.tag()))
}

fn theme(app: &App, name: &JsValue, _: &JsValue) -> Answer {
    if !is_missing(name) {
        let right = "\"light\", \"dark\" or \"auto\"";
        let theme = args::one_of("theme: name", name, Theme::from_name, right)?;
        act(app, Action::Prefer(Preference::Theme(theme)))?;
    }
    Ok(JsValue::from_str(app.store.read().preferences.theme.name()))
}

fn link(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    let link = app::link(&app.store).ok_or_else(|| refused(Refusal::NothingLoaded))?;
    Ok(JsValue::from_str(&link))
}

/// `digest()`: a name for the whole run; the same run has the same natively.
fn digest(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    let digest = app.store.read().run().map_err(refused)?.timeline().trace().digest();
    Ok(JsValue::from_str(&format!("{digest:016x}")))
}

/// `select(packet)`: as a click on it; without a packet nothing is selected.
fn select(app: &App, packet: &JsValue, _: &JsValue) -> Answer {
    let selection = if is_missing(packet) || packet.is_null() {
        None
    } else {
        let right = "the name of a packet of this run, or nothing";
        let packet = find_packet(app, "select: packet", packet, right)?;
        Some(app.store.read().run().map_err(refused)?.timeline().trace().packet(packet).id)
    };
    act(app, Action::Select(selection))
}

/// A packet of the present run.
pub(super) fn find_packet(
    app: &App,
    what: &str,
    name: &JsValue,
    right: &str,
) -> Result<PacketIndex, JsValue> {
    let session = app.store.read();
    let trace = session.run().map_err(refused)?.timeline().trace();
    args::one_of(what, name, |name| trace.packet_named(name), right)
}

/// Moves through the whole run: a program that goes on where a question is open gives it up.
fn playback(app: &App, playback: Playback) -> Answer {
    if app.store.read().is_beyond_veil(playback) {
        app.give_up();
    }
    act(app, Action::Playback(playback))
}

/// Does it, or says why it was refused.
pub(super) fn act(app: &App, action: Action) -> Answer {
    app.store.dispatch(action).map_err(refused)?;
    Ok(JsValue::UNDEFINED)
}

#[allow(clippy::needless_pass_by_value, reason = "so that it maps errors")]
pub(super) fn refused(refusal: Refusal) -> JsValue {
    args::error(&refusal.to_string())
}

/// Microseconds as JavaScript holds them: exactly, for the next 285 years.
#[allow(clippy::cast_precision_loss, reason = "a run ends long before 2^53 microseconds")]
const fn exact(micros: u64) -> f64 {
    micros as f64
}
