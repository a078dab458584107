//! The socket as a tool prints it.

use tcpscope_view::{SOCKET_HEAD, SocketText, socket_text};

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::Picture;

/// The socket of a panel, shown when it is asked for.
pub(super) fn socket(picture: &Picture<'_>, place: usize) -> El {
    let words = &picture.messages.side;
    let sides = &picture.session.shell.sides;
    let shown = sides.sockets.get(place).copied().unwrap_or(false);
    let opener = button("disclosure", Command::Socket(place))
        .flag("aria-expanded", shown)
        .set("title", words.socket_hint)
        .say(words.socket);
    let head = classed("h3", "label").add(opener);
    classed("section", "block socket-block").add(head).maybe(shown.then(|| body(picture, place)))
}

fn body(picture: &Picture<'_>, place: usize) -> El {
    let words = &picture.messages.side;
    let end = picture.end(place);
    let setup = picture.run.timeline().setup().hosts.get(end.host().index());
    let text = setup.and_then(|setup| socket_text(end, setup, picture.moment));
    if picture.session.withholds_timers() {
        return classed("p", "quiet").say(picture.messages.asking.withheld);
    }
    let Some(text) = text else { return classed("p", "quiet").say(words.no_socket) };
    let copied = picture.session.shell.sides.copied.filter(|(of, _)| *of == place);
    let name = match copied {
        Some((_, true)) => words.copied,
        Some((_, false)) => words.copy_failed,
        None => words.copy,
    };
    let copy = button("button copy", Command::CopySocket(place))
        .add(el("span").set("role", "status").say(name));
    classed("div", "socket").add(row(&text)).add(items(&text)).add(copy)
}

/// The first line: a heading and a value each.
fn row(text: &SocketText) -> El {
    let values = [
        text.state.to_owned(),
        text.recv_q.to_string(),
        text.send_q.to_string(),
        text.local.clone(),
        text.peer.clone(),
    ];
    let mut list = classed("dl", "socket-row");
    for (heading, value) in SOCKET_HEAD.into_iter().zip(values) {
        list = list.add(el("div").add(el("dt").say(heading)).add(el("dd").text(value)));
    }
    list
}

/// The second line, item by item: none is broken.
fn items(text: &SocketText) -> El {
    let mut line = classed("p", "socket-info");
    for item in &text.info {
        line = line.add(el("span").text(item.clone())).say(" ");
    }
    line
}
