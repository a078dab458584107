//! The name of each rule, and where it is written down.

use super::{Citation, Reason};

impl Reason {
    /// The rule's name, in kebab-case; it does not change with the language.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.entry().0
    }

    /// The section of the RFC that the rule comes from.
    #[must_use]
    pub const fn citation(&self) -> Citation {
        let (_, rfc, section) = self.entry();
        Citation { rfc, section }
    }

    /// Whether it is a check that was passed, and decided nothing by itself.
    #[must_use]
    pub const fn is_routine(&self) -> bool {
        matches!(self, Self::Acceptable { .. })
    }

    /// Name, RFC and section of the rule.
    const fn entry(&self) -> (&'static str, u16, &'static str) {
        match self {
            Self::PassiveOpen => ("passive-open", 9293, "3.10.1"),
            Self::ActiveOpen { .. } => ("active-open", 9293, "3.10.1"),
            Self::SynInListen { .. } => ("syn-in-listen", 9293, "3.10.7.2"),
            Self::SynAckInSynSent { .. } => ("syn-ack-in-syn-sent", 9293, "3.10.7.3"),
            Self::SimultaneousOpen { .. } => ("simultaneous-open", 9293, "3.10.7.3"),
            Self::SynAcknowledged { .. } => ("syn-acknowledged", 9293, "3.10.7.3"),
            Self::OurSynAcked { .. } => ("our-syn-acked", 9293, "3.10.7.4"),
            Self::EffectiveMss { .. } => ("effective-mss", 9293, "3.7.1"),
            Self::InitialWindow { .. } => ("initial-window", 6928, "2"),
            Self::SendWaits { .. } => ("send-waits", 9293, "3.10.2"),
            Self::SendTaken { .. } => ("send-taken", 9293, "3.10.2"),
            Self::ReceiveReturns { .. } => ("receive-returns", 9293, "3.10.3"),
            Self::ReceiveEndOfStream { .. } => ("receive-end-of-stream", 9293, "3.10.3"),
            Self::ReceiveWaits { .. } => ("receive-waits", 9293, "3.10.3"),
            Self::Close { .. } => ("close", 9293, "3.10.4"),
            Self::CloseDeletes { .. } => ("close-deletes", 9293, "3.10.4"),
            Self::CloseUnread { .. } => ("close-unread", 9293, "3.6.1"),
            Self::Abort { .. } => ("abort", 9293, "3.10.5"),
            Self::StatusAsked { .. } => ("status-asked", 9293, "3.10.6"),
            Self::CallRefused { .. } => ("call-refused", 9293, "3.10"),
            Self::SendText { .. } => ("send-text", 9293, "3.8.6.2.1"),
            Self::SendFin { .. } => ("send-fin", 9293, "3.10.4"),
            Self::WindowFull { .. } => ("window-full", 9293, "3.8.6"),
            Self::NagleWaits { .. } => ("nagle-waits", 9293, "3.7.4"),
            Self::RetransmitAfterTimeout { .. } => ("retransmit-after-timeout", 6298, "5"),
            Self::RetransmitLost { .. } => ("retransmit-lost", 5681, "3.1"),
            Self::FastRetransmit { .. } => ("fast-retransmit", 5681, "3.2"),
            Self::RetransmitPartial { .. } => ("retransmit-partial", 6582, "3.2"),
            Self::WindowProbe { .. } => ("window-probe", 9293, "3.8.6.1"),
            Self::RetransmitProbe { .. } => ("retransmit-probe", 9293, "3.8.6.1"),
            Self::WindowUpdate { .. } => ("window-update", 9293, "3.8.6.2.2"),
            Self::Acceptable { .. } => ("acceptable", 9293, "3.10.7.4"),
            Self::NotAcceptable { .. } => ("not-acceptable", 9293, "3.10.7.4"),
            Self::OldDuplicate { .. } => ("old-duplicate", 9293, "3.10.7.4"),
            Self::RstOutsideWindow { .. } => ("rst-outside-window", 5961, "3.2"),
            Self::RstAccepted { .. } => ("rst-accepted", 9293, "3.10.7.4"),
            Self::RstChallenged { .. } => ("rst-challenged", 5961, "3.2"),
            Self::RstIgnored { .. } => ("rst-ignored", 9293, "3.10.7"),
            Self::SynChallenged { .. } => ("syn-challenged", 5961, "4.2"),
            Self::SynInWindow { .. } => ("syn-in-window", 9293, "3.10.7.4"),
            Self::SynReturnsToListen { .. } => ("syn-returns-to-listen", 9293, "3.10.7.4"),
            Self::AckMissing { .. } => ("ack-missing", 9293, "3.10.7.4"),
            Self::AckAdvances { .. } => ("ack-advances", 9293, "3.10.7.4"),
            Self::AckDuplicate { .. } => ("ack-duplicate", 9293, "3.10.7.4"),
            Self::AckOfUnsent { .. } => ("ack-of-unsent", 9293, "3.10.7.4"),
            Self::AckTooOld { .. } => ("ack-too-old", 5961, "5.2"),
            Self::AckRefused { .. } => ("ack-refused", 9293, "3.10.7"),
            Self::WindowTaken { .. } => ("window-taken", 9293, "3.10.7.4"),
            Self::WindowClosed { .. } => ("window-closed", 9293, "3.10.7.4"),
            Self::OurFinAcked { .. } => ("our-fin-acked", 9293, "3.10.7.4"),
            Self::UrgentAhead { .. } => ("urgent-ahead", 9293, "3.10.7.4"),
            Self::TextInOrder { .. } => ("text-in-order", 9293, "3.10.7.4"),
            Self::TextFillsGap { .. } => ("text-fills-gap", 9293, "3.10.7.4"),
            Self::TextOutOfOrder { .. } => ("text-out-of-order", 9293, "3.10.7.4"),
            Self::TextBeyondWindow { .. } => ("text-beyond-window", 9293, "3.10.7.4"),
            Self::TextIgnored { .. } => ("text-ignored", 9293, "3.10.7.4"),
            Self::AckText { .. } => ("ack-text", 9293, "3.10.7.4"),
            Self::AckOutOfOrder { .. } => ("ack-out-of-order", 5681, "4.2"),
            Self::FinArrives { .. } => ("fin-arrives", 9293, "3.10.7.4"),
            Self::AckFin { .. } => ("ack-fin", 9293, "3.10.7.4"),
            Self::FinAgain { .. } => ("fin-again", 9293, "3.10.7.4"),
            Self::NoConnection { .. } => ("no-connection", 9293, "3.10.7.1"),
            Self::NotForSynSent => ("not-for-syn-sent", 9293, "3.10.7.3"),
            Self::NotForListen => ("not-for-listen", 9293, "3.10.7.2"),
            Self::RtoStarts { .. } => ("rto-starts", 6298, "5"),
            Self::RtoRestarts { .. } => ("rto-restarts", 6298, "5"),
            Self::RtoStops => ("rto-stops", 6298, "5"),
            Self::RtoExpires { .. } => ("rto-expires", 6298, "5"),
            Self::RtoBacksOff { .. } => ("rto-backs-off", 6298, "5"),
            Self::RttMeasured { .. } => ("rtt-measured", 6298, "2"),
            Self::KarnSkips { .. } => ("karn-skips", 6298, "3"),
            Self::PersistStarts { .. } => ("persist-starts", 9293, "3.8.6.1"),
            Self::PersistExpires { .. } => ("persist-expires", 9293, "3.8.6.1"),
            Self::PersistStops { .. } => ("persist-stops", 9293, "3.8.6.1"),
            Self::TimeWaitStarts { .. } => ("time-wait-starts", 9293, "3.6.1"),
            Self::TimeWaitRestarts { .. } => ("time-wait-restarts", 9293, "3.10.7.4"),
            Self::TimeWaitExpires { .. } => ("time-wait-expires", 9293, "3.10.8"),
            Self::TimerDies { .. } => ("timer-dies", 9293, "3.10"),
            Self::R1Reached { .. } => ("r1-reached", 9293, "3.8.3"),
            Self::R2Reached { .. } => ("r2-reached", 9293, "3.8.3"),
            Self::SlowStart { .. } => ("slow-start", 5681, "3.1"),
            Self::CongestionAvoidance { .. } => ("congestion-avoidance", 5681, "3.1"),
            Self::CongestionTimeout { .. } => ("congestion-timeout", 5681, "3.1"),
            Self::RecoveryBegins { .. } => ("recovery-begins", 6582, "3.2"),
            Self::RecoveryInflates { .. } => ("recovery-inflates", 5681, "3.2"),
            Self::RecoveryDeflates { .. } => ("recovery-deflates", 6582, "3.2"),
            Self::RecoveryEnds { .. } => ("recovery-ends", 6582, "3.2"),
        }
    }
}
