//! The fields of the IPv4 header.

use std::net::Ipv4Addr;

use tcpscope_wire::{Field, Ipv4Field};

use super::{FieldRow, bits, hexadecimal, row};
use crate::Messages;

pub(super) fn row_of(field: &Field<Ipv4Field>, messages: &'static Messages) -> FieldRow {
    let (names, header) = (&messages.field, &messages.header);
    let number = field.value.unwrap_or_default();
    let plain = |name, meaning: &str| (name, number.to_string(), meaning.to_owned());
    let (name, value, meaning) = match field.name {
        Ipv4Field::Version => plain(names.version, header.version),
        Ipv4Field::HeaderLength => (
            names.header_length,
            number.to_string(),
            header.header_length.fill([&(number * 4).to_string()]),
        ),
        Ipv4Field::DifferentiatedServices => plain("DSCP", header.dscp),
        Ipv4Field::CongestionNotification => plain("ECN", header.ecn),
        Ipv4Field::TotalLength => plain(names.total_length, header.total_length),
        Ipv4Field::Identification => plain(names.identification, header.identification),
        Ipv4Field::ReservedFlag => plain(names.reserved, header.reserved),
        Ipv4Field::DontFragment => plain("DF", header.dont_fragment),
        Ipv4Field::MoreFragments => plain("MF", header.more_fragments),
        Ipv4Field::FragmentOffset => plain(names.fragment_offset, header.fragment_offset),
        Ipv4Field::TimeToLive => plain(names.time_to_live, header.time_to_live),
        Ipv4Field::Protocol => plain(names.protocol, header.protocol),
        Ipv4Field::HeaderChecksum => {
            (names.header_checksum, hexadecimal(number), header.header_checksum.into())
        }
        Ipv4Field::SourceAddress => {
            (names.source_address, address(number), header.source_address.into())
        }
        Ipv4Field::DestinationAddress => {
            (names.destination_address, address(number), header.destination_address.into())
        }
        Ipv4Field::Options => plain(names.option, header.ipv4_options),
    };
    row(name, bits(field), value, meaning)
}

fn address(number: u64) -> String {
    u32::try_from(number).map_or_else(|_| String::new(), |bits| Ipv4Addr::from(bits).to_string())
}
