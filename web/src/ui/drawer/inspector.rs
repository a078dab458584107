//! The inspector: the selected segment's header bit by bit, and its octets.

use std::ops::Range;

use tcpscope_sim::{Fate, PacketIndex};
use tcpscope_view::{
    Detail, FieldRow, Layer, LayerKind, Messages, PacketView, packet_view, printable, segment_label,
};

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};

/// The octets of a line.
const WIDTH: usize = 8;
/// More lines than this tell nobody anything.
const LINES: usize = 24;

/// The selected segment, taken apart.
pub(super) fn inspector(picture: &Picture<'_>) -> El {
    let words = picture.messages;
    let Some(packet) = picture.session.selected() else {
        return classed("p", "quiet").say(words.inspector.select_segment);
    };
    let view = packet_view(picture.trace, packet, picture.locale, picture.numbers);
    let shown = picture.session.shell.field.or_else(|| sequence_number(&view));
    let field = shown.and_then(|(layer, field)| view.layers.get(layer)?.fields.get(field));
    let marked = field.map(|field| field.octets.clone()).unwrap_or_default();
    let mut headers = classed("div", "inspector-headers");
    // TCP's own before what carries it.
    for carries in [false, true] {
        for (place, layer) in view.layers.iter().enumerate() {
            if (layer.kind == LayerKind::Ipv4) == carries {
                headers = headers.add(bits(place, layer, shown));
            }
        }
    }
    let body = classed("div", "inspector-body").add(headers).add(octets(&view, &marked, words));
    classed("div", "inspector")
        .add(facts(picture, packet))
        .maybe(field.map(|field| meaning(field, words)))
        .add(body)
}

/// The field to begin with.
fn sequence_number(view: &PacketView) -> Option<(usize, usize)> {
    let layer = view.layers.iter().position(|layer| layer.kind == LayerKind::Tcp)?;
    let field = view.layers[layer].fields.iter().position(|field| field.bits == (32..64))?;
    Some((layer, field))
}

fn facts(picture: &Picture<'_>, index: PacketIndex) -> El {
    let packet = picture.trace.packet(index);
    let words = &picture.messages.packet;
    let fate = match packet.fate {
        Fate::Delivered => format!("{} {}", words.arrives, time(packet.ends)),
        Fate::Corrupted => format!("{} · {}", words.corrupted, time(packet.ends)),
        Fate::Duplicate => format!("{} · {}", words.duplicate, time(packet.ends)),
        Fate::Lost => words.lost.to_owned(),
        Fate::Dropped => words.dropped.to_owned(),
    };
    let label = segment_label(picture.trace, index, picture.numbers, Detail::Long);
    let fact = |fact: String| classed("span", "facts").text(fact);
    let again = packet.retransmission.then(|| fact(words.retransmission.to_owned()));
    let name = picture.trace.packet_name(index);
    classed("div", "inspector-head")
        .add(el("h2").text(label))
        .add(fact(format!("{} → {}", picture.title(packet.id.from), picture.title(packet.to))))
        .add(fact(format!("{} {}", words.sent, time(packet.sent))))
        .add(fact(fate))
        .maybe(again)
        .add(classed("code", "facts").text(name))
}

/// A header as RFCs draw it: 32 bits a row.
fn bits(place: usize, layer: &Layer, shown: Option<(usize, usize)>) -> El {
    let mut grid = classed("div", "bits");
    for (at, field) in layer.fields.iter().enumerate() {
        grid = grid.add(cell((place, at), field, shown == Some((place, at))));
    }
    el("section").add(classed("h3", "label").say(layer.name)).add(grid)
}

fn cell((layer, place): (usize, usize), field: &FieldRow, shown: bool) -> El {
    let width = field.bits.len().min(32);
    let flag = field.bits.len() == 1;
    let class = match (width <= 2, flag && field.value == "1") {
        (true, true) => "flag on",
        (true, false) => "flag",
        (false, _) => "",
    };
    let value = classed("span", "value").text(field.value.clone());
    let value = match field.relative {
        Some(number) => value.add(classed("span", "relative").text(format!(" = {number}"))),
        None => value,
    };
    button(class, Command::Field(layer, place))
        .write("style", format!("grid-column:span {width}"))
        .flag("aria-pressed", shown)
        .flag("data-changed", field.changed)
        .write("title", format!("{}: {}", field.name, field.value))
        .add(classed("span", "name").say(field.name))
        .add(value)
}

fn meaning(field: &FieldRow, words: &'static Messages) -> El {
    let (first, last) = (field.bits.start, field.bits.end.saturating_sub(1));
    let bits = if first == last {
        words.inspector.bit.fill([&first.to_string()])
    } else {
        words.inspector.bit_range.fill([&first.to_string(), &last.to_string()])
    };
    let separator = if field.meaning.is_empty() { "" } else { " · " };
    classed("p", "field-meaning")
        .add(el("b").say(field.name))
        .say(" ")
        .add(el("code").text(field.value.clone()))
        .text(format!(" · {bits}{separator}{}", field.meaning))
}

/// The octets, 8 a line, coloured by layer; those of the field that is looked at are marked.
fn octets(view: &PacketView, marked: &Range<usize>, words: &'static Messages) -> El {
    let label = words.inspector.octets;
    let mut hex =
        classed("div", "hex").set("tabindex", "0").set("role", "group").set("aria-label", label);
    for (line, octets) in view.octets.chunks(WIDTH).take(LINES).enumerate() {
        hex = hex.add(hex_line(view, line * WIDTH, octets, marked));
    }
    if view.octets.len() > LINES * WIDTH {
        hex = hex.add(classed("div", "offset").say("…"));
    }
    el("section").add(classed("h3", "label").say(label)).add(hex)
}

fn hex_line(view: &PacketView, start: usize, octets: &[u8], marked: &Range<usize>) -> El {
    let mut line = el("div").add(classed("span", "offset").text(format!("{start:04x}  ")));
    let mut text = "   ".repeat(WIDTH - octets.len());
    text.push(' ');
    for (place, octet) in (start..).zip(octets) {
        let class = view.layer_of(place).map_or("", |layer| layer.kind.class());
        let name = if marked.contains(&place) { "mark" } else { "span" };
        line = line.add(classed(name, class).text(format!("{octet:02x} ")));
        text.push(printable(*octet));
    }
    line.add(classed("span", "offset").text(text))
}
