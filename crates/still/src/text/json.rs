//! The log as JSON: an object a record, as the page's `trace()` has it.

use tcpscope_sim::{Record, RecordKind, Trace};
use tcpscope_view::{Locale, Numbers, log_row};

use crate::Part;

/// All records of a part, as one array, a line each.
#[must_use]
pub fn json(trace: &Trace, part: Part, locale: Locale) -> String {
    let mut json = String::from("[");
    for record in trace.records().iter().filter(|record| part.contains(record.at)) {
        json.push_str(if json.len() > 1 { ",\n" } else { "\n" });
        json.push_str(&json_line(trace, record, locale));
    }
    json.push_str("\n]\n");
    json
}

/// A record as an object, in one line. Times are microseconds of simulated time, sequence numbers
/// absolute.
#[must_use]
pub fn json_line(trace: &Trace, record: &Record, locale: Locale) -> String {
    let row = log_row(trace, record.id, locale, Numbers::Absolute);
    let mut line = Line(String::from("{"));
    line.raw("record", &record.id.0.to_string());
    line.raw("at_us", &record.at.as_micros().to_string());
    line.raw("cause", &record.cause.map_or_else(|| NULL.to_owned(), |cause| cause.0.to_string()));
    line.text("kind", Some(row.kind));
    line.text("endpoint", record.host.map(|host| trace.host(host).name.as_str()));
    line.text("packet", row.packet.map(|packet| trace.packet_name(packet)).as_deref());
    if let RecordKind::Transition { from, to } = record.kind {
        line.text("from", Some(from.name()));
        line.text("to", Some(to.name()));
    }
    line.text("text", Some(&row.text));
    match row.why.into_iter().next() {
        None => line.raw("reason", NULL),
        Some(why) => {
            let mut reason = Line(String::from("{"));
            reason.text("rule", Some(why.rule));
            reason.text("rfc", Some(&why.citation.to_string()));
            reason.text("text", Some(&why.text));
            line.raw("reason", &reason.end());
        }
    }
    line.end()
}

const NULL: &str = "null";

/// An object that is being written.
struct Line(String);

impl Line {
    fn raw(&mut self, name: &str, value: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        for part in ["\"", name, "\":", value] {
            self.0.push_str(part);
        }
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        match value {
            None => self.raw(name, NULL),
            Some(value) => {
                let mut quoted = String::from("\"");
                value.chars().for_each(|letter| put(&mut quoted, letter));
                quoted.push('"');
                self.raw(name, &quoted);
            }
        }
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A character of a string (RFC 8259 §7).
fn put(quoted: &mut String, letter: char) {
    match letter {
        '"' => quoted.push_str("\\\""),
        '\\' => quoted.push_str("\\\\"),
        '\n' => quoted.push_str("\\n"),
        '\r' => quoted.push_str("\\r"),
        '\t' => quoted.push_str("\\t"),
        '\0'..'\u{20}' => {
            const DIGITS: [char; 16] =
                ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
            let code = u32::from(letter);
            quoted.push_str("\\u00");
            quoted.push(if code < 16 { '0' } else { '1' });
            quoted.extend(DIGITS.get((code % 16) as usize));
        }
        _ => quoted.push(letter),
    }
}
