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
    let plain = |name, meaning: &str| (name, number.to_string(), meaning.to_owned());
    let mut shown = None;
    let (name, value, meaning) = match field.name {
        TcpField::SourcePort => plain(names.source_port, header.source_port),
        TcpField::DestinationPort => plain(names.destination_port, header.destination_port),
        TcpField::SequenceNumber => {
            shown = relative(bases.send, segment.seq);
            plain(names.sequence_number, meaning_of_seq(segment, messages))
        }
        TcpField::AcknowledgmentNumber => match segment.ack {
            Some(ack) => {
                shown = relative(bases.receive, ack);
                plain(names.acknowledgment_number, header.acknowledgment_number)
            }
            None => plain(names.acknowledgment_number, header.acknowledgment_unused),
        },
        TcpField::DataOffset => (
            names.data_offset,
            number.to_string(),
            header.header_length.fill([&(number * 4).to_string()]),
        ),
        TcpField::Reserved => plain(names.reserved, header.reserved),
        TcpField::Cwr => plain("CWR", header.cwr),
        TcpField::Ece => plain("ECE", header.ece),
        TcpField::Urg => plain("URG", header.urg),
        TcpField::Ack => plain("ACK", header.ack),
        TcpField::Psh => plain("PSH", header.psh),
        TcpField::Rst => plain("RST", header.rst),
        TcpField::Syn => plain("SYN", header.syn),
        TcpField::Fin => plain("FIN", header.fin),
        TcpField::Window => plain(names.window, header.window),
        TcpField::Checksum => (names.checksum, hexadecimal(number), header.checksum.into()),
        TcpField::UrgentPointer if segment.flags.contains(Flags::URG) => {
            plain(names.urgent_pointer, header.urgent_pointer)
        }
        TcpField::UrgentPointer => plain(names.urgent_pointer, header.urgent_unused),
        TcpField::Option(kind) => option(kind, number, messages),
        TcpField::Padding => plain(names.padding, header.padding),
        TcpField::Unreadable(kind) => {
            (names.option, kind.number().to_string(), header.option_unreadable.into())
        }
    };
    FieldRow { relative: shown, ..row(name, bits(field), value, meaning) }
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

fn option(
    kind: OptionKind,
    number: u64,
    messages: &'static Messages,
) -> (&'static str, String, String) {
    let (names, header) = (&messages.field, &messages.header);
    match kind {
        OptionKind::EndOfList => {
            (names.option_end, kind.number().to_string(), header.option_end.into())
        }
        OptionKind::NoOperation => {
            (names.option_nop, kind.number().to_string(), header.option_nop.into())
        }
        OptionKind::MaximumSegmentSize => {
            (names.option_mss, number.to_string(), header.option_mss.into())
        }
        OptionKind::Other(other) => (names.option, other.to_string(), header.option_unknown.into()),
    }
}
