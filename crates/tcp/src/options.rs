//! The options of a segment that the engine knows (RFC 9293 §3.2, RFC 2018, RFC 7323, RFC 7413).

use crate::SeqNumber;

/// The options of one segment. What a segment does not carry is `None`, `false` or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Options {
    /// Maximum Segment Size: the largest text that the sender of this SYN can receive, in octets.
    pub mss: Option<u16>,
    /// Window Scale: the shift of every window that the sender of this SYN will announce, as it
    /// stands in the option; values over 14 count as 14 (RFC 7323 §2.3).
    pub window_scale: Option<u8>,
    /// SACK-Permitted: the sender of this SYN understands SACK (RFC 2018 §2).
    pub sack_permitted: bool,
    /// SACK: what was received beyond the acknowledgment number (RFC 2018 §3).
    pub sack: SackBlocks,
    /// Timestamps (RFC 7323 §3.2).
    pub timestamps: Option<Timestamps>,
    /// The Fast Open cookie, or the request for one (RFC 7413 §4.1.1).
    pub fast_open: Option<FastOpenCookie>,
}

impl Options {
    /// No option at all.
    pub const NONE: Self = Self {
        mss: None,
        window_scale: None,
        sack_permitted: false,
        sack: SackBlocks::NONE,
        timestamps: None,
        fast_open: None,
    };
}

/// The Timestamps option (RFC 7323 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Timestamps {
    /// TSval: the sender's timestamp clock.
    pub value: u32,
    /// TSecr: the timestamp that the sender echoes; it counts if ACK is set.
    pub echo: u32,
}

/// The blocks of a SACK option: `[left, right)` each, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct SackBlocks {
    /// Only the first [`len`](Self::len) count; the others are zero, so that equal blocks are equal.
    blocks: [(SeqNumber, SeqNumber); Self::MOST],
    len: u8,
}

impl SackBlocks {
    /// As many blocks as an option has room for (RFC 2018 §3).
    pub const MOST: usize = 4;

    /// No block: the option is left out.
    pub const NONE: Self =
        Self { blocks: [(SeqNumber::new(0), SeqNumber::new(0)); Self::MOST], len: 0 };

    /// Adds `[left, right)` at the end, if there is still room; says whether there was.
    pub fn push(&mut self, left: SeqNumber, right: SeqNumber) -> bool {
        let Some(slot) = self.blocks.get_mut(usize::from(self.len)) else { return false };
        *slot = (left, right);
        self.len += 1;
        true
    }

    /// The blocks, `[left, right)` each.
    #[must_use]
    pub fn blocks(&self) -> &[(SeqNumber, SeqNumber)] {
        self.blocks.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// How many blocks there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// A Fast Open cookie of 4 to 16 octets; an empty one asks for a cookie (RFC 7413 §4.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct FastOpenCookie {
    octets: [u8; Self::MOST],
    len: u8,
}

impl FastOpenCookie {
    /// The longest cookie, in octets.
    pub const MOST: usize = 16;

    /// The request for a cookie.
    pub const REQUEST: Self = Self { octets: [0; Self::MOST], len: 0 };

    /// A cookie of these octets; `None` where the RFC allows no such length: it is 4 to 16, and
    /// even. None at all is the request.
    #[must_use]
    pub fn new(octets: &[u8]) -> Option<Self> {
        if !matches!(octets.len(), 0 | 4 | 6 | 8 | 10 | 12 | 14 | 16) {
            return None;
        }
        let mut cookie = Self::REQUEST;
        cookie.octets.get_mut(..octets.len())?.copy_from_slice(octets);
        cookie.len = u8::try_from(octets.len()).ok()?;
        Some(cookie)
    }

    /// The octets.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        self.octets.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Whether this asks for a cookie.
    #[must_use]
    pub const fn is_request(&self) -> bool {
        self.len == 0
    }
}

/// What IPv4's ECN field says of the packet that carries a segment (RFC 3168 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Ecn {
    /// 00: the transport does not use ECN.
    #[default]
    NotEct,
    /// 10: ECN-capable transport.
    Ect0,
    /// 01: ECN-capable transport, the other codepoint.
    Ect1,
    /// 11: congestion was experienced on the way.
    Ce,
}
