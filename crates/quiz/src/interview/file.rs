//! Interviews as they are written by hand: TOML, with every language side by side.

use std::fmt;
use std::ops::Range;

use tcpscope_scenario::LinkEdit;
use tcpscope_view::Locale;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::text::kind_named;
use super::{Interview, InterviewQuestion, Point};
use crate::{Level, Theme};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The line, from 1 on.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for FileError {}

type Value<'a> = Spanned<DeValue<'a>>;

/// What is wrong, and at which octets.
type Wrong = (Range<usize>, String);

impl Interview {
    /// Reads a file in one of its languages.
    ///
    /// # Errors
    /// What is wrong with it, and where: also that it lacks the language.
    pub fn from_toml(source: &str, locale: Locale) -> Result<Self, FileError> {
        let error = |(at, what): Wrong| FileError {
            line: 1 + source.bytes().take(at.start).filter(|octet| *octet == b'\n').count(),
            what,
        };
        let file = DeTable::parse(source)
            .map_err(|toml| (toml.span().unwrap_or(0..0), toml.message().to_owned()))
            .map_err(error)?;
        interview(&Table { fields: file.get_ref(), at: file.span() }, locale).map_err(error)
    }
}

/// A table, and where it stands.
struct Table<'a> {
    fields: &'a DeTable<'a>,
    at: Range<usize>,
}

fn interview(file: &Table<'_>, locale: Locale) -> Result<Interview, Wrong> {
    file.knows(&["format", "theme", "title", "question"])?;
    if file.whole("format")? != Some(1) {
        return Err((file.at.clone(), "this program reads `format = 1`".to_owned()));
    }
    let (theme, at) = file.required("theme")?;
    let theme =
        Theme::from_name(theme).ok_or_else(|| (at, format!("there is no theme `{theme}`")))?;
    let title = file.table("title")?.said(locale)?;
    let questions = file.tables("question")?;
    let questions = questions.iter().map(|question| interview_question(question, locale));
    Ok(Interview { theme, title, questions: questions.collect::<Result<_, _>>()? })
}

fn interview_question(table: &Table<'_>, locale: Locale) -> Result<InterviewQuestion, Wrong> {
    table.knows(&["id", "level", "ask", "point", "follow-ups"])?;
    let (level, at) = table.required("level")?;
    let level =
        Level::from_name(level).ok_or_else(|| (at, format!("there is no level `{level}`")))?;
    let kinds = table.texts("follow-ups")?.into_iter().map(|(name, at)| {
        kind_named(name).ok_or_else(|| (at, format!("there is no kind of question `{name}`")))
    });
    let points = table.tables("point")?;
    let points = points.iter().map(|point| interview_point(point, locale));
    Ok(InterviewQuestion {
        id: table.required("id")?.0.to_owned(),
        level,
        ask: table.table("ask")?.said(locale)?,
        follow_ups: kinds.collect::<Result<_, _>>()?,
        points: points.collect::<Result<_, _>>()?,
    })
}

fn interview_point(table: &Table<'_>, locale: Locale) -> Result<Point, Wrong> {
    table.knows(&["en", "zh-CN", "scenario", "lesson", "run", "at", "nth", "edits", "claims"])?;
    // They are checked with the lessons' (`crates/lesson/tests/interviews.rs`); the page needs none.
    table.texts("claims")?;
    let edits = table
        .texts("edits")?
        .into_iter()
        .map(|(text, at)| LinkEdit::from_text(text).map_err(|error| (at, error.to_string())));
    Ok(Point {
        say: table.said(locale)?,
        scenario: scenario_of(table)?,
        edits: edits.collect::<Result<_, _>>()?,
        at: table.required("at")?.0.to_owned(),
        nth: table.whole("nth")?.unwrap_or(1),
    })
}

/// What a point's run is made of: a scenario, or a lesson's run.
fn scenario_of(table: &Table<'_>) -> Result<String, Wrong> {
    let Some(lesson) = table.fields.get("lesson") else {
        if let Some(run) = table.fields.get("run") {
            return Err((run.span(), "a run is a lesson's: name the lesson".to_owned()));
        }
        return Ok(table.required("scenario")?.0.to_owned());
    };
    if let Some(scenario) = table.fields.get("scenario") {
        return Err((scenario.span(), "name a scenario or a lesson, not both".to_owned()));
    }
    let run = table.fields.get("run").map(text).transpose()?.map_or(Point::MAIN, |(run, _)| run);
    Ok(format!("{}/{run}", text(lesson)?.0))
}

impl<'a> Table<'a> {
    fn of(value: &'a Value<'a>) -> Result<Self, Wrong> {
        let fields = value.get_ref().as_table();
        let fields = fields.ok_or_else(|| (value.span(), "this should be a table".to_owned()))?;
        Ok(Self { fields, at: value.span() })
    }

    fn knows(&self, known: &[&str]) -> Result<(), Wrong> {
        for (key, _) in self.fields {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let known = known.join(", ");
                return Err((key.span(), format!("there is no field `{name}`; there are {known}")));
            }
        }
        Ok(())
    }

    fn missing(&self, key: &str) -> Wrong {
        (self.at.clone(), format!("the field `{key}` is missing"))
    }

    fn required(&self, key: &str) -> Result<(&'a str, Range<usize>), Wrong> {
        text(self.fields.get(key).ok_or_else(|| self.missing(key))?)
    }

    /// The words in a language, on one line.
    fn said(&self, locale: Locale) -> Result<String, Wrong> {
        let (text, at) = self.required(locale.tag())?;
        let words: Vec<_> = text.split_whitespace().collect();
        if words.is_empty() {
            Err((at, "there are no words".to_owned()))
        } else {
            Ok(words.join(" "))
        }
    }

    fn whole(&self, key: &str) -> Result<Option<u32>, Wrong> {
        let Some(value) = self.fields.get(key) else { return Ok(None) };
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        number.map(Some).ok_or_else(|| (value.span(), "this should be a whole number".to_owned()))
    }

    fn table(&self, key: &str) -> Result<Self, Wrong> {
        Table::of(self.fields.get(key).ok_or_else(|| self.missing(key))?)
    }

    fn list(&self, key: &str) -> Result<&'a [Value<'a>], Wrong> {
        let Some(value) = self.fields.get(key) else { return Ok(&[]) };
        let list = value.get_ref().as_array();
        list.map(|list| &list[..]).ok_or_else(|| (value.span(), "this should be a list".to_owned()))
    }

    fn tables(&self, key: &str) -> Result<Vec<Self>, Wrong> {
        self.list(key)?.iter().map(Self::of).collect()
    }

    fn texts(&self, key: &str) -> Result<Vec<(&'a str, Range<usize>)>, Wrong> {
        self.list(key)?.iter().map(text).collect()
    }
}

fn text<'a>(value: &'a Value<'a>) -> Result<(&'a str, Range<usize>), Wrong> {
    let text = value.get_ref().as_str();
    text.map(|text| (text, value.span()))
        .ok_or_else(|| (value.span(), "this should be a text in quotes".to_owned()))
}
