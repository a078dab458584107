//! The timers of a connection.

use crate::Instant;

/// A timer of a connection. Each runs at most once at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// Sends the earliest unacknowledged segment again (RFC 6298).
    Retransmission,
    /// Probes a zero window (RFC 9293 §3.8.6.1).
    Persist,
    /// Ends TIME-WAIT after two maximum segment lifetimes (RFC 9293 §3.6.1).
    TimeWait,
}

impl Timer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Retransmission, Self::Persist, Self::TimeWait];

    /// The name that traces and interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retransmission => "retransmission",
            Self::Persist => "persist",
            Self::TimeWait => "time-wait",
        }
    }
}

/// When each timer runs out, if it is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Timers {
    deadlines: [Option<Instant>; Timer::ALL.len()],
}

impl Timers {
    pub(crate) const fn deadline(&self, timer: Timer) -> Option<Instant> {
        self.deadlines[timer as usize]
    }

    pub(crate) const fn set(&mut self, timer: Timer, at: Instant) {
        self.deadlines[timer as usize] = Some(at);
    }

    /// Stops `timer`; says whether it was running.
    pub(crate) const fn stop(&mut self, timer: Timer) -> bool {
        self.deadlines[timer as usize].take().is_some()
    }

    pub(crate) const fn deadlines(&self) -> [Option<Instant>; Timer::ALL.len()] {
        self.deadlines
    }
}
