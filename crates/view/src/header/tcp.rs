//! The fields of the TCP header.

use tcpscope_tcp::{FastOpenCookie, Flags, SackBlocks, Segment, SeqNumber, Timestamps};
use tcpscope_wire::{Field, OptionKind, TcpField};

use super::{FieldRow, bits, hexadecimal, row};
use crate::{Bases, Messages};

pub(super) fn row_of(
    field: &Field<TcpField>,
    segment: &Segment,
    shift: u8,
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
        // Meanings that are empty here have a number in them: see `meaning_with_numbers`.
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
        TcpField::Window if shift > 0 => (names.window, ""),
        TcpField::Window => (names.window, header.window),
        TcpField::Checksum => (names.checksum, header.checksum),
        TcpField::UrgentPointer if segment.flags.contains(Flags::URG) => {
            (names.urgent_pointer, header.urgent_pointer)
        }
        TcpField::UrgentPointer => (names.urgent_pointer, header.urgent_unused),
        TcpField::Option(kind) => option(kind, segment, messages),
        TcpField::Padding => (names.padding, header.padding),
        TcpField::Unreadable(_) => (names.option, header.option_unreadable),
    };
    let meaning = if meaning.is_empty() {
        meaning_with_numbers(field.name, number, segment, shift, bases, messages)
    } else {
        meaning.to_owned()
    };
    let value = value(field.name, number, segment);
    FieldRow { relative: shown, ..row(name, bits(field), value, meaning) }
}

/// The name of an option, and what it means.
fn option(
    kind: OptionKind,
    segment: &Segment,
    messages: &'static Messages,
) -> (&'static str, &'static str) {
    let (names, header) = (&messages.field, &messages.header);
    match kind {
        OptionKind::EndOfList => (names.option_end, header.option_end),
        OptionKind::NoOperation => (names.option_nop, header.option_nop),
        OptionKind::MaximumSegmentSize => (names.option_mss, header.option_mss),
        OptionKind::WindowScale => (names.option_window_scale, ""),
        OptionKind::SackPermitted => (names.option_sack_permitted, header.option_sack_permitted),
        OptionKind::Sack => (names.option_sack, ""),
        OptionKind::Timestamps if segment.ack.is_none() => {
            (names.option_timestamps, header.option_timestamps_first)
        }
        OptionKind::Timestamps => (names.option_timestamps, header.option_timestamps),
        OptionKind::FastOpen if cookie(segment).is_empty() => {
            (names.option_fast_open, header.option_fast_open_request)
        }
        OptionKind::FastOpen => (names.option_fast_open, ""),
        OptionKind::Other(_) => (names.option, header.option_unknown),
    }
}

/// The meanings that have a number in them.
fn meaning_with_numbers(
    field: TcpField,
    number: u64,
    segment: &Segment,
    shift: u8,
    bases: Bases,
    messages: &'static Messages,
) -> String {
    let header = &messages.header;
    let (phrase, gap) = match field {
        TcpField::Window => (header.window_scaled, (u32::from(segment.wnd) << shift).to_string()),
        // Shifts over 14 count as 14 (RFC 7323 §2.3).
        TcpField::Option(OptionKind::WindowScale) => {
            (header.option_window_scale, (1 << number.min(14)).to_string())
        }
        TcpField::Option(OptionKind::Sack) => {
            (header.option_sack, blocks_text(&segment.options.sack, bases.receive))
        }
        TcpField::Option(OptionKind::FastOpen) => {
            (header.option_fast_open, cookie(segment).len().to_string())
        }
        _ => (header.header_length, (number * 4).to_string()),
    };
    phrase.fill([&gap])
}

/// A field's value as it is usually written: an option that has none is told by its kind.
fn value(field: TcpField, number: u64, segment: &Segment) -> String {
    let kind = match field {
        TcpField::Checksum => return hexadecimal(number),
        TcpField::Option(kind) | TcpField::Unreadable(kind) => kind,
        _ => return number.to_string(),
    };
    match kind {
        OptionKind::MaximumSegmentSize | OptionKind::WindowScale => number.to_string(),
        OptionKind::Sack => blocks_text(&segment.options.sack, SeqNumber::default()),
        OptionKind::Timestamps => {
            let Timestamps { value, echo } = segment.options.timestamps.unwrap_or_default();
            format!("TSval {value}, TSecr {echo}")
        }
        OptionKind::FastOpen if !cookie(segment).is_empty() => {
            cookie(segment).iter().map(|octet| format!("{octet:02x}")).collect()
        }
        kind => kind.number().to_string(),
    }
}

/// The cookie that a segment carries, empty where it asks for one.
fn cookie(segment: &Segment) -> &[u8] {
    segment.options.fast_open.as_ref().map_or(&[], FastOpenCookie::octets)
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

/// The blocks of a SACK option, counted from `base`.
fn blocks_text(blocks: &SackBlocks, base: SeqNumber) -> String {
    let from = |number: SeqNumber| number.distance_from(base);
    let block =
        |(left, right): &(SeqNumber, SeqNumber)| format!("{}–{}", from(*left), from(*right));
    blocks.blocks().iter().map(block).collect::<Vec<_>>().join(", ")
}
