//! What the links do: delay and loss, each way.

use tcpscope_sim::{HostId, LinkSetup};
use tcpscope_view::{duration_text, percent_text};

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon};
use super::menus::{Hand, decimal};
use super::picture::Picture;

/// The network between the hosts, in a line; it opens to its controls.
pub(super) fn network(picture: &Picture<'_>) -> El {
    let words = &picture.messages.link;
    let mut summary = classed("span", "network-summary");
    let mut sheet = classed("div", "sheet network");
    for host in picture.run.hosts() {
        if let Some(link) = picture.run.timeline().link(host) {
            summary = summary.add(el("span").text(in_short(link)));
            // Shut, it is not put together: the first picture does without.
            sheet = sheet.maybe(picture.session.shell.network.then(|| direction(picture, link)));
        }
    }
    let button = classed("summary", "button")
        .set("title", words.label)
        .add(icon(icons::SETTINGS))
        .add(classed("span", "sr").say(words.label))
        .add(summary);
    classed("details", "menu network-menu").add(button).add(sheet)
}

/// `→ 50 ms · 0%`.
fn in_short(link: &LinkSetup) -> String {
    let arrow = if link.from == HostId(0) { "→" } else { "←" };
    format!("{arrow} {} · {}", duration_text(link.delay), percent_text(link.loss_ppm))
}

fn direction(picture: &Picture<'_>, link: &LinkSetup) -> El {
    let words = &picture.messages.link;
    let legend = words.direction.fill([&picture.title(link.from), &picture.title(link.to)]);
    let first = link.from == HostId(0);
    let delay = Knob {
        ids: if first { ("delay-0", "delay-0-number") } else { ("delay-1", "delay-1-number") },
        name: words.delay,
        hint: words.delay_hint,
        unit: words.milliseconds,
        value: decimal(link.delay.as_micros(), 1000),
        max: "500",
        step: "1",
    };
    let loss = Knob {
        ids: if first { ("loss-0", "loss-0-number") } else { ("loss-1", "loss-1-number") },
        name: words.loss,
        hint: words.loss_hint,
        unit: words.percent,
        value: decimal(link.loss_ppm.into(), 10_000),
        max: "100",
        step: "0.1",
    };
    let set = el("fieldset").add(el("legend").text(legend.clone()));
    let mut links = picture.run.timeline().setup().links.iter();
    let place = links.position(|other| (other.from, other.to) == (link.from, link.to));
    let more = place.map(|place| {
        button("button", Command::Hand(Hand::Link(place)))
            .set("aria-haspopup", "dialog")
            .text(picture.messages.hand.more.fill([&legend]))
    });
    loss.put(delay.put(set, &legend), &legend).maybe(more)
}

/// A figure of a link, as a slider and as a number.
struct Knob {
    ids: (&'static str, &'static str),
    name: &'static str,
    hint: &'static str,
    unit: &'static str,
    value: String,
    max: &'static str,
    step: &'static str,
}

impl Knob {
    fn put(self, set: El, direction: &str) -> El {
        let Self { ids, name, hint, unit, value, max, step } = self;
        let label = format!("{direction}: {name}");
        let input = |id, kind, step| {
            el("input")
                .set("id", id)
                .set("type", kind)
                .set("min", "0")
                .set("step", step)
                .write("aria-label", label.clone())
        };
        let slider = input(ids.0, "range", step)
            .set("max", max)
            .write("aria-valuetext", format!("{value} {unit}"))
            .value(value.clone());
        let number = input(ids.1, "number", "any").value(value);
        set.add(el("label").set("for", ids.0).set("title", hint).say(name))
            .add(slider)
            .add(number)
            .add(classed("span", "unit").say(unit))
    }
}
