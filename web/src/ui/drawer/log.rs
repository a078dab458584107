//! The log: everything that happens, in order, with the rule behind it.

use std::ops::Range;

use tcpscope_sim::RecordId;
use tcpscope_tcp::Instant;
use tcpscope_view::{LogRow, duration_text, log_row};
use yew::prelude::*;

use crate::store::{Action, Playback};
use crate::ui::context::{Layout, Picture, SessionContext, use_playback, use_session};
use crate::ui::rows::{Rows, top_of};

const ROW_HEIGHT: u32 = 28;

/// The log.
#[component]
pub(super) fn Log() -> Html {
    let context = use_session();
    let playback = use_playback();
    let (count, words) = {
        let session = context.read();
        let Some(run) = &session.run else { return Html::default() };
        (run.trace().records().len(), &session.messages().log)
    };
    let rows = {
        let context = context.clone();
        Callback::from(move |range: Range<usize>| {
            let session = context.read();
            let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
            html! { { for range.map(|index| row(&context, &picture, index)) } }
        })
    };
    let head = html! {
        <>
            <span role="columnheader">{ words.time }</span>
            <span role="columnheader" class="wide">{ words.place }</span>
            <span role="columnheader"><span class="sr">{ words.label }</span></span>
            <span role="columnheader">{ words.event }</span>
            <span role="columnheader" class="wide">{ words.why }</span>
            <span role="columnheader" class="wide">{ words.source }</span>
        </>
    };
    let store = context.store().clone();
    let go = Callback::from(move |down: bool| {
        store.act(Action::Playback(Playback::Records(if down { 1 } else { -1 })));
    });
    let shown = Some(playback.moment.record.index());
    html! {
        <Rows class="log" label={words.label} row_height={ROW_HEIGHT} {count} {shown} {head} {rows} {go} />
    }
}

fn row(context: &SessionContext, picture: &Picture<'_>, index: usize) -> Html {
    let trace = picture.run.trace();
    let Some(record) = trace.records().get(index) else { return Html::default() };
    let preferences = picture.session.preferences;
    let row = log_row(trace, record.id, preferences.locale, preferences.numbers);
    let words = &picture.messages().log;
    let place = row.host.map_or(words.on_the_link, |host| &trace.host(host).name);
    let first_why = row.why.first();
    let id = row.record;
    let phone = context.layout() == Layout::Phone;
    let class = "wide";
    let tabindex = if id == picture.record() { "0" } else { "-1" };
    html! {
        <div key={index} class="row" role="row" style={top_of(index, ROW_HEIGHT)}
            aria-rowindex={(index + 2).to_string()} data-mark={row.mark.class()}
            data-first={row.first_of_step.to_string()} data-later={(id > picture.record()).to_string()}
            data-step={is_of_present_step(picture, &row).to_string()}
            aria-current={(id == picture.record()).then_some("step")}
            onclick={go_to(context, id)} title={row.text.clone()}>
            <span role="cell" class="num">{ duration_text(row.at.since(Instant::ZERO)) }</span>
            <span role="cell" {class}>{ place }</span>
            <span role="cell" class="glyph" aria-hidden="true">{ row.mark.glyph() }</span>
            <span role="cell">
                <button type="button" class="row-button" {tabindex}>{ &row.text }</button>
            </span>
            if !phone {
                <span role="cell" {class}>{ first_why.map(|why| why.text.clone()) }</span>
                <span role="cell" class="wide cite">{ first_why.map(|why| why.citation.to_string()) }</span>
            }
        </div>
    }
}

fn is_of_present_step(picture: &Picture<'_>, row: &LogRow) -> bool {
    picture.run.trace().record(picture.record()).event == row.event
}

/// Goes to the moment of a record, and selects the segment that it is about.
fn go_to(context: &SessionContext, record: RecordId) -> Callback<MouseEvent> {
    let store = context.store().clone();
    Callback::from(move |_| {
        store.act(Action::Playback(Playback::Record(record)));
        let packet = {
            let session = store.read();
            let Ok(run) = session.run() else { return };
            let packet = run.trace().record(record).kind.packet();
            packet.map(|packet| run.trace().packet(packet).id)
        };
        if packet.is_some() {
            store.act(Action::Select(packet));
        }
    })
}
