//! The page as a whole: bars, ladder, panels, drawer.

use super::announcer::announcer;
use super::book::{book, paper};
use super::caption::caption;
use super::captured::captured;
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
use crate::store::{Extent, Layout, Session};

/// The page.
pub(super) fn page(session: &Session) -> El {
    let picture = Picture::of(session);
    let main = match &picture {
        Some(picture) => desk(picture),
        None => classed("main", "empty").add(el("p").say(waiting_text(session))),
    };
    if session.shell.extent != Extent::Page {
        return figure(session, main);
    }
    classed("div", "page")
        .set("data-layout", session.shell.layout.name())
        .when(session.shell.presenting, "data-presenting", "")
        .when(session.shell.leads(), "data-lesson", "")
        // Keys: what the screen is darkened with comes and goes beside what stays.
        .add(skip_links(session).key(0))
        .add(topbar(session).key(1))
        .add(notices(session).key(2))
        .add(main.key(3))
        .maybe(session.teaching.book.map(|page| book(session, page).key(8)))
        .maybe(paper(session).map(|paper| paper.key(9)))
        .maybe(captured(session).map(|capture| capture.key(10)))
        .maybe(session.shell.blank.then(|| dark(session).key(4)))
        .add(announcer(session).key(5))
        .add(keys(session.messages(), session.preferences.keys).key(6))
        .add(patterns().key(7))
}

/// What is shown of it in a frame on somebody else's page.
fn figure(session: &Session, main: El) -> El {
    classed("div", "page figure")
        .set("data-layout", session.shell.layout.name())
        .add(notices(session).key(0))
        .add(main.key(1))
        .add(announcer(session).key(2))
        .add(patterns().key(3))
}

fn desk(picture: &Picture<'_>) -> El {
    let shell = &picture.session.shell;
    let centre = classed("div", "centre").add(stage(picture)).add(transport(picture));
    let centre = match shell.extent {
        Extent::Page => centre.add(drawer(picture)),
        Extent::Figure => centre.add(caption(picture)),
        Extent::FigureWithDrawer => centre.add(drawer(picture)).add(caption(picture)),
    };
    // In a frame nothing else says what is shown.
    let title = (shell.extent != Extent::Page).then(|| {
        let title = picture.run.scenario().title().in_locale(picture.locale.tag());
        classed("h1", "sr").text(title.to_owned()).key(3)
    });
    let main = classed("main", "desk").maybe(title);
    match shell.layout {
        Layout::Desk => {
            main.add(side(picture, 0).key(0)).add(centre.key(1)).add(side(picture, 1).key(2))
        }
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

/// Patterns that figures fill with: what cannot be told by its colour alone.
fn patterns() -> El {
    let pattern =
        |id: &'static str, size: &'static str, class: &'static str, path: &'static str| {
            el("pattern")
                .set("id", id)
                .set("width", size)
                .set("height", size)
                .set("patternUnits", "userSpaceOnUse")
                .set("patternTransform", "rotate(45)")
                .add(classed("path", class).set("d", path))
        };
    classed("svg", "sr")
        .set("aria-hidden", "true")
        .add(pattern("hatch", "5", "hatch-line", "M0 0V5"))
        .add(pattern("hatch-lost", "5", "hatch-lost", "M0 0V5M0 0H5"))
        .add(pattern("hatch-twice", "6", "hatch-mark", "M0 0V6M2 0V6"))
        .add(pattern("dots", "4", "hatch-mark", "M1 1h.01"))
}
