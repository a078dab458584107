//! The name of each rule, and where it is written down.

use super::{Citation, Reason};

/// Declares how a rule is found: those by which a connection opens stand apart from the others, so that
/// these can travel later where they travel (docs/decisions/0014-the-rest-follows.md).
macro_rules! rules {
    ({ $($first:pat => $its:expr,)* } { $($other:pat => $their:expr,)* }) => {
        impl Reason {
            /// Name, RFC and section of the rule.
            const fn entry(&self) -> Entry {
                match self {
                    $($first => $its,)*
                    $($other)|* => self.other_entry(),
                }
            }

            /// The same of a rule by which no connection opens.
            #[inline(never)]
            const fn other_entry(&self) -> Entry {
                match self {
                    $($other => $their,)*
                    $($first)|* => self.entry(),
                }
            }
        }
    };
}

/// Name, RFC and section of a rule.
type Entry = (&'static str, u16, &'static str);

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
}

rules! {
    {
        Self::PassiveOpen => ("passive-open", 9293, "3.10.1"),
        Self::ActiveOpen { .. } => ("active-open", 9293, "3.10.1"),
        Self::SynInListen { .. } => ("syn-in-listen", 9293, "3.10.7.2"),
        Self::SynAckInSynSent { .. } => ("syn-ack-in-syn-sent", 9293, "3.10.7.3"),
        Self::SynAcknowledged { .. } => ("syn-acknowledged", 9293, "3.10.7.3"),
        Self::OurSynAcked { .. } => ("our-syn-acked", 9293, "3.10.7.4"),
        Self::EffectiveMss { .. } => ("effective-mss", 9293, "3.7.1"),
        Self::InitialWindow { .. } => ("initial-window", 6928, "2"),
    }
    {
        Self::SendTaken { .. } => ("send-taken", 9293, "3.10.2"),
        Self::ReceiveReturns { .. } => ("receive-returns", 9293, "3.10.3"),
        Self::ReceiveEndOfStream { .. } => ("receive-end-of-stream", 9293, "3.10.3"),
        Self::ReceiveWaits { .. } => ("receive-waits", 9293, "3.10.3"),
        Self::Close { .. } => ("close", 9293, "3.10.4"),
        Self::SendText { .. } => ("send-text", 9293, "3.8.6.2.1"),
        Self::SendFin { .. } => ("send-fin", 9293, "3.10.4"),
        Self::Acceptable { .. } => ("acceptable", 9293, "3.10.7.4"),
        Self::AckAdvances { .. } => ("ack-advances", 9293, "3.10.7.4"),
        Self::WindowTaken { .. } => ("window-taken", 9293, "3.10.7.4"),
        Self::OurFinAcked { .. } => ("our-fin-acked", 9293, "3.10.7.4"),
        Self::TextInOrder { .. } => ("text-in-order", 9293, "3.10.7.4"),
        Self::AckText { .. } => ("ack-text", 9293, "3.10.7.4"),
        Self::FinArrives { .. } => ("fin-arrives", 9293, "3.10.7.4"),
        Self::AckFin { .. } => ("ack-fin", 9293, "3.10.7.4"),
        Self::RtoStarts { .. } => ("rto-starts", 6298, "5"),
        Self::RtoRestarts { .. } => ("rto-restarts", 6298, "5"),
        Self::RtoStops => ("rto-stops", 6298, "5"),
        Self::RttMeasured { .. } => ("rtt-measured", 6298, "2"),
        Self::TimeWaitStarts { .. } => ("time-wait-starts", 9293, "3.6.1"),
        Self::TimeWaitExpires { .. } => ("time-wait-expires", 9293, "3.10.8"),
        Self::CwndNotUsed { .. } => ("cwnd-not-used", 9438, "5.8"),
        Self::SimultaneousOpen { .. } => ("simultaneous-open", 9293, "3.10.7.3"),
        Self::SendWaits { .. } => ("send-waits", 9293, "3.10.2"),
        Self::CloseDeletes { .. } => ("close-deletes", 9293, "3.10.4"),
        Self::CloseUnread { .. } => ("close-unread", 9293, "3.6.1"),
        Self::Abort { .. } => ("abort", 9293, "3.10.5"),
        Self::Flushed { .. } => ("flushed", 9293, "3.9.1.7"),
        Self::StatusAsked { .. } => ("status-asked", 9293, "3.10.6"),
        Self::CallRefused { .. } => ("call-refused", 9293, "3.10"),
        Self::WindowFull { .. } => ("window-full", 9293, "3.8.6"),
        Self::NagleWaits { .. } => ("nagle-waits", 9293, "3.7.4"),
        Self::RetransmitAfterTimeout { .. } => ("retransmit-after-timeout", 6298, "5"),
        Self::RetransmitLost { .. } => ("retransmit-lost", 5681, "3.1"),
        Self::FastRetransmit { .. } => ("fast-retransmit", 5681, "3.2"),
        Self::RetransmitPartial { .. } => ("retransmit-partial", 6582, "3.2"),
        Self::WindowProbe { .. } => ("window-probe", 9293, "3.8.6.1"),
        Self::RetransmitProbe { .. } => ("retransmit-probe", 9293, "3.8.6.1"),
        Self::WindowUpdate { .. } => ("window-update", 9293, "3.8.6.2.2"),
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
        Self::AckDuplicate { .. } => ("ack-duplicate", 9293, "3.10.7.4"),
        Self::AckOfUnsent { .. } => ("ack-of-unsent", 9293, "3.10.7.4"),
        Self::AckTooOld { .. } => ("ack-too-old", 5961, "5.2"),
        Self::AckRefused { .. } => ("ack-refused", 9293, "3.10.7"),
        Self::WindowClosed { .. } => ("window-closed", 9293, "3.10.7.4"),
        Self::UrgentAhead { .. } => ("urgent-ahead", 9293, "3.10.7.4"),
        Self::TextFillsGap { .. } => ("text-fills-gap", 9293, "3.10.7.4"),
        Self::TextOutOfOrder { .. } => ("text-out-of-order", 9293, "3.10.7.4"),
        Self::TextBeyondWindow { .. } => ("text-beyond-window", 9293, "3.10.7.4"),
        Self::TextIgnored { .. } => ("text-ignored", 9293, "3.10.7.4"),
        Self::AckOutOfOrder { .. } => ("ack-out-of-order", 5681, "4.2"),
        Self::FinAgain { .. } => ("fin-again", 9293, "3.10.7.4"),
        Self::NoConnection { .. } => ("no-connection", 9293, "3.10.7.1"),
        Self::NotForSynSent => ("not-for-syn-sent", 9293, "3.10.7.3"),
        Self::NotForListen => ("not-for-listen", 9293, "3.10.7.2"),
        Self::RtoExpires { .. } => ("rto-expires", 6298, "5"),
        Self::RtoBacksOff { .. } => ("rto-backs-off", 6298, "5"),
        Self::KarnSkips { .. } => ("karn-skips", 6298, "3"),
        Self::PersistStarts { .. } => ("persist-starts", 9293, "3.8.6.1"),
        Self::PersistExpires { .. } => ("persist-expires", 9293, "3.8.6.1"),
        Self::PersistStops { .. } => ("persist-stops", 9293, "3.8.6.1"),
        Self::TimeWaitRestarts { .. } => ("time-wait-restarts", 9293, "3.10.7.4"),
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
        Self::WindowScaleAgreed { .. } => ("window-scale-agreed", 7323, "2.2"),
        Self::WindowScaleTooLarge { .. } => ("window-scale-too-large", 7323, "2.3"),
        Self::SackAgreed => ("sack-agreed", 2018, "2"),
        Self::TimestampsAgreed { .. } => ("timestamps-agreed", 7323, "3.2"),
        Self::EcnAgreed => ("ecn-agreed", 3168, "6.1.1"),
        Self::NotAgreed { .. } => ("not-agreed", 9293, "3.2"),
        Self::EcnSetupWithdrawn { .. } => ("ecn-setup-withdrawn", 3168, "6.1.1.1"),
        Self::FastOpenCookieAsked => ("fast-open-cookie-asked", 7413, "4.1.2"),
        Self::FastOpenCookieGiven { .. } => ("fast-open-cookie-given", 7413, "4.1.2"),
        Self::FastOpenSent { .. } => ("fast-open-sent", 7413, "4.2.1"),
        Self::FastOpenAccepted { .. } => ("fast-open-accepted", 7413, "4.2.2"),
        Self::FastOpenRefused { .. } => ("fast-open-refused", 7413, "4.2.2"),
        Self::SendUrgent { .. } => ("send-urgent", 9293, "3.8.5"),
        Self::LimitedTransmit { .. } => ("limited-transmit", 3042, "2"),
        Self::RetransmitSack { .. } => ("retransmit-sack", 6675, "5"),
        Self::RescueRetransmit { .. } => ("rescue-retransmit", 6675, "4"),
        Self::TailLossProbe { .. } => ("tail-loss-probe", 8985, "7.3"),
        Self::RetransmissionOff { .. } => ("retransmission-off", 9293, "3.8.1"),
        Self::FlowControlOff { .. } => ("flow-control-off", 9293, "3.8.6"),
        Self::RestartAfterIdle { .. } => ("restart-after-idle", 5681, "4.1"),
        Self::AckDelayStarts { .. } => ("ack-delay-starts", 9293, "3.8.6.3"),
        Self::AckDelayEnds { .. } => ("ack-delay-ends", 9293, "3.8.6.3"),
        Self::AckSecondSegment { .. } => ("ack-second-segment", 5681, "4.2"),
        Self::AckFillsGap { .. } => ("ack-fills-gap", 5681, "4.2"),
        Self::AckRidesAlong { .. } => ("ack-rides-along", 9293, "3.8.6.3"),
        Self::SackReports { .. } => ("sack-reports", 2018, "4"),
        Self::DsackReports { .. } => ("dsack-reports", 2883, "4"),
        Self::PawsRejects { .. } => ("paws-rejects", 7323, "5.3"),
        Self::PawsOutdated { .. } => ("paws-outdated", 7323, "5.5"),
        Self::TimestampMissing { .. } => ("timestamp-missing", 7323, "3.2"),
        Self::TimestampKept { .. } => ("timestamp-kept", 7323, "4.3"),
        Self::ChallengeAckLimited { .. } => ("challenge-ack-limited", 5961, "7"),
        Self::WindowShrinks { .. } => ("window-shrinks", 9293, "3.8.6"),
        Self::TextUnwanted { .. } => ("text-unwanted", 9293, "3.6.1"),
        Self::RstIgnoredInTimeWait { .. } => ("rst-ignored-in-time-wait", 1337, "3"),
        Self::TimeWaitReopens { .. } => ("time-wait-reopens", 6191, "2"),
        Self::TimeWaitSkipped => ("time-wait-skipped", 9293, "3.6.1"),
        Self::TwoWayOpening { .. } => ("two-way-opening", 9293, "3.5"),
        Self::FixedIsn { .. } => ("fixed-isn", 9293, "3.4.1"),
        Self::SynTextKept { .. } => ("syn-text-kept", 9293, "3.10.7.2"),
        Self::ConnectionOver { .. } => ("connection-over", 9293, "3.10.7.4"),
        Self::CongestionMarked { .. } => ("congestion-marked", 3168, "6.1.3"),
        Self::CongestionHeard { .. } => ("congestion-heard", 3168, "6.1.2"),
        Self::CwrSent { .. } => ("cwr-sent", 3168, "6.1.2"),
        Self::CwrReceived { .. } => ("cwr-received", 3168, "6.1.3"),
        Self::SackTaken { .. } => ("sack-taken", 2018, "5"),
        Self::SackIgnored { .. } => ("sack-ignored", 2018, "5"),
        Self::DsackTaken { .. } => ("dsack-taken", 2883, "5"),
        Self::LostBySack { .. } => ("lost-by-sack", 6675, "4"),
        Self::LostByRack { .. } => ("lost-by-rack", 8985, "6.2"),
        Self::ReorderingSeen { .. } => ("reordering-seen", 8985, "6.2"),
        Self::ReorderingTimerStarts { .. } => ("reordering-timer-starts", 8985, "6.2"),
        Self::ReorderingTimerStops => ("reordering-timer-stops", 8985, "6.2"),
        Self::ReorderingTimerExpires => ("reordering-timer-expires", 8985, "6.2"),
        Self::ProbeTimerStarts { .. } => ("probe-timer-starts", 8985, "7.2"),
        Self::ProbeTimerStops => ("probe-timer-stops", 8985, "7.2"),
        Self::ProbeTimerExpires => ("probe-timer-expires", 8985, "7.3"),
        Self::ProbeRepairedLoss { .. } => ("probe-repaired-loss", 8985, "7.4"),
        Self::SackRecoveryBegins { .. } => ("sack-recovery-begins", 6675, "5"),
        Self::ProportionalRate { .. } => ("proportional-rate", 9937, "6"),
        Self::FRtoBegins { .. } => ("f-rto-begins", 5682, "2.1"),
        Self::FRtoSpurious { .. } => ("f-rto-spurious", 5682, "2.1"),
        Self::FRtoGenuine { .. } => ("f-rto-genuine", 5682, "2.1"),
        Self::CubicGrows { .. } => ("cubic-grows", 9438, "4.4"),
        Self::CubicRenoFriendly { .. } => ("cubic-reno-friendly", 9438, "4.3"),
        Self::CubicReduces { .. } => ("cubic-reduces", 9438, "4.6"),
        Self::RtoAfterSyn { .. } => ("rto-after-syn", 6298, "5"),
        Self::KeepAliveStarts { .. } => ("keep-alive-starts", 9293, "3.8.4"),
        Self::KeepAliveStops => ("keep-alive-stops", 9293, "3.8.4"),
        Self::KeepAliveProbe { .. } => ("keep-alive-probe", 9293, "3.8.4"),
        Self::KeepAliveGivesUp { .. } => ("keep-alive-gives-up", 9293, "3.8.4"),
        Self::UserTimeoutStarts { .. } => ("user-timeout-starts", 9293, "3.9.1"),
        Self::UserTimeoutStops => ("user-timeout-stops", 9293, "3.9.1"),
        Self::UserTimeoutExpires { .. } => ("user-timeout-expires", 9293, "3.10.8"),
        Self::FinWait2Starts { .. } => ("fin-wait-2-starts", 9293, "3.6"),
        Self::FinWait2Expires => ("fin-wait-2-expires", 9293, "3.6"),
        Self::ForeignAddress => ("foreign-address", 9293, "3.9.2.3"),
        Self::BadAddress => ("bad-address", 9293, "3.9.2.3"),
        Self::SynQueueFull { .. } => ("syn-queue-full", 4987, "2"),
        Self::AcceptQueueFull { .. } => ("accept-queue-full", 4987, "2"),
        Self::SynCookieSent { .. } => ("syn-cookie-sent", 4987, "3.6"),
        Self::SynCookieTaken { .. } => ("syn-cookie-taken", 4987, "3.6"),
        Self::SynCookieRefused { .. } => ("syn-cookie-refused", 4987, "3.6"),
        Self::ListenerCloses => ("listener-closes", 9293, "3.10.4"),
        Self::Lingers => ("lingers", 9293, "3.10.5"),
        Self::IcmpSoft { .. } => ("icmp-soft", 9293, "3.9.2.2"),
        Self::IcmpHard { .. } => ("icmp-hard", 9293, "3.9.2.2"),
        Self::IcmpDropped { .. } => ("icmp-dropped", 9293, "3.9.2.2"),
        Self::MtuReduced { .. } => ("mtu-reduced", 9293, "3.7.2"),
    }
}
