//! The stage: who is at either side, the ladder's canvas, and the menu of a segment.

use tcpscope_sim::{Fate, HostId, PacketIndex};
use tcpscope_tcp::Duration;
use tcpscope_view::{Detail, duration_text, segment_label};

use super::command::{Command, DELAYS};
use super::element::{El, classed, el};
use super::icons::{self, button, icon};
use super::network::network;
use super::panels::{chip, endpoint};
use super::picture::Picture;
use crate::store::Layout;

/// The stage.
pub(super) fn stage(picture: &Picture<'_>) -> El {
    let words = &picture.messages.ladder;
    let canvas = el("canvas")
        .set("role", "img")
        .write("aria-label", format!("{}. {}", words.label, words.help));
    let shell = &picture.session.shell;
    let menu = shell.menu.and(picture.session.selected()).map(|packet| menu(picture, packet));
    let follow = (!shell.follows).then(|| {
        button("button follow", Command::Follow)
            .add(icon(icons::FOLLOW))
            .add(el("span").say(picture.messages.drawer.follow))
    });
    el("section")
        .set("id", "stage")
        .set("class", "stage")
        .set("tabindex", "-1")
        .set("aria-label", picture.messages.landmark.stage)
        .add(head(picture))
        .add(classed("div", "stage-view").add(canvas).maybe(menu).maybe(follow))
}

/// Who is at either side. Where an endpoint has no panel of its own, it is summed up here.
fn head(picture: &Picture<'_>) -> El {
    classed("div", "stage-head")
        .add(host(picture, HostId(0)))
        .add(network(picture))
        .add(host(picture, HostId(1)))
}

fn host(picture: &Picture<'_>, host: HostId) -> El {
    let name = el("b").text(picture.title(host));
    match picture.session.shell.layout {
        Layout::Desk => {
            let address = picture.trace.host(host).address.to_string();
            classed("div", "stage-host").add(name).add(classed("span", "num").text(address))
        }
        // What opens may be of another host than the one at this side: it says whose it is.
        Layout::Tablet => {
            let end = picture.end(host.index());
            let name = el("b").text(picture.title(end.host()));
            let state = chip(end.status(picture.record).state);
            classed("details", "stage-host folded menu")
                .add(el("summary").add(name).add(state))
                .add(classed("div", "side").add(endpoint(picture, host.index())))
        }
        Layout::Phone => {
            let state = chip(picture.trace.status(host, picture.record).state);
            classed("div", "stage-host short").add(name).add(state)
        }
    }
}

/// What can be done to a segment: drop it, delay it, look inside.
fn menu(picture: &Picture<'_>, packet: PacketIndex) -> El {
    let words = &picture.messages.packet;
    let item =
        |path, name, command| button("item", command).add(icon(path)).add(el("span").say(name));
    let key = |key| el("kbd").set("aria-hidden", "true").say(key);
    let mut delays = classed("span", "delays");
    for by in DELAYS {
        delays = delays.add(delay_button(by));
    }
    let title =
        classed("span", "item-title").add(icon(icons::DELAY)).add(el("span").say(words.delay_by));
    let delay = el("div").set("role", "group").set("aria-label", words.delay).add(title);
    let undo = picture
        .run
        .timeline()
        .can_undo()
        .then(|| item(icons::UNDO, picture.messages.edits.undo, Command::Undo).add(key("U")));
    let label = segment_label(picture.trace, packet, picture.numbers, Detail::Short);
    el("div")
        .set("id", "packet-menu")
        .set("class", "packet-menu")
        .set("role", "dialog")
        .set("aria-label", words.menu)
        .set("tabindex", "-1")
        .add(el("h2").text(label))
        .add(el("p").text(route(picture, packet)))
        .add(item(icons::DROP, words.drop, Command::Drop).add(key("D")))
        .add(delay.add(delays))
        .add(item(icons::INSPECT, words.inspect, Command::Inspect))
        .maybe(undo)
}

fn delay_button(by: Duration) -> El {
    button("button num", Command::Delay(by)).text(format!("+{}", duration_text(by)))
}

/// Who sends it to whom, and what becomes of it.
fn route(picture: &Picture<'_>, packet: PacketIndex) -> String {
    let words = &picture.messages.packet;
    let packet = picture.trace.packet(packet);
    let (from, to) = (picture.title(packet.id.from), picture.title(packet.to));
    let fate = match packet.fate {
        Fate::Delivered => words.delivered,
        Fate::Corrupted => words.corrupted,
        Fate::Duplicate => words.duplicate,
        Fate::Lost => words.lost,
        Fate::Dropped => words.dropped,
    };
    let again = if packet.retransmission { words.retransmission } else { "" };
    let separator = if again.is_empty() { "" } else { " · " };
    format!("{from} → {to} · {fate}{separator}{again}")
}
