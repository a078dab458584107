//! A frame taken apart, layer by layer, from its octets alone: so damaged ones say what they say.

mod ipv4;
mod link;
mod options;
mod tcp;
mod transport;

use std::ops::Range;

use tcpscope_wire::{
    ETHERNET_HEADER_LEN, Field, ICMP, ICMP_HEADER_LEN, IPV4_HEADER_LEN, UDP, UDP_HEADER_LEN,
    ethernet_fields, icmp_fields, ipv4_fields, protocol, tcp_fields, udp_fields,
};

use super::{FieldRow, Framed, Layer, LayerKind};
use crate::{Bases, Messages};

/// With what a frame is read.
pub(super) struct Reading {
    pub(super) words: &'static Messages,
    /// What the numbers are counted from that the reader sees elsewhere.
    pub(super) shown: Bases,
    /// The initial sequence numbers.
    pub(super) isn: Bases,
    /// How far the window is shifted.
    pub(super) shift: u8,
}

/// TCP's number.
const TCP: u8 = 6;

/// The octets of a TCP header without options.
const TCP_HEADER_LEN: usize = 20;

/// The layers of a frame; they cover all of its octets.
pub(super) fn take_apart(frame: &Framed, reading: &Reading) -> Vec<Layer> {
    let words = &reading.words.inspect;
    let packet = frame.octets.get(frame.packet()).unwrap_or_default();
    let mut layers = Layers { layers: Vec::new(), place: 0 };
    let ethernet = ethernet_fields(&frame.octets);
    let rows = ethernet.iter().map(|field| link::row_of(field, reading.words)).collect();
    layers.push(LayerKind::Ethernet, words.ethernet, ETHERNET_HEADER_LEN, rows);

    let header = header_len(packet, 0, |first| first & 0x0f, IPV4_HEADER_LEN);
    let (ip, carried) = packet.split_at(header);
    let rows = ipv4_fields(ip);
    let rows = rows.iter().map(|field| ipv4::row_of(field, packet, reading.words));
    layers.push(LayerKind::Ipv4, reading.words.inspector.ipv4, header, rows.collect());

    // A later fragment has no header but IPv4's: what it carries goes on where another stopped.
    let continues = ipv4::fragment_offset(ip) > 0;
    let inner = if continues { 0 } else { transport(protocol(ip), carried, reading, &mut layers) };
    let data = carried.len() - inner;
    if data > 0 {
        let quotes = layers.layers.last().is_some_and(|layer| layer.kind == LayerKind::Icmp);
        let meaning = match (continues, quotes) {
            (true, _) => words.continued,
            (false, true) => words.quoted,
            (false, false) => reading.words.header.payload,
        };
        layers.push(
            LayerKind::Payload,
            reading.words.inspector.payload,
            data,
            vec![data_row(data, meaning, reading.words)],
        );
    }
    let rest = frame.octets.len().saturating_sub(layers.place);
    layers.push(
        LayerKind::Trailer,
        words.trailer,
        rest,
        link::trailer(&frame.octets, rest, reading.words),
    );
    layers.layers
}

/// Takes apart what a packet carries, and says how many octets of it are a header.
fn transport(
    protocol: Option<u8>,
    carried: &[u8],
    reading: &Reading,
    layers: &mut Layers,
) -> usize {
    let words = reading.words;
    match protocol {
        Some(TCP) if carried.len() >= TCP_HEADER_LEN => {
            let header = header_len(carried, 12, |octet| octet >> 4, TCP_HEADER_LEN);
            let (octets, text) = carried.split_at(header);
            let segment = tcp::Segment { octets, text: text.len() };
            let rows = tcp_fields(octets);
            let rows = rows.iter().map(|field| tcp::row_of(field, &segment, reading)).collect();
            layers.push(LayerKind::Tcp, words.inspector.tcp, header, rows);
            header
        }
        Some(UDP) if carried.len() >= UDP_HEADER_LEN => {
            let rows = udp_fields(carried);
            let rows = rows.iter().map(|field| transport::udp(field, words)).collect();
            layers.push(LayerKind::Udp, words.inspect.udp, UDP_HEADER_LEN, rows);
            UDP_HEADER_LEN
        }
        Some(ICMP) if carried.len() >= ICMP_HEADER_LEN => {
            let rows = icmp_fields(carried);
            let rows = rows.iter().map(|field| transport::icmp(field, carried, words)).collect();
            layers.push(LayerKind::Icmp, words.inspect.icmp, ICMP_HEADER_LEN, rows);
            ICMP_HEADER_LEN
        }
        Some(_) | None => 0,
    }
}

/// The octets of a header that gives its length in words: not less than there must be, and not
/// more than there are.
fn header_len(octets: &[u8], at: usize, words: fn(u8) -> u8, least: usize) -> usize {
    let given = octets.get(at).map_or(0, |octet| usize::from(words(*octet)) * 4);
    given.max(least).min(octets.len())
}

/// Layers that are put one after another.
struct Layers {
    layers: Vec<Layer>,
    place: usize,
}

impl Layers {
    /// Adds a layer of so many octets, if it has any fields, and gives these their places.
    fn push(
        &mut self,
        kind: LayerKind,
        name: &'static str,
        octets: usize,
        mut fields: Vec<FieldRow>,
    ) {
        if fields.is_empty() {
            return;
        }
        let start = self.place;
        for field in &mut fields {
            field.octets = start + field.bits.start / 8..start + field.bits.end.div_ceil(8);
        }
        self.place = start + octets;
        self.layers.push(Layer { kind, name, octets: start..self.place, fields });
    }
}

fn data_row(octets: usize, meaning: &'static str, words: &'static Messages) -> FieldRow {
    let value = words.window.octets.fill([&octets.to_string()]);
    let names = Names { name: words.field.data, short: words.field.data };
    row(names, 0..octets * 8, value, meaning.to_owned(), "")
}

/// What a field is called.
#[derive(Clone, Copy)]
struct Names {
    name: &'static str,
    short: &'static str,
}

impl From<&'static str> for Names {
    fn from(name: &'static str) -> Self {
        Self { name, short: name }
    }
}

/// A row whose place in the frame is not known yet.
fn row(
    names: impl Into<Names>,
    bits: Range<usize>,
    value: String,
    meaning: String,
    source: &'static str,
) -> FieldRow {
    let Names { name, short } = names.into();
    FieldRow {
        name,
        short,
        bits,
        octets: 0..0,
        value,
        relative: None,
        meaning,
        reckoning: String::new(),
        source,
        parts: Vec::new(),
        fills: false,
        changed: false,
        was: None,
    }
}

/// The bits of a field.
fn bits<Name>(field: &Field<Name>) -> Range<usize> {
    field.bit_offset..field.bit_offset + field.bits
}

/// A checksum as it is usually written.
fn hexadecimal(value: u64) -> String {
    format!("0x{value:04x}")
}

/// Octets as they are usually written, with this between them.
fn octets_text(octets: &[u8], between: &str) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(between)
}
