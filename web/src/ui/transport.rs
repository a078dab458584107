//! Playback: to start, back, play, on, to end; the scrubber; the time; the speed.

use std::rc::Rc;

use tcpscope_sim::{Record, RecordKind, Trace};
use tcpscope_tcp::Instant;

use super::command::Command;
use super::element::{El, classed, el, whole};
use super::icons::{self, button, icon, icon_button};
use super::picture::{Picture, time};
use super::seek::seek;
use super::topbar::picker;
use crate::store::{Layout, Run, SPEEDS};

/// The bar under the ladder.
pub(super) fn transport(picture: &Picture<'_>) -> El {
    let words = &picture.messages.transport;
    let all = time(picture.trace.duration());
    // The player writes the present time there, with every frame.
    let now = el("span").set("id", "clock");
    let readout = classed("div", "readout num")
        .set("aria-hidden", "true")
        .add(now)
        .add(classed("span", "of").text(format!(" / {all}")));
    // On a phone there is no room for it here: it stands above the log.
    let beside = picture.session.shell.layout != Layout::Phone;
    el("div")
        .set("id", "transport")
        .set("class", "transport")
        .set("role", "group")
        .set("aria-label", words.label)
        .set("tabindex", "-1")
        .add(buttons(picture))
        .add(classed("div", "scrubber").raw(picture.run.ticks(ticks)).add(range(picture, &all)))
        .add(readout)
        .maybe(beside.then(|| seek(picture)))
        .add(speed_picker(picture))
}

/// A time in seconds, always as wide: `0.150 000 s`.
pub(crate) fn clock(at: Instant) -> String {
    let us = at.as_micros();
    format!("{}.{:03} {:03} s", us / 1_000_000, us / 1000 % 1000, us % 1000)
}

fn buttons(picture: &Picture<'_>) -> El {
    let words = &picture.messages.transport;
    let run = picture.run;
    let (at_start, at_end) = (picture.moment == run.first_moment(), run.is_at_end());
    let (path, name) = if picture.session.playing {
        (icons::PAUSE, words.pause)
    } else if at_end {
        (icons::PLAY, words.replay)
    } else {
        (icons::PLAY, words.play)
    };
    let play = button("icon play", Command::Play)
        .set("aria-label", name)
        .write("title", format!("{name} (Space)"))
        .add(icon(path));
    let at = |path, name, keys, command, there: bool| {
        icon_button(path, name, keys, command).when(there, "disabled", "")
    };
    classed("span", "buttons")
        .add(at(icons::TO_START, words.to_start, "Home", Command::ToStart, at_start))
        .add(at(icons::STEP_BACK, words.step_back, "←", Command::StepBack, at_start))
        .add(play)
        .add(at(icons::STEP_ON, words.step_on, "→", Command::StepOn, at_end))
        .add(at(icons::TO_END, words.to_end, "End", Command::ToEnd, at_end))
}

fn range(picture: &Picture<'_>, all: &str) -> El {
    let words = &picture.messages.transport;
    let (first, last) = picture.run.ends();
    let playhead = picture.run.playhead();
    el("input")
        .set("id", "scrubber")
        .set("type", "range")
        .set("step", "0.1")
        .px("min", first)
        .px("max", last)
        .set("aria-label", words.scrub)
        .write("aria-valuetext", words.position.fill([&time(picture.moment.at), all]))
        .value(super::tenths(playhead.y))
}

fn speed_picker(picture: &Picture<'_>) -> El {
    let words = &picture.messages.transport;
    let speed = picture.session.speed;
    let known = SPEEDS.iter().find(|(known, _)| (known - speed).abs() < 1e-9);
    let mut options = Vec::new();
    let name = known.map_or_else(|| hundredths(speed), |(_, name)| (*name).to_owned());
    if known.is_none() {
        options.push((name.clone(), words.speed_value.fill([&name])));
    }
    for (_, name) in SPEEDS {
        options.push((name.to_owned(), words.speed_value.fill([name])));
    }
    let select = picker("speed", options, &name);
    classed("label", "field").add(classed("span", "sr").say(words.speed)).add(select)
}

fn hundredths(speed: f64) -> String {
    let hundredths = whole(speed * 100.0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// What is marked at the scrubber, and how far down a mark begins.
const TICKS: [(&str, &str); 3] = [("state", "0.76"), ("again", "0.62"), ("loss", "0.62")];

/// Where something worth going to happens: losses, retransmissions, changes of state. A path for
/// each kind: an edit changes most of them, and a hundred lines would come and go.
fn ticks(run: &Run) -> Rc<str> {
    let (first, last) = run.ends();
    let (axis, trace) = (run.ladder().axis(), run.trace());
    let mut paths = [const { String::new() }; TICKS.len()];
    let mut before = Default::default();
    for record in trace.records() {
        let Some(mark) = worth_a_tick(trace, record) else { continue };
        let y = axis.playhead(trace.moment_of(record.id)).y;
        let x = super::tenths((y - first) / (last - first).max(1.0) * 1000.0);
        let tick = (mark, x);
        // In a long run many stand at one place.
        if tick == before {
            continue;
        }
        let parts = ["M", &tick.1, " ", TICKS[mark].1, "V0.98"];
        parts.into_iter().for_each(|part| paths[mark].push_str(part));
        before = tick;
    }
    let mut ticks = String::from(
        "<svg class=\"ticks\" viewBox=\"0 0 1000 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
    );
    for ((mark, _), path) in TICKS.into_iter().zip(&paths) {
        let parts = ["<path class=\"tick\" data-mark=\"", mark, "\" d=\"", path, "\"/>"];
        parts.into_iter().for_each(|part| ticks.push_str(part));
    }
    ticks.push_str("</svg>");
    ticks.into()
}

/// As which kind of tick a record is marked.
fn worth_a_tick(trace: &Trace, record: &Record) -> Option<usize> {
    match record.kind {
        RecordKind::Lost { .. } => Some(2),
        RecordKind::Transmit { packet } if trace.packet(packet).retransmission => Some(1),
        RecordKind::Transition { .. } => Some(0),
        RecordKind::Transmit { .. }
        | RecordKind::Call { .. }
        | RecordKind::Arrive { .. }
        | RecordKind::Timer { .. }
        | RecordKind::Deliver { .. }
        | RecordKind::Notify(_)
        | RecordKind::Impaired { .. }
        | RecordKind::Copy { .. }
        | RecordKind::Icmp { .. }
        | RecordKind::ReassemblyTimeout { .. }
        | RecordKind::LinkChanged { .. }
        | RecordKind::Act(_)
        | RecordKind::Intervention { .. } => None,
    }
}
