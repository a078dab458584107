//! The list of options at the end of a TCP header: what they are and where each stands
//! (RFC 9293 §3.1, §3.2).

use core::fmt;
use core::ops::Range;

use tcpscope_tcp::{Citation, FastOpenCookie, SackBlocks};

/// What an option is (RFC 9293 §3.2). Those that the engine does not know have only a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionKind {
    /// The list ends here.
    EndOfList,
    /// Nothing; it moves what follows to where it is wanted.
    NoOperation,
    /// Maximum Segment Size.
    MaximumSegmentSize,
    /// Window Scale (RFC 7323 §2.2).
    WindowScale,
    /// SACK-Permitted (RFC 2018 §2).
    SackPermitted,
    /// SACK (RFC 2018 §3).
    Sack,
    /// Timestamps (RFC 7323 §3.2).
    Timestamps,
    /// Fast Open Cookie (RFC 7413 §4.1.1).
    FastOpen,
    /// Another kind.
    Other(u8),
}

impl OptionKind {
    /// The kind of this number.
    #[must_use]
    pub const fn from_number(number: u8) -> Self {
        match number {
            0 => Self::EndOfList,
            1 => Self::NoOperation,
            2 => Self::MaximumSegmentSize,
            3 => Self::WindowScale,
            4 => Self::SackPermitted,
            5 => Self::Sack,
            8 => Self::Timestamps,
            34 => Self::FastOpen,
            other => Self::Other(other),
        }
    }

    /// The number, as IANA lists it.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::EndOfList => 0,
            Self::NoOperation => 1,
            Self::MaximumSegmentSize => 2,
            Self::WindowScale => 3,
            Self::SackPermitted => 4,
            Self::Sack => 5,
            Self::Timestamps => 8,
            Self::FastOpen => 34,
            Self::Other(number) => number,
        }
    }

    /// Whether an option of this kind says what it is to say in `length` octets, kind and length
    /// included.
    pub(crate) const fn allows(self, length: usize) -> bool {
        match self {
            Self::EndOfList | Self::NoOperation => length == 1,
            Self::MaximumSegmentSize => length == 4,
            Self::WindowScale => length == 3,
            Self::SackPermitted => length == 2,
            // At least one block of eight octets.
            Self::Sack => 2 < length && length <= 2 + 8 * SackBlocks::MOST && length % 8 == 2,
            Self::Timestamps => length == 10,
            Self::FastOpen => matches!(length.checked_sub(2), Some(cookie) if is_cookie(cookie)),
            Self::Other(_) => length >= 2,
        }
    }
}

/// Whether a Fast Open cookie may have so many octets; none at all is the request for one.
const fn is_cookie(octets: usize) -> bool {
    octets == 0 || (4 <= octets && octets <= FastOpenCookie::MOST && octets.is_multiple_of(2))
}

/// An option whose length cannot be.
///
/// Under two octets, or over what is left of the header, it does not even say where the next
/// option begins: then those are lost too. Otherwise only this one is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IllegalOption {
    /// What it is.
    pub kind: OptionKind,
    /// The length that it gives; `None` where the header ends before that.
    pub length: Option<u8>,
    /// Where it begins, in octets from the beginning of the options.
    pub at: usize,
}

impl IllegalOption {
    /// The rule's name, as in the engine's reasons.
    pub const RULE: &'static str = "illegal-option";

    /// Where the rule is written down: "TCP implementations MUST be prepared to handle an illegal
    /// option length" (MUST-7).
    pub const CITATION: Citation = Citation { rfc: 9293, section: "3.1" };
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

    /// What is wrong, if the length is not one that an option of this kind can have.
    pub(crate) fn illegal(&self) -> Option<IllegalOption> {
        let length = self.octets.len();
        (!self.kind.allows(length)).then(|| IllegalOption {
            kind: self.kind,
            length: u8::try_from(length).ok(),
            at: self.octets.start,
        })
    }
}

/// The options of a list, one after another, up to the end of the list, of the header, or up to
/// one whose length leads nowhere. They may begin anywhere (RFC 9293 §3.2: MUST-64).
pub(crate) fn walk(list: &[u8]) -> impl Iterator<Item = Result<Listed, IllegalOption>> {
    let mut next = Some(0);
    core::iter::from_fn(move || {
        let start = next.take()?;
        let kind = OptionKind::from_number(*list.get(start)?);
        let length = match kind {
            OptionKind::EndOfList | OptionKind::NoOperation => Some(1),
            OptionKind::MaximumSegmentSize
            | OptionKind::WindowScale
            | OptionKind::SackPermitted
            | OptionKind::Sack
            | OptionKind::Timestamps
            | OptionKind::FastOpen
            // The length counts the kind and itself (MUST-68: every other option carries one).
            | OptionKind::Other(_) => list.get(start + 1).copied(),
        };
        let end = length
            .filter(|length| *length >= 2 || kind.allows((*length).into()))
            .map(|length| start + usize::from(length))
            .filter(|end| *end <= list.len());
        let Some(end) = end else {
            return Some(Err(IllegalOption { kind, length, at: start }));
        };
        next = (kind != OptionKind::EndOfList).then_some(end);
        Some(Ok(Listed { kind, octets: start..end }))
    })
}
