//! The options of the TCP header, in words and part by part.

use std::ops::Range;

use tcpscope_tcp::SeqNumber;
use tcpscope_wire::{Field, OptionKind, TcpField};

use super::tcp::{ACK, Segment};
use super::{Names, Reading, bits, octets_text, row};
use crate::inspector::Part;
use crate::{FieldRow, Messages};

/// An option in the header of this segment.
pub(super) fn row_of(
    field: &Field<TcpField>,
    kind: OptionKind,
    segment: &Segment<'_>,
    reading: &Reading,
) -> FieldRow {
    let bits = bits(field);
    let octets = segment.octets.get(bits.start / 8..bits.end / 8).unwrap_or_default();
    let data = octets.get(2..).unwrap_or_default();
    let option = Listed { kind, data, start: bits.start };
    let short = Names { name: name(kind, reading.words), short: short(kind, reading.words) };
    let meaning = option.meaning(segment, reading);
    let parts = option.parts(octets, reading.words);
    let fills = matches!(kind, OptionKind::NoOperation | OptionKind::EndOfList);
    FieldRow { parts, fills, ..row(short, bits, option.value(), meaning, source(kind)) }
}

/// An option: its kind, what it says, and the bit that it begins at.
struct Listed<'a> {
    kind: OptionKind,
    data: &'a [u8],
    start: usize,
}

impl Listed<'_> {
    /// The data as one number.
    fn number(&self) -> u64 {
        self.data.iter().take(8).fold(0, |number, octet| number << 8 | u64::from(*octet))
    }

    /// The data as numbers of four octets.
    fn numbers(&self) -> impl Iterator<Item = u32> {
        let (words, _) = self.data.as_chunks::<4>();
        words.iter().map(|word| u32::from_be_bytes(*word))
    }

    /// The blocks of a SACK option, counted from `base`.
    fn blocks(&self, base: SeqNumber) -> String {
        let numbers: Vec<_> = self.numbers().collect();
        let from = |number: &u32| SeqNumber::new(*number).distance_from(base);
        let blocks = numbers.chunks_exact(2).map(|block| match block {
            [left, right] => format!("{}–{}", from(left), from(right)),
            _ => String::new(),
        });
        blocks.collect::<Vec<_>>().join(", ")
    }

    fn timestamps(&self) -> (u32, u32) {
        let mut numbers = self.numbers();
        (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default())
    }

    /// The value as it is usually written: an option that has none is told by its kind.
    fn value(&self) -> String {
        match self.kind {
            OptionKind::MaximumSegmentSize | OptionKind::WindowScale => self.number().to_string(),
            OptionKind::Sack => self.blocks(SeqNumber::default()),
            OptionKind::Timestamps => {
                let (value, echo) = self.timestamps();
                format!("TSval {value}, TSecr {echo}")
            }
            OptionKind::FastOpen if !self.data.is_empty() => octets_text(self.data, ""),
            OptionKind::FastOpen
            | OptionKind::EndOfList
            | OptionKind::NoOperation
            | OptionKind::SackPermitted
            | OptionKind::Other(_) => self.kind.number().to_string(),
        }
    }

    fn meaning(&self, segment: &Segment<'_>, reading: &Reading) -> String {
        let header = &reading.words.header;
        match self.kind {
            OptionKind::EndOfList => header.option_end.to_owned(),
            OptionKind::NoOperation => header.option_nop.to_owned(),
            OptionKind::MaximumSegmentSize => header.option_mss.to_owned(),
            OptionKind::WindowScale => {
                // Shifts over 14 count as 14 (RFC 7323 §2.3).
                let factor = 1_u32 << self.number().min(14);
                header.option_window_scale.fill([&factor.to_string()])
            }
            OptionKind::SackPermitted => header.option_sack_permitted.to_owned(),
            OptionKind::Sack => header.option_sack.fill([&self.blocks(reading.shown.receive)]),
            OptionKind::Timestamps if !segment.has(ACK) => {
                header.option_timestamps_first.to_owned()
            }
            OptionKind::Timestamps => header.option_timestamps.to_owned(),
            OptionKind::FastOpen if self.data.is_empty() => {
                header.option_fast_open_request.to_owned()
            }
            OptionKind::FastOpen => header.option_fast_open.fill([&self.data.len().to_string()]),
            OptionKind::Other(_) => header.option_unknown.to_owned(),
        }
    }

    /// Kind, length and data, each with its place.
    fn parts(&self, octets: &[u8], messages: &'static Messages) -> Vec<Part> {
        let words = &messages.inspect;
        let [kind, length, ..] = octets else { return Vec::new() };
        let mut parts = Parts { parts: Vec::new(), end: self.start };
        // Its kind says which option it is.
        parts.add(short(self.kind, messages), 1, format!("{} {kind}", words.option_kind));
        parts.add(words.option_length, 1, length.to_string());
        match self.kind {
            OptionKind::Sack => {
                for (place, number) in self.numbers().enumerate() {
                    let name = if place % 2 == 0 { words.left_edge } else { words.right_edge };
                    parts.add(name, 4, number.to_string());
                }
            }
            OptionKind::Timestamps => {
                let (value, echo) = self.timestamps();
                parts.add("TSval", 4, value.to_string());
                parts.add("TSecr", 4, echo.to_string());
            }
            OptionKind::MaximumSegmentSize => parts.add("MSS", 2, self.value()),
            OptionKind::WindowScale => parts.add("shift.cnt", 1, self.value()),
            OptionKind::FastOpen if !self.data.is_empty() => {
                parts.add("Cookie", self.data.len(), self.value());
            }
            OptionKind::Other(_) if !self.data.is_empty() => {
                parts.add(messages.field.data, self.data.len(), octets_text(self.data, ""));
            }
            OptionKind::EndOfList
            | OptionKind::NoOperation
            | OptionKind::SackPermitted
            | OptionKind::FastOpen
            | OptionKind::Other(_) => {}
        }
        parts.parts
    }
}

/// Parts that are put one after another.
struct Parts {
    parts: Vec<Part>,
    end: usize,
}

impl Parts {
    fn add(&mut self, name: &'static str, octets: usize, value: String) {
        let bits: Range<usize> = self.end..self.end + octets * 8;
        self.end = bits.end;
        self.parts.push(Part { name, bits, value });
    }
}

fn name(kind: OptionKind, messages: &'static Messages) -> &'static str {
    let names = &messages.field;
    match kind {
        OptionKind::EndOfList => names.option_end,
        OptionKind::NoOperation => names.option_nop,
        OptionKind::MaximumSegmentSize => names.option_mss,
        OptionKind::WindowScale => names.option_window_scale,
        OptionKind::SackPermitted => names.option_sack_permitted,
        OptionKind::Sack => names.option_sack,
        OptionKind::Timestamps => names.option_timestamps,
        OptionKind::FastOpen => names.option_fast_open,
        OptionKind::Other(_) => names.option,
    }
}

/// The name in a cell of eight bits.
fn short(kind: OptionKind, messages: &'static Messages) -> &'static str {
    match kind {
        OptionKind::EndOfList => "EOL",
        OptionKind::NoOperation => "NOP",
        OptionKind::MaximumSegmentSize => "MSS",
        OptionKind::FastOpen => "Fast Open",
        OptionKind::WindowScale
        | OptionKind::SackPermitted
        | OptionKind::Sack
        | OptionKind::Timestamps
        | OptionKind::Other(_) => name(kind, messages),
    }
}

const fn source(kind: OptionKind) -> &'static str {
    match kind {
        OptionKind::EndOfList
        | OptionKind::NoOperation
        | OptionKind::MaximumSegmentSize
        | OptionKind::Other(_) => "RFC 9293 §3.2",
        OptionKind::WindowScale => "RFC 7323 §2.2",
        OptionKind::SackPermitted => "RFC 2018 §2",
        OptionKind::Sack => "RFC 2018 §3",
        OptionKind::Timestamps => "RFC 7323 §3.2",
        OptionKind::FastOpen => "RFC 7413 §4.1.1",
    }
}
