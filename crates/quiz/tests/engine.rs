//! Every question of every scenario against the engine: what is right is graded right, every other
//! choice and every number that is off is wrong.

mod common;

use common::wrong::off_by_one;
use common::{ids, is_transmit, run};
use std::collections::HashSet;

use tcpscope_quiz::{Answer, Kind, Question, Quiz, Rule, answer_in_words, rule_in_words, text};
use tcpscope_sim::{RecordId, Timeline, Why};
use tcpscope_tcp::Reason;
use tcpscope_view::{Locale, Numbers};

/// Every so many records a loss is tried out: each makes a run anew.
const LOSSES_EVERY: u32 = 67;

/// Every so many records all questions are graded; at the others they are only asked.
const GRADED_EVERY: u32 = 4;

fn records(timeline: &Timeline) -> impl Iterator<Item = RecordId> + use<> {
    (0..u32::try_from(timeline.trace().records().len()).expect("few records")).map(RecordId)
}

/// Questions at a moment, those that make a run anew only now and then.
fn asked(quiz: &Quiz<'_>, at: RecordId) -> Vec<Question> {
    let mut asked = quiz.ask(at);
    let mut losses = u32::from(at.0 % LOSSES_EVERY == 1);
    asked.retain(|question| {
        let is_loss = matches!(question.kind, Kind::WhatIfLost { .. });
        !is_loss || core::mem::take(&mut losses) == 1
    });
    asked
}

fn holds(quiz: &Quiz<'_>, question: &Question, place: &str) {
    let right = quiz.expected(question).unwrap_or_else(|| panic!("{place} {question:?}"));
    let graded = quiz.grade(question, &right).unwrap_or_else(|error| panic!("{place}: {error}"));
    assert!(graded.right && graded.expected == right, "{place} {question:?} {right:?}");
    let choices = quiz.choices(question);
    let rights =
        choices.iter().filter(|choice| quiz.grade(question, choice).expect("a grade").right);
    assert_eq!(rights.count(), 1, "{place} {question:?}: {choices:?}");
    assert!(choices.len() >= 2, "{place} {question:?}: {choices:?}");
    for locale in Locale::ALL {
        let asked = text(quiz, question, locale);
        assert!(asked.ends_with(['?', '？', '。']) && !asked.contains('{'), "{asked}");
        let said: HashSet<_> =
            choices.iter().map(|choice| answer_in_words(quiz, choice, locale)).collect();
        assert_eq!(said.len(), choices.len(), "{place} {question:?}: {said:?}");
        let because = rule_in_words(quiz, &graded, locale);
        assert!(because.iter().all(|because| !because.text.contains('{')), "{because:?}");
        let rules = match &graded.rule {
            Rule::Whys { whys, .. } => whys.len(),
            Rule::Usable(_) | Rule::Rests => 1,
        };
        assert_eq!(because.len(), rules, "{place} {question:?}");
    }
    for wrong in off_by_one(&right) {
        assert!(
            !quiz.grade(question, &wrong).expect("a grade").right,
            "{place} {question:?} {wrong:?}"
        );
    }
    if let Some(written) = quiz.write(&right) {
        let read = quiz.read(question, &written);
        let read = read.unwrap_or_else(|error| panic!("{place} {question:?} {written}: {error}"));
        assert!(
            quiz.grade(question, &read).expect("a grade").right,
            "{place} {question:?} {written}"
        );
    }
}

#[test]
fn each_question_of_each_moment_is_graded_by_what_follows() {
    let mut of_kind = [0_usize; Kind::NAMES.len()];
    for id in ids() {
        let timeline = run(&id);
        for numbers in [Numbers::Relative, Numbers::Absolute] {
            let quiz = Quiz::of(&timeline).with_numbers(numbers).with_seed(7);
            for at in records(&timeline) {
                let every = if numbers == Numbers::Relative { GRADED_EVERY } else { LOSSES_EVERY };
                for question in asked(&quiz, at) {
                    let name = question.to_text(timeline.trace());
                    let named = Question::from_text(&name, timeline.trace());
                    assert_eq!(named, Some(question), "{id} {name}");
                    if at.0 % every != 1 {
                        continue;
                    }
                    holds(&quiz, &question, &id);
                    of_kind[usize::from(question.kind.place())] += 1;
                }
            }
        }
    }
    for (name, count) in Kind::NAMES.into_iter().zip(of_kind) {
        assert!(count > 20, "{name} is asked {count} times");
    }
}

/// The engine says with each text that it sends what the usable window was: that is what a moment
/// before would have had as its answer.
#[test]
fn what_may_be_sent_is_what_the_engine_finds() {
    let mut compared = 0;
    for id in ids() {
        let timeline = run(&id);
        let (trace, quiz) = (timeline.trace(), Quiz::of(&timeline));
        for at in records(&timeline) {
            for question in quiz.ask(at) {
                let Kind::MaySend { host, connection } = question.kind else { continue };
                // The next step of this host, if it is nothing but a call that sends.
                let next = &trace.records()[at.index() + 1];
                if next.connection != Some(connection) || next.kind.name() != "call" {
                    continue;
                }
                let step = trace.event_of(next.id);
                let sends = trace.records()[step].iter().find(|record| is_transmit(&record.kind));
                let Some(sends) = sends.filter(|sends| sends.host == Some(host)) else { continue };
                for why in trace.whys(sends.id) {
                    if let Why::Tcp(Reason::SendText { usable, .. }) = why {
                        let right = quiz.expected(&question);
                        assert_eq!(right, Some(Answer::Octets(*usable)), "{id} {at:?}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn nothing_is_asked_where_nothing_follows() {
    let timeline = run("three-way-handshake");
    let last = timeline.trace().records().len() - 1;
    let quiz = Quiz::of(&timeline);
    for at in [last, last + 1, usize::try_from(u32::MAX).expect("32 bits")] {
        let at = RecordId(u32::try_from(at).expect("few records"));
        assert_eq!(quiz.ask(at), []);
    }
}
