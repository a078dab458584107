//! The fields of the IPv4 header.

use std::net::Ipv4Addr;

use tcpscope_wire::{Field, Ipv4Field};

use super::{FieldRow, bits, hexadecimal, row};
use crate::Messages;

pub(super) fn row_of(field: &Field<Ipv4Field>, messages: &'static Messages) -> FieldRow {
    let (names, header) = (&messages.field, &messages.header);
    let number = field.value.unwrap_or_default();
    let (name, meaning) = match field.name {
        Ipv4Field::Version => (names.version, header.version),
        // Its meaning has a number in it: see below.
        Ipv4Field::HeaderLength => (names.header_length, ""),
        Ipv4Field::DifferentiatedServices => ("DSCP", header.dscp),
        Ipv4Field::CongestionNotification => {
            let place = usize::try_from(number).unwrap_or_default();
            ("ECN", header.ecn.get(place).copied().unwrap_or_default())
        }
        Ipv4Field::TotalLength => (names.total_length, header.total_length),
        Ipv4Field::Identification => (names.identification, header.identification),
        Ipv4Field::ReservedFlag => (names.reserved, header.reserved),
        Ipv4Field::DontFragment => ("DF", header.dont_fragment),
        Ipv4Field::MoreFragments => ("MF", header.more_fragments),
        Ipv4Field::FragmentOffset => (names.fragment_offset, header.fragment_offset),
        Ipv4Field::TimeToLive => (names.time_to_live, header.time_to_live),
        Ipv4Field::Protocol => (names.protocol, header.protocol),
        Ipv4Field::HeaderChecksum => (names.header_checksum, header.header_checksum),
        Ipv4Field::SourceAddress => (names.source_address, header.source_address),
        Ipv4Field::DestinationAddress => (names.destination_address, header.destination_address),
        Ipv4Field::Options => (names.option, header.ipv4_options),
    };
    let value = match field.name {
        Ipv4Field::HeaderChecksum => hexadecimal(number),
        Ipv4Field::SourceAddress | Ipv4Field::DestinationAddress => address(number),
        _ => number.to_string(),
    };
    let meaning = match field.name {
        Ipv4Field::HeaderLength => header.header_length.fill([&(number * 4).to_string()]),
        _ => meaning.to_owned(),
    };
    row(name, bits(field), value, meaning)
}

fn address(number: u64) -> String {
    u32::try_from(number).map_or_else(|_| String::new(), |bits| Ipv4Addr::from(bits).to_string())
}
