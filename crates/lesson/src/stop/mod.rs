//! Moments of a run, in words: `client enters SYN-SENT`, `packet client:syn:0 is lost, the second
//! time`. The table of all phrases is in `docs/writing-lessons.md`.

mod find;
mod parse;

use tcpscope_tcp::{Flags, Notification, State, Timer};

pub(crate) use find::{Whose, all, connections_of, find_host, no_packet, whose};
pub use parse::parse;
pub(crate) use parse::{state_named, told, who};

use crate::claim::Claim;

/// A kind of moment, and which of those that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// What happens.
    pub event: Event,
    /// Which time.
    pub which: Which,
}

/// Which of several moments that are alike, from where one begins to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The first, the second …
    Nth(usize),
    /// The last one of the run.
    Last,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The run begins.
    Beginning,
    /// The run is over.
    End,
    /// A connection enters a state.
    Enters(Who, State),
    /// A connection leaves a state.
    Leaves(Who, State),
    /// A host sends such a segment.
    Sends(Who, What),
    /// A host receives such a segment.
    Receives(Who, What),
    /// A host sends such a segment again.
    Retransmits(Who, What),
    /// A timer of a host's.
    Timer(Who, Timer, Ticks),
    /// A packet, by its name.
    Packet(String, Course),
    /// Any packet, or any of a host's.
    AnyPacket(Option<Who>, Course),
    /// An application makes a call.
    Calls(Who, &'static str),
    /// An application's call has to wait.
    Waits(Who, &'static str),
    /// An application reads octets, or the end of the stream.
    Reads(Who, bool),
    /// Octets become readable.
    Delivers(Who),
    /// An application is told something.
    Told(Who, Notification),
    /// A host crashes.
    Crashes(Who),
    /// A host is there again.
    Restarts(Who),
    /// A rule is applied at a host.
    Applies(Who, String),
    /// A search of the log finds it.
    Query(String),
    /// A claim begins to hold.
    When(Box<Claim>),
}

#[cfg(feature = "toml")]
impl Event {
    /// The host that it happens at, if it is at one.
    pub(crate) const fn who(&mut self) -> Option<&mut Who> {
        match self {
            Self::Enters(who, _)
            | Self::Leaves(who, _)
            | Self::Sends(who, _)
            | Self::Receives(who, _)
            | Self::Retransmits(who, _)
            | Self::Timer(who, ..)
            | Self::AnyPacket(Some(who), _)
            | Self::Calls(who, _)
            | Self::Waits(who, _)
            | Self::Reads(who, _)
            | Self::Delivers(who)
            | Self::Told(who, _)
            | Self::Crashes(who)
            | Self::Restarts(who)
            | Self::Applies(who, _) => Some(who),
            Self::Beginning
            | Self::End
            | Self::Packet(..)
            | Self::AnyPacket(None, _)
            | Self::Query(_)
            | Self::When(_) => None,
        }
    }
}

/// A host, or one of its connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The host's name.
    pub host: String,
    /// Which of its connections; `None`: any.
    pub connection: Option<Connection>,
}

/// Which connection of a host's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// The one with this local port: `client@49153`.
    Port(u16),
    /// The first, the second … that begins: `server#2`. Listeners do not count.
    Nth(usize),
}

/// What becomes of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticks {
    /// It is set.
    Starts,
    /// It is stopped.
    Stops,
    /// It runs out.
    Expires,
}

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It is sent.
    Sent,
    /// It arrives.
    Arrives,
    /// It is lost.
    Lost,
}

/// What kind of segment is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Any.
    Anything,
    /// One with exactly these of SYN, FIN, RST and ACK; the ACK of FIN and RST may be there or not.
    Flags(Flags, bool),
    /// One that carries nothing but an ACK.
    BareAck,
    /// One with text.
    Data,
    /// A probe of a closed window, of an idle peer, or of a tail that may be lost.
    Probe,
    /// A duplicate ACK, of which the receiver says so.
    Duplicate,
    /// A datagram of UDP.
    Datagram,
}
