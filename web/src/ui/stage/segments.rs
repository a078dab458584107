//! The ladder as a table: the same segments, the same selection, the same things to do to them.

use std::ops::Range;

use tcpscope_sim::{Edit, Fate, Intervention, PacketIndex};
use tcpscope_tcp::Instant;
use tcpscope_view::{Detail, duration_text, segment_label};
use yew::prelude::*;

use super::{DELAYS, select};
use crate::store::Action;
use crate::ui::context::{Layout, Picture, SessionContext, use_playback, use_session};
use crate::ui::icons::{self, icon_button};
use crate::ui::rows::{Rows, top_of};

/// The segments as a table.
#[component]
pub(crate) fn Segments() -> Html {
    let context = use_session();
    let playback = use_playback();
    let (count, words, shown) = {
        let session = context.read();
        let Some(run) = &session.run else { return Html::default() };
        let selected = session.selected().map(|packet| packet.0 as usize);
        (run.trace().packets().len(), session.messages(), selected)
    };
    let rows = {
        let context = context.clone();
        Callback::from(move |range: Range<usize>| {
            let session = context.read();
            let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
            html! { { for range.filter_map(|index| row(&context, &picture, index)) } }
        })
    };
    let head = html! {
        <>
            <span role="columnheader">{ words.ladder.sent_at }</span>
            <span role="columnheader" class="wide">{ words.ladder.from }{ " → " }{ words.ladder.to }</span>
            <span role="columnheader">{ words.ladder.segment }</span>
            <span role="columnheader" class="wide">{ words.ladder.fate }</span>
            <span role="columnheader"><span class="sr">{ words.packet.menu }</span></span>
        </>
    };
    let store = context.store().clone();
    let go = Callback::from(move |down: bool| {
        let next = {
            let session = store.read();
            let here = session.selected().map_or(0, |packet| packet.0);
            let next = if down { here.saturating_add(1) } else { here.saturating_sub(1) };
            PacketIndex(next.min(u32::try_from(count).unwrap_or(u32::MAX).saturating_sub(1)))
        };
        select(&store, Some(next));
    });
    let row_height = row_height(&context);
    html! {
        <Rows class="segments" label={words.ladder.table_caption} {row_height} {count} {shown} {head} {rows} {go} />
    }
}

/// A finger needs more room than a mouse.
fn row_height(context: &SessionContext) -> u32 {
    if context.layout() == Layout::Phone { 44 } else { 28 }
}

fn row(context: &SessionContext, picture: &Picture<'_>, index: usize) -> Option<Html> {
    let (trace, words) = (picture.run.trace(), picture.messages());
    let packet = trace.packets().get(index)?;
    let place = PacketIndex(u32::try_from(index).ok()?);
    let selected = picture.session.selected() == Some(place);
    let time = |at: Instant| duration_text(at.since(Instant::ZERO));
    let fate = match packet.fate {
        Fate::Delivered => format!("{} {}", words.packet.arrives, time(packet.ends)),
        Fate::Lost => words.packet.lost.to_owned(),
        Fate::Dropped => words.packet.dropped.to_owned(),
    };
    let id = packet.id;
    let delay = Intervention::Delay { packet: id, by: DELAYS[1] };
    let edit = |intervention| {
        let edit = context.on::<MouseEvent>(move || Action::Edit(Edit::Packet(intervention)));
        // The row's own click selects: that is for the rest of it.
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            edit.emit(event);
        })
    };
    let store = context.store().clone();
    let onclick = Callback::from(move |_: MouseEvent| select(&store, Some(place)));
    let phone = context.layout() == Layout::Phone;
    Some(html! {
        <div key={index} class="row" role="row" style={top_of(index, row_height(context))}
            aria-rowindex={(index + 2).to_string()} data-selected={selected.to_string()}
            data-later={(packet.sent_by > picture.record()).to_string()} {onclick}>
            <span role="cell" class="num">{ time(packet.sent) }</span>
            if !phone {
                <span role="cell">{ &trace.host(id.from).name }{ " → " }{ &trace.host(packet.to).name }</span>
            }
            <span role="cell">
                <button type="button" class="row-button num" aria-pressed={selected.to_string()}>
                    { segment_label(trace, place, picture.session.preferences.numbers, Detail::Short) }
                </button>
            </span>
            if !phone { <span role="cell">{ fate }</span> }
            <span role="cell">
                { icon_button(icons::DROP, words.packet.drop, "", false, edit(Intervention::Drop(id))) }
                { icon_button(icons::DELAY, words.packet.delay, "", false, edit(delay)) }
            </span>
        </div>
    })
}
