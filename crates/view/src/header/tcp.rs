//! The fields of the TCP header.

use tcpscope_tcp::{Flags, Segment, SeqNumber};
use tcpscope_wire::{Field, OptionKind, TcpField};

use super::{FieldRow, bits, hexadecimal, row};
use crate::{Bases, Messages};

pub(super) fn row_of(
    field: &Field<TcpField>,
    segment: &Segment,
    bases: Bases,
    messages: &'static Messages,
) -> FieldRow {
    let (names, header) = (&messages.field, &messages.header);
    let number = field.value.unwrap_or_default();
    let mut shown = None;
    let (name, meaning) = match field.name {
        TcpField::SourcePort => (names.source_port, header.source_port),
        TcpField::DestinationPort => (names.destination_port, header.destination_port),
        TcpField::SequenceNumber => {
            shown = relative(bases.send, segment.seq);
            (names.sequence_number, meaning_of_seq(segment, messages))
        }
        TcpField::AcknowledgmentNumber => match segment.ack {
            Some(ack) => {
                shown = relative(bases.receive, ack);
                (names.acknowledgment_number, header.acknowledgment_number)
            }
            None => (names.acknowledgment_number, header.acknowledgment_unused),
        },
        // Its meaning has a number in it: see below.
        TcpField::DataOffset => (names.data_offset, ""),
        TcpField::Reserved => (names.reserved, header.reserved),
        TcpField::Cwr => ("CWR", header.cwr),
        TcpField::Ece => ("ECE", header.ece),
        TcpField::Urg => ("URG", header.urg),
        TcpField::Ack => ("ACK", header.ack),
        TcpField::Psh => ("PSH", header.psh),
        TcpField::Rst => ("RST", header.rst),
        TcpField::Syn => ("SYN", header.syn),
        TcpField::Fin => ("FIN", header.fin),
        TcpField::Window => (names.window, header.window),
        TcpField::Checksum => (names.checksum, header.checksum),
        TcpField::UrgentPointer if segment.flags.contains(Flags::URG) => {
            (names.urgent_pointer, header.urgent_pointer)
        }
        TcpField::UrgentPointer => (names.urgent_pointer, header.urgent_unused),
        TcpField::Option(OptionKind::EndOfList) => (names.option_end, header.option_end),
        TcpField::Option(OptionKind::NoOperation) => (names.option_nop, header.option_nop),
        TcpField::Option(OptionKind::MaximumSegmentSize) => (names.option_mss, header.option_mss),
        TcpField::Option(OptionKind::Other(_)) => (names.option, header.option_unknown),
        TcpField::Padding => (names.padding, header.padding),
        TcpField::Unreadable(_) => (names.option, header.option_unreadable),
    };
    let meaning = match field.name {
        TcpField::DataOffset => header.header_length.fill([&(number * 4).to_string()]),
        _ => meaning.to_owned(),
    };
    FieldRow { relative: shown, ..row(name, bits(field), value(field.name, number), meaning) }
}

/// A field's value as it is usually written: an option that has none is told by its kind.
fn value(field: TcpField, number: u64) -> String {
    match field {
        TcpField::Checksum => hexadecimal(number),
        TcpField::Option(OptionKind::MaximumSegmentSize) => number.to_string(),
        TcpField::Option(kind) | TcpField::Unreadable(kind) => kind.number().to_string(),
        _ => number.to_string(),
    }
}

/// What SEG.SEQ numbers: it depends on what the segment carries.
fn meaning_of_seq(segment: &Segment, messages: &'static Messages) -> &'static str {
    let header = &messages.header;
    if segment.syn() {
        header.sequence_number_syn
    } else if !segment.payload.is_empty() {
        header.sequence_number
    } else if segment.fin() {
        header.sequence_number_fin
    } else {
        header.sequence_number_bare
    }
}

/// A sequence number as it is shown elsewhere, if that is another.
fn relative(base: SeqNumber, number: SeqNumber) -> Option<u32> {
    (base != SeqNumber::default()).then(|| number.distance_from(base))
}
