//! A host of a run: its connection, and its application on the present line of its script.

use alloc::vec::Vec;

use bytes::Bytes;
use tcpscope_tcp::{
    Call, CallError, Connection, Effects, Instant, Isn, Notification, Opening, Reply, State, Timer,
};

use crate::draw::isn_secret;
use crate::{AppCall, CallResult, HostId, RecordId, Setup, Step, Wait, Want};

/// A host as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    pub(crate) connection: Connection,
    pub(crate) app: App,
    /// The record that last set each timer: the cause of its running out.
    pub(crate) timer_set_by: [Option<RecordId>; Timer::ALL.len()],
}

/// An application: a program that makes one call after another.
#[derive(Clone, Debug)]
pub(crate) struct App {
    isn: Isn,
    /// The line of the script that is waiting or being done.
    pub(crate) line: usize,
    /// When that line began.
    since: Instant,
    /// What a blocked call still has to do.
    blocked: Option<Blocked>,
    /// Whether a turn is already in the queue.
    pub(crate) turn_queued: bool,
}

/// A call that could not be done at once.
#[derive(Clone, Debug)]
enum Blocked {
    Send(Bytes),
    Receive { octets_left: u64 },
}

impl Host {
    pub(crate) fn new(setup: &Setup, id: HostId) -> Self {
        let host = &setup.hosts[id.index()];
        let isn = host.iss.map_or_else(
            || {
                let peer = setup.hosts.iter().find(|other| other.name != host.name);
                let remote = peer.map_or(host.address, |peer| peer.address);
                Isn::keyed(isn_secret(setup.seed), host.address, remote)
            },
            Isn::Given,
        );
        Self {
            connection: Connection::new(host.config.clone()),
            app: App { isn, line: 0, since: Instant::ZERO, blocked: None, turn_queued: false },
            timer_set_by: [None; Timer::ALL.len()],
        }
    }

    /// When the application can go on, as things stand: now, at a later time, or not by itself.
    pub(crate) fn next_turn(&self, now: Instant, script: &[Step]) -> Option<Instant> {
        let step = script.get(self.app.line)?;
        let connection = &self.connection;
        let ready = match &self.app.blocked {
            Some(Blocked::Send(_)) => {
                connection.state() == State::Closed || connection.send_room() > 0
            }
            Some(Blocked::Receive { .. }) => {
                connection.state() == State::Closed
                    || connection.unread() > 0
                    || connection.peer_has_closed()
            }
            None => match step.wait {
                Wait::Nothing => true,
                Wait::Until(at) => return Some(at.max(now)),
                Wait::For(span) => return Some((self.app.since + span).max(now)),
                Wait::Connected => connection.state().is_synchronized(),
                Wait::PeerClosed => connection.peer_has_closed(),
                Wait::State(state) => connection.state() == state,
                Wait::Acknowledged => connection.all_acknowledged(),
            },
        };
        ready.then_some(now)
    }

    /// Whether another timer that runs out at the same instant goes first: after the user timeout
    /// nothing else is worth doing, and a probe goes before the timeout that it may avoid (RFC
    /// 8985 §7.2).
    pub(crate) fn another_is_first(&self, timer: Timer, at: Instant) -> bool {
        let due = |other: Timer| self.connection.deadline(other) == Some(at);
        match timer {
            Timer::UserTimeout => false,
            Timer::Retransmission => due(Timer::UserTimeout) || due(Timer::TailLossProbe),
            Timer::Persist
            | Timer::TimeWait
            | Timer::DelayedAck
            | Timer::Reordering
            | Timer::TailLossProbe
            | Timer::KeepAlive
            | Timer::FinWait2 => due(Timer::UserTimeout),
        }
    }

    /// The application makes the call of its present line, or goes on with it.
    pub(crate) fn call(
        &mut self,
        now: Instant,
        script: &[Step],
        effects: &mut Effects,
    ) -> Option<CallResult> {
        let step = script.get(self.app.line)?;
        let result = match (self.app.blocked.take(), &step.call) {
            (Some(Blocked::Send(data)), _) => self.send(now, &data, effects),
            (None, AppCall::Send(data)) => self.send(now, data, effects),
            (Some(Blocked::Receive { octets_left }), _) => self.receive(now, octets_left, effects),
            (None, AppCall::Receive(Want::Octets(octets))) => self.receive(now, *octets, effects),
            (None, AppCall::Receive(Want::All)) => self.receive(now, u64::MAX, effects),
            (None, AppCall::Open { active }) => {
                let isn = self.app.isn;
                let opening =
                    if *active { Opening::Active { isn } } else { Opening::Passive { isn } };
                self.simple_call(now, Call::Open(opening), effects)
            }
            (None, AppCall::Close) => self.simple_call(now, Call::Close, effects),
            (None, AppCall::Abort) => self.simple_call(now, Call::Abort, effects),
        };
        if self.app.blocked.is_none() {
            self.app.line += 1;
            self.app.since = now;
        }
        Some(result)
    }

    /// A program whose connection has failed is through.
    pub(crate) fn hear(&mut self, told: Notification, script: &[Step]) {
        match told {
            Notification::Reset | Notification::Refused | Notification::TimedOut => {
                self.app.blocked = None;
                self.app.line = script.len();
            }
            Notification::Connected
            | Notification::PeerClosed
            | Notification::CloseAcknowledged
            | Notification::Unresponsive
            | Notification::Urgent => {}
        }
    }

    fn simple_call(&mut self, now: Instant, call: Call, effects: &mut Effects) -> CallResult {
        match self.connection.call(now, call, effects) {
            Ok(_) => CallResult::Ok,
            Err(error) => CallResult::Refused(error),
        }
    }

    fn send(&mut self, now: Instant, data: &Bytes, effects: &mut Effects) -> CallResult {
        let call = Call::Send { data: data.clone(), push: true, urgent: false };
        let sent = match self.connection.call(now, call, effects) {
            Ok(Reply::Sent { octets }) => octets,
            Ok(_) | Err(CallError::InsufficientResources) => 0,
            Err(error) => return CallResult::Refused(error),
        };
        let rest = data.slice(sent as usize..);
        if !rest.is_empty() {
            self.app.blocked = Some(Blocked::Send(rest));
        }
        if sent == 0 && !data.is_empty() { CallResult::Waits } else { CallResult::Sent(sent) }
    }

    fn receive(&mut self, now: Instant, want: u64, effects: &mut Effects) -> CallResult {
        let max = u32::try_from(want).unwrap_or(u32::MAX);
        let (result, octets_left) = match self.connection.call(now, Call::Receive { max }, effects)
        {
            Ok(Reply::Received { data, .. }) => {
                let octets = u32::try_from(data.len()).unwrap_or(u32::MAX);
                (CallResult::Received(octets), want - u64::from(octets))
            }
            Ok(Reply::EndOfStream) => (CallResult::EndOfStream, 0),
            Ok(_) => (CallResult::Waits, want),
            Err(error) => (CallResult::Refused(error), 0),
        };
        if octets_left > 0 {
            self.app.blocked = Some(Blocked::Receive { octets_left });
        }
        result
    }
}

/// The hosts of a setup, as they begin.
pub(crate) fn hosts(setup: &Setup) -> Vec<Host> {
    (0..setup.hosts.len())
        .filter_map(|index| u8::try_from(index).ok())
        .map(|index| Host::new(setup, HostId(index)))
        .collect()
}
