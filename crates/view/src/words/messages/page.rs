//! The words of what surrounds the figures: choosing, playing, changing, setting, going wrong.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// The page as a whole.
#[derive(Debug)]
pub struct App {
    pub name: &'static str,
    pub loading: &'static str,
    pub close: &'static str,
    pub lessons: &'static str,
}

/// Skip links and the names of the page's regions.
#[derive(Debug)]
pub struct Landmark {
    pub skip_to_ladder: &'static str,
    pub skip_to_transport: &'static str,
    pub skip_to_log: &'static str,
    pub toolbar: &'static str,
    pub stage: &'static str,
    pub details: &'static str,
    pub announcements: &'static str,
}

/// Choosing a scenario.
#[derive(Debug)]
pub struct Scenario {
    pub label: &'static str,
    pub seed: &'static str,
    pub seed_hint: &'static str,
    pub new_seed: &'static str,
    pub copy_link: &'static str,
    pub link_copied: &'static str,
    pub copy_failed: &'static str,
}

/// Moving through time.
#[derive(Debug)]
pub struct Transport {
    pub label: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    pub replay: &'static str,
    pub step_on: &'static str,
    pub step_back: &'static str,
    pub fine_step_on: &'static str,
    pub fine_step_back: &'static str,
    pub to_start: &'static str,
    pub to_end: &'static str,
    pub scrub: &'static str,
    pub speed: &'static str,
    pub slower: &'static str,
    pub faster: &'static str,
    /// `1`: as fast as in life. The number is already text, as in `1/10`.
    pub speed_value: Phrase<1>,
    /// The value of the scrubber, read aloud. The times are already text.
    pub position: Phrase<2>,
}

/// What a link does.
#[derive(Debug)]
pub struct Link {
    pub label: &'static str,
    pub delay: &'static str,
    pub delay_hint: &'static str,
    pub loss: &'static str,
    pub loss_hint: &'static str,
    pub direction: Phrase<2>,
    pub milliseconds: &'static str,
    pub percent: &'static str,
}

/// What was changed, and taking it back.
#[derive(Debug)]
pub struct Edits {
    pub label: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub count: Phrase<1>,
}

/// What can be done to a packet, and what became of it.
#[derive(Debug)]
@later pub struct PacketActions {
    pub menu: &'static str,
    pub drop: &'static str,
    pub delay: &'static str,
    pub delay_by: &'static str,
    pub inspect: &'static str,
    pub retransmission: &'static str,
    pub delivered: &'static str,
    pub corrupted: &'static str,
    pub duplicate: &'static str,
    pub lost: &'static str,
    pub dropped: &'static str,
    pub under_way: &'static str,
    pub sent: &'static str,
    pub arrives: &'static str,
}

/// What the reader sets.
#[derive(Debug)]
pub struct Settings {
    pub label: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub auto: &'static str,
    pub numbers: &'static str,
    pub relative: &'static str,
    pub absolute: &'static str,
}

/// The sheet of keys.
#[derive(Debug)]
@opened pub struct Keyboard {
    @first pub open: &'static str,
    pub key: &'static str,
    pub does: &'static str,
    pub play_pause: &'static str,
    pub step_on: &'static str,
    pub step_back: &'static str,
    pub fine_step_on: &'static str,
    pub fine_step_back: &'static str,
    pub to_start: &'static str,
    pub to_end: &'static str,
    pub slower: &'static str,
    pub faster: &'static str,
    pub next_segment: &'static str,
    pub previous_segment: &'static str,
    pub drop: &'static str,
    pub delay: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub numbers: &'static str,
    pub help: &'static str,
    pub dismiss: &'static str,
    /// Whether keys of a single character do anything.
    pub by_character: &'static str,
}

/// The sheets below the ladder.
#[derive(Debug)]
pub struct Drawer {
    /// Lets the ladder move with the playhead again.
    pub follow: &'static str,
    /// Makes the drawer taller.
    pub taller: &'static str,
    /// Makes the drawer lower.
    pub lower: &'static str,
    /// The name of the sheet with the segments as a table.
    pub table: &'static str,
    /// The name of the sheet that asks about the present moment.
    pub ask: &'static str,
}

/// How a run ended, and other news.
#[derive(Debug)]
pub struct Notice {
    pub record_limit: Phrase<1>,
    pub time_limit: Phrase<1>,
    pub limit_cure: &'static str,
}

/// What went wrong, where, and what would be right: first, what is said where nothing else arrives.
#[derive(Debug)]
@opened pub struct Errors {
    @first pub dismiss: &'static str,
    pub unknown_scenario: &'static str,
    pub unknown_scenario_text: Phrase<1>,
    pub malformed_scenario: &'static str,
    @first pub cannot_load: &'static str,
    @first pub cannot_load_text: Phrase<1>,
    pub bad_link: &'static str,
    pub bad_edit: &'static str,
    pub not_kept: &'static str,
    pub not_kept_text: &'static str,
    pub no_canvas: &'static str,
    pub no_canvas_text: &'static str,
    pub still_works: &'static str,
    @first pub no_scenario: &'static str,
    @first pub try_again: &'static str,
}
}
