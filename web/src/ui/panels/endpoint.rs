//! The panel of an endpoint, and its summary where there is no room for it.

use tcpscope_sim::HostId;
use tcpscope_tcp::State;
use yew::prelude::*;

use super::program::program;
use super::ribbon::ribbons;
use super::tcb::tcb_table;
use super::timers::timer_list;
use crate::ui::context::{Picture, use_playback, use_session};

/// What a panel is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EndpointProps {
    /// Whose it is.
    pub(crate) host: HostId,
}

/// An endpoint beside the ladder.
#[component]
pub(crate) fn Endpoint(props: &EndpointProps) -> Html {
    let context = use_session();
    let playback = use_playback();
    let session = context.read();
    let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
    let label = (picture.messages().endpoint.label)(&picture.title(props.host));
    html! {
        <section class="side" aria-label={label} tabindex="0">{ endpoint(&picture, props.host) }</section>
    }
}

/// All there is to see of an endpoint.
pub(crate) fn endpoint(picture: &Picture<'_>, host: HostId) -> Html {
    let trace = picture.run.trace();
    let info = trace.host(host);
    let state = trace.status(host, picture.record()).state;
    html! {
        <div class="endpoint">
            <header class="endpoint-head">
                <h2>{ picture.title(host) }</h2>
                { chip(state) }
                <span class="num address">{ info.address.to_string() }</span>
                <p class="about">{ picture.messages().state.about(state) }</p>
            </header>
            { program(picture, host) }
            { ribbons(picture, host) }
            { timer_list(picture, host) }
            { tcb_table(picture, host) }
        </div>
    }
}

/// A state as a chip.
pub(crate) fn chip(state: State) -> Html {
    html! { <span class="chip" data-phase={phase(state)}>{ state.name() }</span> }
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
