//! The fields of the IPv4 header.

use std::net::Ipv4Addr;

use tcpscope_wire::{Field, ICMP, Ipv4Field, UDP};

use super::{Names, TCP, bits, hexadecimal, row};
use crate::{FieldRow, Messages};

/// A field of the header of this packet.
pub(super) fn row_of(
    field: &Field<Ipv4Field>,
    packet: &[u8],
    messages: &'static Messages,
) -> FieldRow {
    let (names, header, words) = (&messages.field, &messages.header, &messages.inspect);
    let number = field.value.unwrap_or_default();
    let place = usize::try_from(number).unwrap_or_default();
    let (name, meaning): (Names, &'static str) = match field.name {
        Ipv4Field::Version => (names.version.into(), header.version),
        // Its meaning has a number in it: see below.
        Ipv4Field::HeaderLength => (names.header_length.into(), ""),
        Ipv4Field::DifferentiatedServices => ("DSCP".into(), header.dscp),
        Ipv4Field::CongestionNotification => {
            ("ECN".into(), header.ecn.get(place).copied().unwrap_or_default())
        }
        Ipv4Field::TotalLength => (names.total_length.into(), header.total_length),
        Ipv4Field::Identification => (names.identification.into(), header.identification),
        Ipv4Field::ReservedFlag => (Names { name: names.reserved, short: "0" }, header.reserved),
        Ipv4Field::DontFragment => ("DF".into(), header.dont_fragment),
        Ipv4Field::MoreFragments => ("MF".into(), header.more_fragments),
        Ipv4Field::FragmentOffset => (names.fragment_offset.into(), header.fragment_offset),
        Ipv4Field::TimeToLive => {
            (Names { name: names.time_to_live, short: "TTL" }, header.time_to_live)
        }
        Ipv4Field::Protocol => (names.protocol.into(), header.protocol),
        Ipv4Field::HeaderChecksum => (names.header_checksum.into(), header.header_checksum),
        Ipv4Field::SourceAddress => (names.source_address.into(), header.source_address),
        Ipv4Field::DestinationAddress => {
            (names.destination_address.into(), header.destination_address)
        }
        Ipv4Field::Options => (names.option.into(), header.ipv4_options),
    };
    let value = match field.name {
        Ipv4Field::HeaderChecksum => hexadecimal(number),
        Ipv4Field::SourceAddress | Ipv4Field::DestinationAddress => address(number),
        Ipv4Field::Protocol => protocol(number),
        Ipv4Field::Version
        | Ipv4Field::HeaderLength
        | Ipv4Field::DifferentiatedServices
        | Ipv4Field::CongestionNotification
        | Ipv4Field::TotalLength
        | Ipv4Field::Identification
        | Ipv4Field::ReservedFlag
        | Ipv4Field::DontFragment
        | Ipv4Field::MoreFragments
        | Ipv4Field::FragmentOffset
        | Ipv4Field::TimeToLive
        | Ipv4Field::Options => number.to_string(),
    };
    let header_octets = packet.first().map_or(0, |first| usize::from(first & 0x0f) * 4);
    let reckoning = match field.name {
        Ipv4Field::TotalLength => match place.checked_sub(header_octets) {
            Some(carried) => format!("{header_octets} + {carried} = {place}"),
            None => String::new(),
        },
        Ipv4Field::FragmentOffset if number > 0 => {
            words.eights_are.fill([&value, &(number * 8).to_string()])
        }
        _ => String::new(),
    };
    let meaning = match field.name {
        Ipv4Field::HeaderLength => header.header_length.fill([&(number * 4).to_string()]),
        _ => meaning.to_owned(),
    };
    let source = match field.name {
        Ipv4Field::DifferentiatedServices => "RFC 2474 §3",
        Ipv4Field::CongestionNotification => "RFC 3168 §5",
        Ipv4Field::Identification => "RFC 6864 §4",
        _ => "RFC 791 §3.1",
    };
    FieldRow { reckoning, ..row(name, bits(field), value, meaning, source) }
}

/// Where a packet belongs in the whole that it is a piece of, in units of eight octets.
pub(super) fn fragment_offset(header: &[u8]) -> u16 {
    let [high, low] = header.get(6..8).and_then(|octets| octets.try_into().ok()).unwrap_or([0; 2]);
    u16::from_be_bytes([high, low]) & 0x1fff
}

/// A protocol's number, and its name where that is known here.
fn protocol(number: u64) -> String {
    let name = match u8::try_from(number) {
        Ok(TCP) => " (TCP)",
        Ok(UDP) => " (UDP)",
        Ok(ICMP) => " (ICMP)",
        Ok(_) | Err(_) => "",
    };
    format!("{number}{name}")
}

fn address(number: u64) -> String {
    u32::try_from(number).map_or_else(|_| String::new(), |bits| Ipv4Addr::from(bits).to_string())
}
