//! Changing the run: `intervene`, and the list of edits as links write it.

use js_sys::{Array, Object};
use tcpscope_scenario::LinkEdit;
use tcpscope_sim::{Edit, Intervention, Packet};
use tcpscope_tcp::{Duration, Instant};
use wasm_bindgen::JsValue;

use super::args::{self, is_missing};
use super::calls::{Answer, act, find_packet, refused};
use crate::app::App;
use crate::store::{Action, Rearrange};

/// How much later than the first a copy comes, unless it is said.
const COPY_LATER: Duration = Duration::from_millis(1);
/// For how long a packet is held at the end of its way, unless it is said until when.
const HELD_FOR: Duration = Duration::from_secs(1);

/// What can be done to a packet.
#[derive(Clone, Copy)]
enum Kind {
    Drop,
    Delay,
    Duplicate,
    Corrupt,
    Hold,
}

/// `intervene(what)`: something is done to one packet, in the past or in the future.
pub(super) fn intervene(app: &App, what: &JsValue, _: &JsValue) -> Answer {
    let right = "an object, as in { kind: \"drop\", packet: \"client:syn:0\" }";
    let what = args::object("intervene: what", what, right)?;
    let kinds = "\"drop\", \"delay\", \"duplicate\", \"corrupt\" or \"hold\"";
    let kind = args::one_of("intervene: kind", &args::member(&what, "kind")?, kind, kinds)?;
    let named = args::member(&what, "packet")?;
    let right = "the name of a packet of this run, as in state().in_flight and trace()";
    let packet = find_packet(app, "intervene: packet", &named, right)?;
    let intervention = {
        let session = app.store.read();
        done_to(kind, session.run().map_err(refused)?.trace().packet(packet), &what)?
    };
    act(app, Action::Edit(Edit::Packet(intervention)))
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "drop" => Kind::Drop,
        "delay" => Kind::Delay,
        "duplicate" => Kind::Duplicate,
        "corrupt" => Kind::Corrupt,
        "hold" => Kind::Hold,
        _ => return None,
    })
}

fn done_to(kind: Kind, sent: &Packet, what: &Object) -> Result<Intervention, JsValue> {
    let packet = sent.id;
    Ok(match kind {
        Kind::Drop => Intervention::Drop(packet),
        Kind::Delay => {
            let by = args::natural("intervene: by_us", &args::member(what, "by_us")?)?;
            Intervention::Delay { packet, by: Duration::from_micros(by) }
        }
        Kind::Duplicate => {
            let by = optional(what, "by_us", "intervene: by_us")?;
            Intervention::Duplicate { packet, by: by.map_or(COPY_LATER, Duration::from_micros) }
        }
        Kind::Corrupt => {
            let bits = 8 * sent.octets();
            let member = args::member(what, "bit")?;
            let bit = if is_missing(&member) {
                sent.bit_to_flip()
            } else {
                let bit = args::natural("intervene: bit", &member).ok();
                let bit = bit.and_then(|bit| u32::try_from(bit).ok()).filter(|bit| *bit < bits);
                let right = format!("a bit of the packet, a whole number from 0 to {}", bits - 1);
                bit.ok_or_else(|| args::wrong("intervene: bit", &member, &right))?
            };
            Intervention::Corrupt { packet, bit }
        }
        Kind::Hold => {
            let until = optional(what, "until_us", "intervene: until_us")?;
            let until = until.map_or(sent.ends + HELD_FOR, Instant::from_micros);
            Intervention::Hold { packet, until }
        }
    })
}

/// A whole number that may be left out.
fn optional(what: &Object, name: &str, called: &str) -> Result<Option<u64>, JsValue> {
    let member = args::member(what, name)?;
    if is_missing(&member) { Ok(None) } else { args::natural(called, &member).map(Some) }
}

/// `edits()`: the list of edits, each as it stands in a link.
pub(super) fn edits(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    let session = app.store.read();
    let run = session.run().map_err(refused)?;
    let texts = run.timeline().edits().iter().map(|edit| JsValue::from(run.edit_text(edit)));
    Ok(texts.collect::<Array>().into())
}

/// `edit(text)`: one edit more, as it stands in a link.
pub(super) fn edit(app: &App, text: &JsValue, _: &JsValue) -> Answer {
    let edit = edit_from(app, "edit: text", text)?;
    act(app, Action::Edit(edit))
}

/// `replace_edit(i, text)`: another edit in the place of one.
pub(super) fn replace_edit(app: &App, place: &JsValue, text: &JsValue) -> Answer {
    let place = edit_place(app, "replace_edit: i", place)?;
    let edit = edit_from(app, "replace_edit: text", text)?;
    act(app, Action::Rearrange(Rearrange::Replace(place, edit)))
}

/// `remove_edit(i)`.
pub(super) fn remove_edit(app: &App, place: &JsValue, _: &JsValue) -> Answer {
    let place = edit_place(app, "remove_edit: i", place)?;
    act(app, Action::Rearrange(Rearrange::Remove(place)))
}

/// `move_edit(from, to)`.
pub(super) fn move_edit(app: &App, from: &JsValue, to: &JsValue) -> Answer {
    let from = edit_place(app, "move_edit: from", from)?;
    let to = edit_place(app, "move_edit: to", to)?;
    act(app, Action::Rearrange(Rearrange::Move { from, to }))
}

/// `clear_edits()`: the run as its scenario has it.
pub(super) fn clear_edits(app: &App, _: &JsValue, _: &JsValue) -> Answer {
    act(app, Action::Rearrange(Rearrange::Clear))
}

fn edit_from(app: &App, what: &str, value: &JsValue) -> Result<Edit, JsValue> {
    let text = args::text(what, value, "an edit as a link has it, as in \"drop,client:syn:0\"")?;
    let session = app.store.read();
    let setup = session.run().map_err(refused)?.timeline().setup();
    let edit = LinkEdit::from_text(&text).and_then(|edit| edit.resolve(setup));
    edit.map_err(|error| args::error(&format!("{what}: {error}")))
}

/// A place in the list, counted from 0.
fn edit_place(app: &App, what: &str, value: &JsValue) -> Result<usize, JsValue> {
    let session = app.store.read();
    let edits = session.run().map_err(refused)?.timeline().edits().len();
    let place = args::natural(what, value).ok().and_then(|place| usize::try_from(place).ok());
    place.filter(|place| *place < edits).ok_or_else(|| {
        let right = match edits {
            0 => "the place of an edit, but there are no edits".to_owned(),
            edits => format!("the place of an edit, from 0 to {}", edits - 1),
        };
        args::wrong(what, value, &right)
    })
}
