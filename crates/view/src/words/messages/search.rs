//! The words of the log's search.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Searching the log.
#[derive(Debug)]
@later pub struct Search {
    pub label: &'static str,
    pub placeholder: &'static str,
    /// So many of so many.
    pub count: Phrase<2>,
    pub nothing: &'static str,
    pub next: &'static str,
    pub previous: &'static str,
    pub clear: &'static str,
    /// Whether other records are hidden.
    pub only: &'static str,
    pub is_match: &'static str,
    pub marks: &'static str,
    pub examples: &'static str,
    pub fields: &'static str,
    pub any_text: &'static str,
    pub key_focus: &'static str,
    pub key_next: &'static str,
    pub key_previous: &'static str,
    pub unknown_field: Phrase<1>,
    pub unknown_field_near: Phrase<2>,
    pub missing_test: &'static str,
    pub missing_value: Phrase<1>,
    pub unclosed: &'static str,
    pub unopened: &'static str,
    pub unclosed_quote: &'static str,
    pub not_a_number: Phrase<1>,
    pub not_a_time: Phrase<1>,
    pub not_a_flag: Phrase<1>,
    pub not_ordered: Phrase<1>,
    pub not_text: Phrase<1>,
    pub unknown_value: Phrase<2>,
    pub unexpected: &'static str,
    pub too_deep: &'static str,
}
}
