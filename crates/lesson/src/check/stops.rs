//! The stops of a lesson, looked for; their claims, and what they point at.

use tcpscope_sim::{RecordId, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Numbers, describe, duration_text};

use super::questions;
use crate::claim::{self, Runs, Scene, StopFound};
use crate::finding::{Fault, within};
use crate::lesson::{Lesson, Placed, Stop};
use crate::near::{listed, meant};
use crate::point;
use crate::stop::{self, Event, Phrase, Which};

/// Where each stop is; those that never are, are told of.
pub(super) fn stops(
    lesson: &Lesson,
    runs: &Runs,
    source: &str,
    faults: &mut Vec<Fault>,
) -> Vec<StopFound> {
    let mut found: Vec<StopFound> = Vec::new();
    for stop in &lesson.stops {
        let run = run_named(runs, stop.run.as_ref(), faults);
        run_named(runs, stop.beside.as_ref(), faults);
        let Some(run) = run else { continue };
        match find(stop, run, runs, &found) {
            Ok(here) => {
                examine(stop, &Scene::new(runs, &found, &here), source, faults);
                found.push(here);
            }
            Err(what) => faults.push(Fault::new(stop.at.at.clone(), what)),
        }
    }
    found
}

fn run_named(runs: &Runs, name: Option<&Placed<String>>, faults: &mut Vec<Fault>) -> Option<usize> {
    let Some(name) = name else { return Some(0) };
    let run = runs.named(name);
    if run.is_none() {
        let known = || runs.takes.iter().map(|take| take.id.as_str());
        let near = meant(name, known());
        let what =
            format!("there is no run `{}`{near} The runs are {}.", name.value, listed(known()));
        faults.push(Fault::new(name.at.clone(), what));
    }
    run
}

/// Looks for a stop, from the one before it in its run on.
fn find(stop: &Stop, run: usize, runs: &Runs, before: &[StopFound]) -> Result<StopFound, String> {
    let phrase: Phrase = stop::parse(&stop.at)?;
    let trace = runs.takes[run].trace();
    if trace.records().is_empty() {
        return Err("nothing happens in this run".to_owned());
    }
    let nowhere = StopFound { id: String::new(), run, record: RecordId(0), last: RecordId(0) };
    let scene = Scene::new(runs, before, &nowhere);
    let all = stop::all(&phrase.event, &scene)?;
    // A step's records have an order that nobody has to know: one looks from the beginning of the
    // step on, but not at what was a stop already.
    let last_stop = before.iter().rev().find(|stop| stop.run == run);
    let from = last_stop.map_or(0, |stop| trace.event_of(stop.record).start);
    let is_new = |record: &RecordId| {
        record.index() >= from
            && !before.iter().any(|stop| stop.run == run && stop.record == *record)
    };
    let after: Vec<RecordId> = all.iter().copied().filter(is_new).collect();
    let record = match phrase.which {
        Which::Last => after.last(),
        Which::Nth(nth) => after.get(nth - 1),
    };
    let Some(record) = record.copied() else {
        let mut said = never(&phrase, trace, &all, &after, last_stop, from);
        if all.is_empty() {
            said.push_str(&elsewhere(stop, &phrase, &scene));
        }
        return Err(said);
    };
    // At the beginning nothing has happened but the first record.
    let last = match phrase.event {
        Event::Beginning => record,
        _ => u32::try_from(trace.event_of(record).end - 1).map_or(record, RecordId),
    };
    Ok(StopFound { id: stop.id.value.clone(), run, record, last })
}

/// Why a stop is never reached, and what is reached instead.
fn never(
    phrase: &Phrase,
    trace: &Trace,
    all: &[RecordId],
    after: &[RecordId],
    last_stop: Option<&StopFound>,
    from: usize,
) -> String {
    let told = |record: &RecordId| {
        let at = trace.record(*record).at.since(Instant::ZERO);
        format!("{} {}", duration_text(at), describe(Locale::En, trace, *record, Numbers::Relative))
    };
    let list = |records: &[RecordId]| records.iter().map(told).collect::<Vec<_>>().join("\n      ");
    let since = last_stop.map_or_else(String::new, |stop| {
        let at = duration_text(trace.record(stop.last).at.since(Instant::ZERO));
        format!(" after the stop `{}` ({at})", stop.id)
    });
    let mut said = format!("this stop is never reached{since}");
    match (after, all, phrase.which) {
        ([_, ..], _, Which::Nth(nth)) => {
            said.push_str(&format!(": it happens {} times, not {nth}", after.len()));
            said.push_str(&format!("\n      {}", list(&after[after.len().saturating_sub(3)..])));
        }
        (_, [_, ..], _) => {
            let earlier = &all[all.len().saturating_sub(3)..];
            said.push_str(&format!(
                ": it happens, but before that or where a stop is already:\n      {}",
                list(earlier)
            ));
        }
        _ => {
            let next: Vec<RecordId> =
                trace.records().iter().skip(from).take(8).map(|record| record.id).collect();
            said.push_str(&format!(
                ": it never happens in this run. What happens from there on:\n      {}",
                list(&next)
            ));
        }
    }
    said
}

/// Where the same happens at another host.
fn elsewhere(stop: &Stop, phrase: &Phrase, scene: &Scene<'_>) -> String {
    let trace = scene.trace();
    for host in trace.hosts() {
        let mut event = phrase.event.clone();
        let Some(who) = event.who() else { break };
        let named = std::mem::replace(&mut who.host, host.name.clone());
        let first = stop::all(&event, scene).ok().and_then(|all| all.first().copied());
        if let Some(first) = first {
            let at = duration_text(trace.record(first).at.since(Instant::ZERO));
            let other = stop.at.trim().replacen(&named, &host.name, 1);
            return format!("\n      But `{other}` does, at {at}.");
        }
    }
    String::new()
}

/// What is said of a stop that was found.
fn examine(stop: &Stop, scene: &Scene<'_>, source: &str, faults: &mut Vec<Fault>) {
    let trace = scene.trace();
    for point in &stop.point {
        if let Err(what) = point::check(point, trace) {
            faults.push(Fault::new(point.at.clone(), what));
        }
        if (point.value == "packet" || point.starts_with("segment.")) && scene.segment().is_none() {
            let what =
                "at this stop nothing is sent and nothing arrives: there is no packet to point at";
            faults.push(Fault::new(point.at.clone(), what));
        }
    }
    for said in &stop.claims {
        let claim = match claim::parse(said) {
            Ok(claim) => claim,
            Err(wrong) => {
                faults.push(Fault::new(part(source, said, &wrong), wrong.what));
                continue;
            }
        };
        match claim.holds(scene) {
            Ok(true) => {}
            Ok(false) => {
                let values = claim.values(scene);
                let values = if values.is_empty() { values } else { format!(": {values}") };
                let what = format!("`{}` does not hold{values}", said.trim());
                faults.push(Fault::new(said.at.clone(), what));
            }
            Err(wrong) => faults.push(Fault::new(part(source, said, &wrong), wrong.what)),
        }
    }
    if let Some(last) = scene.last() {
        for asked in &stop.questions {
            questions::check(asked, trace, last, faults);
        }
    }
}

/// Where in the file the part of a claim stands that is wrong.
fn part(source: &str, said: &Placed<String>, wrong: &claim::Wrong) -> std::ops::Range<usize> {
    let text = said.get(wrong.at.clone()).filter(|text| !text.is_empty());
    text.map_or_else(|| said.at.clone(), |text| within(source, &said.at, text))
}
