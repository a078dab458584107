//! Why something happened that neither TCP nor a link decided.

use tcpscope_tcp::Citation;

/// A rule that is neither TCP's nor a link's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostRule {
    /// The host crashed: what its TCP knew is gone.
    Crashed,
    /// The host was started: its TCP knows nothing.
    Restarted,
    /// Nobody answers for a host that has crashed.
    Down,
    /// The host's applications were stopped, or went on: TCP does its work without them.
    Halted,
    /// Somebody made a call in the name of an application.
    CalledByHand,
    /// A segment was sent that no TCP made.
    Forged,
    /// A copy of an old packet goes on that was kept on the way.
    Replayed,
    /// An application's message goes out at once, in one datagram.
    DatagramSent,
    /// A datagram is handed out as it comes: nobody waits, orders or asks for it again.
    DatagramDelivered,
    /// A fragment of a packet did not come in time: those that did are thrown away.
    ReassemblyTimeout,
    /// The first of the fragments came, so that its sender can be told.
    ReassemblyReported,
    /// What the network says of a datagram is for the application, which does not ask.
    DatagramReported,
}

impl HostRule {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Crashed,
        Self::Restarted,
        Self::Down,
        Self::Halted,
        Self::CalledByHand,
        Self::Forged,
        Self::Replayed,
        Self::DatagramSent,
        Self::DatagramDelivered,
        Self::ReassemblyTimeout,
        Self::ReassemblyReported,
        Self::DatagramReported,
    ];

    /// The rule's name, in kebab-case; it does not change with the language.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Crashed => "host-crashed",
            Self::Restarted => "host-restarted",
            Self::Down => "host-down",
            Self::Halted => "applications-halted",
            Self::CalledByHand => "called-by-hand",
            Self::Forged => "segment-forged",
            Self::Replayed => "old-packet",
            Self::DatagramSent => "datagram-sent",
            Self::DatagramDelivered => "datagram-delivered",
            Self::ReassemblyTimeout => "reassembly-timeout",
            Self::ReassemblyReported => "reassembly-reported",
            Self::DatagramReported => "datagram-reported",
        }
    }

    /// Where an RFC speaks of it: of half-open connections, of the user's calls, of blind attacks,
    /// of segments from earlier connections, of UDP, of fragments.
    #[must_use]
    pub const fn citation(self) -> Citation {
        let (rfc, section) = match self {
            Self::Crashed | Self::Restarted | Self::Down => (9293, "3.5.1"),
            Self::Halted | Self::CalledByHand => (9293, "3.9.1"),
            Self::Forged => (5961, "1.2"),
            Self::Replayed => (9293, "3.4.1"),
            Self::DatagramSent | Self::DatagramDelivered => (1122, "4.1.1"),
            Self::ReassemblyTimeout => (1122, "3.3.2"),
            Self::ReassemblyReported => (1122, "3.2.2.4"),
            Self::DatagramReported => (1122, "4.1.3.3"),
        };
        Citation { rfc, section }
    }
}
