//! A scenario that stands in a lesson: the fields of a scenario file, in TOML.

use std::ops::Range;

use tcpscope_scenario::Scenario;
use toml::de::DeValue;

use super::table::{Notes, Value};

/// The scenario that a table is. What it does not say of itself, the lesson does.
pub(super) fn scenario(notes: &mut Notes, value: Value<'_>, source: &str) -> Option<Scenario> {
    let mut json = String::new();
    if let Err(at) = write(value, &mut json, 0) {
        notes
            .note(at, "a scenario has whole numbers, texts, true and false, lists and tables only");
        return None;
    }
    let fields = value.get_ref().as_table()?;
    let mut head = String::new();
    for (key, usual) in [
        ("format", "1"),
        ("id", r#""inline""#),
        ("title", r#"{"en":"","zh-CN":""}"#),
        ("seed", "1"),
        ("summary", r#"{"en":"","zh-CN":""}"#),
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
        DeValue::String(text) => quote(text, json),
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
                quote(key.get_ref(), json);
                json.push(':');
                write(field, json, depth + 1)?;
            }
            json.push('}');
        }
    }
    Ok(())
}

/// Writes a text in quotes.
pub(crate) fn quote(text: &str, json: &mut String) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
}
