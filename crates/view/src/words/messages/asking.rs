//! The words of questions that the reader asks for, and of what is hidden while one is open.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Questions that the reader asks for.
#[derive(Debug)]
@later pub struct Asking {
    pub key: &'static str,
    pub about: &'static str,
    pub hidden: &'static str,
    pub give_up: &'static str,
    pub held: &'static str,
    pub held_about: &'static str,
    pub give_up_for: &'static str,
    pub show_all: &'static str,
    pub other: &'static str,
    pub back: &'static str,
    pub typed: &'static str,
    pub answer: &'static str,
    pub not_counted: &'static str,
    pub withheld: &'static str,
    pub follow_ups: &'static str,
    pub follow_about: &'static str,
    pub follow_begin: &'static str,
    /// Which, of how many.
    pub follow_of: Phrase<2>,
    pub follow_next: &'static str,
    pub follow_again: &'static str,
    pub follow_link: &'static str,
    pub follow_copied: &'static str,
    pub follow_not_copied: &'static str,
    pub follow_none: &'static str,
    /// What a link names.
    pub follow_unknown: Phrase<1>,
}
}
