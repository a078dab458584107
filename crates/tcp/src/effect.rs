//! What follows from an event.

use alloc::vec::Vec;

use crate::host::Gathered;
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
    /// What a host has to know, in place of the entries.
    gathered: Gathered,
    /// The segment that is being made, where it goes to no host.
    draft: Segment,
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
    /// What a host has to know.
    Host,
    /// That, and decisions as well.
    HostDecisions,
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

    /// What a host has to know is gathered in place of entries.
    pub(crate) fn for_host() -> Self {
        Self { detail: Detail::Host, ..Self::default() }
    }

    /// From now on a host is told of every rule, or of none.
    pub(crate) fn explain_to_host(&mut self, explained: bool) {
        self.detail = if explained { Detail::HostDecisions } else { Detail::Host };
    }

    /// What a host has to know; whoever looks at it empties it.
    pub(crate) const fn gathered(&mut self) -> &mut Gathered {
        &mut self.gathered
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

    /// Whether decisions are told.
    pub(crate) fn is_observed(&self) -> bool {
        match self.detail {
            Detail::Decisions | Detail::Variables | Detail::HostDecisions => true,
            Detail::Effects | Detail::Host => false,
        }
    }

    /// Whether the variables are told after each decision.
    pub(crate) fn has_variables(&self) -> bool {
        self.detail == Detail::Variables
    }

    /// Whether only a host is told, and nothing that changes nothing for it: neither timers nor
    /// what became readable.
    pub(crate) fn is_bare(&self) -> bool {
        self.detail == Detail::Host
    }

    pub(crate) fn push(&mut self, effect: Effect, reason: Reason, status: impl FnOnce() -> Status) {
        match self.detail {
            Detail::Effects | Detail::Decisions => self.entries.push(Entry { effect, reason }),
            Detail::Variables => {
                self.entries.push(Entry { effect, reason });
                self.statuses.push(status());
            }
            Detail::Host | Detail::HostDecisions => self.gather(effect, reason),
        }
    }

    /// An empty segment, which is about to [go out](Self::transmit): it is made where it will lie,
    /// as it is large.
    pub(crate) fn draft(&mut self) -> &mut Segment {
        match self.detail {
            Detail::Effects | Detail::Decisions | Detail::Variables => {}
            Detail::Host | Detail::HostDecisions => self.gathered.draft(),
        }
        self.drafted()
    }

    /// The segment that is being made.
    pub(crate) fn drafted(&mut self) -> &mut Segment {
        match self.detail {
            Detail::Effects | Detail::Decisions | Detail::Variables => &mut self.draft,
            Detail::Host | Detail::HostDecisions => {
                self.gathered.drafted().unwrap_or(&mut self.draft)
            }
        }
    }

    /// The segment that was [drafted](Self::draft) goes out.
    pub(crate) fn transmit(
        &mut self,
        retransmission: bool,
        reason: Reason,
        status: impl FnOnce() -> Status,
    ) {
        match self.detail {
            Detail::Effects | Detail::Decisions | Detail::Variables => {
                let segment = core::mem::take(&mut self.draft);
                self.push(Effect::Transmit { segment, retransmission }, reason, status);
            }
            Detail::Host => self.gathered.sent(retransmission),
            Detail::HostDecisions => {
                self.gathered.sent(retransmission);
                self.gathered.apply(reason, None);
            }
        }
    }

    /// The same, where nobody is told why: see [`is_bare`](Self::is_bare).
    pub(crate) fn transmit_untold(&mut self, retransmission: bool) {
        self.gathered.sent(retransmission);
    }

    /// A decision that shows only in the variables.
    pub(crate) fn decide(&mut self, reason: Reason, status: impl FnOnce() -> Status) {
        match self.detail {
            Detail::Effects | Detail::Host => {}
            Detail::Decisions | Detail::Variables => self.push(Effect::Decide, reason, status),
            Detail::HostDecisions => self.gathered.apply(reason, None),
        }
    }

    fn gather(&mut self, effect: Effect, reason: Reason) {
        let mut transition = None;
        match effect {
            Effect::Transmit { segment, retransmission } => {
                self.gathered.draft();
                if let Some(draft) = self.gathered.drafted() {
                    *draft = segment;
                }
                self.gathered.sent(retransmission);
            }
            Effect::Enter { from, to } => {
                self.gathered.moved = true;
                transition = Some((from, to));
            }
            Effect::Notify(told) => match told {
                Notification::Reset | Notification::Refused | Notification::TimedOut => {
                    self.gathered.told = Some((told, reason));
                }
                Notification::Connected
                | Notification::PeerClosed
                | Notification::CloseAcknowledged
                | Notification::Unresponsive
                | Notification::Urgent => {}
            },
            Effect::Decide
            | Effect::SetTimer { .. }
            | Effect::StopTimer { .. }
            | Effect::Deliver { .. } => {}
        }
        if self.detail == Detail::HostDecisions {
            self.gathered.apply(reason, transition);
        }
    }
}
