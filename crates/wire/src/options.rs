//! The list of options at the end of a TCP header (RFC 9293 §3.1, §3.2).

use core::fmt;
use core::ops::Range;

use etherparse::{TcpOptions, tcp_option};
use tcpscope_tcp::Options;

/// What an option is (RFC 9293 §3.2). Those that the engine does not know have only a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionKind {
    /// The list ends here.
    EndOfList,
    /// Nothing; it moves what follows to where it is wanted.
    NoOperation,
    /// Maximum Segment Size.
    MaximumSegmentSize,
    /// Another kind.
    Other(u8),
}

impl OptionKind {
    /// The kind of this number.
    #[must_use]
    pub const fn from_number(number: u8) -> Self {
        match number {
            tcp_option::KIND_END => Self::EndOfList,
            tcp_option::KIND_NOOP => Self::NoOperation,
            tcp_option::KIND_MAXIMUM_SEGMENT_SIZE => Self::MaximumSegmentSize,
            other => Self::Other(other),
        }
    }

    /// The number, as IANA lists it.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::EndOfList => tcp_option::KIND_END,
            Self::NoOperation => tcp_option::KIND_NOOP,
            Self::MaximumSegmentSize => tcp_option::KIND_MAXIMUM_SEGMENT_SIZE,
            Self::Other(number) => number,
        }
    }

    /// Whether an option of this kind may have `length` octets, kind and length included.
    const fn allows(self, length: u8) -> bool {
        match self {
            Self::EndOfList | Self::NoOperation => length == 1,
            Self::MaximumSegmentSize => length == tcp_option::LEN_MAXIMUM_SEGMENT_SIZE,
            Self::Other(_) => length >= 2,
        }
    }
}

/// An option whose length cannot be: where it ends, and so where the next begins, is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IllegalOption {
    /// What it is.
    pub kind: OptionKind,
    /// The length that it gives; `None` where the header ends before that.
    pub length: Option<u8>,
    /// Where it begins, in octets from the beginning of the options.
    pub at: usize,
}

impl fmt::Display for IllegalOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, at) = (self.kind.number(), self.at);
        match self.length {
            Some(length) => {
                write!(
                    f,
                    "option {kind} at octet {at} of the options has an illegal length, {length}"
                )
            }
            None => write!(f, "option {kind} at octet {at} of the options has no length"),
        }
    }
}

impl core::error::Error for IllegalOption {}

/// An option in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// What it is.
    pub(crate) kind: OptionKind,
    /// All its octets, in the list.
    pub(crate) octets: Range<usize>,
}

impl Listed {
    /// What it says: all but kind and length.
    pub(crate) fn data<'a>(&self, list: &'a [u8]) -> &'a [u8] {
        list.get(self.octets.start + 2..self.octets.end).unwrap_or_default()
    }
}

/// The options of a list, one after another, up to the end of the list, of the header, or up to
/// an illegal one. They may begin anywhere (RFC 9293 §3.2: MUST-64).
pub(crate) fn walk(list: &[u8]) -> impl Iterator<Item = Result<Listed, IllegalOption>> {
    let mut next = Some(0);
    core::iter::from_fn(move || {
        let start = next.take()?;
        let kind = OptionKind::from_number(*list.get(start)?);
        let length = match kind {
            OptionKind::EndOfList | OptionKind::NoOperation => Some(1),
            OptionKind::MaximumSegmentSize | OptionKind::Other(_) => list.get(start + 1).copied(),
        };
        let end = length
            .filter(|length| kind.allows(*length))
            .map(|length| start + usize::from(length))
            .filter(|end| *end <= list.len());
        let Some(end) = end else {
            return Some(Err(IllegalOption { kind, length, at: start }));
        };
        next = (kind != OptionKind::EndOfList).then_some(end);
        Some(Ok(Listed { kind, octets: start..end }))
    })
}

/// The options as they stand in a header, padded with zeros (RFC 9293 §3.1: MUST-69).
pub(crate) fn to_wire(options: &Options) -> TcpOptions {
    let Options { mss, .. } = options;
    mss.map_or_else(TcpOptions::new, |mss| {
        let kind = OptionKind::MaximumSegmentSize.number();
        let [high, low] = mss.to_be_bytes();
        [kind, tcp_option::LEN_MAXIMUM_SEGMENT_SIZE, high, low].into()
    })
}

/// The options that the engine knows, and the one at which reading had to stop.
///
/// What is unknown is skipped (RFC 9293 §3.1: MUST-6). After an illegal length nothing can be
/// read, but what came before stands, and so does the segment (MUST-7): to throw away the text
/// would let one bad octet stop the connection.
pub(crate) fn from_wire(list: &[u8]) -> (Options, Option<IllegalOption>) {
    let mut options = Options::default();
    for option in walk(list) {
        match option {
            Ok(option) => match (option.kind, option.data(list)) {
                (OptionKind::MaximumSegmentSize, &[high, low]) => {
                    options.mss = Some(u16::from_be_bytes([high, low]));
                }
                (
                    OptionKind::MaximumSegmentSize
                    | OptionKind::EndOfList
                    | OptionKind::NoOperation
                    | OptionKind::Other(_),
                    _,
                ) => {}
            },
            Err(illegal) => return (options, Some(illegal)),
        }
    }
    (options, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn illegal(kind: u8, length: Option<u8>, at: usize) -> Option<IllegalOption> {
        Some(IllegalOption { kind: OptionKind::from_number(kind), length, at })
    }

    #[test]
    fn what_is_unknown_is_skipped_and_what_is_illegal_ends_the_list() {
        // (list, MSS, where reading stopped)
        let cases: &[(&[u8], Option<u16>, Option<IllegalOption>)] = &[
            (&[], None, None),
            (&[2, 4, 5, 180], Some(1460), None),
            // At any alignment (MUST-64).
            (&[1, 2, 4, 5, 180, 0, 0, 0], Some(1460), None),
            (&[1, 1, 1, 2, 4, 2, 24, 0], Some(536), None),
            // After the end of the list nothing counts, whatever it looks like.
            (&[0, 2, 4, 5, 180, 0, 0, 0], None, None),
            (&[0, 2, 0, 0], None, None),
            // Unknown options are skipped by their length (MUST-6).
            (&[254, 4, 9, 9, 2, 4, 5, 180], Some(1460), None),
            (&[3, 3, 7, 4, 2, 2, 4, 5, 180, 1, 1, 1], Some(1460), None),
            (&[253, 2, 253, 2], None, None),
            // Illegal lengths (MUST-7): what came before stands.
            (&[2, 4, 5, 180, 254, 0, 0, 0], Some(1460), illegal(254, Some(0), 4)),
            (&[254, 1, 2, 4, 5, 180, 0, 0], None, illegal(254, Some(1), 0)),
            (&[2, 0, 5, 180], None, illegal(2, Some(0), 0)),
            (&[2, 3, 5, 180], None, illegal(2, Some(3), 0)),
            (&[2, 5, 5, 180, 1, 1, 1, 1], None, illegal(2, Some(5), 0)),
            (&[1, 1, 2, 4], None, illegal(2, Some(4), 2)),
            (&[1, 1, 1, 254], None, illegal(254, None, 3)),
            (&[254, 255, 1, 1], None, illegal(254, Some(255), 0)),
            // The last MSS counts.
            (&[2, 4, 0, 1, 2, 4, 0, 2], Some(2), None),
        ];
        for (list, mss, stopped) in cases {
            assert_eq!(from_wire(list), (Options { mss: *mss, ..Options::NONE }, *stopped), "{list:?}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for mss in [None, Some(0), Some(536), Some(1460), Some(u16::MAX)] {
            let options = Options { mss, ..Options::NONE };
            assert_eq!(from_wire(to_wire(&options).as_slice()), (options, None));
        }
    }
}
