//! The words of captures that were read: their conversations, and what is wrong with their files.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// A capture, and the list of its conversations.
#[derive(Debug)]
@later pub struct Captures {
    pub client: &'static str,
    pub server: &'static str,
    pub frames: &'static str,
    pub text: &'static str,
    pub begins: &'static str,
    pub lasts: &'static str,
    pub seen: &'static str,
    /// In the column of what was seen: that text was.
    pub data: &'static str,
    /// How many frames, how many conversations.
    pub summary: Phrase<2>,
    pub none: &'static str,
    pub opener_answered: &'static str,
    pub opener_guessed: &'static str,
    pub ports_reused: &'static str,
    pub left_out: LeftOutWords,
    /// How many frames, how many conversations are told apart.
    pub beyond: Phrase<2>,
    /// The octet, what is wrong there.
    pub damaged: Phrase<2>,
    pub flaw: FlawWords,
}

/// How many frames are left out, and why.
#[derive(Debug)]
@later pub struct LeftOutWords {
    pub not_ip: Phrase<1>,
    pub not_tcp: Phrase<1>,
    pub fragment: Phrase<1>,
    pub cut: Phrase<1>,
    pub malformed: Phrase<1>,
    pub unknown_link: Phrase<1>,
}

/// What is wrong with a file.
#[derive(Debug)]
@later pub struct FlawWords {
    pub not_a_capture: &'static str,
    /// Octets that there should be, octets that there are.
    pub cut_short: Phrase<2>,
    /// Octets that it says, the most that are believed.
    pub too_long: Phrase<2>,
    pub uneven_block: Phrase<1>,
    pub lengths_differ: Phrase<2>,
    /// The packet's octets, those that there is room for.
    pub overruns_block: Phrase<2>,
    pub no_such_interface: Phrase<1>,
    pub no_byte_order: &'static str,
    pub version: Phrase<1>,
    pub resolution: Phrase<1>,
}
}
