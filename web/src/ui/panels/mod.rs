//! An endpoint: its state, its program, its windows, its timers, its variables, its socket.

mod heading;
mod octets;
mod program;
mod queues;
mod ribbon;
mod socket;
mod states;
mod tcb;
mod timers;

use tcpscope_tcp::State;

use super::element::{El, classed};
use super::picture::Picture;
use heading::heading;
use program::program;
use queues::listener_queues;
use ribbon::ribbons;
use socket::socket;
use states::states;
use tcb::tcb_table;
use timers::timer_list;

/// An endpoint beside the ladder: the left one is 0, the right one 1.
pub(super) fn side(picture: &Picture<'_>, place: usize) -> El {
    let title = picture.title(picture.end(place).host());
    let label = picture.messages.endpoint.label.fill([&title]);
    classed("section", "side")
        .write("aria-label", label)
        .set("tabindex", "0")
        .add(endpoint(picture, place))
}

/// All there is to see of an endpoint.
pub(super) fn endpoint(picture: &Picture<'_>, place: usize) -> El {
    let end = picture.end(place);
    let state = end.status(picture.record).state;
    classed("div", "endpoint")
        .add(heading(picture, place, state))
        .add(states(picture, end))
        .add(program(picture, end))
        .add(ribbons(picture, place))
        .all(listener_queues(picture, end).into_iter().collect())
        .add(timer_list(picture, end))
        .add(tcb_table(picture, end))
        .add(socket(picture, place))
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
