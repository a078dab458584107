//! JSON values, for files of ours that are no scenarios.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::ScenarioError;
use crate::file::writer::Writer;
use crate::json::{self, Kind, Value};

/// A JSON value. Numbers are whole; one that is not, or is too large, is as if it were not there.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Json {
    /// `null`, or nothing at all.
    #[default]
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(u64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text that is one value.
    ///
    /// # Errors
    /// It is no JSON, or too long: where, and why.
    pub fn read(text: &str) -> Result<Self, ScenarioError> {
        json::any(text, Self::of)
    }

    fn of(value: &Value<'_>) -> Self {
        match &value.kind {
            Kind::Null => Self::Null,
            Kind::Flag(flag) => Self::Flag(*flag),
            Kind::Number(_) => value.whole().map_or(Self::Null, Self::Number),
            Kind::Text(text) => Self::Text(text.clone()),
            Kind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Kind::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| (key.clone(), Self::of(value)));
                Self::Object(fields.collect())
            }
        }
    }

    /// A text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A field of an object; `Null` where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> &Self {
        const NONE: &Json = &Json::Null;
        match self {
            Self::Object(fields) => {
                fields.iter().find(|(name, _)| name == key).map_or(NONE, |(_, value)| value)
            }
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => NONE,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Null | Self::Flag(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The items of a list; none where it is no list.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => &[],
        }
    }

    /// The value as a text, on one line. Read again, it gives the same value.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.into_json()
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.raw("null"),
            Self::Flag(true) => writer.raw("true"),
            Self::Flag(false) => writer.raw("false"),
            Self::Number(number) => writer.raw(&number.to_string()),
            Self::Text(text) => writer.string(text),
            Self::List(items) => {
                writer.raw("[");
                for (place, item) in items.iter().enumerate() {
                    writer.raw(if place == 0 { "" } else { "," });
                    item.write(writer);
                }
                writer.raw("]");
            }
            Self::Object(fields) => {
                writer.raw("{");
                for (place, (key, value)) in fields.iter().enumerate() {
                    writer.raw(if place == 0 { "" } else { "," });
                    writer.string(key);
                    writer.raw(":");
                    value.write(writer);
                }
                writer.raw("}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_and_written() {
        let text = r#"{"a":[1,true,false,null,{}],"b":"握\n\"手\"\\","c":[]}"#;
        let value = Json::read(text).unwrap();
        assert_eq!(value.to_text(), text);
        assert_eq!(Json::read(&value.to_text()).as_ref(), Ok(&value));
        assert_eq!(value.get("b").text(), Some("握\n\"手\"\\"));
        assert_eq!(value.get("a").items()[0].number(), Some(1));
        assert_eq!(value.get("x"), &Json::Null);
        assert_eq!(value.get("x").get("y").items(), &[]);
        assert_eq!(Json::read("1.5"), Ok(Json::Null));
        assert_eq!(Json::read("[1,\n ]").unwrap_err().line, 2);
    }
}
