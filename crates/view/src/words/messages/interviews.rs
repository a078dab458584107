//! The words of interviews: the questions in the book, the sheet in which one is answered.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Interviews.
#[derive(Debug)]
@later pub struct Interviews {
    pub title: &'static str,
    pub about: &'static str,
    pub themes: &'static str,
    pub all_themes: &'static str,
    pub levels: &'static str,
    pub up_to: Phrase<1>,
    /// How many.
    pub count: Phrase<1>,
    pub tab: &'static str,
    /// Theme, level.
    pub of: Phrase<2>,
    pub all_questions: &'static str,
    pub next: &'static str,
    pub leave: &'static str,
    pub your_answer: &'static str,
    pub not_graded: &'static str,
    pub show: &'static str,
    pub model_answer: &'static str,
    pub see_point: &'static str,
    pub see_point_again: &'static str,
    /// The time.
    pub here: Phrase<1>,
    /// The scenario.
    pub unreachable: Phrase<1>,
    pub broken: Phrase<1>,
    pub round: &'static str,
    pub round_about: &'static str,
    pub begin: &'static str,
    pub code_field: &'static str,
    pub open_code: &'static str,
    /// Which question, of how many.
    pub question_of: Phrase<2>,
    pub to_results: &'static str,
    pub results: &'static str,
    pub results_code: &'static str,
    pub code_about: &'static str,
    pub copy_code: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub another_round: &'static str,
}
}
