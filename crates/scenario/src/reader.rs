//! Values of a file, read one by one. What each may be is said where it is read; so an error tells
//! what is wrong, where, and what would be right.
//!
//! This does by hand what serde's derives would do: they write out the whole reader again for each
//! shape, and a page has to load all of that.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

use crate::Problem;
use crate::error::quoted;
use crate::json::{Kind, Value};
use crate::path::Path;
pub use crate::path::Wrong;

/// A value, and the way to it.
pub struct Reader<'a> {
    value: &'a Value<'a>,
    path: Path<'a>,
}

/// An object that has known fields only.
pub struct Object<'a> {
    fields: &'a [(String, Value<'a>)],
    /// Where it begins.
    offset: usize,
    path: &'a Path<'a>,
}

impl<'a> Reader<'a> {
    pub(crate) const fn root(value: &'a Value<'a>) -> Self {
        Self { value, path: Path::ROOT }
    }

    /// An object that has these fields, or some of them, once each.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn object(&'a self, known: &'static [&'static str]) -> Result<Object<'a>, Wrong> {
        let Kind::Object(fields) = &self.value.kind else {
            return Err(self.wrong(Problem::NoObject { found: self.found(), known }));
        };
        let mut seen = 0_u64;
        for (field, value) in fields {
            let problem = match known.iter().position(|name| name == field) {
                None => Problem::UnknownField { field: quoted(field), known },
                Some(place) if seen >> place & 1 == 1 => {
                    Problem::RepeatedField { field: known[place] }
                }
                Some(place) => {
                    seen |= 1 << place;
                    continue;
                }
            };
            return Err(self.path.key(field).wrong(value.offset, problem));
        }
        Ok(Object { fields, offset: self.value.offset, path: &self.path })
    }

    pub(crate) const fn is_object(&self) -> bool {
        matches!(self.value.kind, Kind::Object(_))
    }

    /// A text.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn text(&self) -> Result<&'a str, Wrong> {
        match &self.value.kind {
            Kind::Text(text) => Ok(text),
            _ => Err(self.wrong_kind("a text")),
        }
    }

    /// True or false.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn flag(&self) -> Result<bool, Wrong> {
        match self.value.kind {
            Kind::Flag(flag) => Ok(flag),
            _ => Err(self.wrong_kind("true or false")),
        }
    }

    /// A whole number. One that is not, or that is too small or too large, is out of range.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn number(&self, at_least: u64, at_most: u64) -> Result<u64, Wrong> {
        match self.value.whole() {
            Some(number) if (at_least..=at_most).contains(&number) => Ok(number),
            Some(_) | None => {
                Err(self.wrong(Problem::OutOfRange { found: self.found(), at_least, at_most }))
            }
        }
    }

    /// One of some words, by its place among them.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn one_of(&self, known: &'static [&'static str]) -> Result<usize, Wrong> {
        let place = match &self.value.kind {
            Kind::Text(text) => known.iter().position(|word| word == text),
            _ => None,
        };
        place.ok_or_else(|| self.none_of(known))
    }

    /// What to say where this is none of what it could be.
    pub(crate) fn none_of(&self, known: &'static [&'static str]) -> Wrong {
        self.wrong(Problem::NoneOf { found: self.found(), known })
    }

    /// Reads each item of a list.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn each(
        &self,
        read: &mut dyn FnMut(&Reader<'_>) -> Result<(), Wrong>,
    ) -> Result<(), Wrong> {
        let Kind::List(items) = &self.value.kind else { return Err(self.wrong_kind("a list")) };
        for (index, value) in items.iter().enumerate() {
            read(&Reader { value, path: self.path.index(index) })?;
        }
        Ok(())
    }

    pub(crate) fn wrong(&self, problem: Problem) -> Wrong {
        self.path.wrong(self.value.offset, problem)
    }

    fn wrong_kind(&self, expected: &'static str) -> Wrong {
        self.wrong(Problem::WrongKind { found: self.found(), expected })
    }

    /// What stands there, as a message tells it.
    fn found(&self) -> String {
        match &self.value.kind {
            Kind::Null => "null".to_owned(),
            Kind::Flag(true) => "true".to_owned(),
            Kind::Flag(false) => "false".to_owned(),
            Kind::Number(number) => quoted(number),
            Kind::Text(text) => format!("\"{}\"", quoted(text)),
            Kind::List(_) => "a list".to_owned(),
            Kind::Object(_) => "an object".to_owned(),
        }
    }
}

impl<'a> Object<'a> {
    /// A field, if it is there. One that is `null` is not.
    pub fn field(&self, key: &'static str) -> Option<Reader<'a>> {
        let value = find(self.fields, key)?;
        let is_null = matches!(value.kind, Kind::Null);
        if is_null { None } else { Some(Reader { value, path: self.path.key(key) }) }
    }

    /// A field, if it is there; `Some(None)` where it is `null`, for what can be turned off so.
    pub(crate) fn nullable(&self, key: &'static str) -> Option<Option<Reader<'a>>> {
        find(self.fields, key).map(|_| self.field(key))
    }

    /// A field that has to be there.
    ///
    /// # Errors
    /// What stands there instead.
    pub fn required(&self, key: &'static str) -> Result<Reader<'a>, Wrong> {
        self.field(key).ok_or_else(|| self.wrong(Problem::MissingField { field: key }))
    }

    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.field(key).is_some()
    }

    /// The number in a field, or the usual one.
    pub(crate) fn number(
        &self,
        key: &'static str,
        usual: u64,
        at_least: u64,
        at_most: u64,
    ) -> Result<u64, Wrong> {
        match self.field(key) {
            Some(field) => field.number(at_least, at_most),
            None => Ok(usual),
        }
    }

    /// The number in a field, or the usual one, where it has 32 bits.
    pub(crate) fn number32(
        &self,
        key: &'static str,
        usual: u32,
        at_least: u32,
        at_most: u32,
    ) -> Result<u32, Wrong> {
        let number = self.number(key, usual.into(), at_least.into(), at_most.into())?;
        // It is no larger than a number that has 32 bits.
        Ok(u32::try_from(number).unwrap_or(at_most))
    }

    /// The flag in a field, or the usual one.
    pub(crate) fn flag(&self, key: &'static str, usual: bool) -> Result<bool, Wrong> {
        match self.field(key) {
            Some(field) => field.flag(),
            None => Ok(usual),
        }
    }

    pub(crate) fn wrong(&self, problem: Problem) -> Wrong {
        self.path.wrong(self.offset, problem)
    }

    /// The field is what is wrong.
    pub(crate) fn wrong_at(&self, key: &'static str, problem: Problem) -> Wrong {
        let offset = find(self.fields, key).map_or(self.offset, |value| value.offset);
        self.path.key(key).wrong(offset, problem)
    }
}

fn find<'a>(fields: &'a [(String, Value<'a>)], key: &str) -> Option<&'a Value<'a>> {
    fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}
