//! A scenario that stands in a lesson: the fields of a scenario file, in TOML.

use std::ops::Range;

use tcpscope_scenario::Scenario;
use tcpscope_view::{Locale, Numbers};
use toml::de::DeValue;

use super::table::{Notes, Value};
use crate::lesson::Words;

/// What a lesson says of itself, where its scenario does not.
#[derive(Default)]
pub(super) struct About {
    pub(super) id: String,
    pub(super) title: Option<Words>,
    pub(super) summary: Option<Words>,
}

/// The scenario that a table is. What it does not say of itself, the lesson does.
pub(super) fn scenario(
    notes: &mut Notes,
    value: Value<'_>,
    about: &About,
    source: &str,
) -> Option<Scenario> {
    let mut json = String::new();
    if let Err(at) = write(value, &mut json, 0) {
        notes
            .note(at, "a scenario has whole numbers, texts, true and false, lists and tables only");
        return None;
    }
    let fields = value.get_ref().as_table()?;
    let mut head = String::new();
    for (key, usual) in [
        ("format", "1".to_owned()),
        ("id", quoted(&about.id)),
        ("title", words(about.title.as_ref())),
        ("summary", words(about.summary.as_ref())),
        ("seed", "1".to_owned()),
    ] {
        if !fields.contains_key(key) {
            head.push_str(&format!("\"{key}\":{usual},"));
        }
    }
    json.insert_str(1, &head);
    if fields.is_empty() {
        json = json.replacen(",}", "}", 1);
    }
    match Scenario::from_json(&json) {
        Ok(scenario) => Some(scenario),
        Err(error) => {
            let at = place(value, &error.path).unwrap_or_else(|| value.span());
            let path = if error.path.is_empty() { "" } else { ": " };
            let problem = error.problem.to_string();
            notes.note(narrowed(source, at), format!("{}{path}{problem}", error.path));
            None
        }
    }
}

/// Words as a scenario file has them, without marks.
fn words(words: Option<&Words>) -> String {
    let said = |locale| words.map(|words| words.plain(None, locale, Numbers::Relative));
    let [en, zh_cn] =
        [Locale::En, Locale::ZhCn].map(|locale| quoted(&said(locale).unwrap_or_default()));
    format!("{{\"en\":{en},\"zh-CN\":{zh_cn}}}")
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    let mut json = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\n' => json.push_str("\\n"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// A table's place is its head, not all that is in it.
fn narrowed(source: &str, at: Range<usize>) -> Range<usize> {
    let line = source.get(at.clone()).and_then(|text| text.find('\n'));
    at.start..line.map_or(at.end, |line| at.start + line)
}

/// Where the value of a path such as `hosts[0].script[2].call` stands, or the nearest that is there.
fn place(root: Value<'_>, path: &str) -> Option<Range<usize>> {
    let mut value = root;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let next = match (value.get_ref(), step.strip_suffix(']')) {
            (DeValue::Array(list), Some(index)) => list.get(index.parse::<usize>().ok()?),
            (DeValue::Table(table), None) => table.get(step),
            _ => None,
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    Some(value.span())
}

/// Writes a value as JSON; where it cannot be, says where.
fn write(value: Value<'_>, json: &mut String, depth: usize) -> Result<(), Range<usize>> {
    match value.get_ref() {
        _ if depth > 60 => return Err(value.span()),
        DeValue::String(text) => json.push_str(&quoted(text)),
        DeValue::Integer(number) => {
            let whole = i128::from_str_radix(number.as_str(), number.radix());
            json.push_str(&whole.map_err(|_| value.span())?.to_string());
        }
        DeValue::Boolean(flag) => json.push_str(if *flag { "true" } else { "false" }),
        DeValue::Float(_) | DeValue::Datetime(_) => return Err(value.span()),
        DeValue::Array(list) => {
            json.push('[');
            for (index, item) in list.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { "," });
                write(item, json, depth + 1)?;
            }
            json.push(']');
        }
        DeValue::Table(table) => {
            json.push('{');
            for (index, (key, field)) in table.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { "," });
                json.push_str(&quoted(key.get_ref()));
                json.push(':');
                write(field, json, depth + 1)?;
            }
            json.push('}');
        }
    }
    Ok(())
}
