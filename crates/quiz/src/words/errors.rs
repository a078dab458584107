//! What is wrong with an answer, a code or what was kept, in words.

use tcpscope_view::{Locale, QuizWords};

use super::words;
use crate::{AnswerError, CodeError, Level, StateProblem, Theme, Trouble};

/// What is wrong with an answer, in words.
#[must_use]
pub fn answer_error_in_words(error: &AnswerError, locale: Locale) -> String {
    let all = words(locale);
    let words = &all.errors;
    match error {
        AnswerError::Empty => words.answer_empty.to_owned(),
        AnswerError::TooLong { at_most } => words.answer_too_long.fill([&at_most.to_string()]),
        AnswerError::Unknown { word, known } => words.answer_unknown.fill([word, known]),
        AnswerError::NoNumber { field, found } => {
            words.answer_no_number.fill([field_in_words(field, all), found])
        }
        AnswerError::NoTime { found } => words.answer_no_time.fill([found]),
        AnswerError::Missing { field } => words.answer_missing.fill([field_in_words(field, all)]),
        AnswerError::Twice { field } => words.answer_twice.fill([field_in_words(field, all)]),
        AnswerError::NoSuchChoice { choices } => {
            words.answer_no_choice.fill([&choices.to_string()])
        }
        AnswerError::NoQuestion => words.answer_no_question.to_owned(),
    }
}

/// What is wrong with a code, in words.
#[must_use]
pub fn code_error_in_words(error: &CodeError, locale: Locale) -> String {
    let words = &words(locale).errors;
    let letter = |letter: &char| letter.to_string();
    let number = |number: &usize| number.to_string();
    match error {
        CodeError::Empty => words.code_empty.to_owned(),
        CodeError::TooLong { octets, at_most } => {
            words.code_too_long.fill([&number(octets), &number(at_most)])
        }
        CodeError::OtherKind { found, expected } => {
            words.code_other_kind.fill([&letter(found), &letter(expected)])
        }
        CodeError::Version { found } => words.code_version.fill([&letter(found)]),
        CodeError::Symbol { at, letter: found } => {
            words.code_symbol.fill([&number(at), &letter(found)])
        }
        CodeError::Cut { symbols, of: Some(of) } => {
            words.code_cut.fill([&number(symbols), &number(of)])
        }
        CodeError::Cut { symbols, of: None } => words.code_cut_early.fill([&number(symbols)]),
        CodeError::TooMuch { from, symbols } => {
            words.code_too_much.fill([&number(from), &number(symbols)])
        }
        CodeError::Damaged { from, to } => words.code_damaged.fill([&number(from), &number(to)]),
        CodeError::Sum => words.code_sum.to_owned(),
        CodeError::Content { .. } => words.code_content.to_owned(),
    }
}

/// What is wrong with a line of what was kept, in words.
#[must_use]
pub fn trouble_in_words(trouble: &Trouble, locale: Locale) -> String {
    let words = &words(locale).errors;
    let what = match trouble.problem {
        StateProblem::Head => words.kept_head.to_owned(),
        StateProblem::Fields { found } => words.kept_fields.fill([&found.to_string()]),
        StateProblem::Name => words.kept_name.to_owned(),
        StateProblem::Box => words.kept_box.to_owned(),
        StateProblem::Number => words.kept_number.to_owned(),
        StateProblem::Twice => words.kept_twice.to_owned(),
        StateProblem::TooMany => words.kept_too_many.to_owned(),
    };
    words.line.fill([&trouble.line.to_string(), &what])
}

/// What a theme is called.
#[must_use]
pub fn theme_in_words(theme: Theme, locale: Locale) -> &'static str {
    words(locale).themes[theme as usize]
}

/// What a level is called.
#[must_use]
pub fn level_in_words(level: Level, locale: Locale) -> &'static str {
    words(locale).levels[level as usize]
}

/// A field of an answer: one that is written is the same in every language.
fn field_in_words(field: &'static str, words: &QuizWords) -> &'static str {
    match field {
        "time" => words.part_time,
        "timer" => words.part_timer,
        "octets" => words.part_octets,
        written => written,
    }
}
