//! What is wrong with a lesson, and where.

use std::fmt;
use std::ops::Range;

/// What is wrong, and the octets of the file that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub at: Range<usize>,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Fault {
    pub(crate) fn new(at: Range<usize>, what: impl Into<String>) -> Self {
        Self { at, what: what.into() }
    }
}

/// The same, by line and column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The line, from 1 on.
    pub line: usize,
    /// The character of the line, from 1 on.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Finding {
    pub(crate) fn of(fault: Fault, source: &str) -> Self {
        let mut end = fault.at.start.min(source.len());
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let before = &source[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: fault.what,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.what)
    }
}

/// The octets of the file at which `part` stands within `whole`, if it does so literally: escapes
/// and line ends may make it another; then it is the whole that is meant.
pub(crate) fn within(source: &str, whole: &Range<usize>, part: &str) -> Range<usize> {
    let found = source.get(whole.clone()).and_then(|text| text.find(part));
    found.map_or_else(
        || whole.clone(),
        |place| whole.start + place..whole.start + place + part.len(),
    )
}
