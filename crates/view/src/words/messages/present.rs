//! The words of a presentation: its controls, and the speaker's window.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Showing it to a class.
#[derive(Debug)]
@opened pub struct Present {
    @first pub start: &'static str,
    pub stop: &'static str,
    pub blank: &'static str,
    @first pub notes: &'static str,
    pub now: &'static str,
    pub next: &'static str,
    pub end: &'static str,
    /// The time, the number of the present record, and how many there are.
    pub place: Phrase<3>,
    pub keys: &'static str,
    pub refused: &'static str,
    pub dark: &'static str,
}
}
