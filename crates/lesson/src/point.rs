//! What the figure is led to at a stop.

use tcpscope_sim::Trace;
use tcpscope_tcp::Timer;
use tcpscope_view::PlotKind;

use crate::claim::{SEGMENT_FIELDS, VARIABLES};
use crate::near::{listed, meant};
use crate::stop;

/// What else of a host can be pointed at, and what it is.
pub(crate) const OF_A_HOST: [(&str, &str); 4] = [
    ("send-window", "the ribbon of what it has sent, may send and may not"),
    ("receive-window", "the ribbon of what it has received and expects"),
    ("application", "the script of its application, at the line where it stands"),
    ("queues", "what its listener keeps: half-open connections and those not yet accepted"),
];

/// What stands alone, and what it is.
pub(crate) const ALONE: [(&str, &str); 8] = [
    ("packet", "the segment that the stop is about: its arrow, and the packet under way"),
    ("ladder", "the figure as a whole"),
    ("diagram", "the state diagram"),
    ("header", "the header of the stop's segment, bit by bit"),
    ("octets", "the octets of the stop's segment"),
    ("envelopes", "the segment within its packet within its frame"),
    ("checksum", "the checksum of the stop's segment, step by step"),
    ("log", "the row of the log, with its reasons"),
];

/// Checks a target against a run.
///
/// # Errors
/// What is wrong, and what would be right.
pub(crate) fn check(text: &str, trace: &Trace) -> Result<(), String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["packet", name] => {
            return trace
                .packet_named(name)
                .map(|_| ())
                .ok_or_else(|| stop::no_packet(trace, name));
        }
        ["link", host] => return stop::find_host(trace, host).map(|_| ()),
        ["plot", kind] => {
            let known = || PlotKind::ALL.into_iter().map(PlotKind::name);
            return known().find(|known| *known == kind).map(|_| ()).ok_or_else(|| {
                let near = meant(kind, known());
                format!("there is no plot `{kind}`{near} The plots are {}.", listed(known()))
            });
        }
        [alone] if ALONE.iter().any(|(name, _)| *name == alone) => return Ok(()),
        [_] => {}
        _ => return Err(unknown(text)),
    }
    if let Some((host, timer)) = text.strip_prefix("timer.").and_then(|rest| rest.split_once('.')) {
        return Err(format!("a timer has its host before it: {host}.timer.{timer}"));
    }
    if let Some(field) = text.strip_prefix("segment.") {
        let known = || SEGMENT_FIELDS.iter().map(|(name, _)| *name);
        return known().find(|known| *known == field).map(|_| ()).ok_or_else(|| {
            let near = meant(field, known());
            format!("a segment has no field `{field}`{near} The fields are {}.", listed(known()))
        });
    }
    let (host, field) = text.split_once('.').unwrap_or((text, ""));
    let who = stop::who(host)?;
    if let Err(wrong) = stop::whose(trace, &who) {
        return Err(if field.is_empty() { unknown(text) } else { wrong });
    }
    let timer = field.strip_prefix("timer.");
    let known = || {
        let timers = Timer::ALL.into_iter().map(|timer| format!("timer.{}", timer.name()));
        let names = VARIABLES.iter().map(|it| it.name).chain(OF_A_HOST.iter().map(|it| it.0));
        names.map(str::to_owned).chain(timers)
    };
    let is_known = field.is_empty()
        || timer.is_some_and(|name| Timer::ALL.into_iter().any(|timer| timer.name() == name))
        || known().any(|name| name == field);
    if is_known {
        return Ok(());
    }
    let names: Vec<String> = known().collect();
    let near = meant(field, names.iter().map(String::as_str));
    Err(format!("nothing of {host} is called `{field}`{near}"))
}

fn unknown(text: &str) -> String {
    let near = meant(text, ALONE.iter().map(|(name, _)| *name));
    format!(
        "`{text}` is nothing to point at{near} There are HOST, HOST.state and other variables, \
         HOST.timer.NAME, HOST.send-window, segment.FIELD, packet NAME, link HOST, plot NAME, {}.",
        listed(ALONE.iter().map(|(name, _)| *name))
    )
}
