//! JSON (RFC 8259), read into values that know where they begin: so whatever is wrong with one,
//! its line and column can be told.
//!
//! It is read here and not by `serde_json`, whose reader brings floating-point numbers, maps and
//! two ways to tell errors into the page; files have whole numbers only, and few fields.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{quoted, up_to};
use crate::path::{Mistake, Path, Wrong};
use crate::reader::Reader;
use crate::{FORMAT, MAX_FILE_OCTETS, Problem, ScenarioError};

/// Objects and lists within each other are at most so many.
const DEEPEST: usize = 64;

/// A value, and the offset in the text at which it begins.
#[derive(Debug)]
pub(crate) struct Value<'a> {
    pub(crate) offset: usize,
    pub(crate) kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Kind<'a> {
    Null,
    Flag(bool),
    /// As it stands in the text.
    Number(&'a str),
    Text(String),
    List(Vec<Value<'a>>),
    Object(Vec<(String, Value<'a>)>),
}

impl Value<'_> {
    /// The number, if it is one, whole, and has 64 bits.
    pub(crate) fn whole(&self) -> Option<u64> {
        match self.kind {
            Kind::Number(number) => number.parse().ok(),
            Kind::Null | Kind::Flag(_) | Kind::Text(_) | Kind::List(_) | Kind::Object(_) => None,
        }
    }
}

/// Reads a file of format [`FORMAT`], or a value that could stand in one.
///
/// # Errors
/// What is wrong with the text, where, and what would be right.
pub fn read<T>(
    text: &str,
    read: &mut dyn FnMut(&Reader<'_>) -> Result<T, Wrong>,
) -> Result<T, ScenarioError> {
    let told = |wrong: Wrong| error(text, *wrong);
    let value = file(text).map_err(told)?;
    read(&Reader::root(&value)).map_err(told)
}

fn file(text: &str) -> Result<Value<'_>, Wrong> {
    if text.len() > MAX_FILE_OCTETS {
        let problem = Problem::TooLong { octets: text.len(), at_most: MAX_FILE_OCTETS };
        return Err(Path::ROOT.wrong(0, problem));
    }
    let value = value(text)?;
    // A file of a later format may have fields that this one has not: its format is the news.
    if let Kind::Object(fields) = &value.kind
        && let Some((_, format)) = fields.iter().find(|(key, _)| key == "format")
        && let Some(found) = format.whole()
        && found != FORMAT
    {
        return Err(Path::ROOT.key("format").wrong(format.offset, Problem::Format { found }));
    }
    Ok(value)
}

/// Reads a text that is one value.
fn value(text: &str) -> Result<Value<'_>, Wrong> {
    let mut parser = Parser { text, offset: 0 };
    let value = parser.value(&Path::ROOT)?;
    match parser.next() {
        None => Ok(value),
        Some(_) => Err(parser.wrong(&Path::ROOT, "the file should end here")),
    }
}

fn error(text: &str, mistake: Mistake) -> ScenarioError {
    let Mistake { offset, path, problem } = mistake;
    let (line, column) = line_and_column(text, offset);
    ScenarioError { line, column, path: quoted(&path), problem }
}

/// Line and column, from 1 on, of the character at an offset.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let (mut line, mut column) = (1, 1);
    for character in up_to(text, offset).chars() {
        if character == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    (line, column)
}

struct Parser<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Parser<'a> {
    /// The octet at the present offset.
    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    /// The next octet that is no white space; it stays the next.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.here() {
            self.offset += 1;
        }
        self.here()
    }

    /// Takes an octet, if it is the present one.
    fn takes(&mut self, octet: u8) -> bool {
        let is_here = self.here() == Some(octet);
        self.offset += usize::from(is_here);
        is_here
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.offset).unwrap_or_default()
    }

    fn wrong(&self, path: &Path<'_>, said: &'static str) -> Wrong {
        let said = if self.offset < self.text.len() { said } else { "the file ends too early" };
        path.wrong(self.offset, Problem::Json(said))
    }

    fn value(&mut self, path: &Path<'_>) -> Result<Value<'a>, Wrong> {
        let first = self.next();
        let offset = self.offset;
        let kind = match first {
            Some(b'{' | b'[') if path.depth() >= DEEPEST => {
                return Err(self.wrong(path, "this is too deep within others"));
            }
            Some(b'{') => self.object(path)?,
            Some(b'[') => self.list(path)?,
            Some(b'"') => Kind::Text(self.string(path)?),
            Some(b'-' | b'0'..=b'9') => self.number(path)?,
            Some(_) | None => {
                while let Some(b'a'..=b'z') = self.here() {
                    self.offset += 1;
                }
                match self.since(offset) {
                    "null" => Kind::Null,
                    "true" => Kind::Flag(true),
                    "false" => Kind::Flag(false),
                    _ => {
                        self.offset = offset;
                        return Err(self.wrong(path, "a value should stand here"));
                    }
                }
            }
        };
        Ok(Value { offset, kind })
    }

    fn object(&mut self, path: &Path<'_>) -> Result<Kind<'a>, Wrong> {
        let mut fields = Vec::new();
        self.offset += 1;
        if self.next() != Some(b'}') {
            loop {
                if self.next() != Some(b'"') {
                    return Err(self.wrong(path, "the name of a field should stand here"));
                }
                let key = self.string(path)?;
                self.next();
                if !self.takes(b':') {
                    return Err(self.wrong(&path.key(&key), "a : should stand here"));
                }
                let value = self.value(&path.key(&key))?;
                fields.push((key, value));
                self.next();
                if !self.takes(b',') {
                    break;
                }
            }
        }
        if self.takes(b'}') {
            Ok(Kind::Object(fields))
        } else {
            Err(self.wrong(path, "a , or a } should stand here"))
        }
    }

    fn list(&mut self, path: &Path<'_>) -> Result<Kind<'a>, Wrong> {
        let mut items = Vec::new();
        self.offset += 1;
        if self.next() != Some(b']') {
            loop {
                let item = self.value(&path.index(items.len()))?;
                items.push(item);
                self.next();
                if !self.takes(b',') {
                    break;
                }
            }
        }
        if self.takes(b']') {
            Ok(Kind::List(items))
        } else {
            Err(self.wrong(path, "a , or a ] should stand here"))
        }
    }

    fn number(&mut self, path: &Path<'_>) -> Result<Kind<'a>, Wrong> {
        let start = self.offset;
        self.takes(b'-');
        // No digit follows a zero that comes first.
        if !self.takes(b'0') {
            self.digits(path)?;
        }
        if self.takes(b'.') {
            self.digits(path)?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits(path)?;
        }
        Ok(Kind::Number(self.since(start)))
    }

    fn digits(&mut self, path: &Path<'_>) -> Result<(), Wrong> {
        let start = self.offset;
        while let Some(b'0'..=b'9') = self.here() {
            self.offset += 1;
        }
        if self.offset > start {
            Ok(())
        } else {
            Err(self.wrong(path, "a digit should stand here"))
        }
    }

    fn string(&mut self, path: &Path<'_>) -> Result<String, Wrong> {
        let mut string = String::new();
        self.offset += 1;
        loop {
            let start = self.offset;
            while self.here().is_some_and(|octet| octet >= b' ' && octet != b'"' && octet != b'\\')
            {
                self.offset += 1;
            }
            string.push_str(self.since(start));
            if self.takes(b'"') {
                return Ok(string);
            }
            let escape = self.offset;
            if !self.takes(b'\\') {
                return Err(self.wrong(path, "this character must be escaped, as in \\n"));
            }
            let Some(character) = self.escaped() else {
                if self.offset < self.text.len() {
                    self.offset = escape;
                }
                return Err(self.wrong(path, "this \\ begins no character"));
            };
            string.push(character);
        }
    }

    /// The character whose backslash has been taken.
    fn escaped(&mut self) -> Option<char> {
        let octet = self.here()?;
        self.offset += 1;
        Some(match octet {
            b'"' | b'\\' | b'/' => char::from(octet),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.code_unit()?;
                // One half of a pair that stands for a character beyond U+FFFF.
                let code = if unit & 0xfc00 == 0xd800 {
                    if !(self.takes(b'\\') && self.takes(b'u')) {
                        return None;
                    }
                    let low = self.code_unit()?;
                    if low & 0xfc00 != 0xdc00 {
                        return None;
                    }
                    0x1_0000 + ((unit & 0x3ff) << 10 | low & 0x3ff)
                } else {
                    unit
                };
                return char::from_u32(code);
            }
            _ => return None,
        })
    }

    fn code_unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.here()?).to_digit(16)?;
            self.offset += 1;
        }
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    /// The value, written again without spaces.
    fn written(value: &Value<'_>) -> String {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        match &value.kind {
            Kind::Null => "null".to_string(),
            Kind::Flag(flag) => flag.to_string(),
            Kind::Number(number) => (*number).to_string(),
            Kind::Text(text) => quoted(text),
            Kind::List(items) => {
                format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(","))
            }
            Kind::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| (quoted(key), written(value)));
                let fields: Vec<_> = fields.map(|(key, value)| format!("{key}:{value}")).collect();
                format!("{{{}}}", fields.join(","))
            }
        }
    }

    #[test]
    fn it_takes_for_json_what_serde_json_does() {
        let texts = r#"
            {} [] "" 0 -0 10 1.5 -1.25 null true false [1,[2,[3]],{"a":{"b":[]}}] [{},{}]
            {"b":1,"c":"x"} "\"\\\/\b\f\n\r\t" "握\u63E1\u00e9" "\ud83d\ude00" "😀"
            01 1. .5 -  1e 1e+ + +1 --1 1a nul truee True NaN [1,] [,1] [1 {"a"} {"a":} {"a":1,}
            {a:1} {"a":1 {,} } ] , : "\x" "\u12" "\u12g4" "\u+123" "\ud800" "\ud800\u0041" "\udc00"
            "\ud800x" "a "# // Each stands between white space.
            .split_whitespace();
        let spaced =
            ["", " ", " [ 1 ,\t2\r\n] ", "{ \"a\" : 1 }", "1 2", "{} x", "\"a\nb\"", "\u{a0}1"];
        for text in texts.chain(spaced) {
            let theirs: Result<serde_json::Value, _> = serde_json::from_str(text);
            let ours = value(text);
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}");
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                // Apart from -0, which is a floating-point number there.
                assert_eq!(written(&ours), theirs.to_string().replace("-0.0", "-0"), "{text}");
            }
        }
    }

    #[test]
    fn a_value_knows_where_it_begins() {
        let Kind::Object(fields) = value("{ \"a\": [1, {}],\n\"b\" : \"x\" }").unwrap().kind else {
            panic!("an object")
        };
        let Kind::List(items) = &fields[0].1.kind else { panic!("a list") };
        let offsets = [&fields[0].1, &items[0], &items[1], &fields[1].1].map(|value| value.offset);
        assert_eq!(offsets, [7, 8, 11, 22]);
    }

    #[test]
    fn an_offset_has_a_line_and_a_column() {
        assert_eq!(line_and_column("a\nbc", 0), (1, 1));
        assert_eq!(line_and_column("a\nbc", 3), (2, 2));
        assert_eq!(line_and_column("a\n", 2), (2, 1));
        // Columns are characters, not octets.
        assert_eq!(line_and_column("握手 x", 7), (1, 4));
    }

    #[test]
    fn values_may_be_deep_but_no_deeper() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(value(&nested(DEEPEST)).is_ok());
        let wrong = value(&nested(DEEPEST + 1)).unwrap_err();
        assert_eq!((wrong.offset, wrong.path.matches("[0]").count()), (DEEPEST, DEEPEST));
    }
}
