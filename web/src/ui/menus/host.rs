//! What can be done to a host: calls in the name of its program, crashes, forged segments.

use tcpscope_sim::HostId;

use super::{Hand, choice, group, item, number, sheet};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button};
use crate::ui::picture::{Picture, time};
use crate::ui::topbar::picker;

/// The menu of a host; none for a host that is not there.
pub(super) fn menu(picture: &Picture<'_>, host: HostId) -> Option<El> {
    picture.trace.hosts().get(host.index())?;
    let words = &picture.messages.hand;
    let name = picture.title(host);
    let state = picture.trace.status(host, picture.record).state;
    let label = words.host_menu.fill([&name]);
    let now = words.now.fill([&time(picture.moment.at)]);
    let heading = format!("{name} · {}", state.name());
    let mut menu = sheet("host-menu", label, heading, now)
        .add(calls(picture))
        .add(
            group(words.programs)
                .add(choice(words.halt, Hand::Halt))
                .add(choice(words.resume, Hand::Resume)),
        )
        .add(
            group(words.machine)
                .add(choice(words.crash, Hand::Crash))
                .add(choice(words.restart, Hand::Restart))
                .add(choice(words.restart_idle, Hand::RestartIdle)),
        )
        .add(forge(picture, host));
    for (place, link) in picture.run.timeline().setup().links.iter().enumerate() {
        if link.from == host {
            menu = menu.add(cable(picture, place));
        }
    }
    Some(menu)
}

fn calls(picture: &Picture<'_>) -> El {
    let words = &picture.messages.hand;
    group(words.calls)
        .add(
            classed("span", "typed")
                .add(choice(words.send, Hand::Send))
                .add(
                    number("typed-send", words.octets, "1000".to_owned(), Hand::Send)
                        .set("step", "1"),
                )
                .add(classed("span", "unit").say(words.octets)),
        )
        .add(choice(words.receive, Hand::Receive))
        .add(choice(words.close, Hand::Close))
        .add(choice(words.abort, Hand::Abort))
}

/// The cable that a link begins with, and the way to the rest of it.
fn cable(picture: &Picture<'_>, place: usize) -> El {
    let words = &picture.messages.hand;
    let up = picture.run.timeline().link_at(place, picture.moment.at).is_none_or(|link| link.up);
    let (name, hand) =
        if up { (words.pull, Hand::Pull(place)) } else { (words.plug, Hand::Plug(place)) };
    let way = super::link::way(picture, place);
    let more = button("button", Command::Hand(Hand::Link(place))).text(words.link_of.fill([&way]));
    classed("div", "group")
        .set("role", "group")
        .write("aria-label", way)
        .add(item(if up { icons::UNPLUG } else { icons::PLUG }, name, Command::Hand(hand)))
        .add(more)
}

/// A forged segment, put together field by field.
fn forge(picture: &Picture<'_>, host: HostId) -> El {
    let words = &picture.messages.hand;
    let name = |id: HostId| (id.0.to_string(), picture.title(id));
    let all: Vec<_> = picture.run.hosts().map(name).collect();
    let peer = picture.run.timeline().setup().peer_of(host);
    let others: Vec<_> = picture.run.hosts().filter(|id| *id != host).map(name).collect();
    let mut flags = classed("span", "delays");
    for (id, flag) in FLAGS {
        let input = el("input").set("id", id).set("type", "checkbox");
        flags = flags.add(classed("label", "check").add(input).say(flag));
    }
    let seq = classed("span", "typed")
        .add(classed("span", "unit").say(words.expected))
        .add(classed("span", "unit").say(words.beyond))
        .add(number("forge-seq", words.forge_seq, "0".to_owned(), Hand::Forge).set("step", "1"));
    let acks = vec![
        ("none".to_owned(), words.no_ack.to_owned()),
        ("next".to_owned(), words.ack_next.to_owned()),
    ];
    let field = |name: &'static str, control: El| {
        classed("label", "forge-field").add(el("span").say(name)).add(control)
    };
    classed("details", "forge")
        .add(el("summary").say(words.forge))
        .add(field(words.forge_from, picker("forge-from", all, &host.0.to_string())))
        .add(field(words.forge_to, picker("forge-to", others, &peer.0.to_string())))
        .add(
            classed("div", "forge-field")
                .set("role", "group")
                .set("aria-label", words.forge_flags)
                .add(el("span").say(words.forge_flags))
                .add(flags),
        )
        .add(field(words.forge_seq, seq))
        .add(field(words.forge_ack, picker("forge-ack", acks, "none")))
        .add(choice(words.forge_send, Hand::Forge))
}

/// The flags that a forged segment may have, but for ACK; by the ids of their fields.
pub(crate) const FLAGS: [(&str, &str); 4] =
    [("forge-syn", "SYN"), ("forge-fin", "FIN"), ("forge-rst", "RST"), ("forge-psh", "PSH")];
