//! What happened, one thing at a time.

mod link_rule;

use alloc::boxed::Box;

use tcpscope_tcp::{
    CallError, Citation, Errno, IcmpError, Instant, Notification, Reason, State, Timer,
};
use tcpscope_wire::Malformed;

pub use self::link_rule::LinkRule;

use crate::{ConnectionId, Done, HostId, HostRule, Intervention, LinkChange, PacketIndex};

/// A record, by its place in [`crate::Trace::records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

impl RecordId {
    /// The place in the list of records.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One step of the simulation: an arrival, a timeout or a call, with all that followed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// Its place.
    pub id: RecordId,
    /// The step that it belongs to; records of one step stand together.
    pub event: EventId,
    /// When.
    pub at: Instant,
    /// What caused it; `None` where an application began by itself.
    pub cause: Option<RecordId>,
    /// Where; `None` for what happens on a link.
    pub host: Option<HostId>,
    /// Which connection of the host's it is about, if it is about one.
    pub connection: Option<ConnectionId>,
    /// What.
    pub kind: RecordKind,
}

/// What happened. What is new goes last: the digest of a run knows each by its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// The application made a call.
    Call {
        /// The line of its script.
        line: usize,
        /// What came of it.
        result: CallResult,
    },
    /// A packet was handed to the link.
    Transmit {
        /// Which.
        packet: PacketIndex,
    },
    /// A packet arrived.
    Arrive {
        /// Which.
        packet: PacketIndex,
    },
    /// A packet was lost.
    Lost {
        /// Which.
        packet: PacketIndex,
        /// To what.
        cause: LossCause,
    },
    /// The connection changed its state.
    Transition {
        /// The state left.
        from: State,
        /// The state entered.
        to: State,
    },
    /// A timer was set, was stopped or ran out.
    Timer {
        /// Which.
        timer: Timer,
        /// What became of it.
        event: TimerEvent,
    },
    /// Octets became readable.
    Deliver {
        /// How many.
        octets: u32,
    },
    /// The application was told something.
    Notify(Notification),
    /// A link did something to a packet: why it did says what.
    Impaired {
        /// Which packet.
        packet: PacketIndex,
    },
    /// A packet came into being on the way: a copy of another.
    Copy {
        /// The copy.
        packet: PacketIndex,
    },
    /// A link became another: why it did says how.
    LinkChanged {
        /// Which link, and what is new.
        change: Box<LinkChange>,
    },
    /// Somebody interfered.
    Intervention {
        /// With which packet.
        packet: PacketIndex,
        /// How.
        intervention: Box<Intervention>,
    },
    /// Something was done at an instant.
    Act(Box<Done>),
    /// A host was told by ICMP what became of a packet of its own.
    Icmp {
        /// Which packet the message is about.
        packet: PacketIndex,
        /// What it says.
        error: IcmpError,
    },
    /// A host gave up the fragments of a packet that it waited for the rest of.
    ReassemblyTimeout {
        /// Which packet they are of.
        packet: PacketIndex,
    },
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallResult {
    /// Done, or under way.
    Ok,
    /// SEND took this many octets.
    Sent(u32),
    /// RECEIVE returned this many octets.
    Received(u32),
    /// It has to wait: no room, or nothing there yet.
    Waits,
    /// RECEIVE found the end of the stream.
    EndOfStream,
    /// It was refused by a connection, in the RFC's words.
    Refused(CallError),
    /// It was refused by the host, in POSIX's.
    Failed(Errno),
}

/// What became of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimerEvent {
    /// It was set, and runs out then.
    Set(Instant),
    /// It was stopped.
    Stopped,
    /// It ran out.
    Expired,
}

/// What a packet was lost to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossCause {
    /// To the link.
    Link,
    /// To an intervention.
    Intervention,
}

/// Why something happened: a rule of TCP's, or of the link's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// A rule of TCP's.
    Tcp(Reason),
    /// A rule of the link's.
    Link(LinkRule),
    /// A rule by which octets are no segment: what arrived is damaged.
    Octets(Malformed),
    /// What is neither TCP's nor a link's.
    Host(HostRule),
}

impl Why {
    /// Whether it is a check that was passed, and decided nothing by itself.
    #[must_use]
    pub const fn is_routine(&self) -> bool {
        match self {
            Self::Tcp(reason) => reason.is_routine(),
            Self::Link(rule) => rule.is_routine(),
            Self::Octets(_) | Self::Host(_) => false,
        }
    }

    /// The rule's name, in kebab-case; it does not change with the language.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Tcp(reason) => reason.rule(),
            Self::Link(rule) => rule.name(),
            Self::Octets(malformed) => malformed.rule(),
            Self::Host(rule) => rule.rule(),
        }
    }

    /// The section of the RFC that the rule comes from.
    #[must_use]
    pub const fn citation(&self) -> Citation {
        match self {
            Self::Tcp(reason) => reason.citation(),
            Self::Link(rule) => rule.citation(),
            Self::Octets(malformed) => malformed.citation(),
            Self::Host(rule) => rule.citation(),
        }
    }
}

impl RecordKind {
    /// The name that interfaces use.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Call { .. } => "call",
            Self::Transmit { .. } => "transmit",
            Self::Arrive { .. } => "arrive",
            Self::Lost { .. } => "lost",
            Self::Transition { .. } => "transition",
            Self::Timer { .. } => "timer",
            Self::Deliver { .. } => "deliver",
            Self::Notify(_) => "notify",
            Self::Impaired { .. } => "impaired",
            Self::Copy { .. } => "copy",
            Self::Icmp { .. } => "icmp",
            Self::ReassemblyTimeout { .. } => "reassembly-timeout",
            Self::LinkChanged { .. } => "link-changed",
            Self::Act(_) | Self::Intervention { .. } => "intervention",
        }
    }

    /// Whether something goes wrong on the way, or is made to go wrong.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::Lost { .. }
            | Self::Impaired { .. }
            | Self::Copy { .. }
            | Self::Icmp { .. }
            | Self::ReassemblyTimeout { .. }
            | Self::LinkChanged { .. }
            | Self::Act(_)
            | Self::Intervention { .. } => true,
            Self::Call { .. }
            | Self::Transmit { .. }
            | Self::Arrive { .. }
            | Self::Transition { .. }
            | Self::Timer { .. }
            | Self::Deliver { .. }
            | Self::Notify(_) => false,
        }
    }

    /// The packet that it is about, if it is about one.
    #[must_use]
    pub const fn packet(&self) -> Option<PacketIndex> {
        match self {
            Self::Transmit { packet }
            | Self::Arrive { packet }
            | Self::Lost { packet, .. }
            | Self::Impaired { packet }
            | Self::Copy { packet }
            | Self::Icmp { packet, .. }
            | Self::ReassemblyTimeout { packet }
            | Self::Intervention { packet, .. } => Some(*packet),
            Self::Call { .. }
            | Self::LinkChanged { .. }
            | Self::Transition { .. }
            | Self::Timer { .. }
            | Self::Deliver { .. }
            | Self::Act(_)
            | Self::Notify(_) => None,
        }
    }
}

// A run may have a million records, and a few reasons for each.
const _: () = assert!(size_of::<Record>() <= 64 && size_of::<Why>() <= 32, "records are small");
