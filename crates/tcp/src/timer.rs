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

/// When each timer runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timers {
    /// In the order of [`Timer::ALL`]; [`NEVER`](Self::NEVER) where it is not running.
    deadlines: [Instant; Timer::ALL.len()],
    /// None has been set to run out before this since it was last asked for.
    soonest: Instant,
}

impl Default for Timers {
    fn default() -> Self {
        Self { deadlines: [Self::NEVER; Timer::ALL.len()], soonest: Self::NEVER }
    }
}

impl Timers {
    /// The end of time, half a million years away.
    const NEVER: Instant = Instant::from_micros(u64::MAX);

    /// A timer that is running runs out by then.
    const LAST: Instant = Instant::from_micros(u64::MAX - 1);

    pub(crate) fn deadline(&self, timer: Timer) -> Option<Instant> {
        Self::running(self.deadlines[timer as usize])
    }

    pub(crate) fn is_running(&self, timer: Timer) -> bool {
        self.deadlines[timer as usize] != Self::NEVER
    }

    /// No timer runs out before this that was not running when this was last asked: cheap enough
    /// to be asked after every event.
    pub(crate) const fn take_soonest(&mut self) -> Instant {
        core::mem::replace(&mut self.soonest, Self::NEVER)
    }

    /// When the first of them runs out.
    pub(crate) fn first_deadline(&self) -> Option<Instant> {
        Self::running(self.deadlines.iter().fold(Self::NEVER, |first, at| first.min(*at)))
    }

    /// The timer that runs out first, and when; of several the one that comes first in
    /// [`Timer::ALL`].
    pub(crate) fn first(&self) -> Option<(Timer, Instant)> {
        let first = self.first_deadline()?;
        let mut all = Timer::ALL.into_iter().zip(self.deadlines);
        all.find(|(_, at)| *at == first)
    }

    pub(crate) fn set(&mut self, timer: Timer, at: Instant) {
        let at = at.min(Self::LAST);
        self.deadlines[timer as usize] = at;
        self.soonest = self.soonest.min(at);
    }

    /// Stops `timer`; says whether it was running.
    pub(crate) fn stop(&mut self, timer: Timer) -> bool {
        let at = core::mem::replace(&mut self.deadlines[timer as usize], Self::NEVER);
        at != Self::NEVER
    }

    pub(crate) fn deadlines(&self) -> [Option<Instant>; Timer::ALL.len()] {
        self.deadlines.map(Self::running)
    }

    fn running(at: Instant) -> Option<Instant> {
        (at != Self::NEVER).then_some(at)
    }
}
