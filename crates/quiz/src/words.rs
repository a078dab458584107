//! Questions, answers and rules in words.

mod errors;

use tcpscope_sim::{CallResult, Edit, HostId, RecordId, Timeline, Trace};
use tcpscope_tcp::{Citation, Timer};
use tcpscope_view::{
    Because, Detail, Locale, Messages, QuizWords, because, describe, host_in_words, host_title,
    messages, segment_label,
};

pub use errors::{
    answer_error_in_words, code_error_in_words, level_in_words, theme_in_words, trouble_in_words,
};

use crate::expected::next_call;
use crate::span::time_text;
use crate::{Answer, Graded, Kind, Outcome, Part, Question, Quiz, Rule, See, Sender, Stop, Usable};

/// The section that gives the usable window.
const USABLE: Citation = Citation { rfc: 9293, section: "3.8.6.2.1" };
/// The section that gives the states, and what changes them.
const STATES: Citation = Citation { rfc: 9293, section: "3.3.2" };

/// A question in words; nothing of one that the run has not.
#[must_use]
pub fn text(quiz: &Quiz<'_>, question: &Question, locale: Locale) -> String {
    let (trace, words) = (quiz.trace(), words(locale));
    if !question.is_of(trace) {
        return String::new();
    }
    let host = |host: HostId| host_in_words(locale, trace.place_name(host).unwrap_or("?"));
    match question.kind {
        Kind::NextState { host: id, connection } => match connection {
            Some(connection) => {
                let state = trace.status_of(connection, question.at).state;
                words.next_state.fill([&host(id), state.name()])
            }
            None => match trace.status(id, question.at).state {
                tcpscope_tcp::State::Closed => words.first_state.fill([&host(id)]),
                state => words.next_state.fill([&host(id), state.name()]),
            },
        },
        Kind::NextSegment { host: id } => words.next_segment.fill([&host(id)]),
        Kind::WhoSendsNext => words.who_sends_next.to_owned(),
        Kind::WhichTimer => words.which_timer.to_owned(),
        Kind::CallReturns { host: id } => {
            let call = next_call(quiz, id, question.at).map_or("?", |(_, _, call)| call);
            words.call_returns.fill([&host(id), call])
        }
        Kind::MaySend { host: id, .. } => words.may_send.fill([&host(id)]),
        Kind::WhatIfLost { packet } => {
            let label = segment_label(trace, packet, quiz.numbers(), Detail::Short);
            words.what_if_lost.fill([&label, &host(trace.packet(packet).id.from)])
        }
    }
}

/// How a question is answered in writing, in words.
#[must_use]
pub fn form_in_words(kind: &Kind, locale: Locale) -> &'static str {
    let words = words(locale);
    match kind {
        Kind::NextState { .. } => words.form_state,
        Kind::NextSegment { .. } => words.form_segment,
        Kind::WhoSendsNext => words.form_sender,
        Kind::WhichTimer => words.form_timer,
        Kind::CallReturns { .. } => words.form_call,
        Kind::MaySend { .. } => words.form_octets,
        Kind::WhatIfLost { .. } => words.form_choice,
    }
}

/// An answer in words: what a choice says.
#[must_use]
pub fn answer_in_words(quiz: &Quiz<'_>, answer: &Answer, locale: Locale) -> String {
    let (trace, words) = (quiz.trace(), words(locale));
    let host = |host: HostId| host_title(locale, trace.place_name(host).unwrap_or("?"));
    match answer {
        Answer::State(None) => words.stays.to_owned(),
        Answer::State(Some(state)) => state.name().to_owned(),
        Answer::Segment(None) => words.nothing_sent.to_owned(),
        Answer::Segment(Some(_)) => quiz.write(answer).unwrap_or_default(),
        Answer::Sender(Sender { host: id, at }) => words.sender.fill([&host(*id), &time_text(*at)]),
        Answer::Timer(Stop { host: id, timer, at }) => {
            let timer = timer_in_words(messages(locale), *timer);
            words.timer.fill([&host(*id), timer, &time_text(*at)])
        }
        Answer::Call(result) => call_in_words(*result, words),
        Answer::Octets(octets) => words.octets.fill([&octets.to_string()]),
        Answer::Outcome(outcome) => outcome_in_words(trace, outcome, locale),
    }
}

/// What a part of an answer is called.
#[must_use]
pub fn part_in_words(part: Part, locale: Locale) -> &'static str {
    let words = words(locale);
    match part {
        Part::State => words.part_state,
        Part::Flags => words.part_flags,
        Part::Seq => words.part_seq,
        Part::Ack => words.part_ack,
        Part::Len => words.part_len,
        Part::Host => words.part_host,
        Part::Time => words.part_time,
        Part::Timer => words.part_timer,
        Part::Result => words.part_result,
        Part::Octets => words.part_octets,
        Part::Outcome => words.part_outcome,
    }
}

/// The rules behind a right answer, in words with their numbers. Where they are those of a run with
/// a change, that run is made again.
#[must_use]
pub fn rule_in_words(quiz: &Quiz<'_>, graded: &Graded, locale: Locale) -> Vec<Because> {
    let words = words(locale);
    match &graded.rule {
        Rule::Whys { record, .. } => match &graded.see {
            Some(See { change: Some(change), .. }) => changed(quiz.timeline(), change)
                .map(|timeline| rules(&timeline, *record, quiz, locale))
                .unwrap_or_default(),
            Some(See { change: None, .. }) | None => rules(quiz.timeline(), *record, quiz, locale),
        },
        Rule::Usable(sum) => vec![Because {
            text: usable_in_words(sum, words),
            rule: "usable-window",
            citation: USABLE,
        }],
        Rule::Rests => {
            vec![Because { text: words.rests.to_owned(), rule: "state-rests", citation: STATES }]
        }
    }
}

/// What happens where an answer shows, in words: with when. Where a change has to be made first, the
/// run is made again with it; nothing, where it cannot be.
#[must_use]
pub fn see_in_words(quiz: &Quiz<'_>, see: &See, locale: Locale) -> String {
    let branch = see.change.as_ref().and_then(|change| changed(quiz.timeline(), change));
    let trace = match (&branch, &see.change) {
        (Some(branch), _) => branch.trace(),
        (None, None) => quiz.trace(),
        (None, Some(_)) => return String::new(),
    };
    let at = trace.record(see.record).at;
    format!("{} · {}", time_text(at), describe(locale, trace, see.record, quiz.numbers()))
}

fn words(locale: Locale) -> &'static QuizWords {
    &messages(locale).quiz
}

fn rules(timeline: &Timeline, record: RecordId, quiz: &Quiz<'_>, locale: Locale) -> Vec<Because> {
    because(locale, timeline.trace(), record, quiz.numbers())
}

/// The run with a change.
fn changed(timeline: &Timeline, change: &Edit) -> Option<Timeline> {
    let mut branch = timeline.clone();
    branch.edit(change.clone()).ok()?;
    Some(branch)
}

fn usable_in_words(sum: &Usable, words: &QuizWords) -> String {
    let Usable { wnd, cwnd, flight, pipe, limited, octets } = *sum;
    let [wnd, flight, cwnd, pipe, octets] =
        [wnd, flight, cwnd, pipe, octets].map(|number| number.to_string());
    let mut text = words.usable.fill([&wnd, &flight, &cwnd, &pipe, &octets]);
    if limited > 0 {
        text.push(' ');
        text.push_str(&words.usable_limited.fill([&limited.to_string()]));
    }
    text
}

fn call_in_words(result: CallResult, words: &QuizWords) -> String {
    match result {
        CallResult::Ok => words.returns_ok.to_owned(),
        CallResult::Sent(octets) => words.returns_sent.fill([&octets.to_string()]),
        CallResult::Received(octets) => words.returns_received.fill([&octets.to_string()]),
        CallResult::Waits => words.returns_later.to_owned(),
        CallResult::EndOfStream => words.returns_end.to_owned(),
        CallResult::Refused(error) => words.returns_error.fill([&error.to_string()]),
        CallResult::Failed(errno) => words.returns_error.fill([errno.name()]),
    }
}

fn outcome_in_words(trace: &Trace, outcome: &Outcome, locale: Locale) -> String {
    let words = words(locale);
    let host = |host: HostId| host_in_words(locale, trace.place_name(host).unwrap_or("?"));
    let repair = match &outcome.repair {
        Some(repair) => {
            words.sends_again.fill([&host(repair.host), &repair.label(), &repair.time()])
        }
        None => words.nothing_again.to_owned(),
    };
    let told = match outcome.told {
        Some(id) => words.is_told.fill([&host(id)]),
        None => words.nobody_is_told.to_owned(),
    };
    let [(here, at_here), (there, at_there)] = outcome.ends;
    let ends = [&host(here), at_here.name(), &host(there), at_there.name()];
    words.outcome.fill([&repair, &told, &words.ends.fill(ends)])
}

const fn timer_in_words(messages: &Messages, timer: Timer) -> &'static str {
    let words = &messages.timer;
    match timer {
        Timer::Retransmission => words.retransmission,
        Timer::Persist => words.persist,
        Timer::TimeWait => words.time_wait,
        Timer::DelayedAck => words.delayed_ack,
        Timer::Reordering => words.reordering,
        Timer::TailLossProbe => words.tail_loss_probe,
        Timer::KeepAlive => words.keep_alive,
        Timer::UserTimeout => words.user_timeout,
        Timer::FinWait2 => words.fin_wait_2,
    }
}
