//! The words of lessons: the contents, the sheet in which one is read, the glossary, progress.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Lessons.
#[derive(Debug)]
@later pub struct Lessons {
    pub contents: &'static str,
    pub glossary: &'static str,
    pub progress: &'static str,
    pub pages: &'static str,
    pub filter: &'static str,
    pub filter_glossary: &'static str,
    pub ways: &'static str,
    pub all_lessons: &'static str,
    pub parts: [&'static str; 5],
    pub levels: [&'static str; 3],
    pub minutes: Phrase<1>,
    /// Lessons read to the end, of how many; minutes that are left.
    pub tally: Phrase<3>,
    pub all_read: &'static str,
    pub nothing_found: Phrase<1>,
    pub go_on: &'static str,
    pub begin: &'static str,
    pub done: &'static str,
    /// Stops read, of how many.
    pub begun: Phrase<2>,
    pub new: &'static str,
    pub loading: &'static str,
    pub not_here: Phrase<1>,
    pub try_again: &'static str,

    pub tab: &'static str,
    pub stops: &'static str,
    /// The stop's number, of how many.
    pub stop_of: Phrase<2>,
    pub end: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub to_end: &'static str,
    pub leave: &'static str,
    pub away: &'static str,
    pub back: &'static str,
    pub look_at: &'static str,
    pub checked: Phrase<1>,
    pub checked_help: &'static str,
    pub read_more: &'static str,
    pub trap: &'static str,
    pub traps: &'static str,
    pub in_truth: &'static str,
    pub show_stop: &'static str,
    pub beside: Phrase<1>,
    pub show_beside: &'static str,
    pub in_run: Phrase<1>,
    pub questions: &'static str,
    pub to_try: &'static str,
    pub try_it: &'static str,
    pub open_sandbox: &'static str,
    pub reading: &'static str,
    pub next_lesson: &'static str,
    pub end_text: &'static str,

    /// The first run of a lesson, where it has no title.
    pub as_it_is: &'static str,
    pub target_packet: &'static str,
    pub target_ladder: &'static str,
    pub target_diagram: &'static str,
    pub target_header: &'static str,
    pub target_octets: &'static str,
    pub target_envelopes: &'static str,
    pub target_checksum: &'static str,
    pub target_log: &'static str,
    pub target_link: Phrase<1>,
    pub target_state: Phrase<1>,
    pub target_sends: Phrase<1>,
    pub target_receives: Phrase<1>,
    pub target_application: Phrase<1>,
    pub target_queues: Phrase<1>,
    /// A variable or a timer, and whose.
    pub target_of: Phrase<2>,
    pub target_timer: Phrase<2>,
    pub target_field: Phrase<1>,
    pub target_flags: &'static str,
    pub target_len: &'static str,

    pub term: &'static str,
    pub close_term: &'static str,
    pub terms: Phrase<1>,

    pub kept_here: &'static str,
    pub not_kept: &'static str,
    pub nothing_read: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    pub imported: &'static str,
    pub not_imported: Phrase<1>,
    pub erase: &'static str,
    pub erased: &'static str,
    pub unerase: &'static str,

    pub unknown_lesson: Phrase<1>,
    pub unknown_stop: Phrase<2>,
    /// A link to a run that a lesson, by its title, has not.
    pub unknown_run: Phrase<2>,
    pub broken_lesson: Phrase<2>,

    pub key_contents: &'static str,
    pub key_next: &'static str,
    pub key_previous: &'static str,
}
}
