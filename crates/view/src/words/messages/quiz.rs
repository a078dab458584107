//! The words of questions, and of what is said to an answer.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Questions about a moment of a run.
#[derive(Debug)]
@later pub struct Quiz {
    pub label: &'static str,
    pub none: &'static str,
    /// Host and its state; where it has no connection yet, the host alone.
    pub next_state: Phrase<2>,
    pub first_state: Phrase<1>,
    pub next_segment: Phrase<1>,
    pub who_sends_next: &'static str,
    pub which_timer: &'static str,
    /// Host and call.
    pub call_returns: Phrase<2>,
    pub may_send: Phrase<1>,
    /// The segment, and who sent it.
    pub what_if_lost: Phrase<2>,
    /// How each is answered.
    pub form_state: &'static str,
    pub form_segment: &'static str,
    pub form_sender: &'static str,
    pub form_timer: &'static str,
    pub form_call: &'static str,
    pub form_octets: &'static str,
    pub form_choice: &'static str,
    /// Answers.
    pub stays: &'static str,
    pub nothing_sent: &'static str,
    pub sender: Phrase<2>,
    pub timer: Phrase<3>,
    pub returns_ok: &'static str,
    pub returns_sent: Phrase<1>,
    pub returns_received: Phrase<1>,
    pub returns_later: &'static str,
    pub returns_end: &'static str,
    pub returns_error: Phrase<1>,
    pub octets: Phrase<1>,
    /// Host, segment, time.
    pub sends_again: Phrase<3>,
    pub nothing_again: &'static str,
    pub is_told: Phrase<1>,
    pub nobody_is_told: &'static str,
    /// Both hosts with their states.
    pub ends: Phrase<4>,
    /// All three together.
    pub outcome: Phrase<3>,
    /// What is said to an answer.
    pub right: &'static str,
    pub wrong: &'static str,
    pub part_right: Phrase<1>,
    pub part_wrong: Phrase<1>,
    pub would_be: Phrase<1>,
    pub because: &'static str,
    pub see: &'static str,
    pub see_changed: &'static str,
    pub rests: &'static str,
    pub usable: Phrase<5>,
    pub usable_limited: Phrase<1>,
    /// What an answer consists of.
    pub part_state: &'static str,
    pub part_flags: &'static str,
    pub part_seq: &'static str,
    pub part_ack: &'static str,
    pub part_len: &'static str,
    pub part_host: &'static str,
    pub part_time: &'static str,
    pub part_timer: &'static str,
    pub part_result: &'static str,
    pub part_octets: &'static str,
    pub part_outcome: &'static str,
    /// Rounds: what they are about, in the order of the themes; how hard they are, in that of the
    /// levels.
    pub themes: [&'static str; 7],
    pub levels: [&'static str; 3],
    pub score: Phrase<2>,
    pub not_answered: &'static str,
    /// The box of an item, of how many, and how many days it has.
    pub leitner: Phrase<3>,
    pub errors: QuizErrors,
}

/// What is wrong with answers, codes and what was kept.
#[derive(Debug)]
@later pub struct QuizErrors {
    pub answer_empty: &'static str,
    pub answer_too_long: Phrase<1>,
    pub answer_unknown: Phrase<2>,
    pub answer_no_number: Phrase<2>,
    pub answer_no_time: Phrase<1>,
    pub answer_missing: Phrase<1>,
    pub answer_twice: Phrase<1>,
    pub answer_no_choice: Phrase<1>,
    pub answer_no_question: &'static str,
    pub code_empty: &'static str,
    pub code_too_long: Phrase<2>,
    pub code_other_kind: Phrase<2>,
    pub code_version: Phrase<1>,
    pub code_symbol: Phrase<2>,
    pub code_cut: Phrase<2>,
    pub code_cut_early: Phrase<1>,
    pub code_too_much: Phrase<2>,
    pub code_damaged: Phrase<2>,
    pub code_sum: &'static str,
    pub code_content: &'static str,
    /// The line, and what is wrong with it.
    pub line: Phrase<2>,
    pub kept_head: &'static str,
    pub kept_fields: Phrase<1>,
    pub kept_name: &'static str,
    pub kept_box: &'static str,
    pub kept_number: &'static str,
    pub kept_twice: &'static str,
    pub kept_too_many: &'static str,
}
}
