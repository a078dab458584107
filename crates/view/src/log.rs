//! The log: a row for each record, made when it is looked at.

use tcpscope_sim::{EventId, HostId, PacketIndex, RecordId, Trace};
use tcpscope_tcp::Instant;

use crate::{Because, Locale, Numbers, because, describe};

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The record that it shows.
    pub record: RecordId,
    /// The step that the record belongs to.
    pub event: EventId,
    /// Whether the step begins here.
    pub first_of_step: bool,
    /// When.
    pub at: Instant,
    /// Where; `None` for what happens on a link.
    pub host: Option<HostId>,
    /// The packet that it is about, if it is about one.
    pub packet: Option<PacketIndex>,
    /// The kind, as the page API names it: `transmit`, `arrive`, …
    pub kind: &'static str,
    /// What it means: for the row's class and glyph.
    pub mark: LogMark,
    /// What happened.
    pub text: String,
    /// Why.
    pub why: Vec<Because>,
}

/// What a row means, finer than its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogMark {
    /// A call.
    Call,
    /// A call that has to wait.
    CallWaits,
    /// A call that was refused.
    CallRefused,
    /// A segment leaves.
    Sent,
    /// A segment leaves again.
    SentAgain,
    /// A segment arrives.
    Arrived,
    /// The link loses a packet.
    Lost,
    /// Somebody dropped a packet.
    Dropped,
    /// Somebody delayed a packet.
    Delayed,
    /// A link, or somebody, did something else to a packet; or a link became another.
    Impaired,
    /// The state changes.
    Entered,
    /// A timer is set.
    TimerSet,
    /// A timer is stopped.
    TimerStopped,
    /// A timer runs out.
    TimerExpired,
    /// Octets become readable.
    Delivered,
    /// The application is told something.
    Notified,
}

impl LogMark {
    /// The mark's class, in kebab-case.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::CallWaits => "call-waits",
            Self::CallRefused => "call-refused",
            Self::Sent => "sent",
            Self::SentAgain => "sent-again",
            Self::Arrived => "arrived",
            Self::Lost => "lost",
            Self::Dropped => "dropped",
            Self::Delayed => "delayed",
            Self::Impaired => "impaired",
            Self::Entered => "entered",
            Self::TimerSet => "timer-set",
            Self::TimerStopped => "timer-stopped",
            Self::TimerExpired => "timer-expired",
            Self::Delivered => "delivered",
            Self::Notified => "notified",
        }
    }

    /// The mark's glyph: it is told apart without colour.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Call => "›",
            Self::CallWaits => "…",
            Self::CallRefused => "⊘",
            Self::Sent => "↗",
            Self::SentAgain => "↻",
            Self::Arrived => "↘",
            Self::Lost => "✕",
            Self::Dropped => "✂",
            Self::Delayed => "⇢",
            Self::Impaired => "≈",
            Self::Entered => "◆",
            Self::TimerSet => "◔",
            Self::TimerStopped => "○",
            Self::TimerExpired => "●",
            Self::Delivered => "↓",
            Self::Notified => "!",
        }
    }
}

/// The row of a record.
#[must_use]
pub fn log_row(trace: &Trace, record: RecordId, locale: Locale, numbers: Numbers) -> LogRow {
    let row = trace.record(record);
    LogRow {
        record,
        event: row.event,
        first_of_step: trace.event_of(record).start == record.index(),
        at: row.at,
        host: row.host,
        packet: row.kind.packet(),
        kind: row.kind.name(),
        mark: mark_of(trace, record),
        text: describe(locale, trace, record, numbers),
        why: because(locale, trace, record, numbers),
    }
}

fn mark_of(trace: &Trace, record: RecordId) -> LogMark {
    use tcpscope_sim::{CallResult, Intervention, LossCause, RecordKind, TimerEvent};
    match &trace.record(record).kind {
        RecordKind::Call { result, .. } => match result {
            CallResult::Waits => LogMark::CallWaits,
            CallResult::Refused(_) | CallResult::Failed(_) => LogMark::CallRefused,
            CallResult::Ok
            | CallResult::Sent(_)
            | CallResult::Received(_)
            | CallResult::EndOfStream => LogMark::Call,
        },
        RecordKind::Transmit { packet } => {
            if trace.packet(*packet).retransmission {
                LogMark::SentAgain
            } else {
                LogMark::Sent
            }
        }
        RecordKind::Arrive { .. } | RecordKind::Icmp { .. } => LogMark::Arrived,
        RecordKind::Lost { cause: LossCause::Link, .. } | RecordKind::ReassemblyTimeout { .. } => {
            LogMark::Lost
        }
        RecordKind::Lost { cause: LossCause::Intervention, .. } => LogMark::Dropped,
        RecordKind::Transition { .. } => LogMark::Entered,
        RecordKind::Timer { event, .. } => match event {
            TimerEvent::Set(_) => LogMark::TimerSet,
            TimerEvent::Stopped => LogMark::TimerStopped,
            TimerEvent::Expired => LogMark::TimerExpired,
        },
        RecordKind::Deliver { .. } => LogMark::Delivered,
        RecordKind::Notify(_) => LogMark::Notified,
        RecordKind::Act(_) => LogMark::Notified,
        RecordKind::Intervention { intervention, .. } => match **intervention {
            Intervention::Drop(_) => LogMark::Dropped,
            Intervention::Delay { .. } | Intervention::Hold { .. } | Intervention::Swap { .. } => {
                LogMark::Delayed
            }
            Intervention::Duplicate { .. } | Intervention::Corrupt { .. } => LogMark::Impaired,
        },
        RecordKind::Impaired { .. } | RecordKind::Copy { .. } | RecordKind::LinkChanged { .. } => {
            LogMark::Impaired
        }
    }
}
