//! The stage: who is at either side, the ladder's canvas, and what is laid over it.

use tcpscope_sim::HostId;

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon};
use super::menus::{Hand, menu};
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
        .add(classed("div", "stage-view").add(canvas).maybe(menu(picture)).maybe(follow))
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
    let about = picture.messages.hand.host_menu.fill([&picture.title(host)]);
    let more = button("icon more", Command::Hand(Hand::Host(host.index())))
        .write("aria-label", about.clone())
        .write("title", about)
        .set("aria-haspopup", "dialog")
        .add(icon(icons::MORE));
    let state = || chip(picture.trace.status(host, picture.record).state);
    match picture.session.shell.layout {
        Layout::Desk => {
            let address = picture.trace.host(host).address.to_string();
            classed("div", "stage-host")
                .add(name)
                .add(classed("span", "num").text(address))
                .add(more)
        }
        Layout::Tablet => classed("details", "stage-host folded menu")
            .add(el("summary").add(name).add(state()))
            .add(classed("div", "side").add(more).add(endpoint(picture, host))),
        Layout::Phone => classed("div", "stage-host short").add(name).add(state()).add(more),
    }
}
