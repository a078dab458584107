//! Which sentence says a rule, and which of the rule's numbers fill its gaps.
//!
//! A family of rules is a file. A quiet connection needs no more than `opening`, `exchange` and
//! `ending`.

mod acknowledging;
mod calls;
mod checks;
mod congestion;
mod ending;
mod exchange;
mod hosting;
mod loss;
mod opening;
mod options;
#[cfg(test)]
mod tests;
mod timers;
mod variants;
mod window;

use tcpscope_sim::HostRule;
use tcpscope_tcp::{Reason, SeqNumber, Timer};

use super::template::Gap;
use super::template::Value::{Octets, Sent};
use super::texts::Texts;

/// Says a sentence with its gaps filled.
pub(super) type Say<'a> = &'a dyn Fn(&'static str, &[Gap<'_>]) -> String;

/// What a family says of a rule that is another's. Nobody hears it: [`tcp_rule`] names the family of
/// each rule, a new one does not compile until it has one, and a test asks them all.
const NOT_OURS: String = String::new();

/// A family of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Opening,
    Exchange,
    Ending,
    Calls,
    Window,
    Checks,
    Acknowledging,
    Timers,
    Loss,
    Congestion,
    Options,
    Hosting,
    Variants,
}

impl Family {
    /// Whether the words of these are there from the beginning.
    pub(super) const fn is_first(self) -> bool {
        matches!(self, Self::Opening)
    }

    /// Whether a quiet connection gets along with these.
    pub(super) const fn is_quiet(self) -> bool {
        matches!(self, Self::Opening | Self::Exchange | Self::Ending)
    }
}

/// A rule of TCP's.
pub(super) fn tcp_rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    match family(reason) {
        Family::Opening => opening::rule(texts, reason, say),
        Family::Exchange => exchange::rule(texts, reason, say),
        Family::Ending => ending::rule(texts, reason, say),
        Family::Calls => calls::rule(texts, reason, say),
        Family::Window => window::rule(texts, reason, say),
        Family::Checks => checks::rule(texts, reason, say),
        Family::Acknowledging => acknowledging::rule(texts, reason, say),
        Family::Timers => timers::rule(texts, reason, say),
        Family::Loss => loss::rule(texts, reason, say),
        Family::Congestion => congestion::rule(texts, reason, say),
        Family::Options => options::rule(texts, reason, say),
        Family::Hosting => hosting::rule(texts, reason, say),
        Family::Variants => variants::rule(texts, reason, say),
    }
}

/// The family of a rule.
pub(super) fn family(reason: &Reason) -> Family {
    match reason {
        Reason::PassiveOpen
        | Reason::ActiveOpen { .. }
        | Reason::SynInListen { .. }
        | Reason::SynAckInSynSent { .. }
        | Reason::SynAcknowledged { .. }
        | Reason::OurSynAcked { .. }
        | Reason::EffectiveMss { .. }
        | Reason::InitialWindow { .. } => Family::Opening,

        Reason::SendTaken { .. }
        | Reason::ReceiveReturns { .. }
        | Reason::ReceiveWaits { .. }
        | Reason::SendText { .. }
        | Reason::Acceptable { .. }
        | Reason::AckAdvances { .. }
        | Reason::WindowTaken { .. }
        | Reason::TextInOrder { .. }
        | Reason::AckText { .. }
        | Reason::RtoStarts { .. }
        | Reason::RtoRestarts { .. }
        | Reason::RtoStops
        | Reason::RttMeasured { .. }
        | Reason::CwndNotUsed { .. } => Family::Exchange,

        Reason::Close { .. }
        | Reason::SendFin { .. }
        | Reason::FinArrives { .. }
        | Reason::AckFin { .. }
        | Reason::OurFinAcked { .. }
        | Reason::ReceiveEndOfStream { .. }
        | Reason::TimeWaitStarts { .. }
        | Reason::TimeWaitExpires { .. } => Family::Ending,

        Reason::SendWaits { .. }
        | Reason::CloseDeletes { .. }
        | Reason::CloseUnread { .. }
        | Reason::Abort { .. }
        | Reason::Flushed { .. }
        | Reason::StatusAsked { .. }
        | Reason::CallRefused { .. }
        | Reason::ListenerCloses
        | Reason::Lingers
        | Reason::SendUrgent { .. }
        | Reason::UrgentAhead { .. } => Family::Calls,

        Reason::WindowFull { .. }
        | Reason::NagleWaits { .. }
        | Reason::WindowProbe { .. }
        | Reason::RetransmitProbe { .. }
        | Reason::WindowUpdate { .. }
        | Reason::WindowClosed { .. }
        | Reason::WindowShrinks { .. }
        | Reason::TextBeyondWindow { .. }
        | Reason::PersistStarts { .. }
        | Reason::PersistExpires { .. }
        | Reason::PersistStops { .. } => Family::Window,

        Reason::NotAcceptable { .. }
        | Reason::OldDuplicate { .. }
        | Reason::RstOutsideWindow { .. }
        | Reason::RstAccepted { .. }
        | Reason::RstChallenged { .. }
        | Reason::RstIgnored { .. }
        | Reason::RstIgnoredInTimeWait { .. }
        | Reason::SynChallenged { .. }
        | Reason::SynInWindow { .. }
        | Reason::SynReturnsToListen { .. }
        | Reason::NoConnection { .. }
        | Reason::NotForSynSent
        | Reason::NotForListen
        | Reason::AckMissing { .. }
        | Reason::AckOfUnsent { .. }
        | Reason::AckTooOld { .. }
        | Reason::AckRefused { .. }
        | Reason::TextIgnored { .. }
        | Reason::TextUnwanted { .. }
        | Reason::FinAgain { .. }
        | Reason::PawsRejects { .. }
        | Reason::PawsOutdated { .. }
        | Reason::TimestampMissing { .. }
        | Reason::ChallengeAckLimited { .. }
        | Reason::ConnectionOver { .. } => Family::Checks,

        Reason::AckDuplicate { .. }
        | Reason::TextFillsGap { .. }
        | Reason::TextOutOfOrder { .. }
        | Reason::AckOutOfOrder { .. }
        | Reason::AckDelayStarts { .. }
        | Reason::AckDelayEnds { .. }
        | Reason::AckSecondSegment { .. }
        | Reason::AckFillsGap { .. }
        | Reason::AckRidesAlong { .. }
        | Reason::SackReports { .. }
        | Reason::DsackReports { .. } => Family::Acknowledging,

        Reason::RtoExpires { .. }
        | Reason::RtoBacksOff { .. }
        | Reason::KarnSkips { .. }
        | Reason::TimeWaitRestarts { .. }
        | Reason::TimerDies { .. }
        | Reason::R1Reached { .. }
        | Reason::R2Reached { .. }
        | Reason::RtoAfterSyn { .. }
        | Reason::KeepAliveStarts { .. }
        | Reason::KeepAliveStops
        | Reason::KeepAliveProbe { .. }
        | Reason::KeepAliveGivesUp { .. }
        | Reason::UserTimeoutStarts { .. }
        | Reason::UserTimeoutStops
        | Reason::UserTimeoutExpires { .. }
        | Reason::FinWait2Starts { .. }
        | Reason::FinWait2Expires => Family::Timers,

        Reason::RetransmitAfterTimeout { .. }
        | Reason::RetransmitLost { .. }
        | Reason::FastRetransmit { .. }
        | Reason::RetransmitPartial { .. }
        | Reason::LimitedTransmit { .. }
        | Reason::RetransmitSack { .. }
        | Reason::RescueRetransmit { .. }
        | Reason::TailLossProbe { .. }
        | Reason::SackTaken { .. }
        | Reason::SackIgnored { .. }
        | Reason::DsackTaken { .. }
        | Reason::LostBySack { .. }
        | Reason::LostByRack { .. }
        | Reason::ReorderingSeen { .. }
        | Reason::ReorderingTimerStarts { .. }
        | Reason::ReorderingTimerExpires
        | Reason::ReorderingTimerStops
        | Reason::ProbeTimerStarts { .. }
        | Reason::ProbeTimerStops
        | Reason::ProbeTimerExpires
        | Reason::ProbeRepairedLoss { .. }
        | Reason::FRtoBegins { .. }
        | Reason::FRtoSpurious { .. }
        | Reason::FRtoGenuine { .. } => Family::Loss,

        Reason::SlowStart { .. }
        | Reason::CongestionAvoidance { .. }
        | Reason::CongestionTimeout { .. }
        | Reason::RecoveryBegins { .. }
        | Reason::RecoveryInflates { .. }
        | Reason::RecoveryDeflates { .. }
        | Reason::RecoveryEnds { .. }
        | Reason::SackRecoveryBegins { .. }
        | Reason::ProportionalRate { .. }
        | Reason::CubicGrows { .. }
        | Reason::CubicRenoFriendly { .. }
        | Reason::CubicReduces { .. }
        | Reason::RestartAfterIdle { .. }
        | Reason::CongestionMarked { .. }
        | Reason::CongestionHeard { .. }
        | Reason::CwrSent { .. }
        | Reason::CwrReceived { .. } => Family::Congestion,

        Reason::WindowScaleAgreed { .. }
        | Reason::WindowScaleTooLarge { .. }
        | Reason::SackAgreed
        | Reason::TimestampsAgreed { .. }
        | Reason::TimestampKept { .. }
        | Reason::EcnAgreed
        | Reason::NotAgreed { .. }
        | Reason::EcnSetupWithdrawn { .. }
        | Reason::FastOpenCookieAsked
        | Reason::FastOpenCookieGiven { .. }
        | Reason::FastOpenSent { .. }
        | Reason::FastOpenAccepted { .. }
        | Reason::FastOpenRefused { .. } => Family::Options,

        Reason::ForeignAddress
        | Reason::BadAddress
        | Reason::SynQueueFull { .. }
        | Reason::AcceptQueueFull { .. }
        | Reason::SynCookieSent { .. }
        | Reason::SynCookieTaken { .. }
        | Reason::SynCookieRefused { .. }
        | Reason::IcmpSoft { .. }
        | Reason::IcmpHard { .. }
        | Reason::IcmpDropped { .. }
        | Reason::MtuReduced { .. } => Family::Hosting,

        Reason::SimultaneousOpen { .. }
        | Reason::SynTextKept { .. }
        | Reason::TwoWayOpening { .. }
        | Reason::FixedIsn { .. }
        | Reason::TimeWaitReopens { .. }
        | Reason::TimeWaitSkipped
        | Reason::RetransmissionOff { .. }
        | Reason::FlowControlOff { .. } => Family::Variants,
    }
}

/// A rule that is neither TCP's nor a link's.
pub(super) fn host_rule(texts: &Texts, rule: HostRule, say: Say<'_>) -> String {
    let words = &texts.beside;
    let sentence = match rule {
        HostRule::Crashed => words.crashed,
        HostRule::Restarted => words.restarted,
        HostRule::Down => words.down,
        HostRule::Halted => words.halted,
        HostRule::CalledByHand => words.called_by_hand,
        HostRule::Forged => words.forged,
        HostRule::Replayed => words.replayed,
        HostRule::DatagramSent => words.datagram_sent,
        HostRule::DatagramDelivered => words.datagram_delivered,
        HostRule::ReassemblyTimeout => words.reassembly_timeout,
        HostRule::ReassemblyReported => words.reassembly_reported,
        HostRule::DatagramReported => words.datagram_reported,
    };
    say(sentence, &[])
}

/// A timer's name in the middle of a sentence.
pub(super) const fn timer_text(texts: &Texts, timer: Timer) -> &'static str {
    match timer {
        Timer::Retransmission => texts.record.retransmission,
        Timer::Persist => texts.record.persist,
        Timer::TimeWait => texts.record.time_wait,
        Timer::DelayedAck => texts.record.delayed_ack,
        Timer::Reordering => texts.record.reordering,
        Timer::TailLossProbe => texts.record.tail_loss_probe,
        Timer::KeepAlive => texts.record.keep_alive,
        Timer::UserTimeout => texts.record.user_timeout,
        Timer::FinWait2 => texts.record.fin_wait_2,
    }
}

/// What a segment carries, in the middle of a sentence. A SYN or a FIN alone carries no octet of
/// text.
fn stretch(texts: &Texts, seq: SeqNumber, octets: u32, say: Say<'_>) -> String {
    match octets {
        0 => say(texts.sending.bare, &[("seq", Sent(seq))]),
        _ => say(texts.sending.stretch, &[("octets", Octets(octets)), ("seq", Sent(seq))]),
    }
}
