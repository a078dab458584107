//! Answers as they are written, the same in every language.

use tcpscope_sim::CallResult;
use tcpscope_tcp::CallError;

use super::{Answer, FLAGS, NextSegment, Sender, Stop};
use crate::Quiz;
use crate::span::time_text;

impl Quiz<'_> {
    /// An answer in the form in which [`Quiz::read`] takes it. What follows a loss has no such form:
    /// it is chosen.
    #[must_use]
    pub fn write(&self, answer: &Answer) -> Option<String> {
        Some(match answer {
            Answer::State(None) => "stays".to_owned(),
            Answer::State(Some(state)) => state.name().to_owned(),
            Answer::Segment(None) => "none".to_owned(),
            Answer::Segment(Some(segment)) => segment_text(segment),
            Answer::Sender(Sender { host, at }) => {
                format!("{} {}", self.trace().place_name(*host)?, time_text(*at))
            }
            Answer::Timer(Stop { host, timer, at }) => {
                let host = self.trace().place_name(*host)?;
                format!("{host} {} {}", timer.name(), time_text(*at))
            }
            Answer::Call(result) => call_text(*result),
            Answer::Octets(octets) => octets.to_string(),
            Answer::Outcome(_) => return None,
        })
    }
}

/// The names of control bits as they are written: `SYN,ACK`.
#[must_use]
pub fn flags_in_words(flags: u8) -> String {
    let set = FLAGS.into_iter().filter(|(_, bit)| flags & bit != 0).map(|(name, _)| name);
    set.collect::<Vec<_>>().join(",")
}

fn segment_text(segment: &NextSegment) -> String {
    let NextSegment { flags, seq, ack, len } = *segment;
    let mut text = flags_in_words(flags);
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&format!("seq={seq}"));
    if let Some(ack) = ack {
        text.push_str(&format!(" ack={ack}"));
    }
    if len > 0 {
        text.push_str(&format!(" len={len}"));
    }
    text
}

fn call_text(result: CallResult) -> String {
    match result {
        CallResult::Ok => "ok".to_owned(),
        CallResult::Sent(octets) | CallResult::Received(octets) => octets.to_string(),
        CallResult::Waits => "waits".to_owned(),
        CallResult::EndOfStream => "end".to_owned(),
        CallResult::Refused(error) => refusal_name(error).to_owned(),
        CallResult::Failed(errno) => errno.name().to_owned(),
    }
}

/// A short name for what the RFC says in words.
pub(super) const fn refusal_name(error: CallError) -> &'static str {
    match error {
        CallError::AlreadyExists => "already-exists",
        CallError::DoesNotExist => "does-not-exist",
        CallError::Closing => "closing",
        CallError::InsufficientResources => "insufficient-resources",
        CallError::RemoteUnspecified => "remote-unspecified",
    }
}
