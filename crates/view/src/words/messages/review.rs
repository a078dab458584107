//! The words of what is asked again, of rounds against the clock and of crib sheets.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// What is asked again.
#[derive(Debug)]
@later pub struct Review {
    pub title: &'static str,
    /// After which days.
    pub about: Phrase<1>,
    /// How many.
    pub due: Phrase<1>,
    /// After how many days, how many.
    pub none_due: Phrase<2>,
    pub none: &'static str,
    pub begin: &'static str,
    pub ahead: &'static str,
    pub ahead_about: &'static str,
    /// How many, how many of them learned.
    pub kept: Phrase<2>,
    pub forgets: &'static str,
    /// The lines.
    pub not_understood: Phrase<1>,
    /// What is wrong with it.
    pub unread: Phrase<1>,
    pub save_unread: &'static str,

    pub leave: &'static str,
    /// Where it comes from, its box, of how many.
    pub place: Phrase<3>,
    pub from_interview: &'static str,
    pub from_round: &'static str,
    pub from_lesson: &'static str,
    /// Why.
    pub gone: Phrase<1>,
    pub unknown: &'static str,
    pub next: &'static str,
    pub later: &'static str,
    pub to_end: &'static str,
    pub ends: &'static str,

    pub held: &'static str,
    pub held_about: &'static str,
    pub hold: &'static str,

    pub rate: &'static str,
    pub had: &'static str,
    pub missed: &'static str,
    pub rated_known: &'static str,
    /// After how many days.
    pub comes_back: Phrase<1>,
    pub tomorrow: &'static str,
}
}

words! {
/// A round against the clock.
#[derive(Debug)]
@later pub struct Clock {
    pub label: &'static str,
    pub allowed: &'static str,
    pub none: &'static str,
    pub minutes: Phrase<1>,
    pub minutes_left: Phrase<1>,
    pub seconds_left: Phrase<1>,
    pub paused: &'static str,
    pub pause: &'static str,
    pub go_on: &'static str,
    pub more: Phrase<1>,
    pub take_away: &'static str,
    pub warning: &'static str,
    pub up: &'static str,
    /// How many, of how many.
    pub answered: Phrase<2>,
}
}

words! {
/// A crib sheet.
#[derive(Debug)]
@later pub struct Crib {
    pub title: &'static str,
    pub about: &'static str,
    pub open: &'static str,
    pub print: &'static str,
    pub numbers: &'static str,
    pub states: &'static str,
    pub foot: &'static str,
    pub initial_rto: &'static str,
    pub max_rto: &'static str,
    pub syn_retries: &'static str,
    pub data_retries: &'static str,
    pub mss: &'static str,
    pub initial_window: &'static str,
    pub delayed_ack: &'static str,
    pub window_scale: &'static str,
    pub receive_buffer: &'static str,
    pub msl: &'static str,
    pub time_wait: &'static str,
    pub fin_wait_2: &'static str,
    pub keep_alive_idle: &'static str,
    pub keep_alive_interval: &'static str,
    pub keep_alive_count: &'static str,
    pub segments: Phrase<1>,
    pub octets: Phrase<1>,
    pub times: Phrase<1>,
}
}
