//! What lies around an IP packet: the kinds of link that a capture can be of.

/// The kind of link that a frame was captured on, as <https://www.tcpdump.org/linktypes.html>
/// numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback: four octets that name the protocol, in the order of whoever captured.
    pub const NULL: Self = Self(0);
    /// Ethernet.
    pub const ETHERNET: Self = Self(1);
    /// IP and nothing around it.
    pub const RAW: Self = Self(101);
    /// `OpenBSD` loopback: as [`NULL`](Self::NULL), in the order of networks.
    pub const LOOP: Self = Self(108);
    /// Linux' cooked capture, of `any` interface.
    pub const LINUX_SLL: Self = Self(113);
    /// IPv4 and nothing around it.
    pub const IPV4: Self = Self(228);
    /// IPv6 and nothing around it.
    pub const IPV6: Self = Self(229);
    /// Linux' cooked capture, second version.
    pub const LINUX_SLL2: Self = Self(276);

    /// The name of those that can be read.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::NULL | Self::LOOP => "loopback",
            Self::ETHERNET => "Ethernet",
            // What some systems number raw IP as in their own files.
            Self::RAW | Self(12 | 14) => "raw IP",
            Self::IPV4 => "IPv4",
            Self::IPV6 => "IPv6",
            Self::LINUX_SLL => "Linux cooked v1",
            Self::LINUX_SLL2 => "Linux cooked v2",
            Self(_) => return None,
        })
    }

    /// What the frame carries.
    pub(crate) fn carried(self, frame: &[u8]) -> Carried<'_> {
        match self {
            Self::ETHERNET => of_ether_type(frame, 12),
            Self::LINUX_SLL => of_ether_type(frame, 14),
            Self::LINUX_SLL2 => match (word(frame, 0), frame.get(20..)) {
                (Some(protocol), Some(rest)) => of_protocol(protocol, rest),
                _ => Carried::Cut,
            },
            Self::NULL | Self::LOOP => match frame.split_first_chunk::<4>() {
                // The number of IPv6 differs from system to system, but is the only other.
                Some((_, rest)) => of_version(rest),
                None => Carried::Cut,
            },
            Self::RAW | Self::IPV4 | Self::IPV6 | Self(12 | 14) => of_version(frame),
            Self(_) => Carried::UnknownLink,
        }
    }
}

/// What a frame carries.
pub(crate) enum Carried<'a> {
    /// An IP packet.
    Ip(&'a [u8]),
    /// Something else.
    Other,
    /// The frame ends before that is said.
    Cut,
    /// This kind of link is not known.
    UnknownLink,
}

const IPV4: u16 = 0x0800;
const IPV6: u16 = 0x86dd;
/// Tags of virtual networks, which stand before the type (IEEE 802.1Q, 802.1ad, and before it).
const TAGS: [u16; 3] = [0x8100, 0x88a8, 0x9100];

fn word(octets: &[u8], at: usize) -> Option<u16> {
    octets.get(at..)?.first_chunk().copied().map(u16::from_be_bytes)
}

/// What stands behind the type at this octet.
fn of_ether_type(frame: &[u8], at: usize) -> Carried<'_> {
    match (word(frame, at), frame.get(at + 2..)) {
        (Some(protocol), Some(rest)) => of_protocol(protocol, rest),
        _ => Carried::Cut,
    }
}

fn of_protocol(mut protocol: u16, mut rest: &[u8]) -> Carried<'_> {
    while TAGS.contains(&protocol) {
        let (Some(next), Some(after)) = (word(rest, 2), rest.get(4..)) else {
            return Carried::Cut;
        };
        (protocol, rest) = (next, after);
    }
    match protocol {
        IPV4 | IPV6 => Carried::Ip(rest),
        _ => Carried::Other,
    }
}

fn of_version(octets: &[u8]) -> Carried<'_> {
    match octets.first().map(|first| first >> 4) {
        Some(4 | 6) => Carried::Ip(octets),
        Some(_) => Carried::Other,
        None => Carried::Cut,
    }
}
