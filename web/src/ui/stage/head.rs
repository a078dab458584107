//! Above the ladder: who is at either side, and the network between them.

use tcpscope_sim::HostId;
use yew::prelude::*;

use crate::ui::bars::Network;
use crate::ui::context::{Layout, Picture, use_playback, use_session};
use crate::ui::panels::{chip, endpoint};

/// Who is at either side. Where an endpoint has no panel of its own, it is summed up here.
#[component]
pub(super) fn Head() -> Html {
    let context = use_session();
    let playback = use_playback();
    let session = context.read();
    let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
    let side = |host| match context.layout() {
        Layout::Desk => full(&picture, host),
        Layout::Tablet => folded(&picture, host),
        Layout::Phone => short(&picture, host),
    };
    html! {
        <div class="stage-head">{ side(HostId(0)) }<Network />{ side(HostId(1)) }</div>
    }
}

/// Name and address: the rest stands beside the ladder.
fn full(picture: &Picture<'_>, host: HostId) -> Html {
    html! {
        <div class="stage-host">
            <b>{ picture.title(host) }</b>
            <span class="num">{ picture.run.trace().host(host).address.to_string() }</span>
        </div>
    }
}

/// Name and state, which open to the panel.
fn folded(picture: &Picture<'_>, host: HostId) -> Html {
    html! {
        <details class="stage-host folded">
            <summary><b>{ picture.title(host) }</b>{ state(picture, host) }</summary>
            <div class="side">{ endpoint(picture, host) }</div>
        </details>
    }
}

/// Name and state: the panel is in the sheet.
fn short(picture: &Picture<'_>, host: HostId) -> Html {
    html! { <div class="stage-host short"><b>{ picture.title(host) }</b>{ state(picture, host) }</div> }
}

fn state(picture: &Picture<'_>, host: HostId) -> Html {
    chip(picture.run.trace().status(host, picture.record()).state)
}
