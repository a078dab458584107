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
    // Another segment may have other fields at the same places.
    {
        let pointed = pointed.setter();
        use_effect_with(context.read().selection, move |_| pointed.set(None));
    }
    let session = context.read();
    let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
    let words = picture.messages();
    let Some(packet) = session.selected() else {
        return html! { <p class="quiet">{ words.inspector.select_segment }</p> };
    };
    let preferences = session.preferences;
    let view = packet_view(picture.run.trace(), packet, preferences.locale, preferences.numbers);
    let shown = pointed.or_else(|| sequence_number(&view));
    let field = shown
        .and_then(|(layer, field)| view.layers.get(layer)?.fields.get(field))
        .map(|field| (field.octets.clone(), field));
    let point = {
        let pointed = pointed.clone();
        Callback::from(move |at| pointed.set(Some(at)))
    };
    html! {
        <div class="inspector">
            { facts(&picture, packet) }
            { meaning(field.as_ref().map(|(_, field)| *field), words) }
            <div class="inspector-body">
                <div class="inspector-headers">
                    { for by_interest(&view).map(|(place, layer)| bits(place, layer, shown, &point)) }
                </div>
                { octets(&view, field.map(|(octets, _)| octets), words) }
            </div>
        </div>
    }
}

/// The layers with their places: TCP's own before what carries it.
fn by_interest(view: &PacketView) -> impl Iterator<Item = (usize, &Layer)> {
    let layers = || view.layers.iter().enumerate();
    let carries = |layer: &Layer| layer.kind == LayerKind::Ipv4;
    layers()
        .filter(move |(_, layer)| !carries(layer))
        .chain(layers().filter(move |(_, layer)| carries(layer)))
}

/// The field to begin with.
fn sequence_number(view: &PacketView) -> Option<(usize, usize)> {
    let layer = view.layers.iter().position(|layer| layer.kind == LayerKind::Tcp)?;
    let bits = view.layers[layer].fields.iter().position(|field| field.bits == (32..64))?;
    Some((layer, bits))
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
                data-changed={field.changed.to_string()}
                aria-pressed={(pointed == Some(at)).to_string()} {onclick} {onmouseenter}
                title={format!("{}: {}", field.name, field.value)}>
                <span class="name">{ field.name }</span>
                <span class="value">
                    { &field.value }
                    if let Some(relative) = field.relative {
                        <span class="relative">{ " = " }{ relative }</span>
                    }
                </span>
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
        return Html::default();
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

/// The octets, 8 a line, coloured by layer; those of the field that is pointed at are marked.
fn octets(view: &PacketView, marked: Option<Range<usize>>, words: &'static Messages) -> Html {
    /// The octets of a line.
    const WIDTH: usize = 8;
    /// More lines than this tell nobody anything.
    const LINES: usize = 24;
    let marked = marked.unwrap_or_default();
    let lines = view.octets.chunks(WIDTH).take(LINES).enumerate().map(|(line, octets)| {
        let start = line * WIDTH;
        let padding = "   ".repeat(WIDTH - octets.len());
        let text: String = octets.iter().copied().map(printable).collect();
        html! {
            <div key={line}>
                <span class="offset">{ format!("{start:04x}  ") }</span>
                { for runs(view, start, octets.len(), &marked).into_iter().map(|(range, kind, marked)| {
                    let hex: String = octets[range.clone()].iter().map(|octet| format!("{octet:02x} ")).collect();
                    let class = kind.map(LayerKind::class);
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
                if view.octets.len() > LINES * WIDTH { <div class="offset">{ "…" }</div> }
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
