//! The words for the groups of keys, and for what is drawn beside arrows.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Groups of keys.
#[derive(Debug)]
@later pub struct KeyGroups {
    pub time: &'static str,
    pub figure: &'static str,
    pub segments: &'static str,
    pub edits: &'static str,
    pub others: &'static str,
}
}

words! {
/// What is drawn in the ladder, and what ACKs say by SACK.
#[derive(Debug)]
@opened pub struct Drawn {
    /// What is held beyond the acknowledgment number, and what is missing before it.
    pub sack_held: Phrase<2>,
    pub sack_twice: Phrase<1>,
    @first pub legend: &'static str,
    @first pub data: &'static str,
    @first pub lost: &'static str,
    @first pub dropped: &'static str,
    @first pub again: &'static str,
    @first pub ghost: &'static str,
    @first pub timer: &'static str,
    @first pub sack: &'static str,
    @first pub icmp: &'static str,
    @first pub fold: &'static str,
}
}
