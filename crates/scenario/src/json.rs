//! JSON, with the place of whatever is wrong: line, column and path.
//!
//! serde reports where it stopped reading. The path to there, as in `hosts[0].script[2].call`, is
//! found by walking the text once more: that costs nothing while files are right, and less code
//! than wrapping every deserializer would.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Deserialize;
use serde_json::error::Category;

use crate::error::{quoted, shortened, up_to};
use crate::{FORMAT, MAX_FILE_OCTETS, Problem, ScenarioError};

/// Reads a file of format [`FORMAT`].
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ScenarioError> {
    if text.len() > MAX_FILE_OCTETS {
        let problem = Problem::TooLong { octets: text.len(), at_most: MAX_FILE_OCTETS };
        return Err(ScenarioError { line: 1, column: 1, path: String::new(), problem });
    }
    // A file of a later format may have fields that this one has not: its format is the news.
    if let Some(start) = offset_of(text, "format") {
        let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        match text[start..start + digits].parse() {
            Ok(found) if found != FORMAT => {
                return Err(error_at(text, "format", Problem::Format { found }));
            }
            Ok(_) | Err(_) => {}
        }
    }
    serde_json::from_str(text).map_err(|error| from_serde(text, &error))
}

/// The error that there is a problem with the value at `path`.
pub(crate) fn error_at(text: &str, path: &str, problem: Problem) -> ScenarioError {
    let (line, column) = line_and_column(text, offset_of(text, path).unwrap_or(0));
    ScenarioError { line, column, path: quoted(path), problem }
}

fn from_serde(text: &str, error: &serde_json::Error) -> ScenarioError {
    // serde_json counts the octets that it has consumed of the line.
    let lines = text.split_inclusive('\n').map(str::len);
    let line_start: usize = lines.take(error.line().saturating_sub(1)).sum();
    let consumed = text.len().min(line_start + error.column());
    let path = path_at(text, consumed);
    let problem = Problem::Json(in_words(&error.to_string()));
    match error.classify() {
        // The text is JSON; a value in it is not what it should be.
        Category::Data => error_at(text, &path, problem),
        Category::Syntax | Category::Eof | Category::Io => {
            let (line, column) = line_and_column(text, consumed.saturating_sub(1));
            ScenarioError { line, column, path: quoted(&path), problem }
        }
    }
}

/// serde's message without its place, which is told elsewhere, and without Rust's types.
fn in_words(message: &str) -> String {
    const LONGEST: usize = 400;
    const TYPES: [(&str, &str); 4] = [
        ("expected u16", "expected a whole number from 0 to 65535"),
        ("expected u32", "expected a whole number from 0 to 4294967295"),
        ("expected u64", "expected a whole number from 0 on"),
        ("expected a sequence", "expected a list"),
    ];
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    let in_words = TYPES.iter().find_map(|(rust, words)| {
        let before = message.strip_suffix(rust)?;
        Some(format!("{}{words}", shortened(before, LONGEST)))
    });
    in_words.unwrap_or_else(|| shortened(message, LONGEST))
}

/// Line and column, from 1 on, of the character at an offset.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = up_to(text, offset);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Where the value at `path` begins.
fn offset_of(text: &str, path: &str) -> Option<usize> {
    let mut walk = Walk::new(text);
    while let Some(offset) = walk.next_value() {
        if walk.is_at(path) {
            return Some(offset);
        }
    }
    None
}

/// The path to what is being read once the first `consumed` octets are.
fn path_at(text: &str, consumed: usize) -> String {
    let mut walk = Walk::new(up_to(text, consumed));
    while walk.next_value().is_some() {}
    walk.path()
}

/// A walk over the values of a JSON text, in the order in which they begin. Of a text that is no
/// JSON it makes what it can.
struct Walk<'a> {
    text: &'a str,
    offset: usize,
    around: Vec<Around<'a>>,
    /// The object or array that was reached and is still to be entered.
    reached: Option<Around<'a>>,
}

/// What a value stands in.
enum Around<'a> {
    /// An object, as the value of this key; `None` where a key is to come.
    Object(Option<&'a str>),
    /// An array, at this place.
    Array(usize),
}

impl<'a> Walk<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, offset: 0, around: Vec::new(), reached: None }
    }

    /// Goes on to the next value and says where it begins.
    fn next_value(&mut self) -> Option<usize> {
        self.around.extend(self.reached.take());
        loop {
            let start = self.offset;
            let octet = *self.text.as_bytes().get(start)?;
            self.offset += 1;
            match octet {
                b' ' | b'\t' | b'\r' | b'\n' | b':' => {}
                b'}' | b']' => {
                    self.around.pop();
                }
                b',' => match self.around.last_mut() {
                    Some(Around::Object(key)) => *key = None,
                    Some(Around::Array(index)) => *index += 1,
                    None => {}
                },
                b'{' => {
                    self.reached = Some(Around::Object(None));
                    return Some(start);
                }
                b'[' => {
                    self.reached = Some(Around::Array(0));
                    return Some(start);
                }
                b'"' => {
                    let string = self.string();
                    if let Some(Around::Object(key @ None)) = self.around.last_mut() {
                        *key = Some(string);
                    } else {
                        return Some(start);
                    }
                }
                _ => {
                    let rest = &self.text.as_bytes()[self.offset..];
                    let ends = |octet: &u8| b",]} \t\r\n".contains(octet);
                    self.offset += rest.iter().position(ends).unwrap_or(rest.len());
                    return Some(start);
                }
            }
        }
    }

    /// A string whose opening quote has been read, as it stands in the text.
    fn string(&mut self) -> &'a str {
        let start = self.offset;
        let mut escaped = false;
        for octet in &self.text.as_bytes()[start..] {
            self.offset += 1;
            match octet {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => return &self.text[start..self.offset - 1],
                _ => {}
            }
        }
        &self.text[start..]
    }

    /// The path to the present value, as in `hosts[0].script[2].call`.
    fn path(&self) -> String {
        let mut path = String::new();
        for around in &self.around {
            match around {
                Around::Object(None) => {}
                Around::Object(Some(key)) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                Around::Array(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// Whether this is the path to the present value: without making the path, since a hostile
    /// text may be as deep as it is long.
    fn is_at(&self, path: &str) -> bool {
        let mut rest = path;
        for around in &self.around {
            let after = match around {
                Around::Object(None) => Some(rest),
                Around::Object(Some(key)) => {
                    let dot = if rest.len() < path.len() { "." } else { "" };
                    rest.strip_prefix(dot).and_then(|rest| rest.strip_prefix(key))
                }
                Around::Array(index) => rest
                    .strip_prefix('[')
                    .and_then(|rest| rest.split_once(']'))
                    .and_then(|(number, rest)| (number.parse() == Ok(*index)).then_some(rest)),
            };
            let Some(after) = after else { return false };
            rest = after;
        }
        rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "format": 1, "a.b\"": [10, {"x": "}"}, []],
  "c": {"d": null, "e": [[1, 2], "x"]}
}"#;

    #[test]
    fn every_value_has_its_path() {
        let mut walk = Walk::new(TEXT);
        let mut paths = Vec::new();
        while let Some(offset) = walk.next_value() {
            assert!(walk.is_at(&walk.path()));
            paths.push((walk.path(), &TEXT[offset..=offset]));
        }
        let paths: Vec<_> = paths.iter().map(|(path, start)| (path.as_str(), *start)).collect();
        assert_eq!(
            paths,
            [
                ("", "{"),
                ("format", "1"),
                (r#"a.b\""#, "["),
                (r#"a.b\"[0]"#, "1"),
                (r#"a.b\"[1]"#, "{"),
                (r#"a.b\"[1].x"#, "\""),
                (r#"a.b\"[2]"#, "["),
                ("c", "{"),
                ("c.d", "n"),
                ("c.e", "["),
                ("c.e[0]", "["),
                ("c.e[0][0]", "1"),
                ("c.e[0][1]", "2"),
                ("c.e[1]", "\""),
            ]
        );
    }

    #[test]
    fn a_path_leads_to_a_line_and_a_column() {
        let place = |path| line_and_column(TEXT, offset_of(TEXT, path).unwrap());
        assert_eq!(place(""), (1, 1));
        assert_eq!(place("format"), (2, 13));
        assert_eq!(place("c.e[1]"), (3, 34));
        assert_eq!(offset_of(TEXT, "c.e[2]"), None);
        // Columns are characters, not octets.
        assert_eq!(line_and_column("握手 x", 7), (1, 4));
    }

    #[test]
    fn of_what_is_no_json_it_makes_what_it_can() {
        for text in
            ["", "}", "]]]", ",,", "\"", "\"\\", "{{{", "[\"", "{\"a\":{\"b", "握", "{\"a\" 1"]
        {
            let mut walk = Walk::new(text);
            while walk.next_value().is_some() {
                let _ = walk.path();
            }
        }
        assert_eq!(path_at(r#"{"a": {"b": [1, 2"#, 17), "a.b[1]");
    }
}
