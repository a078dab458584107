//! A segment's headers and octets, for the inspector.

mod ipv4;
mod tcp;

use std::ops::Range;

use tcpscope_sim::{Packet, PacketIndex, Trace};
use tcpscope_wire::{Field, IPV4_HEADER_LEN, encode, ipv4_fields, tcp_fields};

use crate::label::window_shift;
use crate::{Bases, Locale, Messages, Numbers, messages};

/// A packet taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketView {
    /// The octets of the whole IPv4 packet.
    pub octets: Vec<u8>,
    /// The layers, one after another: they cover all octets.
    pub layers: Vec<Layer>,
}

/// A layer of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub kind: LayerKind,
    /// The name, in the reader's language.
    pub name: &'static str,
    /// Its place in the octets of the packet.
    pub octets: Range<usize>,
    /// Its fields, in order: they cover all its bits.
    pub fields: Vec<FieldRow>,
}

/// Which layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// The IPv4 header.
    Ipv4,
    /// The TCP header, without its options.
    Tcp,
    /// The options of the TCP header.
    Options,
    /// The text.
    Payload,
}

/// A field of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// The name, in the reader's language; flags are the same in all.
    pub name: &'static str,
    /// Its bits, counted from the beginning of its layer; 32 bits a row of the diagram.
    pub bits: Range<usize>,
    /// The octets that hold any bit of it, counted from the beginning of the packet.
    pub octets: Range<usize>,
    /// The value as it stands in the header.
    pub value: String,
    /// The sequence number as it is shown elsewhere, where that is another.
    pub relative: Option<u32>,
    /// What it means here.
    pub meaning: String,
    /// Whether it differs from the same field of the sender's segment before.
    pub changed: bool,
}

impl LayerKind {
    /// The layer's class, in kebab-case.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Tcp => "tcp",
            Self::Options => "options",
            Self::Payload => "payload",
        }
    }
}

impl PacketView {
    /// The layer that an octet belongs to.
    #[must_use]
    pub fn layer_of(&self, octet: usize) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.octets.contains(&octet))
    }

    /// The fields that an octet holds bits of: the flags share one.
    pub fn fields_of(&self, octet: usize) -> impl Iterator<Item = &FieldRow> {
        let fields = self.layer_of(octet).into_iter().flat_map(|layer| &layer.fields);
        fields.filter(move |field| field.octets.contains(&octet))
    }
}

/// An octet as a character, where it is one that can be seen; a dot where not.
#[must_use]
pub fn printable(octet: u8) -> char {
    if octet.is_ascii_graphic() || octet == b' ' { char::from(octet) } else { '·' }
}

/// A packet's headers and octets.
#[must_use]
pub fn packet_view(
    trace: &Trace,
    packet: PacketIndex,
    locale: Locale,
    numbers: Numbers,
) -> PacketView {
    let bases = {
        let packet = trace.packet(packet);
        Bases::of(trace, packet.id.from, packet.sent_by, numbers)
    };
    let mut view = take_apart(trace, trace.packet(packet), bases, messages(locale));
    let before =
        previous(trace, packet).map(|before| take_apart(trace, before, bases, messages(locale)));
    mark_changes(&mut view, before.as_ref());
    view
}

/// The packet that the same host sent before.
fn previous(trace: &Trace, packet: PacketIndex) -> Option<&Packet> {
    let from = trace.packet(packet).id.from;
    let place = usize::try_from(packet.0).ok()?;
    trace.packets().get(..place)?.iter().rfind(|packet| packet.id.from == from)
}

/// A field has changed if the same field held something else. Options and text come and go: only
/// the two fixed headers are compared.
fn mark_changes(view: &mut PacketView, before: Option<&PacketView>) {
    let fixed = |kind| matches!(kind, LayerKind::Ipv4 | LayerKind::Tcp);
    let Some(before) = before else { return };
    for (layer, old) in view.layers.iter_mut().zip(&before.layers) {
        if fixed(layer.kind) && layer.kind == old.kind {
            for (field, old) in layer.fields.iter_mut().zip(&old.fields) {
                field.changed = field.value != old.value;
            }
        }
    }
}

fn take_apart(
    trace: &Trace,
    packet: &Packet,
    bases: Bases,
    messages: &'static Messages,
) -> PacketView {
    let (from, to) = (trace.host(packet.id.from).address, trace.host(packet.to).address);
    let octets = match encode(from, to, &packet.segment) {
        Ok(octets) => octets.to_vec(),
        // No segment of the engine's is that long: its text is at most one MSS.
        Err(_) => Vec::new(),
    };
    let (ipv4_octets, tcp_octets) = octets.split_at(IPV4_HEADER_LEN.min(octets.len()));
    let ipv4 = ipv4_fields(ipv4_octets).iter().map(|field| ipv4::row_of(field, messages)).collect();
    let shift = window_shift(trace, packet);
    let mut tcp: Vec<_> = tcp_fields(tcp_octets)
        .iter()
        .map(|field| tcp::row_of(field, &packet.segment, shift, bases, messages))
        .collect();
    let options = tcp.split_off(tcp.partition_point(|row| row.bits.start < TCP_HEADER_BITS));
    let names = &messages.inspector;
    let mut layers = Vec::new();
    let mut place = 0;
    for (kind, name, fields) in [
        (LayerKind::Ipv4, names.ipv4, ipv4),
        (LayerKind::Tcp, names.tcp, tcp),
        (LayerKind::Options, names.options, options),
    ] {
        push_layer(&mut layers, &mut place, kind, name, fields);
    }
    let data = payload_row(octets.len() - place, messages);
    push_layer(&mut layers, &mut place, LayerKind::Payload, names.payload, data);
    PacketView { octets, layers }
}

/// The bits of a TCP header without options.
const TCP_HEADER_BITS: usize = 160;

/// Adds a layer, if it has any fields, and gives its fields their places.
fn push_layer(
    layers: &mut Vec<Layer>,
    place: &mut usize,
    kind: LayerKind,
    name: &'static str,
    mut fields: Vec<FieldRow>,
) {
    let (Some(first), Some(last)) = (fields.first(), fields.last()) else { return };
    let (start, end) = (first.bits.start, last.bits.end);
    for field in &mut fields {
        field.bits = field.bits.start - start..field.bits.end - start;
        field.octets = *place + field.bits.start / 8..*place + field.bits.end.div_ceil(8);
    }
    let octets = *place..*place + (end - start) / 8;
    *place = octets.end;
    layers.push(Layer { kind, name, octets, fields });
}

fn payload_row(octets: usize, messages: &Messages) -> Vec<FieldRow> {
    if octets == 0 {
        return Vec::new();
    }
    let length = u64::try_from(octets).unwrap_or(u64::MAX);
    let value = messages.window.octets.fill([&length.to_string()]);
    vec![row(messages.field.data, 0..octets * 8, value, messages.header.payload.into())]
}

/// A row whose place in the packet is not known yet.
fn row(name: &'static str, bits: Range<usize>, value: String, meaning: String) -> FieldRow {
    FieldRow { name, bits, octets: 0..0, value, relative: None, meaning, changed: false }
}

/// The bits of a field.
fn bits<Name>(field: &Field<Name>) -> Range<usize> {
    field.bit_offset..field.bit_offset + field.bits
}

/// A checksum as it is usually written.
fn hexadecimal(value: u64) -> String {
    format!("0x{value:04x}")
}
