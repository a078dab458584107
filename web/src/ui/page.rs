//! The page as a whole: bars, ladder, panels, drawer.

use tcpscope_sim::HostId;

use super::announcer::announcer;
use super::command::Command;
use super::drawer::drawer;
use super::element::{El, classed, el};
use super::keys::keys;
use super::notice::notices;
use super::panels::side;
use super::picture::Picture;
use super::stage::stage;
use super::topbar::topbar;
use super::transport::transport;
use crate::store::{Layout, Session};

/// The page.
pub(super) fn page(session: &Session) -> El {
    let picture = Picture::of(session);
    let main = match &picture {
        Some(picture) => desk(picture),
        None => classed("main", "empty").add(el("p").say(waiting_text(session))),
    };
    classed("div", "page")
        .set("data-layout", session.shell.layout.name())
        .when(session.shell.presenting, "data-presenting", "")
        .add(skip_links(session))
        .add(topbar(session))
        .add(notices(session))
        .add(main)
        .maybe(session.shell.blank.then(|| dark(session)))
        .add(announcer(session))
        .add(keys(session.messages()))
        .add(patterns())
}

fn desk(picture: &Picture<'_>) -> El {
    let centre =
        classed("div", "centre").add(stage(picture)).add(transport(picture)).add(drawer(picture));
    let main = classed("main", "desk");
    match picture.session.shell.layout {
        Layout::Desk => main
            .add(side(picture, HostId(0)).key(0))
            .add(centre.key(1))
            .add(side(picture, HostId(1)).key(2)),
        Layout::Tablet | Layout::Phone => main.add(centre.key(1)),
    }
}

/// Nothing to be seen, for a while.
fn dark(session: &Session) -> El {
    let text = el("span").say(session.messages().present.dark);
    classed("button", "blank")
        .set("type", "button")
        .write("data-do", Command::Blank.to_text())
        .add(text)
}

fn skip_links(session: &Session) -> El {
    let words = &session.messages().landmark;
    let link =
        |href: &'static str, name: &'static str| classed("a", "skip").set("href", href).say(name);
    el("nav")
        .set("aria-label", words.skip_to_ladder)
        .add(link("#stage", words.skip_to_ladder))
        .add(link("#transport", words.skip_to_transport))
        .add(link("#details", words.skip_to_log))
}

/// What stands where the run will be.
fn waiting_text(session: &Session) -> &'static str {
    if session.notice.is_some() {
        session.messages().error.no_scenario
    } else {
        session.messages().app.loading
    }
}

/// Patterns that figures fill with.
fn patterns() -> El {
    let pattern = el("pattern")
        .set("id", "hatch")
        .set("width", "5")
        .set("height", "5")
        .set("patternUnits", "userSpaceOnUse")
        .set("patternTransform", "rotate(45)")
        .add(classed("path", "hatch-line").set("d", "M0 0V5"));
    classed("svg", "sr").set("aria-hidden", "true").add(pattern)
}
