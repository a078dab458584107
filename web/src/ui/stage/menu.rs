//! The menu of a segment: drop it, delay it, look inside.

use tcpscope_sim::{Fate, HostId, PacketIndex};
use tcpscope_tcp::Duration;
use tcpscope_view::{Detail, Messages, duration_text, host_title, segment_label};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{DELAYS, delay, drop_packet};
use crate::store::{Action, Session, Store};
use crate::ui::context::use_session;
use crate::ui::icons::{self, icon};

/// What the menu is given.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PacketMenuProps {
    /// The segment.
    pub(super) packet: PacketIndex,
    /// Where in the view it was picked.
    pub(super) at: (f64, f64),
    /// Closes the menu.
    pub(super) close: Callback<()>,
    /// Shows the inspector.
    pub(super) inspect: Callback<()>,
}

/// How far the menu stands from where the segment was picked.
const APART: f64 = 12.0;

/// The menu of a segment.
#[component]
pub(super) fn PacketMenu(props: &PacketMenuProps) -> Html {
    let context = use_session();
    let element = use_node_ref();
    use_place(&element, props.packet, props.at);
    let session = context.read();
    let Some(run) = &session.run else { return Html::default() };
    let trace = run.trace();
    let (words, numbers) = (session.messages(), session.preferences.numbers);
    let store = context.store().clone();
    let close = props.close.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close.emit(());
        }
    });
    let close = props.close.clone();
    let and_close = move |action: Callback<MouseEvent>| {
        let close = close.clone();
        Callback::from(move |event: MouseEvent| {
            action.emit(event);
            close.emit(());
        })
    };
    let dropped = {
        let store = store.clone();
        Callback::from(move |_| drop_packet(&store))
    };
    html! {
        <div ref={element} class="packet-menu" role="dialog" aria-label={words.packet.menu} tabindex="-1" {onkeydown}>
            <h2>{ segment_label(trace, props.packet, numbers, Detail::Short) }</h2>
            <p>{ route(&session, props.packet, words) }</p>
            <button type="button" class="item" onclick={and_close(dropped)}>
                { icon(icons::DROP) }{ words.packet.drop }<kbd aria-hidden="true">{ "D" }</kbd>
            </button>
            <div class="item-group" role="group" aria-label={words.packet.delay}>
                <span class="item-title">{ icon(icons::DELAY) }{ words.packet.delay_by }</span>
                <span class="delays">
                    { for DELAYS.into_iter().map(|by| delay_button(&store, by, &and_close)) }
                </span>
            </div>
            <button type="button" class="item" onclick={and_close(props.inspect.reform(|_| ()))}>
                { icon(icons::INSPECT) }{ words.packet.inspect }
            </button>
            if run.timeline().can_undo() {
                <button type="button" class="item" onclick={and_close(context.on(|| Action::Undo))}>
                    { icon(icons::UNDO) }{ words.edits.undo }<kbd aria-hidden="true">{ "U" }</kbd>
                </button>
            }
        </div>
    }
}

fn delay_button(
    store: &Store,
    by: Duration,
    and_close: &impl Fn(Callback<MouseEvent>) -> Callback<MouseEvent>,
) -> Html {
    let store = store.clone();
    let onclick = and_close(Callback::from(move |_| delay(&store, by)));
    html! {
        <button key={by.as_micros().to_string()} type="button" class="button num" {onclick}>
            { "+" }{ duration_text(by) }
        </button>
    }
}

/// Who sends it to whom, and what becomes of it.
fn route(session: &Session, packet: PacketIndex, words: &'static Messages) -> String {
    let Some(run) = &session.run else { return String::new() };
    let trace = run.trace();
    let packet = trace.packet(packet);
    let title = |host: HostId| host_title(session.preferences.locale, &trace.host(host).name);
    let (from, to) = (title(packet.id.from), title(packet.to));
    let fate = match packet.fate {
        Fate::Delivered => words.packet.delivered,
        Fate::Lost => words.packet.lost,
        Fate::Dropped => words.packet.dropped,
    };
    let again = if packet.retransmission { words.packet.retransmission } else { "" };
    let separator = if again.is_empty() { "" } else { " · " };
    format!("{from} → {to} · {fate}{separator}{again}")
}

/// Puts the menu beside the segment, inside the view, and the focus into it.
#[hook]
fn use_place(element: &NodeRef, packet: PacketIndex, at: (f64, f64)) {
    let element = element.clone();
    use_effect_with((packet, at), move |(_, (x, y))| {
        let Some(menu) = element.cast::<HtmlElement>() else { return };
        let Some(view) = menu.parent_element() else { return };
        let fits = |place: f64, size: i32, room: i32| {
            let (size, room) = (f64::from(size), f64::from(room));
            let after = place + APART;
            let before = place - APART - size;
            let wanted = if after + size <= room { after } else { before };
            wanted.clamp(8.0, (room - size - 8.0).max(8.0))
        };
        let left = fits(*x, menu.offset_width(), view.client_width());
        let top = fits(*y, menu.offset_height(), view.client_height());
        let style = menu.style();
        // Lengths in pixels are always taken.
        let _ = style.set_property("left", &format!("{left}px"));
        let _ = style.set_property("top", &format!("{top}px"));
        let _ = menu.focus();
    });
}
