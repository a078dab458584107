//! The words of why something happened: numbers, causes, notes, and the ways from record to record.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// The names of numbers that are no variable of the RFC's. The first words' rules name three.
#[derive(Debug)]
@opened pub struct Measures {
    pub octets: &'static str,
    @first pub segments: &'static str,
    pub state: &'static str,
    pub attempt: &'static str,
    pub unsent: &'static str,
    pub unread: &'static str,
    pub room: &'static str,
    pub usable: &'static str,
    pub waited: &'static str,
    @first pub announced: &'static str,
    @first pub ours: &'static str,
    pub duplicates: &'static str,
    pub left: &'static str,
    pub right: &'static str,
    pub blocks: &'static str,
    pub kept: &'static str,
    pub cut: &'static str,
    pub after: &'static str,
    pub idle: &'static str,
    pub since: &'static str,
    pub elapsed: &'static str,
    pub allowed: &'static str,
    pub delivered: &'static str,
    pub sent: &'static str,
    pub backlog: &'static str,
    pub shift: &'static str,
    pub limit: &'static str,
    pub loss: &'static str,
    pub share: &'static str,
    pub by: &'static str,
    pub until: &'static str,
    pub most: &'static str,
    pub lasts: &'static str,
    pub target: &'static str,
    pub bit: &'static str,
    pub fragments: &'static str,
    pub offset: &'static str,
}

/// What led to a record, and what came of it.
#[derive(Debug)]
pub struct Causes {
    pub label: &'static str,
    /// The record is the first of its chain.
    pub begins: &'static str,
    /// So many causes are folded.
    pub fold: Phrase<1>,
    pub unfold: &'static str,
    pub fold_again: &'static str,
    pub effects: &'static str,
    pub no_effects: &'static str,
    /// More effects than are listed.
    pub more_effects: Phrase<1>,
}

/// Notes on records and segments.
#[derive(Debug)]
pub struct Notes {
    pub label: &'static str,
    pub hint: &'static str,
    pub about: &'static str,
    pub record: &'static str,
    pub segment: &'static str,
    pub add: &'static str,
    pub delete: &'static str,
    /// What the note is about is not in this run.
    pub lost: &'static str,
    pub full: &'static str,
}

/// The ways from record to record.
#[derive(Debug)]
@opened pub struct Seek {
    @first pub label: &'static str,
    @first pub next: Phrase<1>,
    @first pub previous: Phrase<1>,
    /// In the order of `Goal::ALL`.
    @first pub goals: [&'static str; 8],
    pub key_next: &'static str,
    pub key_previous: &'static str,
}
}
