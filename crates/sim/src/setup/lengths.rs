//! What fits into one IPv4 packet (RFC 791 §3.1: its length has 16 bits).

use core::fmt;

use tcpscope_tcp::Segment;

use crate::Forgery;
use crate::link::packet_octets;

/// An IPv4 packet has no more octets than this.
const PACKET: u32 = 65_535;
/// Options of TCP have no more octets than this: its header counts its words in four bits.
const OPTIONS: u32 = 40;
/// What IPv4 and UDP put before a message (RFC 768).
const UDP_HEADERS: u32 = 28;
/// What IPv4 and TCP put before options and text.
const TCP_HEADERS: u32 = 40;

/// What has more octets than there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLong {
    /// The message of a datagram.
    Message {
        /// Its octets.
        octets: u32,
    },
    /// A segment, with its headers.
    Segment {
        /// Its octets.
        octets: u32,
    },
    /// The options of a segment.
    Options {
        /// Their octets.
        octets: u32,
    },
}

impl TooLong {
    /// Whether a message fits into a datagram.
    pub(super) const fn check_message(octets: u32) -> Result<(), Self> {
        if octets > PACKET - UDP_HEADERS { Err(Self::Message { octets }) } else { Ok(()) }
    }
}

impl Forgery {
    /// Whether its options fit into a header of TCP, and all of it into a packet of IPv4.
    ///
    /// # Errors
    /// What is too long.
    pub fn check(&self) -> Result<(), TooLong> {
        let bare = Segment { options: self.options, ..Segment::default() };
        let options = packet_octets(&bare) - TCP_HEADERS;
        if options > OPTIONS {
            return Err(TooLong::Options { octets: options });
        }
        let text = u32::try_from(self.payload.len()).unwrap_or(u32::MAX);
        let octets = text.saturating_add(TCP_HEADERS + options);
        if octets > PACKET { Err(TooLong::Segment { octets }) } else { Ok(()) }
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, octets, most) = match self {
            Self::Message { octets } => ("a datagram's message", octets, PACKET - UDP_HEADERS),
            Self::Segment { octets } => ("a segment with its headers", octets, PACKET),
            Self::Options { octets } => ("the options of a segment", octets, OPTIONS),
        };
        write!(f, "{what} would have {octets} octets; {most} is the most")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AppCall, HostId, Number, Setup, SetupError, Step, Wait};
    use alloc::boxed::Box;
    use alloc::string::ToString;
    use alloc::vec;
    use tcpscope_tcp::{Flags, Options, SeqNumber, Timestamps};

    fn forgery(octets: usize) -> Forgery {
        let socket = "192.0.2.1:80".parse().expect("a socket");
        Forgery {
            source: socket,
            spread: false,
            destination: socket,
            seq: Number::Given(SeqNumber::new(0)),
            ack: None,
            flags: Flags::empty(),
            wnd: 0,
            urg: 0,
            options: Options::NONE,
            payload: vec![0; octets].into(),
        }
    }

    #[test]
    fn what_fits_into_no_packet_is_refused() {
        assert_eq!(forgery(65_495).check(), Ok(()));
        assert_eq!(forgery(65_496).check(), Err(TooLong::Segment { octets: 65_536 }));
        let stamped = Options { timestamps: Some(Timestamps::default()), ..Options::NONE };
        let stamped = Forgery { options: stamped, ..forgery(65_484) };
        assert_eq!(stamped.check(), Err(TooLong::Segment { octets: 65_536 }));
        assert_eq!(TooLong::check_message(65_507), Ok(()));
        let said = TooLong::check_message(65_508).expect_err("too long").to_string();
        assert_eq!(said, "a datagram's message would have 65508 octets; 65507 is the most");
    }

    #[test]
    fn a_setup_that_sends_it_cannot_be_run() {
        let host = |name: &str, address: &str, call| crate::HostSetup {
            name: name.into(),
            address: address.parse().expect("a socket"),
            config: tcpscope_tcp::Config::plain(),
            iss: None,
            script: vec![Step { wait: Wait::Nothing, call }],
            further: vec![],
            sockets: crate::SocketSetup::default(),
        };
        let link = |from, to| {
            crate::LinkSetup::new(HostId(from), HostId(to), tcpscope_tcp::Duration::ZERO)
        };
        let setup = |call| Setup {
            seed: 1,
            hosts: vec![
                host("one", "192.0.2.1:80", call),
                host("other", "192.0.2.2:80", AppCall::Nothing),
            ],
            routers: vec![],
            links: vec![link(0, 1), link(1, 0)],
            link_changes: vec![],
            interventions: vec![],
            acts: vec![],
            limits: crate::Limits::default(),
        };
        let send_to = |octets| AppCall::SendTo { to: None, port: None, octets };
        assert_eq!(setup(send_to(65_507)).check(), Ok(()));
        let what = TooLong::Message { octets: 65_508 };
        let error = SetupError::TooLong { host: HostId(0), what };
        assert_eq!(setup(send_to(65_508)).check(), Err(error));
        let forged = AppCall::Forge(Box::new(forgery(65_496)));
        assert!(matches!(setup(forged).check(), Err(SetupError::TooLong { .. })));
    }
}
