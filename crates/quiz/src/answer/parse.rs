//! Answers as they are typed: `SYN,ACK seq=0 ack=1`, `server 40ms`, `client retransmission +1s`.

use tcpscope_sim::{CallResult, HostId};
use tcpscope_tcp::{CallError, Duration, Errno, Instant, State, Timer};

use super::segment::segment;
use super::write::refusal_name;
use super::{Answer, AnswerError, Sender, Stop};
use crate::expected::next_call;
use crate::span::micros;
use crate::{Kind, Question, Quiz};

/// No answer is longer, in octets.
pub const LONGEST_ANSWER: usize = 200;

/// The errors that a call may answer with.
pub(crate) const ERRNOS: [Errno; 18] = [
    Errno::AddressInUse,
    Errno::AddressNotAvailable,
    Errno::Again,
    Errno::Already,
    Errno::BadDescriptor,
    Errno::ConnectionRefused,
    Errno::ConnectionReset,
    Errno::HostUnreachable,
    Errno::InProgress,
    Errno::InvalidArgument,
    Errno::IsConnected,
    Errno::MessageSize,
    Errno::NetworkUnreachable,
    Errno::NoProtocolOption,
    Errno::NotConnected,
    Errno::OperationNotSupported,
    Errno::Pipe,
    Errno::TimedOut,
];

/// The RFC's refusals.
pub(crate) const REFUSALS: [CallError; 5] = [
    CallError::AlreadyExists,
    CallError::DoesNotExist,
    CallError::Closing,
    CallError::InsufficientResources,
    CallError::RemoteUnspecified,
];

impl Quiz<'_> {
    /// Reads an answer as it is typed; one letter, or a number in brackets as in `(2)`, is a choice.
    ///
    /// # Errors
    /// What of it is no answer to this question, and what would be one.
    pub fn read(&self, question: &Question, text: &str) -> Result<Answer, AnswerError> {
        if !question.is_of(self.timeline().trace()) {
            return Err(AnswerError::NoQuestion);
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(AnswerError::Empty);
        }
        if text.len() > LONGEST_ANSWER {
            return Err(AnswerError::TooLong { at_most: LONGEST_ANSWER });
        }
        if let Some(place) = choice_place(text) {
            let mut choices = self.choices(question);
            let count = choices.len();
            let there = place < count;
            return there
                .then(|| choices.swap_remove(place))
                .ok_or(AnswerError::NoSuchChoice { choices: count });
        }
        match question.kind {
            Kind::NextState { .. } => state(text).map(Answer::State),
            Kind::NextSegment { host } => segment(self, question, host, text).map(Answer::Segment),
            Kind::WhoSendsNext => self.sender(question, text).map(Answer::Sender),
            Kind::WhichTimer => self.timer(question, text).map(Answer::Timer),
            Kind::CallReturns { host } => {
                let (_, right, _) =
                    next_call(self, host, question.at).ok_or(AnswerError::NoQuestion)?;
                call(text, right).map(Answer::Call)
            }
            Kind::MaySend { .. } => octets(text).map(Answer::Octets),
            Kind::WhatIfLost { .. } => {
                Err(AnswerError::NoSuchChoice { choices: self.choices(question).len() })
            }
        }
    }

    fn sender(&self, question: &Question, text: &str) -> Result<Sender, AnswerError> {
        let (host, when) = text.split_once(' ').unwrap_or((text, ""));
        Ok(Sender { host: self.host(host)?, at: self.time(question, when)? })
    }

    fn timer(&self, question: &Question, text: &str) -> Result<Stop, AnswerError> {
        let (host, rest) = text.split_once(' ').unwrap_or((text, ""));
        let host = self.host(host)?;
        let (name, when) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        if name.is_empty() {
            return Err(AnswerError::Missing { field: "timer" });
        }
        let timer = Timer::ALL.into_iter().find(|timer| timer.name().eq_ignore_ascii_case(name));
        let known = || Timer::ALL.map(Timer::name).join(", ");
        let timer =
            timer.ok_or_else(|| AnswerError::Unknown { word: short(name), known: known() })?;
        Ok(Stop { host, timer, at: self.time(question, when)? })
    }

    fn host(&self, name: &str) -> Result<HostId, AnswerError> {
        let hosts = self.trace().hosts();
        let place = hosts.iter().position(|host| host.name.eq_ignore_ascii_case(name));
        let place = place.and_then(|place| u8::try_from(place).ok());
        place.map(HostId).ok_or_else(|| {
            let known: Vec<_> = hosts.iter().map(|host| host.name.as_str()).collect();
            AnswerError::Unknown { word: short(name), known: known.join(", ") }
        })
    }

    /// A time of the run, or with `+` or `in` one from now on.
    fn time(&self, question: &Question, text: &str) -> Result<Instant, AnswerError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AnswerError::Missing { field: "time" });
        }
        let from_now = text.strip_prefix('+').or_else(|| text.strip_prefix("in "));
        let told = from_now.or_else(|| text.strip_prefix("at ")).unwrap_or(text);
        let micros = micros(told).ok_or_else(|| AnswerError::NoTime { found: short(text) })?;
        let now = self.trace().record(question.at).at;
        Ok(match from_now {
            Some(_) => now + Duration::from_micros(micros),
            None => Instant::from_micros(micros),
        })
    }
}

/// The choice that a text means: `b`, or `(2)`.
fn choice_place(text: &str) -> Option<usize> {
    if let Some(number) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return number.parse::<usize>().ok()?.checked_sub(1);
    }
    let mut letters = text.bytes();
    let letter = letters.next().filter(u8::is_ascii_alphabetic)?.to_ascii_lowercase();
    letters.next().is_none().then(|| usize::from(letter - b'a'))
}

fn state(text: &str) -> Result<Option<State>, AnswerError> {
    if text.eq_ignore_ascii_case("stays") {
        return Ok(None);
    }
    // As the RFC writes it, and as systems do.
    let plain = |name: &str| name.to_ascii_uppercase().replace(['_', ' '], "-");
    let wanted = plain(text);
    let found = State::ALL.into_iter().find(|state| state.name() == wanted);
    found.map(Some).ok_or_else(|| AnswerError::Unknown {
        word: short(text),
        known: format!("{}, stays", State::ALL.map(State::name).join(", ")),
    })
}

/// What a call returns. A bare number is what SEND took or what RECEIVE returned: `right` tells
/// which of the two calls it is.
fn call(text: &str, right: CallResult) -> Result<CallResult, AnswerError> {
    let (word, _) = text.split_once(' ').unwrap_or((text, ""));
    if word.bytes().all(|letter| letter.is_ascii_digit()) {
        let octets = number("octets", word)?;
        return Ok(match right {
            CallResult::Sent(_) => CallResult::Sent(octets),
            CallResult::Received(_)
            | CallResult::Ok
            | CallResult::Waits
            | CallResult::EndOfStream
            | CallResult::Refused(_)
            | CallResult::Failed(_) => CallResult::Received(octets),
        });
    }
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    let plain = [
        ("ok", CallResult::Ok),
        ("waits", CallResult::Waits),
        ("blocks", CallResult::Waits),
        ("end", CallResult::EndOfStream),
    ];
    let refused = || REFUSALS.into_iter().find(|error| is(refusal_name(*error)));
    let failed = || ERRNOS.into_iter().find(|errno| is(errno.name()));
    plain
        .into_iter()
        .find(|(name, _)| is(name))
        .map(|(_, result)| result)
        .or_else(|| refused().map(CallResult::Refused))
        .or_else(|| failed().map(CallResult::Failed))
        .ok_or_else(|| AnswerError::Unknown {
            word: short(word),
            known: "ok, waits, end, 1460, ECONNRESET".to_owned(),
        })
}

/// So many octets: `1460`, `1,460`, `1 460 octets`.
fn octets(text: &str) -> Result<u32, AnswerError> {
    let between = |letter: char| matches!(letter, ',' | '，' | '_' | '\'' | ' ' | '\u{a0}');
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !between(letter));
    let (digits, unit) = text.split_at(end.unwrap_or(text.len()));
    let unit = unit.trim().to_lowercase();
    let units = ["", "octet", "octets", "byte", "bytes", "b", "字节"];
    if !units.contains(&unit.as_str()) {
        return Err(AnswerError::NoNumber { field: "octets", found: short(text) });
    }
    let digits: String = digits.chars().filter(|letter| !between(*letter)).collect();
    self::number("octets", &digits)
        .map_err(|_| AnswerError::NoNumber { field: "octets", found: short(text) })
}

pub(super) fn number(field: &'static str, text: &str) -> Result<u32, AnswerError> {
    let digits = !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    number.ok_or_else(|| AnswerError::NoNumber { field, found: short(text) })
}

/// As much of a text as an error repeats.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
