//! The log as CSV (RFC 4180).

use tcpscope_sim::Trace;
use tcpscope_view::{Locale, Numbers, log_row};

use crate::Part;

/// The columns.
const HEAD: &str = "record,time_us,step,host,kind,packet,text,rule,rfc,why\r\n";

/// A row a record, with the rule that decided first.
#[must_use]
pub fn csv(trace: &Trace, part: Part, locale: Locale, numbers: Numbers) -> String {
    let mut csv = HEAD.to_owned();
    for record in trace.records().iter().filter(|record| part.contains(record.at)) {
        let row = log_row(trace, record.id, locale, numbers);
        let name = |host| trace.place_name(host).unwrap_or_default().to_owned();
        let why = row.why.into_iter().next();
        let (rule, rfc, text) = why.map_or_else(Default::default, |why| {
            (why.rule.to_owned(), why.citation.to_string(), why.text)
        });
        let fields = [
            record.id.0.to_string(),
            row.at.as_micros().to_string(),
            row.event.0.to_string(),
            row.host.map(name).unwrap_or_default(),
            row.kind.to_owned(),
            row.packet.map(|packet| trace.packet_name(packet)).unwrap_or_default(),
            row.text,
            rule,
            rfc,
            text,
        ];
        for (place, field) in fields.iter().enumerate() {
            if place > 0 {
                csv.push(',');
            }
            put(&mut csv, field);
        }
        csv.push_str("\r\n");
    }
    csv
}

/// A field; in quotes where it needs them.
fn put(csv: &mut String, field: &str) {
    if field.contains([',', '"', '\n', '\r']) {
        csv.push('"');
        csv.push_str(&field.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(field);
    }
}
