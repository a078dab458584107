//! The inspector: the selected segment's header bit by bit, and its octets.

use std::ops::Range;

use tcpscope_sim::{Fate, PacketIndex};
use tcpscope_tcp::Instant;
use tcpscope_view::{
    Detail, FieldRow, Layer, LayerKind, Messages, PacketView, duration_text, packet_view,
    printable, segment_label,
};
use yew::prelude::*;

use crate::ui::context::{Picture, use_playback, use_session};

/// The selected segment, taken apart.
#[component]
pub(super) fn Inspector() -> Html {
    let context = use_session();
    let playback = use_playback();
    let pointed = use_state_eq(|| None::<(usize, usize)>);
    let session = context.read();
    let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
    let words = picture.messages();
    let Some(packet) = session.selected() else {
        return html! { <p class="quiet">{ words.inspector.select_segment }</p> };
    };
    let preferences = session.preferences;
    let view = packet_view(picture.run.trace(), packet, preferences.locale, preferences.numbers);
    let field = pointed
        .and_then(|(layer, field)| view.layers.get(layer)?.fields.get(field))
        .map(|field| (field.octets.clone(), field));
    let point = {
        let pointed = pointed.clone();
        Callback::from(move |at| pointed.set(Some(at)))
    };
    html! {
        <div class="inspector">
            { facts(&picture, packet) }
            <div class="inspector-body">
                <div>
                    { for view.layers.iter().enumerate().filter(|(_, layer)| !layer.fields.is_empty())
                        .map(|(place, layer)| bits(place, layer, *pointed, &point)) }
                    { meaning(field.as_ref().map(|(_, field)| *field), words) }
                </div>
                { octets(&view, field.map(|(octets, _)| octets), words) }
            </div>
        </div>
    }
}

fn facts(picture: &Picture<'_>, index: PacketIndex) -> Html {
    let trace = picture.run.trace();
    let packet = trace.packet(index);
    let words = &picture.messages().packet;
    let time = |at: Instant| duration_text(at.since(Instant::ZERO));
    let fate = match packet.fate {
        Fate::Delivered => format!("{} {}", words.arrives, time(packet.ends)),
        Fate::Lost => words.lost.to_owned(),
        Fate::Dropped => words.dropped.to_owned(),
    };
    let numbers = picture.session.preferences.numbers;
    html! {
        <div class="inspector-head">
            <h2>{ segment_label(trace, index, numbers, Detail::Long) }</h2>
            <span class="facts">
                { &trace.host(packet.id.from).name }{ " → " }{ &trace.host(packet.to).name }
            </span>
            <span class="facts">{ words.sent }{ " " }{ time(packet.sent) }</span>
            <span class="facts">{ fate }</span>
            if packet.retransmission { <span class="facts">{ words.retransmission }</span> }
            <code class="facts">{ trace.packet_name(index) }</code>
        </div>
    }
}

/// A header as RFCs draw it: 32 bits a row.
fn bits(
    layer_place: usize,
    layer: &Layer,
    pointed: Option<(usize, usize)>,
    point: &Callback<(usize, usize)>,
) -> Html {
    let cell = |(place, field): (usize, &FieldRow)| {
        let at = (layer_place, place);
        let width = field.bits.len().min(32);
        let narrow = width <= 2;
        let onclick = point.reform(move |_: MouseEvent| at);
        let onmouseenter = point.reform(move |_: MouseEvent| at);
        let on = field.bits.len() == 1 && field.value == "1";
        html! {
            <button key={place} type="button" style={format!("grid-column:span {width}")}
                class={classes!(narrow.then_some("flag"), on.then_some("on"))}
                aria-pressed={(pointed == Some(at)).to_string()} {onclick} {onmouseenter}
                title={format!("{}: {}", field.name, field.value)}>
                <span class="name">{ field.name }</span>
                <span class="value">{ &field.value }</span>
            </button>
        }
    };
    html! {
        <section key={layer_place}>
            <h3 class="label">{ layer.name }</h3>
            <div class="bits">{ for layer.fields.iter().enumerate().map(cell) }</div>
        </section>
    }
}

fn meaning(field: Option<&FieldRow>, words: &'static Messages) -> Html {
    let Some(field) = field else {
        return html! { <p class="field-meaning quiet">{ words.inspector.field }{ " …" }</p> };
    };
    let bits = (words.inspector.bit_range)(field.bits.start, field.bits.end.saturating_sub(1));
    html! {
        <p class="field-meaning" aria-live="polite">
            <b>{ field.name }</b>{ " " }<code>{ &field.value }</code>
            { " · " }{ bits }
            if !field.meaning.is_empty() { { " · " }{ &field.meaning } }
        </p>
    }
}

/// The octets, 16 a line, coloured by layer; those of the field that is pointed at are marked.
fn octets(view: &PacketView, marked: Option<Range<usize>>, words: &'static Messages) -> Html {
    /// More lines than this tell nobody anything.
    const LINES: usize = 16;
    let marked = marked.unwrap_or_default();
    let lines = view.octets.chunks(16).take(LINES).enumerate().map(|(line, octets)| {
        let start = line * 16;
        let padding = "   ".repeat(16 - octets.len());
        let text: String = octets.iter().copied().map(printable).collect();
        html! {
            <div key={line}>
                <span class="offset">{ format!("{start:04x}  ") }</span>
                { for runs(view, start, octets.len(), &marked).into_iter().map(|(range, kind, marked)| {
                    let hex: String = octets[range.clone()].iter().map(|octet| format!("{octet:02x} ")).collect();
                    let class = kind.map(class_of);
                    if marked {
                        html! { <mark key={range.start} {class}>{ hex }</mark> }
                    } else {
                        html! { <span key={range.start} {class}>{ hex }</span> }
                    }
                }) }
                <span class="offset">{ padding }{ " " }{ text }</span>
            </div>
        }
    });
    html! {
        <section>
            <h3 class="label">{ words.inspector.octets }</h3>
            <div class="hex" tabindex="0" role="group" aria-label={words.inspector.octets}>
                { for lines }
                if view.octets.len() > LINES * 16 { <div class="offset">{ "…" }</div> }
            </div>
        </section>
    }
}

/// The octets of a line in runs of the same layer and the same mark, counted from the line's start.
fn runs(
    view: &PacketView,
    start: usize,
    len: usize,
    marked: &Range<usize>,
) -> Vec<(Range<usize>, Option<LayerKind>, bool)> {
    let kind_at = |octet: usize| {
        let layer = view.layers.iter().find(|layer| layer.octets.contains(&octet));
        layer.map(|layer| layer.kind)
    };
    let mut runs: Vec<(Range<usize>, Option<LayerKind>, bool)> = Vec::new();
    for place in 0..len {
        let (kind, mark) = (kind_at(start + place), marked.contains(&(start + place)));
        match runs.last_mut() {
            Some((range, last_kind, last_mark)) if *last_kind == kind && *last_mark == mark => {
                range.end = place + 1;
            }
            Some(_) | None => runs.push((place..place + 1, kind, mark)),
        }
    }
    runs
}

const fn class_of(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Ipv4 => "ipv4",
        LayerKind::Tcp => "tcp",
        LayerKind::Options => "options",
        LayerKind::Payload => "payload",
    }
}
