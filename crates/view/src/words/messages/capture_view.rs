//! The words of a capture that is looked at: in the page, and as a figure.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// A capture that is looked at.
#[derive(Debug)]
@later pub struct CaptureView {
    pub title: &'static str,
    pub open: &'static str,
    pub choose: &'static str,
    pub other: &'static str,
    pub drop_here: &'static str,
    /// That nothing leaves the device, and that no link holds it.
    pub stays: &'static str,
    pub no_link: &'static str,
    pub reading: &'static str,
    /// Octets read, of how many.
    pub progress: Phrase<2>,
    /// Frames and conversations so far.
    pub so_far: Phrase<2>,
    pub cancel: &'static str,
    /// How many segments were looked at, of how many.
    pub looking: &'static str,
    pub looked_at: Phrase<2>,
    /// Where it was stopped, of how many octets.
    pub stopped: Phrase<2>,
    /// The file's name.
    pub unreadable: Phrase<1>,
    pub list: &'static str,
    pub list_help: &'static str,
    pub back: &'static str,
    pub back_to_run: &'static str,
    pub number: &'static str,
    pub ends: &'static str,
    pub octets: &'static str,
    pub findings: &'static str,
    /// Octets of text of the client, and of the server.
    pub text_each: Phrase<2>,
    pub views: &'static str,
    pub ladder: &'static str,
    pub sequence: &'static str,
    pub windows: &'static str,
    pub direction: &'static str,
    /// Who sends, to whom.
    pub from_to: Phrase<2>,
    pub no_text_this_way: &'static str,
    pub segments: &'static str,
    pub segments_help: &'static str,
    pub segment: &'static str,
    /// The frames that are chosen by these: what is repeated, what repeats it.
    pub to_original: Phrase<1>,
    pub to_repeat: Phrase<1>,
    /// The frame's number.
    pub frame: Phrase<1>,
    pub nothing_shows: &'static str,
    pub nothing_chosen: &'static str,
    pub states_now: &'static str,
    /// Which end, its states.
    pub state_now: Phrase<2>,
    pub known: &'static str,
    pub replay: &'static str,
    pub replay_about: &'static str,
    pub save: &'static str,
    /// The capture's file.
    pub replayed: Phrase<1>,
    pub to_capture: &'static str,
    pub to_run: &'static str,
    pub seen_here: &'static str,
    pub seen_between: &'static str,
    /// How many segments are left out.
    pub left_out: Phrase<1>,
    pub brief: BriefWords,
    pub tag: TagWords,
    pub key: KeyWords,
}

/// What shows of a conversation, in short.
#[derive(Debug)]
@later pub struct BriefWords {
    pub nothing: &'static str,
    pub repeats: Phrase<1>,
    pub gaps: Phrase<1>,
    pub duplicates: Phrase<1>,
    pub zero_windows: Phrase<1>,
    pub reset: &'static str,
}

/// What a segment is found to be, in a word or two.
#[derive(Debug)]
@later pub struct TagWords {
    pub retransmission: &'static str,
    pub fast: &'static str,
    pub spurious: &'static str,
    pub lost_before: &'static str,
    pub out_of_order: &'static str,
    pub unsure: &'static str,
    /// The frame that it repeats.
    pub repeats: Phrase<1>,
    pub lost_segment: &'static str,
    pub ack_lost: &'static str,
    /// Which in a row.
    pub duplicate: Phrase<1>,
    pub window_update: &'static str,
    pub zero_window: &'static str,
    pub window_full: &'static str,
    pub probe: &'static str,
    pub probe_ack: &'static str,
    pub keep_alive: &'static str,
    pub keep_alive_ack: &'static str,
}

/// How the ladder of a capture is to be read.
#[derive(Debug)]
@later pub struct KeyWords {
    pub title: &'static str,
    pub level: &'static str,
    /// The end that it was captured at, or near.
    pub touches: Phrase<1>,
    pub place: &'static str,
    pub no_place: &'static str,
    pub dashed: &'static str,
    /// The curves from what is repeated to what repeats it.
    pub ties: &'static str,
    pub bands: &'static str,
    pub folds: &'static str,
    /// Of the figure of windows.
    pub flight: &'static str,
    /// The largest window.
    pub window_most: Phrase<1>,
    pub window_unknown: &'static str,
    /// Of the figure of numbers.
    pub sequence: &'static str,
}
}
