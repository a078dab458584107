//! The words of links that are too long to be sent around, and of the files that hold them.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Long links, and files.
#[derive(Debug)]
@later pub struct Links {
    pub long: &'static str,
    /// Its length.
    pub long_text: Phrase<1>,
    pub save: &'static str,
    pub open: &'static str,
    /// Why a link that was made cannot be opened again.
    pub too_much: Phrase<1>,
    /// The octets of the largest file.
    pub large_file: Phrase<1>,
}
}
