//! Answers as octets. The places of states, timers and errors are part of every code that was made:
//! a new one goes last.

use tcpscope_sim::{CallResult, HostId, PacketKind};
use tcpscope_tcp::{Instant, State, Timer};

use super::{Octets, Written};
use crate::answer::{ERRNOS, REFUSALS};
use crate::{Answer, NextSegment, Outcome, Repair, Sender, Stop};

/// What stands for no answer.
const NONE: u8 = 7;

/// Writes an answer, or that none was given.
pub(crate) fn write_answer(out: &mut Written, answer: Option<&Answer>) {
    match answer {
        None => out.octet(NONE),
        Some(Answer::State(state)) => {
            out.octet(0);
            out.octet(state.map_or(0, |state| 1 + place(&State::ALL, &state)));
        }
        Some(Answer::Segment(segment)) => {
            out.octet(1);
            out.octet(u8::from(segment.is_some()));
            if let Some(NextSegment { flags, seq, ack, len }) = *segment {
                out.octet(flags);
                out.number(seq.into());
                out.number(ack.map_or(0, |ack| 1 + u64::from(ack)));
                out.number(len.into());
            }
        }
        Some(Answer::Sender(Sender { host, at })) => {
            out.octet(2);
            out.octet(host.0);
            out.number(at.as_micros());
        }
        Some(Answer::Timer(Stop { host, timer, at })) => {
            out.octet(3);
            out.octet(host.0);
            out.octet(place(&Timer::ALL, timer));
            out.number(at.as_micros());
        }
        Some(Answer::Call(result)) => {
            out.octet(4);
            write_result(out, *result);
        }
        Some(Answer::Octets(octets)) => {
            out.octet(5);
            out.number((*octets).into());
        }
        Some(Answer::Outcome(outcome)) => {
            out.octet(6);
            write_outcome(out, outcome);
        }
    }
}

/// Reads an answer: `None` where the octets are none, `Some(None)` where none was given.
pub(crate) fn read_answer(octets: &mut Octets<'_>) -> Option<Option<Answer>> {
    Some(Some(match octets.octet()? {
        0 => Answer::State(match octets.octet()?.checked_sub(1) {
            Some(state) => Some(*State::ALL.get(usize::from(state))?),
            None => None,
        }),
        1 => Answer::Segment(match octets.octet()? {
            0 => None,
            1 => Some(NextSegment {
                flags: octets.octet()?,
                seq: octets.small()?,
                ack: match octets.number()?.checked_sub(1) {
                    Some(ack) => Some(u32::try_from(ack).ok()?),
                    None => None,
                },
                len: octets.small()?,
            }),
            _ => return None,
        }),
        2 => Answer::Sender(Sender { host: HostId(octets.octet()?), at: time(octets)? }),
        3 => Answer::Timer(Stop {
            host: HostId(octets.octet()?),
            timer: *Timer::ALL.get(usize::from(octets.octet()?))?,
            at: time(octets)?,
        }),
        4 => Answer::Call(read_result(octets)?),
        5 => Answer::Octets(octets.small()?),
        6 => Answer::Outcome(Box::new(read_outcome(octets)?)),
        NONE => return Some(None),
        _ => return None,
    }))
}

fn write_result(out: &mut Written, result: CallResult) {
    match result {
        CallResult::Ok => out.octet(0),
        CallResult::Sent(octets) => {
            out.octet(1);
            out.number(octets.into());
        }
        CallResult::Received(octets) => {
            out.octet(2);
            out.number(octets.into());
        }
        CallResult::Waits => out.octet(3),
        CallResult::EndOfStream => out.octet(4),
        CallResult::Refused(error) => {
            out.octet(5);
            out.octet(place(&REFUSALS, &error));
        }
        CallResult::Failed(errno) => {
            out.octet(6);
            out.octet(place(&ERRNOS, &errno));
        }
    }
}

fn read_result(octets: &mut Octets<'_>) -> Option<CallResult> {
    Some(match octets.octet()? {
        0 => CallResult::Ok,
        1 => CallResult::Sent(octets.small()?),
        2 => CallResult::Received(octets.small()?),
        3 => CallResult::Waits,
        4 => CallResult::EndOfStream,
        5 => CallResult::Refused(*REFUSALS.get(usize::from(octets.octet()?))?),
        6 => CallResult::Failed(*ERRNOS.get(usize::from(octets.octet()?))?),
        _ => return None,
    })
}

fn write_outcome(out: &mut Written, outcome: &Outcome) {
    let Outcome { repair, told, ends } = outcome;
    out.octet(u8::from(repair.is_some()));
    if let Some(Repair { host, kind, seq, len, at }) = *repair {
        out.octet(host.0);
        out.octet(place(&PacketKind::ALL, &kind));
        out.number(seq.into());
        out.number(len.into());
        out.number(at.as_micros());
    }
    out.number(told.map_or(0, |host| 1 + u64::from(host.0)));
    for (host, state) in ends {
        out.octet(host.0);
        out.octet(place(&State::ALL, state));
    }
}

fn read_outcome(octets: &mut Octets<'_>) -> Option<Outcome> {
    let repair = match octets.octet()? {
        0 => None,
        1 => Some(Repair {
            host: HostId(octets.octet()?),
            kind: *PacketKind::ALL.get(usize::from(octets.octet()?))?,
            seq: octets.small()?,
            len: octets.small()?,
            at: time(octets)?,
        }),
        _ => return None,
    };
    let told = match octets.number()?.checked_sub(1) {
        Some(host) => Some(HostId(u8::try_from(host).ok()?)),
        None => None,
    };
    let mut end = || {
        let host = HostId(octets.octet()?);
        Some((host, *State::ALL.get(usize::from(octets.octet()?))?))
    };
    Some(Outcome { repair, told, ends: [end()?, end()?] })
}

fn time(octets: &mut Octets<'_>) -> Option<Instant> {
    octets.number().map(Instant::from_micros)
}

/// The place of one in a list that has it.
fn place<T: PartialEq>(all: &[T], one: &T) -> u8 {
    let place = all.iter().position(|other| other == one);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}
