//! Interviews as the page fetches them: a line an item, its fields between tabs.
//!
//! ```text
//! tcpscope-interview 1
//! theme   opening   Opening a connection
//! ask     why-three-not-two   basic   next-state,next-segment   Why three, and not two?
//! point   three-way-handshake   flags.syn   1      The SYN …
//! ```

use std::fmt;

use tcpscope_scenario::LinkEdit;

use super::{Interview, InterviewQuestion, Point};
use crate::{Kind, Level, Theme};

const HEAD: &str = "tcpscope-interview 1";

/// No text is longer, in octets.
const LONGEST: usize = 1 << 18;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewError {
    /// Which line, from 1 on.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

impl fmt::Display for InterviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for InterviewError {}

impl Interview {
    /// The interview as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEAD}\ntheme\t{}\t{}\n", self.theme.name(), self.title);
        for InterviewQuestion { id, level, ask, points, follow_ups } in &self.questions {
            let kinds = follow_ups.iter().filter_map(|kind| Kind::NAMES.get(usize::from(*kind)));
            let kinds = kinds.copied().collect::<Vec<_>>().join(",");
            text.push_str(&format!("ask\t{id}\t{}\t{kinds}\t{ask}\n", level.name()));
            for Point { say, scenario, edits, at, nth } in points {
                let edits: Vec<_> = edits.iter().map(LinkEdit::to_text).collect();
                let edits = edits.join("&");
                text.push_str(&format!("point\t{scenario}\t{at}\t{nth}\t{edits}\t{say}\n"));
            }
        }
        text
    }

    /// An interview from its text.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn from_text(text: &str) -> Result<Self, InterviewError> {
        let error = |line, what| InterviewError { line, what };
        if text.len() > LONGEST {
            return Err(error(1, "the text is too long"));
        }
        let mut lines = (1..).zip(text.lines());
        if lines.next().is_none_or(|(_, head)| head != HEAD) {
            return Err(error(1, "the text is no interview of version 1"));
        }
        let mut interview: Option<Self> = None;
        for (line, text) in lines {
            let fields: Vec<_> = text.split('\t').collect();
            match (&fields[..], &mut interview) {
                (["theme", theme, title], None) => {
                    let theme =
                        Theme::from_name(theme).ok_or(error(line, "there is no such theme"))?;
                    let title = (*title).to_owned();
                    interview = Some(Self { theme, title, questions: Vec::new() });
                }
                (["ask", id, level, kinds, ask], Some(interview)) => {
                    let level =
                        Level::from_name(level).ok_or(error(line, "there is no such level"))?;
                    let kinds = kinds.split(',').filter(|kind| !kind.is_empty()).map(kind_named);
                    let follow_ups: Option<Vec<u8>> = kinds.collect();
                    interview.questions.push(InterviewQuestion {
                        id: (*id).to_owned(),
                        level,
                        ask: (*ask).to_owned(),
                        points: Vec::new(),
                        follow_ups: follow_ups.ok_or(error(line, "there is no such kind"))?,
                    });
                }
                (["point", scenario, at, nth, edits, say], Some(interview)) => {
                    let question = interview.questions.last_mut();
                    let question =
                        question.ok_or(error(line, "a point stands before its question"))?;
                    let edits = edits.split('&').filter(|edit| !edit.is_empty());
                    let edits: Result<Vec<_>, _> = edits.map(LinkEdit::from_text).collect();
                    question.points.push(Point {
                        say: (*say).to_owned(),
                        scenario: (*scenario).to_owned(),
                        edits: edits.map_err(|_| error(line, "an edit is none"))?,
                        at: (*at).to_owned(),
                        nth: nth.parse().map_err(|_| error(line, "the number is none"))?,
                    });
                }
                _ => return Err(error(line, "the line is neither theme nor ask nor point")),
            }
        }
        interview.ok_or(error(2, "the theme is missing"))
    }
}

/// The place of the kind of this name in [`Kind::NAMES`].
pub(super) fn kind_named(name: &str) -> Option<u8> {
    let place = Kind::NAMES.iter().position(|known| *known == name)?;
    u8::try_from(place).ok()
}
