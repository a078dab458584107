//! The words of the sheet from which a run is taken along.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Taking a run along: figures and text.
#[derive(Debug)]
@opened pub struct Export {
    @first pub tab: &'static str,
    pub about: &'static str,
    pub figure: &'static str,
    pub ladder: &'static str,
    pub all: &'static str,
    pub panels: &'static str,
    pub when: &'static str,
    pub now: &'static str,
    pub whole: &'static str,
    pub as_figure: &'static str,
    pub as_text: &'static str,
    pub svg: &'static str,
    pub png: &'static str,
    pub moving: &'static str,
    pub moving_about: &'static str,
    pub mermaid: &'static str,
    pub text: &'static str,
    pub csv: &'static str,
    pub json: &'static str,
    /// The name of the file.
    pub done: Phrase<1>,
    pub failed: &'static str,
}
}
