//! What to choose from: the right answer among wrong ones that are near it.

use tcpscope_sim::{CallResult, HostId, PacketIndex, RecordId, keyed};
use tcpscope_tcp::{Duration, Errno, Instant, State, TRANSITIONS, Timer};

use crate::answer::ACK;
use crate::expected::{expected, running_timers};
use crate::outcome::outcome;
use crate::{Answer, Kind, NextSegment, Outcome, Question, Quiz, Repair, Sender, Stop};

/// So many choices a question has at most.
const MOST: usize = 4;

/// So many other packets are lost to see what follows.
const MOST_BRANCHES: usize = 3;

impl Quiz<'_> {
    /// What to choose from, the right answer among it; nothing where the run cannot tell the
    /// answer. The seed draws which wrong ones there are and where the right one stands.
    #[must_use]
    pub fn choices(&self, question: &Question) -> Vec<Answer> {
        let Some(right) = expected(self, question) else { return Vec::new() };
        let mut wrong = self.wrong_answers(question, &right);
        wrong.dedup();
        wrong.retain(|answer| !self.is_right(question, answer, &right));
        let mut choices = vec![right];
        for answer in self.shuffled(question, 0, wrong) {
            let is_new = choices.iter().all(|other| !self.is_right(question, &answer, other));
            if choices.len() < MOST && is_new {
                choices.push(answer);
            }
        }
        match question.kind {
            // In the order in which a connection goes through them: their place tells nothing.
            Kind::NextState { .. } => choices.sort_by_key(state_place),
            Kind::MaySend { .. } => choices.sort_by_key(octets_of),
            Kind::NextSegment { .. }
            | Kind::WhoSendsNext
            | Kind::WhichTimer
            | Kind::CallReturns { .. }
            | Kind::WhatIfLost { .. } => choices = self.shuffled(question, 1, choices),
        }
        choices
    }

    /// Answers in an order that the seed draws.
    fn shuffled(&self, question: &Question, turn: u64, answers: Vec<Answer>) -> Vec<Answer> {
        let key = |place: u64| {
            let at = u64::from(question.at.0);
            let words = [at, u64::from(question.kind.place()), turn, place];
            keyed(self.seed, &words, u64::MAX)
        };
        let mut keyed: Vec<_> = (0..).map(key).zip(answers).collect();
        keyed.sort_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, answer)| answer).collect()
    }

    /// Answers that are near the right one. Those that are right too are taken out later.
    fn wrong_answers(&self, question: &Question, right: &Answer) -> Vec<Answer> {
        let now = self.trace().record(question.at).at;
        match (right, question.kind) {
            (Answer::State(_), Kind::NextState { host, connection }) => {
                let trace = self.trace();
                let state = match connection {
                    Some(connection) => trace.status_of(connection, question.at).state,
                    None => trace.status(host, question.at).state,
                };
                other_states(state)
            }
            (Answer::Segment(Some(segment)), _) => other_segments(*segment)
                .into_iter()
                .map(|other| Answer::Segment(Some(other)))
                .collect(),
            (Answer::Sender(sender), _) => self.other_senders(*sender, now),
            (Answer::Timer(stop), _) => self.other_timers(question.at, *stop, now),
            (Answer::Call(result), _) => {
                other_results(*result).into_iter().map(Answer::Call).collect()
            }
            (Answer::Octets(octets), Kind::MaySend { connection, .. }) => {
                let status = self.trace().status_of(connection, question.at);
                let mss = status.mss;
                let near = [
                    status.snd_wnd,
                    status.cwnd,
                    status.flight,
                    status.cwnd.saturating_sub(status.flight),
                    status.snd_wnd.saturating_sub(status.flight),
                    status.unsent,
                    mss,
                    octets.saturating_add(mss),
                    octets.saturating_sub(mss),
                    0,
                ];
                near.into_iter().filter(|near| *near < u32::MAX).map(Answer::Octets).collect()
            }
            (Answer::Outcome(outcome), Kind::WhatIfLost { packet }) => {
                self.other_outcomes(question, packet, outcome)
            }
            (
                Answer::State(_) | Answer::Segment(_) | Answer::Octets(_) | Answer::Outcome(_),
                Kind::NextState { .. }
                | Kind::NextSegment { .. }
                | Kind::WhoSendsNext
                | Kind::WhichTimer
                | Kind::CallReturns { .. }
                | Kind::MaySend { .. }
                | Kind::WhatIfLost { .. },
            ) => Vec::new(),
        }
    }

    fn other_senders(&self, right: Sender, now: Instant) -> Vec<Answer> {
        let wait = right.at.since(now).as_micros();
        let waits = [wait, 0, wait * 2, wait / 2, 1_000_000, 200_000, 40_000];
        let hosts = 0..u8::try_from(self.trace().hosts().len()).unwrap_or(u8::MAX);
        let at = |wait| now + Duration::from_micros(wait);
        let senders =
            hosts.map(HostId).flat_map(|host| waits.map(|wait| Sender { host, at: at(wait) }));
        senders.map(Answer::Sender).collect()
    }

    /// The other timers that run, the same ones of the other host, and other times.
    fn other_timers(&self, at: RecordId, right: Stop, now: Instant) -> Vec<Answer> {
        let running = running_timers(self, at).into_iter();
        let mut stops: Vec<_> = running
            .map(|running| Stop { host: running.host, timer: running.timer, at: running.at })
            .collect();
        let wait = right.at.since(now).as_micros();
        let twice = now + Duration::from_micros(wait.saturating_mul(2));
        let other_host = HostId(u8::from(right.host.0 == 0));
        stops.push(Stop { at: twice, ..right });
        stops.push(Stop { host: other_host, ..right });
        stops.extend(
            [Timer::Retransmission, Timer::DelayedAck, Timer::Persist, Timer::TimeWait]
                .map(|timer| Stop { timer, ..right }),
        );
        stops.into_iter().map(Answer::Timer).collect()
    }

    /// What follows from the loss of other packets, and what would be near: nothing, the other
    /// side's move, another time.
    fn other_outcomes(
        &self,
        question: &Question,
        lost: PacketIndex,
        right: &Outcome,
    ) -> Vec<Answer> {
        let trace = self.trace();
        let first = lost.0.saturating_sub(3);
        let nearby = (first..first.saturating_add(7)).map(PacketIndex).filter(|index| {
            let there = trace.packets().get(index.0 as usize);
            *index != lost && there.is_some_and(|packet| packet.fate.arrives())
        });
        let mut keys: Vec<_> = nearby
            .map(|index| {
                (keyed(self.seed, &[u64::from(question.at.0), u64::from(index.0)], u64::MAX), index)
            })
            .collect();
        keys.sort_unstable();
        let elsewhere = keys
            .into_iter()
            .take(MOST_BRANCHES)
            .filter_map(|(_, index)| Some(outcome(self, index)?.0));
        let mut outcomes: Vec<Outcome> = elsewhere.collect();
        let packet = trace.packet(lost);
        let again = Repair {
            host: packet.id.from,
            kind: packet.id.kind,
            seq: packet.id.seq,
            len: packet.id.len,
            at: packet.sent + Duration::from_millis(1_000),
        };
        let repair = right.repair.unwrap_or(again);
        let wait = repair.at.since(packet.sent);
        let later = Repair { at: repair.at + wait, ..repair };
        outcomes.push(Outcome { repair: None, ..right.clone() });
        outcomes.push(Outcome { repair: Some(later), ..right.clone() });
        outcomes.push(Outcome { repair: Some(again), ..right.clone() });
        let gives_up = Outcome {
            repair: None,
            told: Some(packet.id.from),
            ends: right.ends.map(|(host, _)| (host, State::Closed)),
        };
        outcomes.push(gives_up);
        outcomes.into_iter().map(Box::new).map(Answer::Outcome).collect()
    }
}

/// The states that lead on from here by the table, then those that lead on from these, and that
/// none is entered.
fn other_states(state: State) -> Vec<Answer> {
    let from = |state: State| TRANSITIONS.iter().filter(move |edge| edge.from == state);
    let near = from(state).map(|edge| edge.to);
    let next = from(state).flat_map(|edge| from(edge.to)).map(|edge| edge.to);
    let mut states: Vec<_> = near.chain(next).filter(|other| *other != state).collect();
    states.sort_by_key(|state| *state as u8);
    states.dedup();
    states.into_iter().map(Some).chain([None]).map(Answer::State).collect()
}

/// What learners take for right: one number off, the ACK flag forgotten, what was acknowledged sent
/// again.
fn other_segments(right: NextSegment) -> Vec<NextSegment> {
    let NextSegment { flags, seq, ack, len } = right;
    let mut others = vec![
        NextSegment { seq: seq.wrapping_add(1), ..right },
        NextSegment { seq: seq.wrapping_add(len.max(1)), ..right },
        NextSegment { flags: flags ^ 0x02, ..right },
        NextSegment { flags: flags ^ 0x01, ..right },
    ];
    match ack {
        Some(ack) => {
            others.push(NextSegment { ack: Some(ack.wrapping_add(1)), ..right });
            others.push(NextSegment { ack: Some(seq.wrapping_add(1)), ..right });
            others.push(NextSegment { flags: flags & !ACK, ack: None, ..right });
            if ack > 0 {
                others.push(NextSegment { ack: Some(ack - 1), ..right });
            }
        }
        None => others.push(NextSegment { flags: flags | ACK, ack: Some(0), ..right }),
    }
    // No TCP sends a segment without any flag: nobody would choose it.
    others.retain(|other| other.flags != 0);
    others
}

/// What else a call may return.
fn other_results(right: CallResult) -> Vec<CallResult> {
    let mut others = vec![
        CallResult::Ok,
        CallResult::Waits,
        CallResult::EndOfStream,
        CallResult::Failed(Errno::ConnectionReset),
        CallResult::Failed(Errno::TimedOut),
        CallResult::Failed(Errno::Pipe),
    ];
    let near = |octets: u32| [octets / 2, octets.saturating_add(1), octets.saturating_mul(2)];
    match right {
        CallResult::Sent(octets) => others.extend(near(octets).map(CallResult::Sent)),
        CallResult::Received(octets) => others.extend(near(octets).map(CallResult::Received)),
        CallResult::Ok
        | CallResult::Waits
        | CallResult::EndOfStream
        | CallResult::Refused(_)
        | CallResult::Failed(_) => {}
    }
    others
}

fn state_place(answer: &Answer) -> u8 {
    match answer {
        Answer::State(Some(state)) => *state as u8,
        _ => u8::MAX,
    }
}

fn octets_of(answer: &Answer) -> u32 {
    match answer {
        Answer::Octets(octets) => *octets,
        _ => u32::MAX,
    }
}
