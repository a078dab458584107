//! From the text of a link to a link.

use alloc::string::String;
use alloc::vec::Vec;

use super::escape::unescaped;
use super::pack::{self, PackError};
use super::{Link, LinkEdit, LinkError, LinkPlot, ScenarioRef, key};
use super::{MAX_EDITS, MAX_LINK_OCTETS, PACKED_VERSION, VERSION};
use crate::Scenario;
use crate::error::quoted;

/// Reads the fragment of an address, with or without its `#`.
pub(super) fn link(text: &str) -> Result<Link, LinkError> {
    if text.len() > MAX_LINK_OCTETS {
        return Err(LinkError::TooLong { octets: text.len() });
    }
    let text = text.strip_prefix('#').unwrap_or(text);
    match versioned(text)? {
        (VERSION, rest) => plain(rest, ""),
        // The only other one that there is.
        (_, rest) => {
            let (unpacked, beside) = pack::unpacked(rest).map_err(LinkError::Pack)?;
            match versioned(&unpacked)? {
                (VERSION, rest) => plain(rest, beside),
                (_, _) => Err(LinkError::Pack(PackError::Twice)),
            }
        }
    }
}

/// The version, and what follows it. It comes first, so that a link of other rules is not measured
/// by these.
fn versioned(text: &str) -> Result<(u32, &str), LinkError> {
    let (version, rest) = text.split_once('&').unwrap_or((text, ""));
    match version.split_once('=') {
        Some((key::VERSION, version)) => match version.parse() {
            Ok(known @ (VERSION | PACKED_VERSION)) => Ok((known, rest)),
            Ok(_) | Err(_) => Err(LinkError::UnknownVersion { version: quoted(version) }),
        },
        Some(_) | None => Err(LinkError::NoVersion),
    }
}

/// Reads what follows the version of a link that is not packed, and what stands beside it.
fn plain(rest: &str, beside: &str) -> Result<Link, LinkError> {
    let mut fields = Fields::default();
    for field in rest.split('&').chain(beside.split('&')).filter(|field| !field.is_empty()) {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        fields.take(key, value)?;
    }
    fields.into_link()
}

/// The fields of a link, as they are found.
#[derive(Default)]
struct Fields {
    scenario: Option<ScenarioRef>,
    seed: Option<u64>,
    edits: Vec<LinkEdit>,
    at_us: Option<u64>,
    record: Option<u32>,
    locale: Option<String>,
    theme: Option<String>,
    numbers: Option<String>,
    selection: Option<String>,
    plot: Option<LinkPlot>,
    lesson: Option<String>,
    stop: Option<String>,
}

impl Fields {
    fn take(&mut self, key: &str, value: &str) -> Result<(), LinkError> {
        match key {
            key::SCENARIO | key::INLINE | key::RUN => {
                let text = unescaped(value)?;
                let scenario = match key {
                    key::INLINE => {
                        let scenario = Scenario::from_json(&text).map_err(LinkError::Inline)?;
                        ScenarioRef::Inline(scenario)
                    }
                    key::RUN => ScenarioRef::RunOfLesson(text),
                    _ => ScenarioRef::Id(text),
                };
                if self.scenario.replace(scenario).is_some() {
                    return Err(LinkError::NotOneScenario);
                }
                Ok(())
            }
            key::EDIT => {
                if self.edits.len() == MAX_EDITS {
                    return Err(LinkError::TooManyEdits);
                }
                self.edits.push(LinkEdit::from_text(value)?);
                Ok(())
            }
            key::SEED => once(&mut self.seed, key::SEED, number(key::SEED, value, u64::MAX)?),
            key::AT => once(&mut self.at_us, key::AT, number(key::AT, value, u64::MAX)?),
            key::RECORD => {
                let record = number(key::RECORD, value, u32::MAX.into())?;
                // The number is no larger than its bound.
                once(&mut self.record, key::RECORD, u32::try_from(record).unwrap_or(u32::MAX))
            }
            key::LOCALE => once(&mut self.locale, key::LOCALE, unescaped(value)?),
            key::THEME => once(&mut self.theme, key::THEME, unescaped(value)?),
            key::NUMBERS => once(&mut self.numbers, key::NUMBERS, unescaped(value)?),
            key::SELECTION => once(&mut self.selection, key::SELECTION, unescaped(value)?),
            key::PLOT => once(&mut self.plot, key::PLOT, LinkPlot::from_text(value)?),
            key::LESSON => once(&mut self.lesson, key::LESSON, unescaped(value)?),
            key::STOP => once(&mut self.stop, key::STOP, unescaped(value)?),
            key::VERSION => Err(LinkError::Repeated { key: key::VERSION }),
            unknown => Err(LinkError::UnknownKey { key: quoted(unknown) }),
        }
    }

    fn into_link(self) -> Result<Link, LinkError> {
        let Self { scenario, seed, edits, at_us, record, .. } = self;
        let Self { locale, theme, numbers, selection, plot, lesson, stop, .. } = self;
        if lesson.is_none() && stop.is_some() {
            return Err(LinkError::StopOfNoLesson);
        }
        if lesson.is_none() && matches!(scenario, Some(ScenarioRef::RunOfLesson(_))) {
            return Err(LinkError::RunOfNoLesson);
        }
        let of_lesson = lesson.is_some().then_some(ScenarioRef::OfLesson);
        let scenario = scenario.or(of_lesson).ok_or(LinkError::NotOneScenario)?;
        let at_us = at_us.unwrap_or(0);
        Ok(Link {
            scenario,
            seed,
            edits,
            at_us,
            record,
            locale,
            theme,
            numbers,
            selection,
            plot,
            lesson,
            stop,
        })
    }
}

fn once<T>(field: &mut Option<T>, key: &'static str, value: T) -> Result<(), LinkError> {
    if field.replace(value).is_some() { Err(LinkError::Repeated { key }) } else { Ok(()) }
}

fn number(key: &'static str, value: &str, at_most: u64) -> Result<u64, LinkError> {
    // `parse` alone would take a `+` in front.
    let digits = value.bytes().all(|octet| octet.is_ascii_digit());
    let number = value.parse().ok().filter(|number| digits && *number <= at_most);
    number.ok_or_else(|| LinkError::NoNumber { key, value: quoted(value), at_most })
}
