//! The right answers: what the run has after the moment.

use tcpscope_sim::{
    AppCall, CallResult, ConnectionId, Ended, HostId, PacketIndex, PacketKind, Record, RecordId,
    RecordKind, TimerEvent,
};
use tcpscope_tcp::{Instant, State, Timer};
use tcpscope_view::Bases;

use crate::answer::flags_of;
use crate::outcome::outcome;
use crate::usable::usable;
use crate::{Answer, Kind, NextSegment, Question, Quiz, Sender, Stop};

/// A state that is entered, and the record with which it is; or that none is, to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entered {
    pub(crate) state: Option<State>,
    pub(crate) by: Option<RecordId>,
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) host: HostId,
    pub(crate) connection: ConnectionId,
    pub(crate) timer: Timer,
    pub(crate) at: Instant,
}

/// The right answer; `None` where the run cannot tell it.
pub(crate) fn expected(quiz: &Quiz<'_>, question: &Question) -> Option<Answer> {
    if !question.is_of(quiz.trace()) {
        return None;
    }
    let at = question.at;
    Some(match question.kind {
        Kind::NextState { host, connection } => {
            Answer::State(next_state(quiz, host, connection, at)?.state)
        }
        Kind::NextSegment { host } => {
            Answer::Segment(Some(segment_of(quiz, next_segment(quiz, host, at)?.1)))
        }
        Kind::WhoSendsNext => {
            let (record, host) = next_sender(quiz, at)?;
            Answer::Sender(Sender { host, at: quiz.trace().record(record).at })
        }
        Kind::WhichTimer => {
            let Running { host, timer, at, .. } = *running_timers(quiz, at).first()?;
            Answer::Timer(Stop { host, timer, at })
        }
        Kind::CallReturns { host } => Answer::Call(next_call(quiz, host, at)?.1),
        Kind::MaySend { connection, .. } => {
            Answer::Octets(usable(quiz.timeline(), connection, at)?.octets)
        }
        Kind::WhatIfLost { packet } => Answer::Outcome(Box::new(outcome(quiz, packet)?.0)),
    })
}

/// The state that one end of a connection enters next. That it enters none can be said where the
/// run came to rest by itself; that somebody crashes the host, nobody can foresee.
pub(crate) fn next_state(
    quiz: &Quiz<'_>,
    host: HostId,
    connection: Option<ConnectionId>,
    at: RecordId,
) -> Option<Entered> {
    let trace = quiz.trace();
    let next = match connection {
        Some(connection) => trace.states_of(connection).find(|(since, _)| *since > at),
        None => trace.host(host).states().find(|(since, _)| *since > at),
    };
    if let Some((since, state)) = next {
        let by_hand = matches!(trace.record(since).kind, RecordKind::Act(_));
        return (!by_hand).then_some(Entered { state: Some(state), by: Some(since) });
    }
    let state = trace.status_of(connection?, at).state;
    let rests = trace.ended() == Ended::Quiet && state != State::Closed;
    rests.then_some(Entered { state: None, by: None })
}

/// The next packet that a host sends by its TCP, and the record of its sending. What is forged, and
/// datagrams, are no matter of TCP's.
pub(crate) fn next_segment(
    quiz: &Quiz<'_>,
    host: HostId,
    at: RecordId,
) -> Option<(RecordId, PacketIndex)> {
    let (record, packet) = sendings(quiz, at).find(|(record, _)| record.host == Some(host))?;
    is_of_tcp(quiz, packet).then_some((record.id, packet))
}

/// Who sends next, and the record of the sending.
pub(crate) fn next_sender(quiz: &Quiz<'_>, at: RecordId) -> Option<(RecordId, HostId)> {
    let (record, packet) = sendings(quiz, at).next()?;
    is_of_tcp(quiz, packet).then_some((record.id, record.host?))
}

/// What is sent after a record.
fn sendings<'a>(
    quiz: &Quiz<'a>,
    at: RecordId,
) -> impl Iterator<Item = (&'a Record, PacketIndex)> + use<'a> {
    let records = quiz.trace().records().get(at.index() + 1..).unwrap_or_default();
    records.iter().filter_map(|record| match record.kind {
        RecordKind::Transmit { packet } => Some((record, packet)),
        _ => None,
    })
}

/// Whether a packet is one that a TCP made by itself.
fn is_of_tcp(quiz: &Quiz<'_>, packet: PacketIndex) -> bool {
    let packet = quiz.trace().packet(packet);
    let whys = quiz.trace().whys(packet.sent_by);
    packet.id.kind != PacketKind::Udp
        && packet.id.flow.posing_as.is_none()
        && whys.iter().any(|why| matches!(why, tcpscope_sim::Why::Tcp(_)))
}

/// A packet's segment as an answer has it, in the numbers that the learner sees.
pub(crate) fn segment_of(quiz: &Quiz<'_>, packet: PacketIndex) -> NextSegment {
    let packet = quiz.trace().packet(packet);
    let bases = Bases::of(quiz.trace(), packet.id.from, packet.sent_by, quiz.numbers());
    let segment = &packet.segment;
    NextSegment {
        flags: flags_of(segment),
        seq: segment.seq.distance_from(bases.send),
        ack: segment.ack.map(|ack| ack.distance_from(bases.receive)),
        len: segment.text_len(),
    }
}

/// The timers that run, those that run out first before others.
pub(crate) fn running_timers(quiz: &Quiz<'_>, at: RecordId) -> Vec<Running> {
    let trace = quiz.trace();
    let connections = (0..).map(ConnectionId).zip(trace.connections());
    let begun = connections.take_while(|(_, info)| info.since <= at);
    let mut running = Vec::new();
    for (connection, info) in begun {
        let status = trace.status_of(connection, at);
        if status.state == State::Closed {
            continue;
        }
        let timers = Timer::ALL.into_iter();
        running.extend(timers.filter_map(|timer| {
            let at = status.timer(timer)?;
            Some(Running { host: info.host, connection, timer, at })
        }));
    }
    running.sort_by_key(|running| running.at);
    running
}

/// The record with which a timer was set that runs.
pub(crate) fn set_by(quiz: &Quiz<'_>, running: &Running, at: RecordId) -> Option<RecordId> {
    let past = quiz.trace().records().get(..=at.index())?;
    let set = past.iter().rev().find(|record| {
        record.connection == Some(running.connection)
            && matches!(record.kind, RecordKind::Timer { timer, event: TimerEvent::Set(until) }
                if timer == running.timer && until == running.at)
    })?;
    Some(set.id)
}

/// What becomes of a timer that runs: the record of its running out, or of what stops it before.
pub(crate) fn fate_of(quiz: &Quiz<'_>, running: &Running, at: RecordId) -> Option<RecordId> {
    let rest = quiz.trace().records().get(at.index() + 1..)?;
    let next = rest.iter().find(|record| {
        record.connection == Some(running.connection)
            && matches!(record.kind, RecordKind::Timer { timer, .. } if timer == running.timer)
    })?;
    Some(next.id)
}

/// The next thing that a call returns to a host's application. Only calls that TCP answers count.
pub(crate) fn next_call(
    quiz: &Quiz<'_>,
    host: HostId,
    at: RecordId,
) -> Option<(RecordId, CallResult, &'static str)> {
    let trace = quiz.trace();
    let rest = trace.records().get(at.index() + 1..)?;
    let (record, line, result) = rest.iter().find_map(|record| match record.kind {
        RecordKind::Call { line, result } if record.host == Some(host) => {
            Some((record, line, result))
        }
        _ => None,
    })?;
    let call = &trace.host(host).script.get(line)?.call;
    let is_answered = match call {
        AppCall::Open { .. }
        | AppCall::Connect(_)
        | AppCall::Listen { .. }
        | AppCall::Accept
        | AppCall::Serve { .. }
        | AppCall::Send(_)
        | AppCall::Generate { .. }
        | AppCall::Type { .. }
        | AppCall::Receive(_)
        | AppCall::Shutdown(_)
        | AppCall::Close
        | AppCall::Release
        | AppCall::Abort => true,
        AppCall::Bind { .. }
        | AppCall::Set(_)
        | AppCall::Exit
        | AppCall::Repeat { .. }
        | AppCall::SendTo { .. }
        | AppCall::Forge(_)
        | AppCall::Nothing => false,
    };
    is_answered.then_some((record.id, result, call.name()))
}
