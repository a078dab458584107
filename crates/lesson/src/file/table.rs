//! Tables of a TOML file, read field by field. Whatever is wrong is noted, and reading goes on: a
//! writer wants to hear of all of it at once.

use std::ops::Range;

use tcpscope_scenario::Localized;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Fault;
use crate::lesson::{Placed, Words};
use crate::near::{listed, meant};

/// A value of a file, and where it stands.
pub(super) type Value<'a> = &'a Spanned<DeValue<'a>>;

/// A table that has known fields only.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) fields: &'a DeTable<'a>,
    start: usize,
    end: usize,
}

/// What is wrong, as far as it has been read.
#[derive(Default)]
pub(super) struct Notes(pub(super) Vec<Fault>);

impl Notes {
    pub(super) fn note(&mut self, at: Range<usize>, what: impl Into<String>) {
        self.0.push(Fault::new(at, what));
    }

    /// The table that a value is; its fields are these, or some of them.
    pub(super) fn table<'a>(&mut self, value: Value<'a>, known: &[&str]) -> Option<Table<'a>> {
        let Some(fields) = value.get_ref().as_table() else {
            let what =
                format!("this is no table; its fields would be {}", listed(fields_of(known)));
            self.note(value.span(), what);
            return None;
        };
        for (key, _) in fields {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let near = meant(name, known.iter().copied());
                let known = listed(fields_of(known));
                self.note(
                    key.span(),
                    format!("there is no field `{}`{near} The fields are {known}.", short(name)),
                );
            }
        }
        Some(Table { fields, start: value.span().start, end: value.span().end })
    }

    pub(super) fn text(&mut self, value: Value<'_>) -> Option<Placed<String>> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(Placed { value: text.to_owned(), at: value.span() });
        }
        self.wrong_kind(value, "a text in quotes");
        None
    }

    pub(super) fn whole(&mut self, value: Value<'_>, range: Range<u64>) -> Option<u64> {
        let number = value.get_ref().as_integer();
        let number = number
            .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let last = range.end.saturating_sub(1);
            self.wrong_kind(value, &format!("a whole number from {} to {last}", range.start));
        }
        number
    }

    pub(super) fn wrong_kind(&mut self, value: Value<'_>, expected: &str) {
        let found = value.get_ref().type_str();
        self.note(value.span(), format!("this is of the kind `{found}`; it should be {expected}"));
    }
}

fn fields_of<'a>(known: &[&'a str]) -> Vec<&'a str> {
    known.to_vec()
}

/// As much of a word as a message can hold.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl<'a> Table<'a> {
    pub(super) fn at(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn get(&self, key: &str) -> Option<Value<'a>> {
        self.fields.get(key)
    }

    /// A field that has to be there.
    pub(super) fn required(&self, notes: &mut Notes, key: &str) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            notes.note(self.at(), format!("the field `{key}` is missing"));
        }
        value
    }

    pub(super) fn text(&self, notes: &mut Notes, key: &str) -> Option<Placed<String>> {
        self.get(key).and_then(|value| notes.text(value))
    }

    pub(super) fn required_text(&self, notes: &mut Notes, key: &str) -> Option<Placed<String>> {
        self.required(notes, key).and_then(|value| notes.text(value))
    }

    /// A list of texts; none where the field is not there.
    pub(super) fn texts(&self, notes: &mut Notes, key: &str) -> Vec<Placed<String>> {
        self.list(notes, key).into_iter().filter_map(|value| notes.text(value)).collect()
    }

    /// The items of a list; none where the field is not there.
    pub(super) fn list(&self, notes: &mut Notes, key: &str) -> Vec<Value<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            notes.wrong_kind(value, "a list, in [ and ]");
            return Vec::new();
        };
        list.iter().collect()
    }

    /// Words in both languages. Those that are missing are noted, and empty.
    pub(super) fn words(&self, notes: &mut Notes, key: &str) -> Option<Words> {
        let value = self.get(key)?;
        let table = notes.table(value, &["en", "zh-CN"])?;
        let mut read = |tag: &str, language: &str| {
            let Some(value) = table.get(tag) else {
                notes.note(value.span(), format!("`{key}` has no {language}: `{tag}` is missing"));
                return (String::new(), value.span());
            };
            match notes.text(value) {
                Some(text) if text.trim().is_empty() => {
                    notes.note(text.at.clone(), format!("the {language} of `{key}` is empty"));
                    (String::new(), text.at)
                }
                Some(text) => (text.value, text.at),
                None => (String::new(), value.span()),
            }
        };
        let (en, en_at) = read("en", "English");
        let (zh_cn, zh_cn_at) = read("zh-CN", "Chinese");
        Some(Words { text: Localized { en, zh_cn }, en_at, zh_cn_at })
    }

    pub(super) fn required_words(&self, notes: &mut Notes, key: &str) -> Option<Words> {
        self.required(notes, key)?;
        self.words(notes, key)
    }
}
