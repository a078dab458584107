//! What a reader does to the panels beside the ladder: choosing a connection, pointing at octets,
//! copying the socket.

use gloo_timers::callback::Timeout;
use tcpscope_sim::{ConnectionId, HostId, PacketId};
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{End, Pick, Ribbon, Stream, ends, piece, pieces, socket_text};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, MouseEvent};
use yew::platform::spawn_local;

use super::App;
use crate::browser::copy_text;
use crate::store::{Action, Arrange, Pointed, Run, Session, Sides, Store};

/// How long a panel says that its socket is copied.
const SAID_MS: u32 = 4000;

/// The ribbon of a panel's stream.
const RIBBON: &str = "[data-ribbon]";

/// Another host or connection was chosen for a panel; says whether the field was one of a panel's.
pub(super) fn chosen(app: &App, id: &str, value: &str) -> bool {
    let (place, of_host) = match id {
        "side-host-0" => (0, true),
        "side-host-1" => (1, true),
        "side-connection-0" => (0, false),
        "side-connection-1" => (1, false),
        _ => return false,
    };
    let mut sides = app.store.read().shell.sides;
    let Some(pick) = sides.picks.get_mut(place) else { return true };
    if of_host {
        *pick = value.parse().map_or(*pick, |host| Pick::of(HostId(host)));
    } else {
        pick.connection = value.parse().ok().map(ConnectionId);
    }
    sides.pointed = None;
    arrange(&app.store, sides);
    true
}

/// The pointer is somewhere else.
pub(super) fn pointed(app: &App, event: &Event) {
    let at = event.dyn_ref::<MouseEvent>();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let (Some(event), Some(target)) = (at, target) else { return };
    let over = place_of(&target);
    let mut sides = app.store.read().shell.sides;
    match over.and_then(|over| app.store.read().octets_at(&over, event)) {
        Some(pointed) => sides.pointed = Some(pointed),
        // What is told of the octets stays while the pointer is on it.
        None if sides.pointed.is_none() || within(&target, ".ribbon") => return,
        None if has_focus() => return,
        None => sides.pointed = None,
    }
    arrange(&app.store, sides);
}

/// A click on octets selects the segment that carried them last.
pub(super) fn clicked(app: &App, event: &Event) {
    pointed(app, event);
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.as_ref().is_some_and(|target| within(target, ".network-menu > summary")) {
        app.store.act(Action::Arrange(Arrange::Network));
    }
    if let Some(place) = target.as_ref().and_then(folded) {
        let mut sides = app.store.read().shell.sides;
        if let Some(opened) = sides.opened.get_mut(place) {
            *opened = true;
        }
        arrange(&app.store, sides);
    }
    if target.is_some_and(|target| within(&target, RIBBON)) {
        select_carrier(app);
    }
}

/// A key in a ribbon; says whether it was for the ribbon.
pub(super) fn press(app: &App, key: &str, focus: Option<&Element>) -> bool {
    let Some(ribbon) = focus.and_then(place_of) else { return false };
    let next = match key {
        "ArrowRight" | "ArrowUp" => Go::On,
        "ArrowLeft" | "ArrowDown" => Go::Back,
        "Home" => Go::First,
        "End" => Go::Last,
        "Enter" => {
            select_carrier(app);
            return true;
        }
        _ => return false,
    };
    let mut sides = app.store.read().shell.sides;
    let number = app.store.read().next_octets(&ribbon, next);
    if let Some(number) = number {
        sides.pointed = Some(Pointed { place: ribbon.place, stream: ribbon.stream, number });
        arrange(&app.store, sides);
    }
    true
}

/// Shows a panel's socket as a tool prints it, or hides it.
pub(super) fn toggle_socket(store: &Store, place: usize) {
    let mut sides = store.read().shell.sides;
    if let Some(shown) = sides.sockets.get_mut(place) {
        *shown = !*shown;
    }
    arrange(store, sides);
}

/// Copies what is shown of a panel's socket.
pub(super) fn copy_socket(app: &App, place: usize) {
    let app = app.clone();
    spawn_local(async move {
        let Some(text) = app.store.read().socket_of(place) else { return };
        let copied = copy_text(&text).await;
        let tell = |told| {
            let sides = app.store.read().shell.sides;
            arrange(&app.store, Sides { copied: told, ..sides });
        };
        tell(Some((place, copied)));
        let store = app.store.clone();
        let forget = move || {
            let sides = store.read().shell.sides;
            arrange(&store, Sides { copied: None, ..sides });
        };
        Timeout::new(SAID_MS, forget).forget();
    });
}

fn arrange(store: &Store, sides: Sides) {
    store.act(Action::Arrange(Arrange::Sides(sides)));
}

fn select_carrier(app: &App) {
    let packet = app.store.read().carrier();
    if packet.is_some() {
        app.store.act(Action::Select(packet));
    }
}

fn within(element: &Element, selector: &str) -> bool {
    matches!(element.closest(selector), Ok(Some(_)))
}

/// Whether the focus is in a ribbon: then the pointer's going away changes nothing.
fn has_focus() -> bool {
    let focus = crate::browser::document().active_element();
    focus.is_some_and(|focus| within(&focus, RIBBON))
}

/// The place of the folded panel whose name was pressed.
fn folded(target: &Element) -> Option<usize> {
    let panel = target.closest(".stage-host > summary").ok()??.parent_element()?;
    Some(usize::from(panel.previous_element_sibling().is_some()))
}

/// A ribbon of a panel, and where it is on the screen.
struct Place {
    place: usize,
    stream: Stream,
    element: Element,
}

fn place_of(element: &Element) -> Option<Place> {
    let element = element.closest(RIBBON).ok().flatten()?;
    let name = element.get_attribute("data-ribbon")?;
    let (place, stream) = name.split_once(' ')?;
    let stream = if stream == "sent" { Stream::Sent } else { Stream::Received };
    Some(Place { place: place.parse().ok()?, stream, element })
}

/// Where an arrow key goes.
#[derive(Clone, Copy)]
enum Go {
    On,
    Back,
    First,
    Last,
}

impl Session {
    /// The ends that the panels show.
    fn shown_ends(&self) -> Option<(&Run, [End<'_>; 2])> {
        let run = self.run.as_ref()?;
        Some((run, ends(run.trace(), self.shell.sides.picks, run.moment().record)))
    }

    /// A panel's ribbon, and whose it is.
    fn ribbon(&self, place: usize, stream: Stream) -> Option<(End<'_>, Ribbon)> {
        let (run, ends) = self.shown_ends()?;
        let end = *ends.get(place)?;
        Some((end, run.ribbon(end, stream)))
    }

    /// The octets under the pointer: the first of those that went together, so that a pointer that
    /// moves among them changes nothing.
    fn octets_at(&self, at: &Place, event: &MouseEvent) -> Option<Pointed> {
        let record = self.run.as_ref()?.moment().record;
        let (end, ribbon) = self.ribbon(at.place, at.stream)?;
        let rect = at.element.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let piece = piece(end, record, at.stream, &ribbon, ribbon.number_at(x)?)?;
        Some(Pointed { place: at.place, stream: at.stream, number: piece.start })
    }

    /// The octets that an arrow key goes to.
    fn next_octets(&self, at: &Place, go: Go) -> Option<SeqNumber> {
        let record = self.run.as_ref()?.moment().record;
        let (end, ribbon) = self.ribbon(at.place, at.stream)?;
        let all = pieces(end, record, at.stream, &ribbon);
        let pointed = self.shell.sides.pointed;
        let here = pointed.filter(|it| (it.place, it.stream) == (at.place, at.stream));
        let here = here.and_then(|it| all.iter().position(|start| *start == it.number));
        let next = match (go, here) {
            (Go::First, _) | (Go::On, None) => 0,
            (Go::Last, _) | (Go::Back, None) => all.len().saturating_sub(1),
            (Go::On, Some(here)) => (here + 1).min(all.len().saturating_sub(1)),
            (Go::Back, Some(here)) => here.saturating_sub(1),
        };
        all.get(next).copied()
    }

    /// The segment that carried the octets that are pointed at, the last time.
    fn carrier(&self) -> Option<PacketId> {
        let run = self.run.as_ref()?;
        let Pointed { place, stream, number } = self.shell.sides.pointed?;
        let (end, ribbon) = self.ribbon(place, stream)?;
        let piece = piece(end, run.moment().record, stream, &ribbon, number)?;
        piece.carriers.last().map(|packet| run.trace().packet(*packet).id)
    }

    /// A panel's socket, as a tool prints it.
    fn socket_of(&self, place: usize) -> Option<String> {
        let (run, ends) = self.shown_ends()?;
        let end = *ends.get(place)?;
        let setup = run.timeline().setup().hosts.get(end.host().index())?;
        socket_text(end, setup, run.moment()).map(|socket| socket.to_text())
    }
}
