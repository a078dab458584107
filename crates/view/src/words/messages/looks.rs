//! The words for the groups of keys, and for what is drawn beside arrows.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::words;

words! {
/// Groups of keys.
#[derive(Debug)]
pub struct KeyGroups {
    pub time: &'static str,
    pub figure: &'static str,
    pub segments: &'static str,
    pub edits: &'static str,
    pub others: &'static str,
}
}
