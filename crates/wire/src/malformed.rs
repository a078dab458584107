//! What can be wrong with the octets of a packet.

use core::fmt;

use etherparse::err::{ipv4, tcp};
use tcpscope_tcp::Citation;

/// The header that something is wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The IPv4 header.
    Ipv4,
    /// The TCP header.
    Tcp,
    /// The ICMP message.
    Icmp,
}

impl Layer {
    const fn name(self) -> &'static str {
        match self {
            Self::Ipv4 => "IPv4",
            Self::Tcp => "TCP",
            Self::Icmp => "ICMP",
        }
    }
}

/// Why octets are no TCP segment, and no ICMP message about one, in an IPv4 packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Malformed {
    /// The octets end before the header, or what it announces, does.
    Truncated {
        /// The header.
        layer: Layer,
        /// The octets from the beginning of that header that there should be.
        needed: usize,
        /// Those that there are.
        found: usize,
    },
    /// The version is not 4.
    NotIpv4 {
        /// The version.
        version: u8,
    },
    /// A header says that it is shorter than any such header is.
    ShortHeader {
        /// The header.
        layer: Layer,
        /// The length that it gives, in 32-bit words; 5 is the least.
        words: u8,
    },
    /// The whole packet says that it is shorter than its own header.
    ShortPacket {
        /// The total length that it gives.
        total: usize,
        /// The length of its header.
        header: usize,
    },
    /// The packet carries another protocol.
    NotTcp {
        /// The protocol's number; TCP's is 6.
        protocol: u8,
    },
    /// The packet is a fragment of another.
    Fragment {
        /// Where in the whole it belongs, in octets.
        offset: u32,
    },
    /// A checksum does not fit.
    Checksum {
        /// The header that holds it.
        layer: Layer,
        /// The checksum in the header.
        found: u16,
        /// The checksum of what arrived.
        computed: u16,
    },
    /// The ICMP message reports no error that has to do with a segment of ours.
    NoIcmpError {
        /// Its type.
        kind: u8,
        /// Its code.
        code: u8,
    },
    /// The ICMP message does not quote enough of a TCP segment to tell which one it is about.
    NothingQuoted,
}

impl Malformed {
    /// The name of the rule by which such a packet is dropped, as in the engine's reasons.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.entry().0
    }

    /// Where that rule is written down.
    #[must_use]
    pub const fn citation(&self) -> Citation {
        let (_, rfc, section) = self.entry();
        Citation { rfc, section }
    }

    const fn entry(&self) -> (&'static str, u16, &'static str) {
        match self {
            Self::Truncated { layer: Layer::Ipv4, .. } => ("truncated-packet", 791, "3.1"),
            Self::Truncated { layer: Layer::Tcp, .. } => ("truncated-segment", 9293, "3.1"),
            Self::Truncated { layer: Layer::Icmp, .. } => ("truncated-message", 1122, "3.2.2"),
            Self::NotIpv4 { .. } => ("not-ipv4", 1122, "3.2.1.1"),
            Self::ShortHeader { layer: Layer::Ipv4, .. } => ("short-ip-header", 791, "3.1"),
            Self::ShortHeader { layer: Layer::Tcp | Layer::Icmp, .. } => {
                ("short-tcp-header", 9293, "3.1")
            }
            Self::ShortPacket { .. } => ("short-packet", 791, "3.1"),
            Self::NotTcp { .. } => ("not-tcp", 791, "3.1"),
            Self::Fragment { .. } => ("fragment", 791, "2.3"),
            Self::Checksum { layer: Layer::Ipv4, .. } => ("ip-checksum", 1122, "3.2.1.2"),
            // MUST-3.
            Self::Checksum { layer: Layer::Tcp, .. } => ("tcp-checksum", 9293, "3.1"),
            Self::Checksum { layer: Layer::Icmp, .. } => ("icmp-checksum", 1122, "3.2.2"),
            Self::NoIcmpError { .. } => ("icmp-no-error", 1122, "3.2.2"),
            Self::NothingQuoted => ("icmp-nothing-quoted", 1122, "3.2.2"),
        }
    }

    pub(crate) const fn from_ipv4(error: &ipv4::HeaderSliceError) -> Self {
        match error {
            ipv4::HeaderSliceError::Len(error) => {
                Self::Truncated { layer: Layer::Ipv4, needed: error.required_len, found: error.len }
            }
            ipv4::HeaderSliceError::Content(error) => match *error {
                ipv4::HeaderError::UnexpectedVersion { version_number } => {
                    Self::NotIpv4 { version: version_number }
                }
                ipv4::HeaderError::HeaderLengthSmallerThanHeader { ihl } => {
                    Self::ShortHeader { layer: Layer::Ipv4, words: ihl }
                }
            },
        }
    }

    pub(crate) const fn from_tcp(error: &tcp::HeaderSliceError) -> Self {
        match error {
            tcp::HeaderSliceError::Len(error) => {
                Self::Truncated { layer: Layer::Tcp, needed: error.required_len, found: error.len }
            }
            tcp::HeaderSliceError::Content(error) => match *error {
                tcp::HeaderError::DataOffsetTooSmall { data_offset } => {
                    Self::ShortHeader { layer: Layer::Tcp, words: data_offset }
                }
            },
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated { layer, needed, found } => {
                let layer = layer.name();
                write!(f, "from the {layer} header on there are {found} octets, not {needed}")
            }
            Self::NotIpv4 { version } => write!(f, "the version is {version}, not 4"),
            Self::ShortHeader { layer, words } => {
                write!(f, "the {} header has {words} words of 32 bits, fewer than 5", layer.name())
            }
            Self::ShortPacket { total, header } => {
                write!(f, "the packet has {total} octets, fewer than its header's {header}")
            }
            Self::NotTcp { protocol } => write!(f, "the protocol is {protocol}, not 6 (TCP)"),
            Self::Fragment { offset } => {
                write!(f, "the packet is a fragment, from octet {offset} of the whole on")
            }
            Self::Checksum { layer, found, computed } => {
                let layer = layer.name();
                write!(f, "the {layer} checksum is {found:#06x}; {computed:#06x} would fit")
            }
            Self::NoIcmpError { kind, code } => {
                write!(f, "ICMP type {kind}, code {code}, reports no error about a segment")
            }
            Self::NothingQuoted => write!(f, "the ICMP message quotes no TCP segment"),
        }
    }
}

impl core::error::Error for Malformed {}
