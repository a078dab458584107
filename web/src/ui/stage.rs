//! The stage: who is at either side, the ladder's canvas, and what is laid over it.

mod zoom;

use tcpscope_sim::HostId;

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon};
use super::menus::{Hand, menu};
use super::network::network;
use super::panels::{chip, endpoint};
use super::picture::Picture;
use super::veil::veil;
use crate::store::Layout;
use zoom::{labels, minimap, zoom};

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
        // Keys: the canvas and the minimap stay what they are when others come and go.
        .add(
            classed("div", "stage-view")
                .add(canvas.key(0))
                .add(minimap(picture).key(1))
                .add(zoom(picture).key(2))
                .maybe(menu(picture).map(|menu| menu.key(3)))
                .maybe(follow.map(|follow| follow.key(4))),
        )
        .maybe(picture.run.is_veiled().then(|| veil(picture)))
}

/// Who is at either side. Where an endpoint has no panel of its own, it is summed up here; where
/// there are more than two places, each has its name above its lifeline.
fn head(picture: &Picture<'_>) -> El {
    let layout = picture.run.ladder().layout();
    let head = classed("div", "stage-head");
    if layout.places.order().len() > 2 {
        return head.set("data-many", "true").add(names(picture)).add(tools(picture));
    }
    head.add(host(picture, HostId(0))).add(tools(picture)).add(host(picture, HostId(1)))
}

/// What the links do, and how much is written along segments.
fn tools(picture: &Picture<'_>) -> El {
    classed("div", "stage-tools").add(network(picture)).add(labels(picture))
}

/// The names of hosts and routers, each above its lifeline.
fn names(picture: &Picture<'_>) -> El {
    let layout = picture.run.ladder().layout();
    let mut names = el("ul").set("class", "stage-names");
    for (number, place) in layout.places.order().iter().enumerate() {
        let is_host = layout.places.is_host(*place);
        let router = || {
            let routers = picture.trace.routers();
            let number = place.index().saturating_sub(picture.trace.hosts().len());
            routers.get(number).cloned().unwrap_or_default()
        };
        let name = if is_host { picture.title(*place) } else { router() };
        let state = is_host.then(|| chip(picture.trace.status(*place, picture.record).state));
        let x = super::element::tenths(layout.lifeline(*place));
        names = names.add(
            el("li")
                .key(number)
                .set("data-kind", if is_host { "host" } else { "router" })
                .write("style", format!("left:{x}px"))
                .add(el("b").text(name))
                .maybe(state)
                .maybe(is_host.then(|| more(picture, *place))),
        );
    }
    names
}

/// Opens the menu of a host.
fn more(picture: &Picture<'_>, host: HostId) -> El {
    let about = picture.messages.hand.host_menu.fill([&picture.title(host)]);
    button("icon more", Command::Hand(Hand::Host(host.index())))
        .write("aria-label", about.clone())
        .write("title", about)
        .set("aria-haspopup", "dialog")
        .add(icon(icons::MORE))
}

fn host(picture: &Picture<'_>, host: HostId) -> El {
    let name = el("b").text(picture.title(host));
    let more = more(picture, host);
    match picture.session.shell.layout {
        Layout::Desk => {
            let address = picture.trace.host(host).address.to_string();
            classed("div", "stage-host")
                .add(name)
                .add(classed("span", "num").text(address))
                .add(more)
        }
        // What opens may be of another host than the one at this side: it says whose it is. Folded, it
        // is not put together: that is most of what a figure in a frame would begin with.
        Layout::Tablet => {
            let end = picture.end(host.index());
            let name = el("b").text(picture.title(end.host()));
            let state = chip(end.status(picture.record).state);
            let panel = if picture.session.unfolds(host.index()) {
                endpoint(picture, host.index())
            } else {
                classed("div", "endpoint")
            };
            classed("details", "stage-host folded menu")
                .add(el("summary").add(name).add(state))
                .add(classed("div", "side").add(more).add(panel))
        }
        Layout::Phone => {
            let state = chip(picture.trace.status(host, picture.record).state);
            classed("div", "stage-host short").add(name).add(state).add(more)
        }
    }
}
