//! Which plot is looked at: `plot=round-trip,flow-2,ladder,table,alone,120000-450000`.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::{String, ToString as _};

use super::escape::{escaped, unescaped};
use super::{LinkError, key};
use crate::error::quoted;

/// Which plot is looked at, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPlot {
    /// What is plotted, by the name that interfaces use; it has no comma in it.
    pub kind: String,
    /// Of which flow; `None`: of the one that carries the most text.
    pub flow: Option<LinkFlow>,
    /// Whether time goes as on the ladder.
    pub on_ladder: bool,
    /// Whether it is shown as a table.
    pub table: bool,
    /// Whether it is shown without the run before the last change.
    pub alone: bool,
    /// The stretch of time that is shown, in microseconds; `None`: all of it.
    pub span: Option<(u64, u64)>,
}

/// The flows of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFlow {
    /// One, by its place among the run's, from 0.
    One(u32),
    /// Those that carry the most text.
    Together,
}

const TOGETHER: &str = "together";
const LADDER: &str = "ladder";
const TABLE: &str = "table";
const ALONE: &str = "alone";
const FLOW: &str = "flow-";

impl LinkPlot {
    /// A plot as it is at first.
    #[must_use]
    pub const fn of(kind: String) -> Self {
        Self { kind, flow: None, on_ladder: false, table: false, alone: false, span: None }
    }

    /// Reads the value of the field.
    pub(super) fn from_text(text: &str) -> Result<Self, LinkError> {
        let malformed = || LinkError::MalformedPlot { plot: quoted(text) };
        let text = unescaped(text)?;
        let mut words = text.split(',');
        let kind = words.next().filter(|kind| !kind.is_empty()).ok_or_else(malformed)?;
        let mut plot = Self::of(kind.to_owned());
        for word in words {
            match word {
                TOGETHER if plot.flow.is_none() => plot.flow = Some(LinkFlow::Together),
                LADDER if !plot.on_ladder => plot.on_ladder = true,
                TABLE if !plot.table => plot.table = true,
                ALONE if !plot.alone => plot.alone = true,
                _ => match word.strip_prefix(FLOW) {
                    Some(flow) if plot.flow.is_none() => {
                        let flow = number(flow).and_then(|flow| u32::try_from(flow).ok());
                        plot.flow = Some(LinkFlow::One(flow.ok_or_else(malformed)?));
                    }
                    None if plot.span.is_none() => {
                        plot.span = Some(span(word).ok_or_else(malformed)?);
                    }
                    Some(_) | None => return Err(malformed()),
                },
            }
        }
        Ok(plot)
    }

    /// The value of the field.
    pub(super) fn to_text(&self) -> String {
        let Self { kind, flow, on_ladder, table, alone, span } = self;
        let mut text = escaped(kind);
        let mut word = |word: &str| {
            text.push(',');
            text.push_str(word);
        };
        match flow {
            Some(LinkFlow::One(flow)) => word(&format!("{FLOW}{flow}")),
            Some(LinkFlow::Together) => word(TOGETHER),
            None => {}
        }
        for (is_so, name) in [(on_ladder, LADDER), (table, TABLE), (alone, ALONE)] {
            if *is_so {
                word(name);
            }
        }
        if let Some((from, to)) = span {
            word(&(from.to_string() + "-" + &to.to_string()));
        }
        text
    }
}

/// `FROM-TO`, the later one second.
fn span(word: &str) -> Option<(u64, u64)> {
    let (from, to) = word.split_once('-')?;
    let (from, to) = (number(from)?, number(to)?);
    (from < to).then_some((from, to))
}

/// `parse` alone would take a `+` in front.
fn number(digits: &str) -> Option<u64> {
    let only_digits = digits.bytes().all(|octet| octet.is_ascii_digit());
    digits.parse().ok().filter(|_| only_digits)
}

/// What the field looks like, for whoever wrote it otherwise.
pub(super) fn form() -> String {
    format!(
        "{}=NAME, as in {}=sequence, then any of {FLOW}NUMBER or {TOGETHER}, {LADDER}, {TABLE}, \
         {ALONE}, FROM-TO in microseconds",
        key::PLOT,
        key::PLOT
    )
}
