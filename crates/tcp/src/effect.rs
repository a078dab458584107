//! What follows from an event.

use alloc::vec::Vec;

use crate::{Instant, Reason, Segment, State, Status, Timer};

/// One thing that follows from an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A decision that shows only in the variables.
    Decide,
    /// The state changes.
    Enter {
        /// The state left.
        from: State,
        /// The state entered.
        to: State,
    },
    /// A segment goes out.
    Transmit {
        /// The segment.
        segment: Segment,
        /// Whether all that it carries was sent before.
        retransmission: bool,
    },
    /// A timer starts, or starts anew.
    SetTimer {
        /// Which.
        timer: Timer,
        /// When it will run out.
        at: Instant,
    },
    /// A timer stops before it ran out.
    StopTimer {
        /// Which.
        timer: Timer,
    },
    /// Octets became readable by the application.
    Deliver {
        /// How many.
        octets: u32,
    },
    /// The application is told something.
    Notify(Notification),
}

/// What the application is told without having asked (RFC 9293 §3.9.1.8, MUST-47). One that does
/// not want to be told need not listen (SHLD-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notification {
    /// The connection is established.
    Connected,
    /// The peer will send no more: end of stream. So a normal end and an abort differ (MUST-12).
    PeerClosed,
    /// Our CLOSE was acknowledged by the peer.
    CloseAcknowledged,
    /// "connection reset".
    Reset,
    /// "connection refused".
    Refused,
    /// R1 was reached: the peer has not answered for a while (§3.8.3).
    Unresponsive,
    /// R2 was reached: the connection is given up (§3.8.3).
    TimedOut,
    /// The remote side has urgent data.
    Urgent,
}

impl Notification {
    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::PeerClosed => "peer-closed",
            Self::CloseAcknowledged => "close-acknowledged",
            Self::Reset => "reset",
            Self::Refused => "refused",
            Self::Unresponsive => "unresponsive",
            Self::TimedOut => "timed-out",
            Self::Urgent => "urgent",
        }
    }
}

/// An effect and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What follows.
    pub effect: Effect,
    /// The rule that says so, with its numbers.
    pub reason: Reason,
}

/// What followed from one event, in order. Made once and used again, so that the engine does not
/// allocate for each event.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    entries: Vec<Entry>,
    /// The connection's variables right after each entry; none where nobody asked for them. They
    /// are large, and so apart.
    statuses: Vec<Status>,
    detail: Detail,
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Detail {
    /// What follows.
    #[default]
    Effects,
    /// Decisions as well.
    Decisions,
    /// Decisions, and the variables after each.
    Variables,
}

impl Effects {
    /// Effects alone: decisions that show only in the variables are left out, and so are the
    /// variables.
    #[must_use]
    pub fn unobserved() -> Self {
        Self::default()
    }

    /// Effects with every decision, but without the variables.
    #[must_use]
    pub fn explained() -> Self {
        Self { detail: Detail::Decisions, ..Self::default() }
    }

    /// Effects with every decision, and with the variables after each.
    #[must_use]
    pub fn observed() -> Self {
        Self { detail: Detail::Variables, ..Self::default() }
    }

    /// From now on every decision is told, or none; the variables are not.
    pub fn explain(&mut self, explained: bool) {
        self.detail = if explained { Detail::Decisions } else { Detail::Effects };
    }

    /// What followed, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes out what followed, in order, and leaves room for the next event.
    pub fn drain(&mut self) -> impl Iterator<Item = Entry> + '_ {
        self.statuses.clear();
        self.entries.drain(..)
    }

    /// The same, each with the connection's variables right after it: for effects that are
    /// [`observed`](Self::observed).
    pub fn drain_with_status(&mut self) -> impl Iterator<Item = (Entry, Status)> + '_ {
        self.entries.drain(..).zip(self.statuses.drain(..))
    }

    pub(crate) fn is_observed(&self) -> bool {
        self.detail != Detail::Effects
    }

    pub(crate) fn push(&mut self, effect: Effect, reason: Reason, status: impl FnOnce() -> Status) {
        self.entries.push(Entry { effect, reason });
        if self.detail == Detail::Variables {
            self.statuses.push(status());
        }
    }
}
