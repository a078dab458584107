//! The words of sets: composed by a teacher, answered by students, read from their codes.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Sets.
#[derive(Debug)]
@later pub struct Sets {
    pub title: &'static str,
    pub tab: &'static str,
    pub compose: &'static str,
    pub read: &'static str,
    pub about: &'static str,
    pub name: &'static str,
    pub note: &'static str,
    pub hidden: &'static str,
    pub ordered: &'static str,
    pub in_set: &'static str,
    pub empty: &'static str,
    /// Its number, and what it is.
    pub item: Phrase<2>,
    pub up: Phrase<1>,
    pub down: Phrase<1>,
    pub remove: Phrase<1>,
    pub a_lesson: &'static str,
    pub a_moment: &'static str,
    pub a_question: &'static str,
    /// Its number, and how its text begins.
    pub stop: Phrase<2>,
    pub asks_nothing: &'static str,
    /// The scenario, the time.
    pub moment: Phrase<2>,
    pub changes: Phrase<1>,
    pub say: &'static str,
    pub add: &'static str,
    pub add_moment: &'static str,
    pub add_moment_about: &'static str,
    pub lessons: &'static str,
    pub questions: &'static str,
    pub add_one: Phrase<1>,
    pub link: &'static str,
    /// Steps, questions, and characters of the link.
    pub link_about: Phrase<3>,
    pub copy_link: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub try_it: &'static str,
    pub open_field: &'static str,
    pub open: &'static str,
    pub too_much: Phrase<1>,

    /// Steps and questions.
    pub begins: Phrase<2>,
    pub untitled: &'static str,
    pub hidden_about: &'static str,
    pub nickname: &'static str,
    pub nickname_about: &'static str,
    pub begin: &'static str,
    pub full_screen: &'static str,
    pub no_full_screen: &'static str,
    pub step: Phrase<2>,
    pub steps: &'static str,
    pub next: &'static str,
    pub previous: &'static str,
    pub to_results: &'static str,
    pub answer_first: &'static str,
    pub not_asked: &'static str,
    pub leave: &'static str,
    pub away: &'static str,
    pub back: &'static str,
    pub own: &'static str,
    pub own_about: &'static str,
    pub show: &'static str,
    pub held_right: &'static str,
    pub held_wrong: &'static str,
    pub did_it: &'static str,
    pub results: &'static str,
    /// Right, of how many.
    pub score: Phrase<2>,
    pub code: &'static str,
    pub code_about: &'static str,
    pub copy_code: &'static str,
    pub for_teachers: &'static str,
    pub preview: &'static str,
    pub back_to_composing: &'static str,

    pub paste: &'static str,
    pub paste_about: &'static str,
    pub of_set: Phrase<1>,
    pub no_set: &'static str,
    pub decode: &'static str,
    pub line: &'static str,
    pub student: &'static str,
    pub nameless: Phrase<1>,
    pub right_of: &'static str,
    pub sum: &'static str,
    pub other_set: &'static str,
    /// How many, and how many of them could not be read.
    pub tally: Phrase<2>,
    /// The line, what is wrong.
    pub bad_line: Phrase<2>,
    pub not_proof: &'static str,
    pub copy_csv: &'static str,
    /// The kinds of questions, in their order.
    pub kinds: [&'static str; 7],
    pub no_answer: &'static str,
    pub own_right: &'static str,
    pub own_wrong: &'static str,
    pub gone: &'static str,
    pub same: Phrase<1>,
}
}
