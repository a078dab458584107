//! Whose panel it is, and of which connection: with a choice, where there is one.

use tcpscope_sim::{ConnectionId, HostId};
use tcpscope_tcp::State;
use tcpscope_view::{End, connection_choices};

use super::chip;
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;
use crate::ui::topbar::picker;

/// The head of a panel.
pub(super) fn heading(picture: &Picture<'_>, place: usize, state: State) -> El {
    let end = picture.end(place);
    let local = end.info(picture.record).map(|info| info.local);
    let local = local.unwrap_or_else(|| picture.trace.host(end.host()).address);
    classed("header", "endpoint-head")
        .add(host(picture, place, end))
        .add(chip(state))
        .add(classed("span", "num address").text(local.to_string()))
        .maybe(connection(picture, place, end))
        .add(classed("p", "about").say(picture.messages.state.about(state)))
}

/// The host's name; where there are more hosts than panels, a choice of them.
fn host(picture: &Picture<'_>, place: usize, end: End<'_>) -> El {
    let title = picture.title(end.host());
    if picture.trace.hosts().len() <= 2 {
        return el("h2").text(title);
    }
    let mut options = Vec::new();
    for host in picture.run.hosts() {
        options.push((host.0.to_string(), picture.title(host)));
    }
    let id = if place == 0 { "side-host-0" } else { "side-host-1" };
    let select = picker(id, options, &end.host().0.to_string())
        .set("aria-label", picture.messages.side.host);
    el("div").add(classed("h2", "sr").text(title)).add(select)
}

/// A choice of the host's connections, where it has several in this run.
fn connection(picture: &Picture<'_>, place: usize, end: End<'_>) -> Option<El> {
    let words = &picture.messages.side;
    let all = picture.trace.connections().iter();
    let own = all.filter(|info| info.host == end.host() && !info.listens).take(2).count();
    if own < 2 {
        return None;
    }
    let (choices, left_out) = connection_choices(picture.trace, end.host(), picture.record);
    let mut options = vec![(String::new(), words.present_connection.to_owned())];
    let picked = picture.session.shell.sides.picks[place.min(1)].connection;
    let picked = picked.filter(|id| picture.trace.connections().get(id.index()).is_some());
    // One that is picked and has not begun, or is long over, stays among the choices.
    let picked_too = picked.filter(|id| !choices.contains(id));
    for id in picked_too.into_iter().chain(choices) {
        options.push((id.0.to_string(), connection_name(picture, id)));
    }
    let present = picked.map_or_else(String::new, |id| id.0.to_string());
    let id = if place == 0 { "side-connection-0" } else { "side-connection-1" };
    let mut select = picker(id, options, &present).set("aria-label", words.connection);
    if left_out > 0 {
        let note = words.earlier.fill([&left_out.to_string()]);
        select = select.add(el("option").set("disabled", "").text(note));
    }
    Some(classed("div", "connection-choice").add(select))
}

/// A connection, named by its sockets and its state.
fn connection_name(picture: &Picture<'_>, id: ConnectionId) -> String {
    let words = &picture.messages.side;
    let info = picture.trace.connection(id);
    let port = |port: u16| format!(":{port}");
    if info.listens {
        return words.listener.fill([&port(info.local.port())]);
    }
    let peer = remote_name(picture, id);
    let mut name = words.between.fill([&port(info.local.port()), &peer]);
    name.push_str(" · ");
    name.push_str(picture.trace.status_of(id, picture.record).state.name());
    name
}

/// Who is at the other end of a connection: the host's name and the port.
pub(super) fn remote_name(picture: &Picture<'_>, id: ConnectionId) -> String {
    let remote = picture.trace.connection(id).remote;
    let host = picture.trace.hosts().iter().position(|host| host.address.ip() == remote.ip());
    let host = host.and_then(|host| u8::try_from(host).ok()).map(HostId);
    let name = host.map_or_else(|| remote.ip().to_string(), |host| picture.title(host));
    format!("{name}:{}", remote.port())
}
