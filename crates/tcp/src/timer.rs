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
    /// Sends an acknowledgment that waited for company (RFC 9293 §3.8.6.3).
    DelayedAck,
    /// Takes a segment for lost once reordering no longer explains its absence (RFC 8985 §6.2).
    Reordering,
    /// Sends a tail-loss probe (RFC 8985 §7.2).
    TailLossProbe,
    /// Probes an idle peer (RFC 9293 §3.8.4).
    KeepAlive,
    /// Ends the connection when text went unacknowledged for too long (RFC 9293 §3.10.8).
    UserTimeout,
    /// Ends a FIN-WAIT-2 that nobody reads from any more.
    FinWait2,
}

impl Timer {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Retransmission,
        Self::Persist,
        Self::TimeWait,
        Self::DelayedAck,
        Self::Reordering,
        Self::TailLossProbe,
        Self::KeepAlive,
        Self::UserTimeout,
        Self::FinWait2,
    ];

    /// The name that traces and interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retransmission => "retransmission",
            Self::Persist => "persist",
            Self::TimeWait => "time-wait",
            Self::DelayedAck => "delayed-ack",
            Self::Reordering => "reordering",
            Self::TailLossProbe => "tail-loss-probe",
            Self::KeepAlive => "keep-alive",
            Self::UserTimeout => "user-timeout",
            Self::FinWait2 => "fin-wait-2",
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

    /// The timer that runs out first, and when; of several the one that comes first in
    /// [`Timer::ALL`]. Asked after every event, so it is a plain loop.
    pub(crate) fn first(&self) -> Option<(Timer, Instant)> {
        let mut first: Option<(Timer, Instant)> = None;
        for (timer, deadline) in Timer::ALL.iter().zip(&self.deadlines) {
            if let Some(at) = deadline
                && first.is_none_or(|(_, earliest)| *at < earliest)
            {
                first = Some((*timer, *at));
            }
        }
        first
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
