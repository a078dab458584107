//! What came of the calls of each line, so far.

use tcpscope_sim::{AppCall, CallResult, ConnectionId, RecordId, RecordKind, Step, Want};
use tcpscope_tcp::{Errno, Notification};

use crate::End;

/// What came of the calls of each line of a host.
pub(super) struct Calls<'a> {
    script: &'a [Step],
    outcomes: Vec<Option<Last>>,
}

/// What came of a line the last time that it was run.
#[derive(Clone, Copy)]
struct Last {
    result: CallResult,
    /// The octets of all its calls.
    octets: u64,
    connection: Option<ConnectionId>,
    /// Why its connection failed while it was not over, or that it was established.
    told: Option<Notification>,
}

/// What came of a line the last time that it was run.
#[derive(Clone, Copy)]
pub(super) struct Outcome<'a> {
    call: &'a AppCall,
    last: Last,
}

impl<'a> Calls<'a> {
    /// The calls that were made until `record` has happened. Of those that a server makes for each
    /// of its connections, the ones for this connection.
    pub(super) fn until(end: End<'a>, record: RecordId) -> Self {
        let trace = end.trace();
        let script = &trace.host(end.host()).script[..];
        let mut calls = Self { script, outcomes: vec![None; script.len()] };
        let handlers = handlers(script);
        let ours = end.connection(record);
        let past = trace.records().get(..=record.index()).unwrap_or_default();
        for past in past.iter().filter(|past| past.host == Some(end.host())) {
            match past.kind {
                RecordKind::Call { line, result } => {
                    let for_one = handlers.iter().any(|lines| lines.contains(&line));
                    if !for_one || past.connection == ours {
                        calls.add(line, result, past.connection);
                    }
                }
                RecordKind::Notify(told) => calls.hear(told, past.connection),
                _ => {}
            }
        }
        calls
    }

    /// What came of a line; `None` where it was not called.
    pub(super) fn of(&self, line: usize) -> Option<Outcome<'a>> {
        let last = self.outcomes.get(line).copied().flatten()?;
        Some(Outcome { call: &self.script.get(line)?.call, last })
    }

    fn add(&mut self, line: usize, result: CallResult, connection: Option<ConnectionId>) {
        let before = self.of(line).filter(|before| !before.is_over());
        let before = before.map_or(0, |before| before.last.octets);
        let octets = match result {
            CallResult::Sent(octets) | CallResult::Received(octets) => u64::from(octets),
            CallResult::Ok
            | CallResult::Waits
            | CallResult::EndOfStream
            | CallResult::Refused(_)
            | CallResult::Failed(_) => 0,
        };
        if let Some(slot) = self.outcomes.get_mut(line) {
            *slot = Some(Last { result, octets: before + octets, connection, told: None });
        }
    }

    /// A connection is established, or has failed: the calls upon it that have not returned do.
    fn hear(&mut self, told: Notification, connection: Option<ConnectionId>) {
        let tells = match told {
            Notification::Connected
            | Notification::Reset
            | Notification::Refused
            | Notification::TimedOut => true,
            Notification::PeerClosed
            | Notification::CloseAcknowledged
            | Notification::Unresponsive
            | Notification::Urgent => false,
        };
        for line in 0..self.script.len() {
            let waits = self.of(line).is_some_and(|outcome| {
                let opens = outcome.opens();
                let returns = if told == Notification::Connected {
                    opens
                } else {
                    !outcome.is_over() && !outcome.accepts()
                };
                let is_its =
                    outcome.last.connection.is_none() || outcome.last.connection == connection;
                tells && returns && is_its && outcome.last.told.is_none()
            });
            if let Some(Some(last)) = self.outcomes.get_mut(line).filter(|_| waits) {
                last.told = Some(told);
            }
        }
    }
}

impl Outcome<'_> {
    /// What was returned, as C would have it: a number, or -1 with the error. Nothing, where nothing
    /// was or nothing is to be said of it.
    pub(super) fn value(&self) -> Option<String> {
        let Last { result, octets, told, .. } = self.last;
        if let Some(errno) = told.and_then(errno) {
            return Some(format!("-1 {}", errno.name()));
        }
        match result {
            CallResult::Refused(error) => Some(error.to_string()),
            CallResult::Failed(errno) => Some(format!("-1 {}", errno.name())),
            CallResult::Sent(_) | CallResult::Received(_) | CallResult::EndOfStream => {
                Some(octets.to_string())
            }
            CallResult::Waits if octets > 0 => Some(octets.to_string()),
            CallResult::Waits => None,
            CallResult::Ok if self.opens() => told.map(|_| "0".to_owned()),
            CallResult::Ok => self.returns_zero().then(|| "0".to_owned()),
        }
    }

    /// Whether it returned an error.
    pub(super) fn has_failed(&self) -> bool {
        let refused = matches!(self.last.result, CallResult::Refused(_) | CallResult::Failed(_));
        refused || self.last.told.and_then(errno).is_some()
    }

    /// Whether it has returned.
    pub(super) fn is_over(&self) -> bool {
        let Last { result, octets, told, .. } = self.last;
        if told.and_then(errno).is_some() {
            return true;
        }
        match result {
            CallResult::Refused(_) | CallResult::Failed(_) | CallResult::EndOfStream => true,
            CallResult::Waits => false,
            // An OPEN returns at once, and goes on; who accepts for a server never stops.
            CallResult::Ok => !matches!(self.call, AppCall::Serve { .. }) && !self.opens_yet(),
            CallResult::Sent(_) | CallResult::Received(_) => match self.call {
                AppCall::Send(data) => octets >= data.len() as u64,
                AppCall::Generate { octets: all } | AppCall::Type { octets: all, .. } => {
                    octets >= *all
                }
                AppCall::Receive(Want::Octets(all)) => octets >= *all,
                AppCall::Receive(Want::All) => false,
                _ => true,
            },
        }
    }

    /// Whether it is an active OPEN whose end is not known.
    fn opens_yet(&self) -> bool {
        self.opens() && self.last.told.is_none()
    }

    const fn opens(&self) -> bool {
        matches!(self.call, AppCall::Open { active: true } | AppCall::Connect(_))
    }

    const fn accepts(&self) -> bool {
        matches!(self.call, AppCall::Accept | AppCall::Serve { .. })
    }

    const fn returns_zero(&self) -> bool {
        match self.call {
            AppCall::Open { .. }
            | AppCall::Close
            | AppCall::Bind { .. }
            | AppCall::Listen { .. }
            | AppCall::Set(_)
            | AppCall::Shutdown(_)
            | AppCall::Release => true,
            AppCall::Send(_)
            | AppCall::Receive(_)
            | AppCall::Abort
            | AppCall::Connect(_)
            | AppCall::Accept
            | AppCall::Serve { .. }
            | AppCall::Generate { .. }
            | AppCall::Type { .. }
            | AppCall::Exit
            | AppCall::Repeat { .. }
            | AppCall::SendTo { .. }
            | AppCall::Forge(_)
            | AppCall::Nothing => false,
        }
    }
}

/// The error that a call returns when its connection has failed.
const fn errno(told: Notification) -> Option<Errno> {
    match told {
        Notification::Reset => Some(Errno::ConnectionReset),
        Notification::Refused => Some(Errno::ConnectionRefused),
        Notification::TimedOut => Some(Errno::TimedOut),
        Notification::Connected
        | Notification::PeerClosed
        | Notification::CloseAcknowledged
        | Notification::Unresponsive
        | Notification::Urgent => None,
    }
}

/// The lines that a server runs for each of its connections.
fn handlers(script: &[Step]) -> Vec<core::ops::RangeInclusive<usize>> {
    let blocks = script.iter().enumerate().filter_map(|(line, step)| match step.call {
        AppCall::Serve { lines } => Some(line + 1..=line.saturating_add(lines)),
        _ => None,
    });
    blocks.collect()
}
