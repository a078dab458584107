//! Captured conversations as figures.

mod common;

use tcpscope_dissect::{
    CapturedLadder, CapturedStill, CapturedView, Completeness, End, Look, Marks, Observed,
    brief_in_words,
};
use tcpscope_view::{Locale, Theme};

/// What is counted while a capture is read agrees with what is found when it is looked at.
#[test]
fn what_is_counted_is_what_is_found() {
    for (name, file) in common::captures() {
        for gathered in common::gathered(&file) {
            let observed = Observed::of(&gathered);
            let marked =
                |mark| observed.findings.iter().filter(|found| found.marks.contains(mark)).count();
            let repeats = observed.findings.iter().filter(|found| found.repeat.is_some()).count();
            let found = [
                repeats,
                marked(Marks::LOST_SEGMENT),
                marked(Marks::DUPLICATE_ACK),
                marked(Marks::ZERO_WINDOW),
            ];
            let brief = gathered.conversation.brief;
            let counted = [brief.repeats, brief.gaps, brief.duplicates, brief.zero_windows];
            assert_eq!(counted.map(|count| count as usize), found, "{name}");
        }
    }
}
