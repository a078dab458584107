//! A packet taken apart, for the inspector: its layers, fields and octets, as it was sent and as it
//! arrives.

mod checksum;
mod diagram;
mod envelopes;
mod fragments;
mod hex;
mod named;
mod octets;
mod rows;

use std::ops::Range;

use tcpscope_sim::{Packet, PacketIndex, Trace};
use tcpscope_wire::{ETHERNET_HEADER_LEN, ethernet_frame};

pub use self::checksum::{
    ChecksumWork, SumPart, SumRow, SumWord, Verdict, checksum_work, conclusion,
};
pub use self::diagram::{CellKind, HeaderCell, Way, field_beside, header_diagram};
pub use self::envelopes::{Envelope, EnvelopeKind, Limits, envelopes};
pub use self::fragments::{FragmentRow, fragments};
pub use self::hex::{HexLine, HexRow, HexRun, hex_rows, printable};
pub use self::named::header_field_name;
pub use self::octets::{Seen, Sight, mac_address};
use self::rows::Reading;
use crate::label::window_shift;
use crate::{Bases, Locale, Numbers, messages};

/// A packet taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketView {
    /// What is looked at.
    pub seen: Seen,
    /// Which fragment it is, counted from 0; `None`: the whole packet.
    pub piece: Option<usize>,
    /// The octets of the whole Ethernet frame.
    pub octets: Vec<u8>,
    /// The layers, one after another: they cover all octets.
    pub layers: Vec<Layer>,
    /// The octets of the frame that was sent, where these arrive otherwise.
    pub sent: Option<Vec<u8>>,
}

/// A layer of a packet: its header, or what is no header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub kind: LayerKind,
    /// The name, in the reader's language.
    pub name: &'static str,
    /// Its place in the octets of the frame.
    pub octets: Range<usize>,
    /// Its fields, in order: they cover all its bits.
    pub fields: Vec<FieldRow>,
}

/// Which layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// The header of the Ethernet frame.
    Ethernet,
    /// The IPv4 header.
    Ipv4,
    /// The TCP header, options included.
    Tcp,
    /// The UDP header.
    Udp,
    /// The ICMP header.
    Icmp,
    /// The text.
    Payload,
    /// What follows the packet in its frame: padding and check sequence.
    Trailer,
}

/// A field of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// The name, in the reader's language; flags are the same in all.
    pub name: &'static str,
    /// The name where there is little room.
    pub short: &'static str,
    /// Its bits, counted from the beginning of its layer; 32 bits a row of the diagram.
    pub bits: Range<usize>,
    /// The octets that hold any bit of it, counted from the beginning of the frame.
    pub octets: Range<usize>,
    /// The value as it is usually written.
    pub value: String,
    /// The sequence number as it is shown elsewhere, where that is another.
    pub relative: Option<u32>,
    /// What it means here.
    pub meaning: String,
    /// How its value is reckoned with: `502 × 2^7 = 64256`. Empty where it is what it says.
    pub reckoning: String,
    /// Where it is defined.
    pub source: &'static str,
    /// What an option is made of; nothing, where it is one number.
    pub parts: Vec<Part>,
    /// Whether it only fills up.
    pub fills: bool,
    /// Whether it differs from the same field of the sender's segment before.
    pub changed: bool,
    /// The value that it was sent with, where it arrives with another.
    pub was: Option<String>,
}

/// A part of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name, in the reader's language where it is not the RFC's.
    pub name: &'static str,
    /// Its bits, counted from the beginning of its layer.
    pub bits: Range<usize>,
    /// The value.
    pub value: String,
}

impl LayerKind {
    /// The layer's class, in kebab-case.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ethernet => "ethernet",
            Self::Ipv4 => "ipv4",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Payload => "payload",
            Self::Trailer => "trailer",
        }
    }

    /// Whether it is what the packet is sent for: the header of a transport, or of ICMP.
    #[must_use]
    pub const fn is_transport(self) -> bool {
        match self {
            Self::Tcp | Self::Udp | Self::Icmp => true,
            Self::Ethernet | Self::Ipv4 | Self::Payload | Self::Trailer => false,
        }
    }
}

impl PacketView {
    /// The layer that an octet belongs to, by its place.
    #[must_use]
    pub fn layer_of(&self, octet: usize) -> Option<usize> {
        self.layers.iter().position(|layer| layer.octets.contains(&octet))
    }

    /// The fields that an octet holds bits of, by layer and place: flags share one.
    pub fn fields_of(&self, octet: usize) -> impl Iterator<Item = (usize, usize)> {
        let layer = self.layer_of(octet);
        let fields = layer.and_then(|layer| self.layers.get(layer)).map(|layer| &layer.fields);
        let places = fields.into_iter().flatten().enumerate();
        places.filter_map(move |(place, field)| {
            field.octets.contains(&octet).then_some((layer?, place))
        })
    }

    /// The field to point at for an octet: of several flags, the first that is set.
    #[must_use]
    pub fn field_of(&self, octet: usize) -> Option<(usize, usize)> {
        let mut fields = self.fields_of(octet);
        let first = fields.next()?;
        let set = |(layer, field)| self.field(layer, field).is_some_and(FieldRow::is_set);
        let flag = std::iter::once(first).chain(fields).find(|field| set(*field));
        Some(flag.unwrap_or(first))
    }

    /// A field, by layer and place.
    #[must_use]
    pub fn field(&self, layer: usize, field: usize) -> Option<&FieldRow> {
        self.layers.get(layer)?.fields.get(field)
    }

    /// The layer of a kind, by its place.
    #[must_use]
    pub fn layer(&self, kind: LayerKind) -> Option<usize> {
        self.layers.iter().position(|layer| layer.kind == kind)
    }

    /// The field to begin with: TCP's sequence number, or what comes nearest.
    #[must_use]
    pub fn first_field(&self) -> Option<(usize, usize)> {
        let transport = self.layers.iter().position(|layer| layer.kind.is_transport());
        let layer = transport.or_else(|| self.layer(LayerKind::Ipv4))?;
        let place = if self.layers.get(layer)?.kind == LayerKind::Tcp { 2 } else { 0 };
        Some((layer, place))
    }

    /// Whether this octet arrives otherwise than it was sent.
    #[must_use]
    pub fn is_damaged(&self, octet: usize) -> bool {
        let sent = self.sent.as_ref().and_then(|sent| sent.get(octet));
        sent.is_some_and(|sent| self.octets.get(octet) != Some(sent))
    }

    /// The bits of a layer that arrive otherwise than they were sent, counted from its beginning.
    pub fn damaged_bits(&self, layer: &Layer) -> impl Iterator<Item = usize> {
        let Range { start, end } = layer.octets;
        let bits = move |octet: usize| {
            let sent = self.sent.as_ref().and_then(|sent| sent.get(octet)).copied();
            let here = self.octets.get(octet).copied();
            let differs = sent.zip(here).map_or(0, |(sent, here)| sent ^ here);
            let is_flipped = move |bit: &usize| differs & 0x80 >> *bit != 0;
            (0..8).filter(is_flipped).map(move |bit| (octet - start) * 8 + bit)
        };
        // The check sequence of the frame is made anew on each link: it is not what was damaged.
        let compares = layer.kind != LayerKind::Trailer;
        (start..if compares { end } else { start }).flat_map(bits)
    }
}

impl FieldRow {
    /// Whether it is a flag that is set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.is_flag() && self.value == "1"
    }

    /// Whether it is one bit.
    #[must_use]
    pub fn is_flag(&self) -> bool {
        self.bits.len() == 1
    }
}

/// A packet's layers and octets.
#[must_use]
pub fn packet_view(
    trace: &Trace,
    index: PacketIndex,
    sight: Sight,
    locale: Locale,
    numbers: Numbers,
) -> PacketView {
    let packet = trace.packet(index);
    let bases = |numbers| Bases::of(trace, packet.id.from, packet.sent_by, numbers);
    let reading = Reading {
        words: messages(locale),
        shown: bases(numbers),
        isn: bases(Numbers::Relative),
        shift: window_shift(trace, packet),
    };
    let piece = sight.piece.filter(|piece| *piece < packet.fragments().len());
    let seen = sight.seen_of(packet, piece);
    let sent = framed(trace, packet, Seen::Sent, piece);
    let before = previous(trace, index)
        .map(|before| rows::take_apart(&framed(trace, before, Seen::Sent, None), &reading));
    let mut layers = rows::take_apart(&sent, &reading);
    if piece.is_none() {
        mark_changes(&mut layers, before.as_deref());
    }
    if seen == Seen::Sent {
        return PacketView { seen, piece, octets: sent.octets, layers, sent: None };
    }
    let arrived = framed(trace, packet, seen, piece);
    let mut found = rows::take_apart(&arrived, &reading);
    mark_damage(&mut found, &layers);
    PacketView { seen, piece, octets: arrived.octets, layers: found, sent: Some(sent.octets) }
}

/// Octets of a packet that was not sent in a run: what another tool captured, for one.
#[must_use]
pub fn view_of_octets(ipv4: &[u8], locale: Locale) -> PacketView {
    let bases = Bases::default();
    let reading = Reading { words: messages(locale), shown: bases, isn: bases, shift: 0 };
    let frame = Framed { octets: ethernet_frame([0; 6], [0; 6], ipv4), packet: ipv4.len() };
    let layers = rows::take_apart(&frame, &reading);
    PacketView { seen: Seen::Sent, piece: None, octets: frame.octets, layers, sent: None }
}

/// A frame, and how many octets of it are its packet.
struct Framed {
    octets: Vec<u8>,
    packet: usize,
}

impl Framed {
    /// Where the packet is.
    const fn packet(&self) -> Range<usize> {
        ETHERNET_HEADER_LEN..ETHERNET_HEADER_LEN + self.packet
    }
}

fn framed(trace: &Trace, packet: &Packet, seen: Seen, piece: Option<usize>) -> Framed {
    let ip = octets::ip_packet(packet, seen, piece);
    let [from, to] = [packet.id.from, packet.to].map(|host| mac_address(trace, host));
    Framed { octets: ethernet_frame(from, to, &ip), packet: ip.len() }
}

/// The packet that the same host sent before, between the same sockets.
fn previous(trace: &Trace, packet: PacketIndex) -> Option<&Packet> {
    let this = trace.packet(packet);
    let place = usize::try_from(packet.0).ok()?;
    let same = |other: &&Packet| {
        (other.source, other.destination, other.id.copy) == (this.source, this.destination, 0)
    };
    trace.packets().get(..place)?.iter().rev().find(same)
}

/// The bits of a TCP header without options.
const FIXED_BITS: usize = 160;

/// A field has changed if the same field held something else. Options and text come and go: only
/// the fixed headers are compared.
fn mark_changes(layers: &mut [Layer], before: Option<&[Layer]>) {
    let pairs = layers.iter_mut().zip(before.into_iter().flatten());
    for (layer, old) in pairs.filter(|(layer, old)| layer.kind == old.kind) {
        let header = layer.kind == LayerKind::Ipv4 || layer.kind.is_transport();
        for (field, old) in layer.fields.iter_mut().zip(&old.fields) {
            field.changed = header && field.bits.end <= FIXED_BITS && field.value != old.value;
        }
    }
}

/// A field is damaged if the same field was sent with another value.
fn mark_damage(layers: &mut [Layer], sent: &[Layer]) {
    let pairs = layers.iter_mut().zip(sent).filter(|(layer, sent)| layer.kind == sent.kind);
    for (layer, sent) in pairs.filter(|(layer, _)| layer.kind != LayerKind::Trailer) {
        for (field, sent) in layer.fields.iter_mut().zip(&sent.fields) {
            let differs = field.bits == sent.bits && field.value != sent.value;
            field.was = differs.then(|| sent.value.clone());
        }
    }
}
