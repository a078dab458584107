//! The fields of what a packet may carry instead of TCP: UDP and ICMP.

use tcpscope_wire::{Field, IcmpField, UdpField};

use super::{bits, hexadecimal, row};
use crate::{FieldRow, Messages};

/// A field of the UDP header.
pub(super) fn udp(field: &Field<UdpField>, messages: &'static Messages) -> FieldRow {
    let (names, header, words) = (&messages.field, &messages.header, &messages.inspect);
    let number = field.value.unwrap_or_default();
    let (name, meaning) = match field.name {
        UdpField::SourcePort => (names.source_port, header.source_port),
        UdpField::DestinationPort => (names.destination_port, header.destination_port),
        UdpField::Length => (words.length, words.udp_length_is),
        UdpField::Checksum if number == 0 => (names.checksum, words.udp_no_checksum),
        UdpField::Checksum => (names.checksum, header.checksum),
    };
    let value = match field.name {
        UdpField::Checksum => hexadecimal(number),
        UdpField::SourcePort | UdpField::DestinationPort | UdpField::Length => number.to_string(),
    };
    row(name, bits(field), value, meaning.to_owned(), "RFC 768")
}

/// A field of an ICMP message.
pub(super) fn icmp(
    field: &Field<IcmpField>,
    message: &[u8],
    messages: &'static Messages,
) -> FieldRow {
    let words = &messages.inspect;
    let number = field.value.unwrap_or_default();
    let (name, meaning) = match field.name {
        IcmpField::Type => (words.icmp_type, icmp_kind(message, messages)),
        IcmpField::Code => (words.icmp_code, words.icmp_code_is),
        IcmpField::Checksum => (messages.field.checksum, words.icmp_checksum_is),
        IcmpField::Unused => (words.icmp_unused, messages.header.reserved),
        IcmpField::NextHopMtu => (words.icmp_mtu, words.icmp_mtu_is),
    };
    let value = match field.name {
        IcmpField::Checksum => hexadecimal(number),
        IcmpField::Type | IcmpField::Code | IcmpField::Unused | IcmpField::NextHopMtu => {
            number.to_string()
        }
    };
    let source = match field.name {
        IcmpField::NextHopMtu => "RFC 1191 §4",
        IcmpField::Type | IcmpField::Code | IcmpField::Checksum | IcmpField::Unused => "RFC 792",
    };
    row(name, bits(field), value, meaning.to_owned(), source)
}

/// What a message of this type reports.
fn icmp_kind(message: &[u8], messages: &'static Messages) -> &'static str {
    let [unreachable, quench, exceeded, problem, other] = messages.inspect.icmp_kinds;
    match message.first() {
        Some(3) => unreachable,
        Some(4) => quench,
        Some(11) => exceeded,
        Some(12) => problem,
        Some(_) | None => other,
    }
}
