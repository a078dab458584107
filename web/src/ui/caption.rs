//! The line under the figure, in a frame: what happens at the present record, a way to the rest, and a
//! way to the page itself.

use tcpscope_sim::Moment;
use tcpscope_view::describe;

use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, icon_button};
use super::picture::Picture;
use crate::store::Tab;

/// The line.
pub(super) fn caption(picture: &Picture<'_>) -> El {
    let locale = picture.locale;
    let text = if picture.moment == Moment::START {
        picture.run.scenario().summary().in_locale(locale.tag()).to_owned()
    } else {
        describe(locale, picture.trace, picture.record, picture.numbers)
    };
    let words = &picture.messages.landmark;
    // `web/embed/frame.js` writes where it leads: to what is on the screen when somebody follows it.
    let page = classed("a", "open")
        .set("id", "open")
        .set("target", "_blank")
        .set("rel", "noopener")
        .say("tcpscope");
    classed("div", "caption")
        // It is said by the live region, too, which does not follow every record of a long step.
        .add(el("p").text(text))
        .add(icon_button(icons::MORE, words.details, "", Command::Tab(Tab::Why)))
        .add(page)
}
