//! A header taken apart: its fields, where they stand and what they hold.

use alloc::vec::Vec;

use crate::option_list::{OptionKind, walk};

/// A field of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<Name> {
    /// Which.
    pub name: Name,
    /// Where it begins, in bits from the beginning of the header.
    pub bit_offset: usize,
    /// How wide it is, in bits.
    pub bits: usize,
    /// What it holds. For an option that is its data, without kind and length; `None` where that
    /// is no number, because there is none or more than 64 bits of it.
    pub value: Option<u64>,
}

/// A field of the IPv4 header (RFC 791 §3.1, the first octets of service as RFC 2474 and RFC 3168
/// divide them).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a field's name says which one it is")]
pub enum Ipv4Field {
    Version,
    HeaderLength,
    DifferentiatedServices,
    CongestionNotification,
    TotalLength,
    Identification,
    ReservedFlag,
    DontFragment,
    MoreFragments,
    FragmentOffset,
    TimeToLive,
    Protocol,
    HeaderChecksum,
    SourceAddress,
    DestinationAddress,
    /// The options, all of them.
    Options,
}

/// A field of the TCP header (RFC 9293 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a field's name says which one it is")]
pub enum TcpField {
    SourcePort,
    DestinationPort,
    SequenceNumber,
    AcknowledgmentNumber,
    DataOffset,
    Reserved,
    Cwr,
    Ece,
    Urg,
    Ack,
    Psh,
    Rst,
    Syn,
    Fin,
    Window,
    Checksum,
    UrgentPointer,
    /// One option, kind and length included.
    Option(OptionKind),
    /// What follows the end of the options: zeros.
    Padding,
    /// An option of illegal length, and all that follows it: it cannot be read.
    Unreadable(OptionKind),
}

/// The fields of the IPv4 header of 20 octets, and their widths in bits, in order.
const IPV4: [(Ipv4Field, usize); 15] = [
    (Ipv4Field::Version, 4),
    (Ipv4Field::HeaderLength, 4),
    (Ipv4Field::DifferentiatedServices, 6),
    (Ipv4Field::CongestionNotification, 2),
    (Ipv4Field::TotalLength, 16),
    (Ipv4Field::Identification, 16),
    (Ipv4Field::ReservedFlag, 1),
    (Ipv4Field::DontFragment, 1),
    (Ipv4Field::MoreFragments, 1),
    (Ipv4Field::FragmentOffset, 13),
    (Ipv4Field::TimeToLive, 8),
    (Ipv4Field::Protocol, 8),
    (Ipv4Field::HeaderChecksum, 16),
    (Ipv4Field::SourceAddress, 32),
    (Ipv4Field::DestinationAddress, 32),
];

/// The fields of the TCP header of 20 octets, and their widths in bits, in order.
const TCP: [(TcpField, usize); 17] = [
    (TcpField::SourcePort, 16),
    (TcpField::DestinationPort, 16),
    (TcpField::SequenceNumber, 32),
    (TcpField::AcknowledgmentNumber, 32),
    (TcpField::DataOffset, 4),
    (TcpField::Reserved, 4),
    (TcpField::Cwr, 1),
    (TcpField::Ece, 1),
    (TcpField::Urg, 1),
    (TcpField::Ack, 1),
    (TcpField::Psh, 1),
    (TcpField::Rst, 1),
    (TcpField::Syn, 1),
    (TcpField::Fin, 1),
    (TcpField::Window, 16),
    (TcpField::Checksum, 16),
    (TcpField::UrgentPointer, 16),
];

/// The octets of either header without options.
const FIXED: usize = 20;

/// The fields of the IPv4 header that `octets` begin with, in order. Where the octets end, the
/// fields do.
#[must_use]
pub fn ipv4_fields(octets: &[u8]) -> Vec<Field<Ipv4Field>> {
    let words = octets.first().map_or(0, |first| first & 0x0f);
    let options = options_of(octets, words);
    let mut fields = fixed(&IPV4, octets);
    if !options.is_empty() {
        let (bit_offset, bits) = (FIXED * 8, options.len() * 8);
        fields.push(Field { name: Ipv4Field::Options, bit_offset, bits, value: number(options) });
    }
    fields
}

/// The fields of the TCP header that `octets` begin with, options included, in order. Where the
/// octets end, the fields do.
#[must_use]
pub fn tcp_fields(octets: &[u8]) -> Vec<Field<TcpField>> {
    let words = octets.get(12).map_or(0, |octet| octet >> 4);
    let list = options_of(octets, words);
    let mut fields = fixed(&TCP, octets);
    let mut end = 0;
    let mut push = |name, start: usize, end: usize, value| {
        let (bit_offset, bits) = ((FIXED + start) * 8, (end - start) * 8);
        fields.push(Field { name, bit_offset, bits, value });
    };
    for option in walk(list) {
        match option {
            Ok(option) => {
                end = option.octets.end;
                let value = number(option.data(list));
                push(TcpField::Option(option.kind), option.octets.start, end, value);
            }
            Err(illegal) => {
                end = list.len();
                push(TcpField::Unreadable(illegal.kind), illegal.at, end, None);
            }
        }
    }
    if let Some(padding @ [_, ..]) = list.get(end..) {
        push(TcpField::Padding, end, list.len(), number(padding));
    }
    fields
}

/// The options of a header of so many words, as far as the octets go.
fn options_of(octets: &[u8], words: u8) -> &[u8] {
    let end = octets.len().min(usize::from(words) * 4);
    octets.get(FIXED..end).unwrap_or_default()
}

/// The fields of a table that `octets` hold in full.
pub(crate) fn fixed<Name: Copy>(table: &[(Name, usize)], octets: &[u8]) -> Vec<Field<Name>> {
    let mut bit_offset = 0;
    let mut fields = Vec::with_capacity(table.len());
    for &(name, bits) in table {
        let end = bit_offset + bits;
        let Some(around) = octets.get(bit_offset / 8..end.div_ceil(8)) else { break };
        let value = number(around).map(|value| {
            let behind = (8 - end % 8) % 8;
            (value >> behind) & ((1 << bits) - 1)
        });
        fields.push(Field { name, bit_offset, bits, value });
        bit_offset = end;
    }
    fields
}

/// Octets as one number, the first the most significant.
fn number(octets: &[u8]) -> Option<u64> {
    let fits = (1..=8).contains(&octets.len());
    fits.then(|| octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_taken_apart_bit_by_bit() {
        let octets = [
            0xc0, 0x00, 0x00, 0x50, // 49152 to 80
            0x00, 0x00, 0x03, 0xe8, // seq 1000
            0x00, 0x00, 0x07, 0xd0, // ack 2000
            0x80, 0x12, 0xff, 0xff, // 8 words, SYN ACK, window 65535
            0xab, 0xcd, 0x00, 0x01, // checksum, urgent pointer
            2, 4, 0x05, 0xb4, 1, 254, 3, 9, 0, 0, 0, 0,
        ];
        let fields = tcp_fields(&octets);
        let values: Vec<_> =
            fields.iter().map(|f| (f.name, f.bit_offset, f.bits, f.value)).collect();
        assert_eq!(
            values,
            [
                (TcpField::SourcePort, 0, 16, Some(49152)),
                (TcpField::DestinationPort, 16, 16, Some(80)),
                (TcpField::SequenceNumber, 32, 32, Some(1000)),
                (TcpField::AcknowledgmentNumber, 64, 32, Some(2000)),
                (TcpField::DataOffset, 96, 4, Some(8)),
                (TcpField::Reserved, 100, 4, Some(0)),
                (TcpField::Cwr, 104, 1, Some(0)),
                (TcpField::Ece, 105, 1, Some(0)),
                (TcpField::Urg, 106, 1, Some(0)),
                (TcpField::Ack, 107, 1, Some(1)),
                (TcpField::Psh, 108, 1, Some(0)),
                (TcpField::Rst, 109, 1, Some(0)),
                (TcpField::Syn, 110, 1, Some(1)),
                (TcpField::Fin, 111, 1, Some(0)),
                (TcpField::Window, 112, 16, Some(65535)),
                (TcpField::Checksum, 128, 16, Some(0xabcd)),
                (TcpField::UrgentPointer, 144, 16, Some(1)),
                (TcpField::Option(OptionKind::MaximumSegmentSize), 160, 32, Some(1460)),
                (TcpField::Option(OptionKind::NoOperation), 192, 8, None),
                (TcpField::Option(OptionKind::Other(254)), 200, 24, Some(9)),
                (TcpField::Option(OptionKind::EndOfList), 224, 8, None),
                (TcpField::Padding, 232, 24, Some(0)),
            ]
        );
    }

    #[test]
    fn the_fields_cover_the_header_without_gap_or_overlap() {
        // Options: none, all of one kind, an illegal one, one that is cut off.
        for (words, option) in [(5, 0), (15, 1), (15, 0), (8, 254), (6, 2), (15, 255)] {
            let mut octets = [option; 60];
            octets[12] = words << 4;
            octets[0] = 0x40 | words;
            let tcp = tcp_fields(&octets).into_iter().map(|field| (field.bit_offset, field.bits));
            let ipv4 = ipv4_fields(&octets).into_iter().map(|field| (field.bit_offset, field.bits));
            let end = |place: usize, (bit_offset, bits): (usize, usize)| {
                assert_eq!(place, bit_offset, "{words} words, option {option}");
                bit_offset + bits
            };
            assert_eq!(tcp.fold(0, end), usize::from(words) * 32);
            assert_eq!(ipv4.fold(0, end), usize::from(words) * 32);
        }
    }

    #[test]
    fn where_the_octets_end_the_fields_do() {
        let octets = [0xff; 60];
        for length in 0..=octets.len() {
            let octets = &octets[..length];
            for end in [
                tcp_fields(octets).last().map(|field| field.bit_offset + field.bits),
                ipv4_fields(octets).last().map(|field| field.bit_offset + field.bits),
            ] {
                assert!(end.unwrap_or(0) <= length * 8);
            }
        }
    }
}
