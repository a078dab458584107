//! A presentation, in English.

use crate::words::messages::present::Present;
use crate::words::table::Phrase;

pub(super) const PRESENT: Present = Present {
    start: "Present",
    stop: "End the presentation",
    blank: "Black screen",
    notes: "Speaker's notes",
    now: "Now",
    next: "Next",
    end: "Nothing: the run ends here.",
    place: Phrase::new("{0} · record {1} of {2}"),
    keys: "Page Down: next. Page Up: back. B: black screen. Keys work in this window too.",
    refused: "The browser does not open a second window for the speaker's notes. Allow pop-ups for \
              this page and try again.",
    dark: "The screen is black. Any key brings it back.",
};
