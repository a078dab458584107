//! Keys for everything. None is taken from whoever is typing or choosing.

use tcpscope_sim::PacketIndex;
use tcpscope_view::Numbers;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, KeyboardEvent};

use super::stage::{DELAYS, delay, drop_packet};
use crate::app::prefer;
use crate::browser::window;
use crate::store::{Action, Direction, Playback, Preference, Store};

/// The event that asks the stage to open the menu of the selected segment.
pub(crate) const OPEN_MENU: &str = "tcpscope-menu";

/// The speeds to go through.
pub(crate) const SPEEDS: [f64; 7] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0];

/// Does what a key asks for.
pub(super) fn press(store: &Store, event: &Event, show_keys: &dyn Fn()) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.default_prevented() || event.alt_key() || store.read().run.is_none() {
        return;
    }
    let (key, shift) = (event.key(), event.shift_key());
    let taken = if event.ctrl_key() || event.meta_key() {
        with_control(store, &key, shift, event)
    } else {
        alone(store, &key, shift, event, show_keys)
    };
    if taken {
        event.prevent_default();
    }
}

fn with_control(store: &Store, key: &str, shift: bool, event: &KeyboardEvent) -> bool {
    let action = match (key, shift) {
        _ if is_typing(event) => return false,
        ("z", false) => Action::Undo,
        ("z" | "Z", true) | ("y", false) => Action::Redo,
        _ => return false,
    };
    store.act(action);
    true
}

fn alone(
    store: &Store,
    key: &str,
    shift: bool,
    event: &KeyboardEvent,
    show_keys: &dyn Fn(),
) -> bool {
    // A focused control has its own use for some keys: a button for Space, a slider for arrows.
    let own = if is_typing(event) {
        return false;
    } else {
        control_of(event)
    };
    let playing = store.read().playing;
    let playback = match key {
        " " if own.takes_space => return false,
        "ArrowLeft" | "ArrowRight" | "Home" | "End" if own.takes_arrows => return false,
        "Enter" if own.takes_space => return false,
        " " | "k" => {
            if playing {
                Playback::Pause
            } else {
                Playback::Play
            }
        }
        "ArrowRight" if shift => Playback::Records(1),
        "ArrowLeft" if shift => Playback::Records(-1),
        "ArrowRight" => Playback::Step(Direction::On),
        "ArrowLeft" => Playback::Step(Direction::Back),
        "." => Playback::Records(1),
        "," => Playback::Records(-1),
        "Home" => Playback::Records(i64::MIN),
        "End" => Playback::Records(i64::MAX),
        "+" | "=" => Playback::Speed(next_speed(store.read().speed, true)),
        "-" => Playback::Speed(next_speed(store.read().speed, false)),
        "?" => {
            show_keys();
            return true;
        }
        _ => return act_on_segments(store, key),
    };
    store.act(Action::Playback(playback));
    true
}

fn act_on_segments(store: &Store, key: &str) -> bool {
    match key {
        "u" => store.act(Action::Undo),
        "U" => store.act(Action::Redo),
        "n" | "j" => select_next(store, true),
        "p" | "J" => select_next(store, false),
        "d" => drop_packet(store),
        "l" => delay(store, DELAYS[1]),
        "a" => {
            let numbers = match store.read().preferences.numbers {
                Numbers::Relative => Numbers::Absolute,
                Numbers::Absolute => Numbers::Relative,
            };
            prefer(store, Preference::Numbers(numbers));
        }
        "Escape" => store.act(Action::Select(None)),
        "Enter" if store.read().selected().is_some() => {
            if let Ok(event) = Event::new(OPEN_MENU) {
                // Nobody listens where there is no ladder: then there is no menu either.
                let _ = window().dispatch_event(&event);
            }
        }
        _ => return false,
    }
    true
}

/// Selects the segment sent after the selected one, or before it; where none is selected, the
/// last that has been sent by now.
fn select_next(store: &Store, on: bool) {
    let next = {
        let session = store.read();
        let Ok(run) = session.run() else { return };
        let packets = run.trace().packets();
        let index = match session.selected() {
            Some(PacketIndex(selected)) if on => selected.saturating_add(1) as usize,
            Some(PacketIndex(selected)) => (selected as usize).saturating_sub(1),
            None => {
                let record = run.moment().record;
                packets.partition_point(|packet| packet.sent_by <= record).saturating_sub(1)
            }
        };
        packets.get(index.min(packets.len().saturating_sub(1))).map(|packet| packet.id)
    };
    store.act(Action::Select(next));
}

/// The next speed of the list, up or down.
fn next_speed(speed: f64, faster: bool) -> f64 {
    let next = if faster {
        SPEEDS.into_iter().find(|known| *known > speed)
    } else {
        SPEEDS.into_iter().rev().find(|known| *known < speed)
    };
    next.unwrap_or(speed)
}

/// What the focused control does with keys by itself.
struct Control {
    takes_space: bool,
    takes_arrows: bool,
}

fn control_of(event: &KeyboardEvent) -> Control {
    let within = |selector: &str| {
        target(event).is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
    };
    Control {
        takes_space: within(
            "button, summary, a[href], input:not([type=range]), select, [role=row], dialog",
        ),
        takes_arrows: within("input, select, [role=tab], [role=menu], [role=grid], dialog"),
    }
}

/// Whether the keys are letters of what somebody types or chooses.
fn is_typing(event: &KeyboardEvent) -> bool {
    let typing = "input:not([type=range]), select, textarea, [contenteditable], dialog";
    target(event).is_some_and(|element| matches!(element.closest(typing), Ok(Some(_))))
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
