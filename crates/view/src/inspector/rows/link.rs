//! The fields of the Ethernet frame.

use tcpscope_wire::{EthernetField, FCS_LEN, Field};

use super::{bits, hexadecimal, octets_text, row};
use crate::{FieldRow, Messages};

const IEEE: &str = "IEEE 802.3 §3.2";

/// A field of the header.
pub(super) fn row_of(field: &Field<EthernetField>, messages: &'static Messages) -> FieldRow {
    let words = &messages.inspect;
    let number = field.value.unwrap_or_default();
    let (name, meaning) = match field.name {
        EthernetField::Destination => (words.mac_destination, words.mac_destination_is),
        EthernetField::Source => (words.mac_source, words.mac_source_is),
        EthernetField::EtherType => ("EtherType", words.ether_type_is),
        EthernetField::Padding => (messages.field.padding, words.frame_padding_is),
        EthernetField::FrameCheckSequence => ("FCS", words.fcs_is),
    };
    let (value, source) = match field.name {
        EthernetField::Destination | EthernetField::Source => {
            (octets_text(number.to_be_bytes().get(2..).unwrap_or_default(), ":"), IEEE)
        }
        EthernetField::EtherType => (hexadecimal(number), "RFC 894"),
        EthernetField::Padding => (words.octets.fill([&(field.bits / 8).to_string()]), IEEE),
        EthernetField::FrameCheckSequence => (format!("0x{number:08x}"), IEEE),
    };
    let fills = field.name == EthernetField::Padding;
    FieldRow { fills, ..row(name, bits(field), value, meaning.to_owned(), source) }
}

/// What follows the packet: so many octets of the frame.
pub(super) fn trailer(frame: &[u8], octets: usize, messages: &'static Messages) -> Vec<FieldRow> {
    let Some((_, check)) = frame.split_last_chunk::<FCS_LEN>() else { return Vec::new() };
    let padding = octets.saturating_sub(FCS_LEN) * 8;
    let check = Field {
        name: EthernetField::FrameCheckSequence,
        bit_offset: padding,
        bits: 32,
        value: Some(u32::from_be_bytes(*check).into()),
    };
    let zeros =
        Field { name: EthernetField::Padding, bit_offset: 0, bits: padding, value: Some(0) };
    let padded = (padding > 0).then(|| row_of(&zeros, messages));
    padded.into_iter().chain([row_of(&check, messages)]).collect()
}
