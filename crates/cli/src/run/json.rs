//! A run as JSON lines: an object a record, as the page's `trace()` has it.

use std::io::{self, Write};

use tcpscope_sim::Trace;
use tcpscope_still::json_line;
use tcpscope_view::Locale;

/// Prints every record.
pub(super) fn print(trace: &Trace, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    for record in trace.records() {
        writeln!(out, "{}", json_line(trace, record, locale))?;
    }
    Ok(())
}
