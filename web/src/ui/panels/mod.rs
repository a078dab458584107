//! An endpoint: its state, its program, its windows, its timers, its variables.

mod program;
mod ribbon;
mod tcb;
mod timers;

use tcpscope_sim::HostId;
use tcpscope_tcp::State;

use super::element::{El, classed, el};
use super::picture::Picture;
use program::program;
use ribbon::ribbons;
use tcb::tcb_table;
use timers::timer_list;

/// An endpoint beside the ladder.
pub(super) fn side(picture: &Picture<'_>, host: HostId) -> El {
    let label = picture.messages.endpoint.label.fill([&picture.title(host)]);
    classed("section", "side")
        .write("aria-label", label)
        .set("tabindex", "0")
        .add(endpoint(picture, host))
}

/// All there is to see of an endpoint.
pub(super) fn endpoint(picture: &Picture<'_>, host: HostId) -> El {
    let state = picture.trace.status(host, picture.record).state;
    let address = picture.trace.host(host).address.to_string();
    let head = classed("header", "endpoint-head")
        .add(el("h2").text(picture.title(host)))
        .add(chip(state))
        .add(classed("span", "num address").text(address))
        .add(classed("p", "about").say(picture.messages.state.about(state)));
    classed("div", "endpoint")
        .add(head)
        .add(program(picture, host))
        .add(ribbons(picture, host))
        .add(timer_list(picture, host))
        .add(tcb_table(picture, host))
}

/// A part of a panel under its heading.
fn block(title: &'static str) -> El {
    classed("section", "block").add(classed("h3", "label").say(title))
}

/// A state as a chip.
pub(super) fn chip(state: State) -> El {
    classed("span", "chip").set("data-phase", phase(state)).say(state.name())
}

/// What a connection in a state is about: style sheets give each a tint.
pub(crate) const fn phase(state: State) -> &'static str {
    match state {
        State::Closed | State::Listen => "none",
        State::SynSent | State::SynReceived => "opening",
        State::Established => "open",
        State::FinWait1 | State::FinWait2 | State::CloseWait | State::Closing | State::LastAck => {
            "closing"
        }
        State::TimeWait => "waiting",
    }
}
