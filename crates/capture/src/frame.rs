//! What lies around an IP packet in a capture.

use std::borrow::Cow;

use etherparse::{EtherType, Ethernet2Header};
use pcap_file::DataLink;
use tcpscope_sim::Trace;
use tcpscope_view::mac_address;

use crate::Captured;

/// Which link a capture is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LinkType {
    /// Ethernet: each packet in a frame, without the check sequence, as a network card gives it.
    #[default]
    Ethernet,
    /// No link: each packet begins with its IP header.
    Raw,
}

/// The least octets of a frame, without its check sequence of four (IEEE 802.3 §3.2.8).
const SHORTEST_FRAME: usize = 60;

impl LinkType {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ethernet, Self::Raw];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ethernet => "ethernet",
            Self::Raw => "raw",
        }
    }

    pub(crate) const fn number(self) -> DataLink {
        match self {
            Self::Ethernet => DataLink::ETHERNET,
            Self::Raw => DataLink::RAW,
        }
    }

    /// The octets of a packet on this link: where they are too few for a frame, it is filled up
    /// with zeros.
    pub(crate) fn octets<'a>(self, trace: &Trace, captured: &'a Captured) -> Cow<'a, [u8]> {
        match self {
            Self::Raw => Cow::Borrowed(&captured.octets),
            Self::Ethernet => {
                let header = Ethernet2Header {
                    source: mac_address(trace, captured.from),
                    destination: mac_address(trace, captured.to),
                    ether_type: EtherType::IPV4,
                };
                let mut frame = header.to_bytes().to_vec();
                frame.extend_from_slice(&captured.octets);
                frame.resize(frame.len().max(SHORTEST_FRAME), 0);
                Cow::Owned(frame)
            }
        }
    }
}
