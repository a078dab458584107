//! The fields of the TCP header.

use tcpscope_tcp::SeqNumber;
use tcpscope_wire::{Field, TcpField};

use super::{Names, Reading, bits, hexadecimal, options, row};
use crate::{FieldRow, Messages};

const RFC9293: &str = "RFC 9293 §3.1";

/// A segment's header, and how many octets of text follow it.
pub(super) struct Segment<'a> {
    pub(super) octets: &'a [u8],
    pub(super) text: usize,
}

impl Segment<'_> {
    /// Whether the flag of this mask is set.
    pub(super) fn has(&self, flag: u8) -> bool {
        self.octets.get(13).is_some_and(|control| control & flag != 0)
    }
}

pub(super) const FIN: u8 = 1;
pub(super) const SYN: u8 = 2;
pub(super) const ACK: u8 = 16;
pub(super) const URG: u8 = 32;

/// A field of the header of this segment.
pub(super) fn row_of(
    field: &Field<TcpField>,
    segment: &Segment<'_>,
    reading: &Reading,
) -> FieldRow {
    let messages = reading.words;
    let (names, header) = (&messages.field, &messages.header);
    let number = field.value.unwrap_or_default();
    let (name, meaning): (Names, &'static str) = match field.name {
        TcpField::SourcePort => (names.source_port.into(), header.source_port),
        TcpField::DestinationPort => (names.destination_port.into(), header.destination_port),
        TcpField::SequenceNumber => {
            (names.sequence_number.into(), meaning_of_seq(segment, messages))
        }
        TcpField::AcknowledgmentNumber if segment.has(ACK) => {
            (names.acknowledgment_number.into(), header.acknowledgment_number)
        }
        TcpField::AcknowledgmentNumber => {
            (names.acknowledgment_number.into(), header.acknowledgment_unused)
        }
        TcpField::DataOffset => {
            (Names { name: names.data_offset, short: messages.inspect.data_offset_short }, "")
        }
        TcpField::Reserved => (
            Names { name: names.reserved, short: messages.inspect.reserved_short },
            header.reserved,
        ),
        TcpField::Cwr => ("CWR".into(), header.cwr),
        TcpField::Ece => ("ECE".into(), header.ece),
        TcpField::Urg => ("URG".into(), header.urg),
        TcpField::Ack => ("ACK".into(), header.ack),
        TcpField::Psh => ("PSH".into(), header.psh),
        TcpField::Rst => ("RST".into(), header.rst),
        TcpField::Syn => ("SYN".into(), header.syn),
        TcpField::Fin => ("FIN".into(), header.fin),
        TcpField::Window => (names.window.into(), header.window),
        TcpField::Checksum => (names.checksum.into(), header.checksum),
        TcpField::UrgentPointer if segment.has(URG) => {
            (names.urgent_pointer.into(), header.urgent_pointer)
        }
        TcpField::UrgentPointer => (names.urgent_pointer.into(), header.urgent_unused),
        TcpField::Option(kind) => return options::row_of(field, kind, segment, reading),
        TcpField::Padding => (names.padding.into(), header.padding),
        TcpField::Unreadable(_) => (names.option.into(), header.option_unreadable),
    };
    let value = match field.name {
        TcpField::Checksum => hexadecimal(number),
        TcpField::Unreadable(kind) => kind.number().to_string(),
        _ => number.to_string(),
    };
    let meaning = match field.name {
        TcpField::DataOffset => header.header_length.fill([&(number * 4).to_string()]),
        _ => meaning.to_owned(),
    };
    let source = match field.name {
        TcpField::Cwr | TcpField::Ece => "RFC 3168 §6.1",
        _ => RFC9293,
    };
    let (relative, reckoning) = reckoning(field.name, number, segment, reading);
    let fills = field.name == TcpField::Padding;
    FieldRow { relative, reckoning, fills, ..row(name, bits(field), value, meaning, source) }
}

/// The number as it is shown elsewhere, and how it comes about.
fn reckoning(
    field: TcpField,
    number: u64,
    segment: &Segment<'_>,
    reading: &Reading,
) -> (Option<u32>, String) {
    let words = &reading.words.inspect;
    let counted = |shown: SeqNumber, isn: SeqNumber| {
        let number = SeqNumber::new(u32::try_from(number).unwrap_or_default());
        let from = number.distance_from(isn);
        let text = words.counted_from.fill([
            &number.value().to_string(),
            &isn.value().to_string(),
            &from.to_string(),
        ]);
        let relative = (shown != SeqNumber::default()).then(|| number.distance_from(shown));
        (relative, if isn == SeqNumber::default() { String::new() } else { text })
    };
    match field {
        TcpField::SequenceNumber => counted(reading.shown.send, reading.isn.send),
        TcpField::AcknowledgmentNumber if segment.has(ACK) => {
            counted(reading.shown.receive, reading.isn.receive)
        }
        // The window of a SYN is never scaled (RFC 7323 §2.2).
        TcpField::Window if reading.shift > 0 && !segment.has(SYN) => {
            let scaled = number << reading.shift;
            let gaps = [number.to_string(), reading.shift.to_string(), scaled.to_string()];
            (None, words.scaled.fill(gaps.each_ref().map(String::as_str)))
        }
        _ => (None, String::new()),
    }
}

/// What SEG.SEQ numbers: it depends on what the segment carries.
fn meaning_of_seq(segment: &Segment<'_>, messages: &'static Messages) -> &'static str {
    let header = &messages.header;
    if segment.has(SYN) {
        header.sequence_number_syn
    } else if segment.text > 0 {
        header.sequence_number
    } else if segment.has(FIN) {
        header.sequence_number_fin
    } else {
        header.sequence_number_bare
    }
}
