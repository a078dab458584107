//! What can be done by hand to what is pointed at: menus of segments, hosts and links.
//!
//! A menu has fields in it, so it is a dialog that is not modal (WAI-ARIA APG): it takes the focus,
//! arrows go from control to control, Escape closes it and gives the focus back.

mod asked;
mod host;
mod link;
mod segment;

pub(crate) use asked::Hand;
pub(crate) use host::FLAGS;
pub(super) use link::decimal;

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{button, icon};
use super::picture::Picture;
use crate::store::MenuOf;

/// The menu that is open, if one is.
pub(super) fn menu(picture: &Picture<'_>) -> Option<El> {
    let shell = &picture.session.shell;
    shell.menu?;
    match shell.menu_of {
        MenuOf::Segment => picture.session.selected().map(|packet| segment::menu(picture, packet)),
        MenuOf::Host(host) => host::menu(picture, host),
        MenuOf::Link(place) => link::menu(picture, place),
    }
}

/// A menu with its heading, and nothing to choose yet.
fn sheet(id: &'static str, label: String, heading: String, about: String) -> El {
    el("div")
        .set("id", id)
        .set("class", "packet-menu")
        .set("role", "dialog")
        .write("aria-label", label)
        .set("tabindex", "-1")
        .add(el("h2").text(heading))
        .add(el("p").text(about))
}

/// Something to choose.
#[inline(never)]
fn item(path: &'static str, name: &'static str, command: Command) -> El {
    button("item", command).add(icon(path)).add(el("span").say(name))
}

/// Something to choose, without an icon of its own.
#[inline(never)]
fn choice(name: &'static str, hand: Hand) -> El {
    button("button", Command::Hand(hand)).say(name)
}

/// A row of what belongs together, with its name.
#[inline(never)]
fn group(name: &'static str) -> El {
    classed("div", "group")
        .set("role", "group")
        .set("aria-label", name)
        .add(classed("span", "label").say(name))
}

/// The key that does the same.
#[inline(never)]
fn key(key: &'static str) -> El {
    el("kbd").set("aria-hidden", "true").say(key)
}

/// A field for a whole or decimal number; Enter in it does `enter`.
#[inline(never)]
fn number(id: &'static str, label: &'static str, value: String, enter: Hand) -> El {
    el("input")
        .set("id", id)
        .set("type", "number")
        .set("min", "0")
        .set("step", "any")
        .set("aria-label", label)
        .write("data-enter", enter.to_text())
        .write("data-at-first", value.clone())
        .write("placeholder", value)
}
