//! Long links, in English.

use crate::words::messages::links::Links;
use crate::words::table::Phrase;

pub(super) const LINKS: Links = Links {
    long: "A long link",
    long_text: Phrase::new(
        "The link has {0} characters: too long for many mail programs and chats. A file carries it \
         safely; the sandbox opens it again.",
    ),
    save: "Save as a file",
    open: "Open a file",
    too_much: Phrase::new(
        "This link would not open again: {0}. Take changes back, or keep the scenario as JSON.",
    ),
    large_file: Phrase::new("The file is too large to hold a link: {0} octets are the most."),
};
