//! The foot of the figure, in a frame: what happens in the present step, a way to the rest, and a way to
//! the page itself.

use tcpscope_sim::Moment;

use super::announcer::sentences;
use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, icon_button};
use super::picture::Picture;
use crate::store::{Extent, Tab};

/// The foot; below the drawer, which tells all that happens, only the way to the page.
pub(super) fn caption(picture: &Picture<'_>) -> El {
    if picture.session.shell.extent != Extent::Figure {
        return classed("div", "caption").add(way_to_page());
    }
    let text = if picture.moment == Moment::START {
        picture.run.scenario().summary().in_locale(picture.locale.tag()).to_owned()
    } else {
        sentences(picture)
    };
    let details = picture.messages.landmark.details;
    classed("div", "caption")
        // It may be longer than there is room for: whoever has no mouse scrolls it, too.
        .add(el("p").set("tabindex", "0").text(text))
        .add(icon_button(icons::MORE, details, "", Command::Tab(Tab::Why)))
        .add(way_to_page())
}

/// `web/embed/frame.js` writes where it leads: to what is on the screen when somebody follows it.
fn way_to_page() -> El {
    let link = classed("a", "open").set("id", "open").set("target", "_blank");
    link.set("rel", "noopener").say("tcpscope")
}
