//! A run as a table: a row a record, with the reason in words.

use std::io::{self, Write};

use tcpscope_sim::Trace;
use tcpscope_view::{Locale, Numbers, log_row};

/// Prints every record: when, where, what, why.
pub(super) fn print(trace: &Trace, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    let names = trace.hosts().iter().map(|host| host.name.chars().count());
    let width = names.max().unwrap_or(0).max(4);
    for record in trace.records() {
        let row = log_row(trace, record.id, locale, Numbers::Relative);
        let micros = row.at.as_micros();
        let host = row.host.map_or("link", |host| trace.host(host).name.as_str());
        writeln!(
            out,
            "{:>6}.{:06}  {host:width$}  {} {}",
            micros / 1_000_000,
            micros % 1_000_000,
            row.mark.glyph(),
            row.text
        )?;
        for why in &row.why {
            writeln!(out, "{:>15}{:width$}    {} [{}]", "", "", why.text, why.citation)?;
        }
    }
    Ok(())
}
