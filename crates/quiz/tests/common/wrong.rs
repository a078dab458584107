//! Answers that are not quite right.

use tcpscope_quiz::{Answer, Sender, Stop};
use tcpscope_sim::CallResult;
use tcpscope_tcp::{Duration, Instant, State};

/// Answers that differ from a right one in one thing.
pub(crate) fn off_by_one(right: &Answer) -> Vec<Answer> {
    match right {
        Answer::Segment(Some(segment)) => {
            let mut all = Vec::new();
            for change in 0..4 {
                let mut other = *segment;
                match change {
                    0 => other.seq = other.seq.wrapping_add(1),
                    1 => other.ack = Some(other.ack.map_or(0, |ack| ack.wrapping_add(1))),
                    2 => other.len += 1,
                    _ => other.flags ^= 0x04,
                }
                all.push(Answer::Segment(Some(other)));
            }
            all.push(Answer::Segment(None));
            all
        }
        Answer::Octets(octets) => vec![Answer::Octets(octets + 1)],
        Answer::Call(CallResult::Sent(octets)) => {
            vec![Answer::Call(CallResult::Sent(octets + 1))]
        }
        Answer::Call(CallResult::Received(octets)) => {
            vec![Answer::Call(CallResult::Received(octets + 1))]
        }
        Answer::Sender(sender) => {
            let late = Instant::from_micros(sender.at.as_micros() * 2) + Duration::from_secs(1);
            vec![Answer::Sender(Sender { at: late, ..*sender })]
        }
        Answer::Timer(stop) => {
            let late = Instant::from_micros(stop.at.as_micros() * 2) + Duration::from_secs(1);
            vec![Answer::Timer(Stop { at: late, ..*stop })]
        }
        Answer::State(state) => {
            let others = State::ALL.into_iter().map(Some).chain([None]);
            others.filter(|other| other != state).map(Answer::State).collect()
        }
        Answer::Outcome(outcome) => {
            let mut other = outcome.clone();
            let (_, state) = &mut other.ends[0];
            *state = if *state == State::Listen { State::Closed } else { State::Listen };
            vec![Answer::Outcome(other)]
        }
        Answer::Segment(None) | Answer::Call(_) => Vec::new(),
    }
}
