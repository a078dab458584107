//! The layers as envelopes: each row carries the one above it.

use tcpscope_view::{Envelope, EnvelopeKind, LayerKind, Limits, envelopes as scene};

use super::Shown;
use crate::store::Look;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;

/// The columns of the figure: names of one model, the headers from the outermost to the innermost,
/// data, what follows the packet, names of the other model.
const COLUMNS: [(EnvelopeKind, usize); 4] = [
    (EnvelopeKind::Link, 2),
    (EnvelopeKind::Internet, 3),
    (EnvelopeKind::Transport, 4),
    (EnvelopeKind::Data, 5),
];

/// The envelopes of a packet.
pub(super) fn envelopes(shown: &Shown<'_>) -> El {
    let picture = shown.picture;
    let words = &picture.messages.inspect;
    let from = picture.trace.packet(shown.index).id.from;
    let mtu = picture.run.timeline().link(from).and_then(|link| link.mtu).map(|mtu| mtu.octets);
    let limits = Limits::of(picture.trace, shown.index, mtu);
    let shells = scene(&shown.view, limits, picture.messages);
    let mut figure = classed("div", "envelopes")
        .set("role", "group")
        .set("aria-label", words.layers)
        .add(classed("span", "model four").say(words.four_model))
        .add(classed("span", "model seven").say(words.seven_model));
    for (above, envelope) in shells.iter().enumerate() {
        let inner = above.checked_sub(1).and_then(|above| shells.get(above));
        figure = row(shown, figure, above + 2, envelope, inner);
    }
    let kind = shown.chosen.and_then(|(layer, _)| shown.view.layers.get(layer));
    let in_frame =
        kind.is_some_and(|layer| matches!(layer.kind, LayerKind::Ethernet | LayerKind::Trailer));
    let note = in_frame.then(|| classed("p", "note quiet").say(words.frame_note));
    el("section").add(figure).maybe(note)
}

fn row(
    shown: &Shown<'_>,
    mut figure: El,
    row: usize,
    envelope: &Envelope,
    inner: Option<&Envelope>,
) -> El {
    let words = &shown.picture.messages.inspect;
    let place = |first: usize, last: usize| format!("grid-area:{row}/{first}/auto/{last}");
    let column = COLUMNS.iter().find(|(kind, _)| *kind == envelope.kind).map_or(5, |(_, at)| *at);
    let total = words.octets.fill([&envelope.total.to_string()]);
    let name = classed("div", "four")
        .write("style", place(1, 2))
        .add(classed("span", "model").say(envelope.four))
        .add(el("b").say(envelope.name))
        .say(" ")
        .add(classed("span", "num").text(total));
    let carried = column + usize::from(envelope.header.is_some());
    figure = figure.add(name);
    if let Some((layer, protocol, octets)) = envelope.header {
        figure = figure
            .add(part(shown, layer, protocol, octets).write("style", place(column, column + 1)));
    }
    figure = figure.add(carries(shown, envelope, inner).write("style", place(carried, 6)));
    if let Some((layer, padding, check)) = envelope.trailer {
        if padding > 0 {
            let zeros = words.padding.fill([&padding.to_string()]);
            let zeros =
                choice(shown, layer, 0).write("style", place(6, 7)).add(el("span").text(zeros));
            figure = figure.add(zeros);
        }
        let place_of_check = usize::from(padding > 0);
        let check_at = if padding > 0 { place(7, 8) } else { place(6, 8) };
        figure = figure.add(
            choice(shown, layer, place_of_check)
                .write("style", check_at)
                .add(el("span").say("FCS"))
                .add(classed("span", "num").text(check.to_string())),
        );
    }
    figure.add(classed("span", "seven").write("style", place(8, 9)).say(envelope.seven))
}

/// A header, to be chosen.
fn part(shown: &Shown<'_>, layer: usize, protocol: &'static str, octets: usize) -> El {
    choice(shown, layer, first_field(shown, layer))
        .add(el("span").say(protocol))
        .add(classed("span", "num").text(octets.to_string()))
}

/// The field to begin with in a layer.
fn first_field(shown: &Shown<'_>, layer: usize) -> usize {
    shown.view.first_field().filter(|(first, _)| *first == layer).map_or(0, |(_, field)| field)
}

fn choice(shown: &Shown<'_>, layer: usize, field: usize) -> El {
    let class = shown.view.layers.get(layer).map_or("", |layer| layer.kind.class());
    let pressed = shown.chosen.is_some_and(|(chosen, _)| chosen == layer);
    let lit = shown.marked.is_some_and(|(marked, _)| marked == layer);
    button("part", Command::Look(Look::Field(layer, field)))
        .set("data-layer", class)
        .flag("aria-pressed", pressed)
        .flag("data-lit", lit)
}

/// What an envelope carries: the whole of the one before it, or the data.
fn carries(shown: &Shown<'_>, envelope: &Envelope, inner: Option<&Envelope>) -> El {
    let words = &shown.picture.messages.inspect;
    let limit = envelope.limit.map(|(name, octets)| {
        let (text, class) = if envelope.total > octets {
            (words.too_long.fill([name, &octets.to_string()]), "limit bad")
        } else {
            (words.at_most.fill([name, &octets.to_string()]), "limit")
        };
        classed("span", class).text(text)
    });
    let size = envelope.carries.to_string();
    match inner {
        Some(inner) => classed("div", "carried")
            .add(el("span").say(inner.name))
            .add(classed("span", "num").text(size))
            .maybe(limit),
        None => {
            let layer = shown.view.layer(LayerKind::Payload);
            let size = if envelope.carries == 0 { words.no_data.to_owned() } else { size };
            let data = match layer {
                Some(layer) => choice(shown, layer, 0),
                None => classed("div", "carried"),
            };
            data.add(el("span").say(shown.picture.messages.field.data))
                .add(classed("span", "num").text(size))
                .maybe(limit)
        }
    }
}
