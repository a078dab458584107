//! The lines of a script: which fields go with which call.

use alloc::borrow::ToOwned;

use bytes::Bytes;
use tcpscope_sim::{AppCall, Step, Wait, Want};
use tcpscope_tcp::{Duration, Instant, State};

use super::pattern::pattern;
use super::{fields, words};
use crate::error::quoted;
use crate::reader::{Object, Reader, Wrong};
use crate::{MAX_SENT_OCTETS, Misuse, Problem};

/// One line; `sent` counts the octets that all lines up to it send.
pub(super) fn step(line: &Reader<'_>, sent: &mut u64) -> Result<Step, Wrong> {
    let line = &line.object(&fields::STEP)?;
    let wait = match line.field("when") {
        Some(when) => wait(&when)?,
        None => Wait::Nothing,
    };
    let call = match line.required("call")?.one_of(&words::CALL)? {
        0 => {
            has_none(line, "open", &["text", "octets", "all"])?;
            let mode =
                line.field("mode").ok_or_else(|| needs(line, "open", "mode, active or passive"))?;
            AppCall::Open { active: mode.one_of(&words::MODE)? == 0 }
        }
        1 => {
            has_none(line, "send", &["mode", "all"])?;
            AppCall::Send(send(line, sent)?)
        }
        2 => {
            has_none(line, "receive", &["mode", "text"])?;
            AppCall::Receive(want(line)?)
        }
        3 => {
            has_none(line, "close", &["mode", "text", "octets", "all"])?;
            AppCall::Close
        }
        _ => {
            has_none(line, "abort", &["mode", "text", "octets", "all"])?;
            AppCall::Abort
        }
    };
    Ok(Step { wait, call })
}

fn send(line: &Object<'_>, sent: &mut u64) -> Result<Bytes, Wrong> {
    let left = MAX_SENT_OCTETS - *sent;
    let (octets, data) = match (line.field("text"), line.field("octets")) {
        (Some(text), None) => {
            let text = text.text()?;
            let octets = u64::try_from(text.len()).unwrap_or(u64::MAX);
            if !(1..=left).contains(&octets) {
                let problem = Problem::TextLength { octets, at_most: left };
                return Err(line.wrong_at("text", problem));
            }
            (octets, Bytes::from(text.to_owned()))
        }
        (None, Some(octets)) => {
            let octets = octets.number(1, left)?;
            (octets, pattern(usize::try_from(octets).unwrap_or(0)))
        }
        (Some(_), Some(_)) => return Err(has_no(line, "send with text", "octets")),
        (None, None) => return Err(needs(line, "send", "text or octets")),
    };
    *sent += octets;
    Ok(data)
}

fn want(line: &Object<'_>) -> Result<Want, Wrong> {
    match (line.field("octets"), line.field("all")) {
        (Some(octets), None) => Ok(Want::Octets(octets.number(1, MAX_SENT_OCTETS)?)),
        (None, Some(all)) if all.flag()? => Ok(Want::All),
        (Some(_), Some(_)) => Err(has_no(line, "receive with octets", "all")),
        (None, Some(_) | None) => Err(needs(line, "receive", "octets, or all with true")),
    }
}

fn wait(when: &Reader<'_>) -> Result<Wait, Wrong> {
    const KNOWN: [&str; 6] = [
        "connected",
        "peer-closed",
        "acknowledged",
        r#"{"until_us": 0}"#,
        r#"{"after_us": 0}"#,
        r#"{"state": "ESTABLISHED"}"#,
    ];
    if !when.is_object() {
        return match when.one_of(&KNOWN)? {
            0 => Ok(Wait::Connected),
            1 => Ok(Wait::PeerClosed),
            2 => Ok(Wait::Acknowledged),
            // An object in quotes.
            _ => Err(when.none_of(&KNOWN)),
        };
    }
    let fields = when.object(&["until_us", "after_us", "state"])?;
    match (fields.field("until_us"), fields.field("after_us"), fields.field("state")) {
        (Some(us), None, None) => Ok(Wait::Until(Instant::from_micros(us.number(0, u64::MAX)?))),
        (None, Some(us), None) => Ok(Wait::For(Duration::from_micros(us.number(0, u64::MAX)?))),
        (None, None, Some(name)) => state(&name),
        _ => Err(when.none_of(&KNOWN)),
    }
}

fn state(name: &Reader<'_>) -> Result<Wait, Wrong> {
    let text = name.text()?;
    for state in State::ALL {
        if state.name() == text {
            return Ok(Wait::State(state));
        }
    }
    Err(name.wrong(Problem::UnknownState { text: quoted(text) }))
}

/// Checks that a call is not given what it does not take.
pub(super) fn has_none(
    object: &Object<'_>,
    what: &'static str,
    fields: &[&'static str],
) -> Result<(), Wrong> {
    for field in fields {
        if object.has(field) {
            return Err(has_no(object, what, field));
        }
    }
    Ok(())
}

fn has_no(object: &Object<'_>, what: &'static str, field: &'static str) -> Wrong {
    object.wrong_at(field, Problem::Misuse(Misuse::HasNo { what, field }))
}

pub(super) fn needs(object: &Object<'_>, what: &'static str, field: &'static str) -> Wrong {
    object.wrong(Problem::Misuse(Misuse::Needs { what, field }))
}
