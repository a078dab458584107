//! A segment's header and octets, for the inspector.

use std::ops::Range;

use tcpscope_sim::{PacketIndex, Trace};

use crate::{Locale, Numbers};

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
    /// Its fields, in order.
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
    /// The name, as the RFC writes it.
    pub name: &'static str,
    /// Its bits, counted from the beginning of its layer; 32 bits a row of the diagram.
    pub bits: Range<usize>,
    /// Its octets, counted from the beginning of the packet: those that hold any bit of it.
    pub octets: Range<usize>,
    /// The value as it stands in the header.
    pub value: String,
    /// What it means here; empty where there is nothing to add.
    pub meaning: String,
}

/// A packet's headers and octets.
#[must_use]
pub fn packet_view(
    _trace: &Trace,
    _packet: PacketIndex,
    _locale: Locale,
    _numbers: Numbers,
) -> PacketView {
    PacketView { octets: Vec::new(), layers: Vec::new() }
}

/// Octets in the classic form: 16 a line, in hexadecimal, with what is printable beside them.
#[must_use]
pub fn printable(octet: u8) -> char {
    if octet.is_ascii_graphic() || octet == b' ' { char::from(octet) } else { '·' }
}
