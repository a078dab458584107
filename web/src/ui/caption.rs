//! The line under the figure, in a frame: what happens in the present step, a way to the rest, and a
//! way to the page itself.

use tcpscope_sim::Moment;

use super::announcer::sentences;
use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, icon_button};
use super::picture::Picture;
use crate::store::Tab;

/// The line.
pub(super) fn caption(picture: &Picture<'_>) -> El {
    let text = if picture.moment == Moment::START {
        picture.run.scenario().summary().in_locale(picture.locale.tag()).to_owned()
    } else {
        sentences(picture)
    };
    let words = &picture.messages.landmark;
    // `web/embed/frame.js` writes where it leads: to what is on the screen when somebody follows it.
    let page = classed("a", "open")
        .set("id", "open")
        .set("target", "_blank")
        .set("rel", "noopener")
        .say("tcpscope");
    classed("div", "caption")
        .add(el("p").text(text))
        .add(icon_button(icons::MORE, words.details, "", Command::Tab(Tab::Why)))
        .add(page)
}
