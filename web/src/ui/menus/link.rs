//! What a link does, as knobs: each a slider and a number, with live effect.

use tcpscope_sim::{HostId, LinkSetup, QueueLimit};
use tcpscope_tcp::{Duration, Instant};

use super::{Hand, item, sheet};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons;
use crate::ui::picture::{Picture, time};
use crate::ui::topbar::picker;

/// The menu of a link; none for one that is not there.
pub(super) fn menu(picture: &Picture<'_>, place: usize) -> Option<El> {
    let words = &picture.messages.hand;
    let way = way(picture, place);
    let since = if picture.session.shell.since_start { Instant::ZERO } else { picture.moment.at };
    let link = picture.run.timeline().link_at(place, since)?;
    let label = words.link_menu.fill([&way]);
    let now = words.now.fill([&time(picture.moment.at)]);
    let (path, name, hand) = if link.up {
        (icons::UNPLUG, words.pull, Hand::Pull(place))
    } else {
        (icons::PLUG, words.plug, Hand::Plug(place))
    };
    let since = vec![
        ("start".to_owned(), words.since_start.to_owned()),
        ("now".to_owned(), words.since_now.fill([&time(picture.moment.at)])),
    ];
    let chosen = if picture.session.shell.since_start { "start" } else { "now" };
    let since = classed("label", "since")
        .add(el("span").say(words.since))
        .add(picker("since", since, chosen));
    let menu = sheet("link-menu", label, way.clone(), now)
        .add(item(path, name, Command::Hand(hand)))
        .add(since);
    Some(menu.add(knobs(picture, &link, &way)))
}

/// Where a link begins and where it ends.
pub(super) fn way(picture: &Picture<'_>, place: usize) -> String {
    let setup = picture.run.timeline().setup();
    let name = |place: HostId| {
        if place.index() < setup.hosts.len() {
            picture.title(place)
        } else {
            setup.routers.get(place.index() - setup.hosts.len()).cloned().unwrap_or_default()
        }
    };
    let Some(link) = setup.links.get(place) else { return String::new() };
    picture.messages.link.direction.fill([&name(link.from), &name(link.to)])
}

/// A figure of a link.
struct Knob {
    id: &'static str,
    slider: &'static str,
    name: &'static str,
    unit: &'static str,
    value: String,
    /// Whether it can be turned.
    possible: bool,
    /// The slider's end and step; none: a number alone.
    range: Option<(&'static str, &'static str)>,
}

fn knobs(picture: &Picture<'_>, link: &LinkSetup, way: &str) -> El {
    let (words, old) = (&picture.messages.hand, &picture.messages.link);
    let ms = |span: Duration| decimal(span.as_micros(), 1000);
    let share = |ppm: u32| decimal(ppm.into(), 10_000);
    let (jitter, reorder) = (link.jitter, link.reorder);
    let knob = |id, slider, name, unit, value, range| {
        let possible = id != "knob-reorder-by" || reorder.is_some();
        Knob { id, slider, name, unit, value, possible, range }
    };
    let (ms_unit, percent) = (old.milliseconds, old.percent);
    let jitter_ms = jitter.map_or(Duration::ZERO, |jitter| jitter.up_to);
    let held = reorder.map_or(0, |reorder| reorder.ppm);
    let held_for = reorder.map_or(Duration::from_millis(10), |reorder| reorder.by);
    let queue = match link.queue.limit {
        Some(QueueLimit::Packets(most)) => most,
        Some(QueueLimit::Octets(_)) | None => 0,
    };
    let small = Some(("20", "0.1"));
    let box_of = |id, name, on: bool, possible: bool| check(id, name, on, possible);
    let all = [
        knob("knob-delay", "slide-delay", old.delay, ms_unit, ms(link.delay), Some(("500", "1"))),
        knob(
            "knob-jitter",
            "slide-jitter",
            words.jitter,
            ms_unit,
            ms(jitter_ms),
            Some(("200", "1")),
        ),
        knob("knob-loss", "slide-loss", old.loss, percent, share(link.loss_ppm), small),
        knob(
            "knob-duplicate",
            "slide-duplicate",
            words.duplication,
            percent,
            share(link.duplicate_ppm),
            small,
        ),
        knob("knob-reorder", "slide-reorder", words.reordering, percent, share(held), small),
        knob(
            "knob-reorder-by",
            "slide-reorder-by",
            words.reordering_by,
            ms_unit,
            ms(held_for),
            Some(("200", "1")),
        ),
        knob(
            "knob-corrupt",
            "slide-corrupt",
            words.corruption,
            percent,
            share(link.corrupt_ppm),
            small,
        ),
        knob("knob-mark", "slide-mark", words.marking, percent, share(link.mark_ppm), small),
        knob(
            "knob-rate",
            "slide-rate",
            words.rate,
            words.kilobits,
            decimal(link.rate_bps.unwrap_or(0), 1000),
            Some(("10000", "50")),
        ),
        knob("knob-queue", "slide-queue", words.queue, words.packets, queue.to_string(), None),
        knob(
            "knob-mtu",
            "slide-mtu",
            words.mtu,
            picture.messages.hand.octets,
            link.mtu.map_or(0, |mtu| mtu.octets).to_string(),
            None,
        ),
    ];
    let mut set = classed("div", "knobs");
    for knob in all {
        let (id, none) = (knob.id, knob.range.is_none());
        let hint = if none || id == "knob-rate" { words.no_rate } else { "" };
        set = set.add(knob.put(way, hint));
        set = set.maybe(match id {
            "knob-jitter" => Some(box_of(
                "knob-overtaking",
                words.overtaking,
                jitter.is_some_and(|jitter| jitter.overtaking),
                jitter.is_some(),
            )),
            "knob-queue" => {
                Some(box_of("knob-codel", words.codel, link.queue.codel.is_some(), true))
            }
            "knob-mtu" => Some(box_of(
                "knob-fragments",
                words.fragments,
                link.mtu.is_some_and(|mtu| mtu.fragments),
                link.mtu.is_some(),
            )),
            _ => None,
        });
    }
    set
}

fn check(id: &'static str, name: &'static str, on: bool, possible: bool) -> El {
    let input = el("input")
        .set("id", id)
        .set("type", "checkbox")
        .checked(on)
        .when(!possible, "disabled", "");
    classed("label", "check").add(input).say(name)
}

impl Knob {
    fn put(self, way: &str, hint: &'static str) -> El {
        let Self { id, slider, name, unit, value, possible, range } = self;
        let label = format!("{way}: {name}");
        let input = |id, kind| {
            el("input")
                .set("id", id)
                .set("type", kind)
                .set("min", "0")
                .when(!possible, "disabled", "")
                .write("aria-label", label.clone())
        };
        let slider = range.map(|(max, step)| {
            input(slider, "range")
                .set("max", max)
                .set("step", step)
                .write("aria-valuetext", format!("{value} {unit}"))
                .value(value.clone())
        });
        let number = input(id, "number").set("step", "any").value(value.clone());
        classed("div", "knob")
            .when(!hint.is_empty(), "title", hint)
            .add(el("label").set("for", id).say(name))
            .maybe(slider)
            .add(number)
            .add(classed("span", "unit").say(unit))
    }
}

/// So many parts of a unit as a decimal number.
pub(in crate::ui) fn decimal(parts: u64, unit: u64) -> String {
    let (whole, rest) = (parts / unit, parts % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let mut digits = (unit + rest).to_string();
    digits.truncate(digits.trim_end_matches('0').len());
    format!("{whole}.{}", digits.get(1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn parts_are_written_as_decimals() {
        let cases =
            [(0, 1000, "0"), (30_000, 1000, "30"), (1_250, 1000, "1.25"), (7, 10_000, "0.0007")];
        for (parts, unit, text) in cases {
            assert_eq!(decimal(parts, unit), text);
        }
    }
}
