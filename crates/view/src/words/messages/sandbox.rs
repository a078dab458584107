//! The words of the sandbox.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// Putting a scenario together.
#[derive(Debug)]
@opened pub struct Sandbox {
    @first pub tab: &'static str,
    pub help: &'static str,
    pub parts: &'static str,
    pub fresh: &'static str,
    pub copy: &'static str,
    pub back: &'static str,
    pub add_host: &'static str,
    pub remove_host: &'static str,
    pub add_links: &'static str,
    pub remove_links: &'static str,
    pub name: &'static str,
    pub link: Phrase<2>,
    pub from: &'static str,
    pub to: &'static str,
    pub application: &'static str,
    pub application_hint: &'static str,
    pub as_it_is: &'static str,
    pub script: &'static str,
    pub blocks: &'static str,
    pub line: Phrase<1>,
    pub wait: &'static str,
    pub call: &'static str,
    pub number: &'static str,
    pub text: &'static str,
    pub host: &'static str,
    pub add_line: &'static str,
    pub remove_line: &'static str,
    pub line_up: &'static str,
    pub other_line: &'static str,
    pub standard: &'static str,
    pub departures: &'static str,
    pub figures: &'static str,
    pub switches: [&'static str; 14],
    pub numbers: [&'static str; 6],
    pub link_figures: [&'static str; 9],
    pub waits: [&'static str; 7],
    pub calls: [&'static str; 11],
    pub applications: [&'static str; 10],
}
}
