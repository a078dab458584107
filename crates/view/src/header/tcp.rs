//! The fields of the TCP header.

use tcpscope_tcp::{Flags, SackBlocks, Segment, SeqNumber, Timestamps};
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
        TcpField::DataOffset => {
            (names.data_offset, number.to_string(), (header.header_length)(number * 4))
        }
        TcpField::Reserved => plain(names.reserved, header.reserved),
        TcpField::Cwr => plain("CWR", header.cwr),
        TcpField::Ece => plain("ECE", header.ece),
        TcpField::Urg => plain("URG", header.urg),
        TcpField::Ack => plain("ACK", header.ack),
        TcpField::Psh => plain("PSH", header.psh),
        TcpField::Rst => plain("RST", header.rst),
        TcpField::Syn => plain("SYN", header.syn),
        TcpField::Fin => plain("FIN", header.fin),
        TcpField::Window if shift > 0 => {
            let octets = u32::from(segment.wnd) << shift;
            (names.window, number.to_string(), (header.window_scaled)(octets))
        }
        TcpField::Window => plain(names.window, header.window),
        TcpField::Checksum => (names.checksum, hexadecimal(number), header.checksum.into()),
        TcpField::UrgentPointer if segment.flags.contains(Flags::URG) => {
            plain(names.urgent_pointer, header.urgent_pointer)
        }
        TcpField::UrgentPointer => plain(names.urgent_pointer, header.urgent_unused),
        TcpField::Option(kind) => option(kind, number, segment, bases, messages),
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
    segment: &Segment,
    bases: Bases,
    messages: &'static Messages,
) -> (&'static str, String, String) {
    let (names, header) = (&messages.field, &messages.header);
    let options = &segment.options;
    // What says nothing but that it is there.
    let bare = |name, meaning: &str| (name, kind.number().to_string(), meaning.to_owned());
    match kind {
        OptionKind::EndOfList => bare(names.option_end, header.option_end),
        OptionKind::NoOperation => bare(names.option_nop, header.option_nop),
        OptionKind::MaximumSegmentSize => {
            (names.option_mss, number.to_string(), header.option_mss.into())
        }
        OptionKind::WindowScale => {
            // Shifts over 14 count as 14 (RFC 7323 §2.3).
            let times = 1 << number.min(14);
            (names.option_window_scale, number.to_string(), (header.option_window_scale)(times))
        }
        OptionKind::SackPermitted => {
            bare(names.option_sack_permitted, header.option_sack_permitted)
        }
        OptionKind::Sack => {
            let blocks = |base| blocks_text(&options.sack, base);
            let meaning = (header.option_sack)(&blocks(bases.receive));
            (names.option_sack, blocks(SeqNumber::default()), meaning)
        }
        OptionKind::Timestamps => {
            let Timestamps { value, echo } = options.timestamps.unwrap_or_default();
            let meaning = match segment.ack {
                Some(_) => header.option_timestamps,
                None => header.option_timestamps_first,
            };
            (names.option_timestamps, format!("TSval {value}, TSecr {echo}"), meaning.into())
        }
        OptionKind::FastOpen => {
            let cookie = options.fast_open.unwrap_or_default();
            let octets = cookie.octets();
            if octets.is_empty() {
                return bare(names.option_fast_open, header.option_fast_open_request);
            }
            let value = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            let length = u64::try_from(octets.len()).unwrap_or_default();
            (names.option_fast_open, value, (header.option_fast_open)(length))
        }
        OptionKind::Other(_) => bare(names.option, header.option_unknown),
    }
}

/// The blocks of a SACK option, counted from `base`.
fn blocks_text(blocks: &SackBlocks, base: SeqNumber) -> String {
    let from = |number: SeqNumber| number.distance_from(base);
    let block =
        |(left, right): &(SeqNumber, SeqNumber)| format!("{}–{}", from(*left), from(*right));
    blocks.blocks().iter().map(block).collect::<Vec<_>>().join(", ")
}
