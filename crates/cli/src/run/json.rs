//! A run as JSON lines: an object a record, as the page's `trace()` has it.

use std::io::{self, Write};

use serde::Serialize;
use tcpscope_sim::{Record, RecordKind, Trace};
use tcpscope_view::{Locale, Numbers, log_row};

/// A record. Times are microseconds of simulated time.
#[derive(Serialize)]
struct Line<'a> {
    record: u32,
    at_us: u64,
    cause: Option<u32>,
    kind: &'static str,
    endpoint: Option<&'a str>,
    packet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'static str>,
    text: String,
    reason: Option<Reason>,
}

#[derive(Serialize)]
struct Reason {
    rule: &'static str,
    rfc: String,
    text: String,
}

/// Prints every record.
pub(super) fn print(trace: &Trace, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    for record in trace.records() {
        serde_json::to_writer(&mut *out, &line(trace, record, locale))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn line<'a>(trace: &'a Trace, record: &Record, locale: Locale) -> Line<'a> {
    let row = log_row(trace, record.id, locale, Numbers::Absolute);
    let (from, to) = match record.kind {
        RecordKind::Transition { from, to } => (Some(from.name()), Some(to.name())),
        RecordKind::Call { .. }
        | RecordKind::Transmit { .. }
        | RecordKind::Arrive { .. }
        | RecordKind::Lost { .. }
        | RecordKind::Timer { .. }
        | RecordKind::Deliver { .. }
        | RecordKind::Notify(_)
        | RecordKind::Impaired { .. }
        | RecordKind::Copy { .. }
        | RecordKind::Icmp { .. }
        | RecordKind::ReassemblyTimeout { .. }
        | RecordKind::LinkChanged { .. }
        | RecordKind::Act(_)
        | RecordKind::Intervention { .. } => (None, None),
    };
    Line {
        record: record.id.0,
        at_us: record.at.as_micros(),
        cause: record.cause.map(|cause| cause.0),
        kind: row.kind,
        endpoint: record.host.map(|host| trace.host(host).name.as_str()),
        packet: row.packet.map(|packet| trace.packet_name(packet)),
        from,
        to,
        text: row.text,
        reason: row.why.into_iter().next().map(|why| Reason {
            rule: why.rule,
            rfc: why.citation.to_string(),
            text: why.text,
        }),
    }
}
