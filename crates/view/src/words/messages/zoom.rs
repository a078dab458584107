//! The words for how large the ladder is drawn, and how much is written in it.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::words;

words! {
/// How large, and with how much text.
#[derive(Debug)]
pub struct Zoom {
    pub group: &'static str,
    pub closer: &'static str,
    pub out: &'static str,
    pub as_usual: &'static str,
    pub all: &'static str,
    pub scroll: &'static str,
    pub minimap: &'static str,
    pub minimap_hint: &'static str,
    pub labels: &'static str,
    pub short: &'static str,
    pub usual: &'static str,
    pub full: &'static str,
}
}
