//! The run as a sequence diagram of Mermaid.
//!
//! Mermaid draws what is sent in one row and knows no time: so the order is that of sending, what is
//! lost ends in a cross, what is sent again is dotted, and states and timers are notes.

use tcpscope_sim::{Fate, HostId, PacketIndex, RecordKind, TimerEvent, Trace};
use tcpscope_view::{Detail, Locale, Numbers, describe, host_title, segment_label};

use crate::Part;

/// The diagram of a part of a run.
#[must_use]
pub fn mermaid(
    trace: &Trace,
    part: Part,
    title: Option<&str>,
    (locale, numbers): (Locale, Numbers),
) -> String {
    let mut text = String::new();
    if let Some(title) = title.map(str::trim).filter(|title| !title.is_empty()) {
        // A title is YAML: in quotes anything may stand in it.
        let quoted = title.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
        for piece in ["---\ntitle: \"", &quoted, "\"\n---\n"] {
            text.push_str(piece);
        }
    }
    text.push_str("sequenceDiagram\n");
    for (place, host) in trace.hosts().iter().enumerate() {
        let place = place.to_string();
        let title = escaped(&host_title(locale, &host.name));
        line(&mut text, &["participant h", &place, " as ", &title]);
    }
    for record in trace.records().iter().filter(|record| part.contains(record.at)) {
        let at = record.host;
        match &record.kind {
            RecordKind::Transmit { packet } => message(&mut text, trace, *packet, numbers),
            RecordKind::Copy { packet } if trace.packet(*packet).fate.arrives() => {
                message(&mut text, trace, *packet, numbers);
            }
            RecordKind::Transition { to, .. } => note(&mut text, trace, at, to.name()),
            RecordKind::Timer { event: TimerEvent::Expired, .. } | RecordKind::Act(_) => {
                note(&mut text, trace, at, &describe(locale, trace, record.id, numbers));
            }
            RecordKind::Timer { event: TimerEvent::Set(_) | TimerEvent::Stopped, .. }
            | RecordKind::Copy { .. }
            | RecordKind::Call { .. }
            | RecordKind::Arrive { .. }
            | RecordKind::Lost { .. }
            | RecordKind::Deliver { .. }
            | RecordKind::Notify(_)
            | RecordKind::Impaired { .. }
            | RecordKind::Icmp { .. }
            | RecordKind::ReassemblyTimeout { .. }
            | RecordKind::LinkChanged { .. }
            | RecordKind::Intervention { .. } => {}
        }
    }
    text
}

fn message(text: &mut String, trace: &Trace, index: PacketIndex, numbers: Numbers) {
    let packet = trace.packet(index);
    let again = packet.retransmission || packet.id.copy > 0;
    let arrow = match (packet.fate, again) {
        (Fate::Delivered | Fate::Corrupted | Fate::Duplicate, false) => "->>",
        (Fate::Delivered | Fate::Corrupted | Fate::Duplicate, true) => "-->>",
        (Fate::Lost | Fate::Dropped, false) => "-x",
        (Fate::Lost | Fate::Dropped, true) => "--x",
        // An open head: nobody knows yet.
        (Fate::UnderWay, false) => "-)",
        (Fate::UnderWay, true) => "--)",
    };
    let label = escaped(&segment_label(trace, index, numbers, Detail::Short));
    let [from, to] = [packet.id.from, packet.to].map(|host| host.0.to_string());
    line(text, &["h", &from, arrow, "h", &to, ": ", &label]);
}

fn note(text: &mut String, trace: &Trace, host: Option<HostId>, said: &str) {
    let last = u8::try_from(trace.hosts().len().saturating_sub(1)).unwrap_or(u8::MAX);
    let said = escaped(said);
    match host.map(|host| host.0) {
        Some(0) => line(text, &["Note left of h0: ", &said]),
        Some(host) if host == last => {
            line(text, &["Note right of h", &host.to_string(), ": ", &said]);
        }
        Some(host) => line(text, &["Note over h", &host.to_string(), ": ", &said]),
        None => line(text, &["Note over h0,h", &last.to_string(), ": ", &said]),
    }
}

fn line(text: &mut String, parts: &[&str]) {
    text.push_str("    ");
    parts.iter().for_each(|part| text.push_str(part));
    text.push('\n');
}

/// Text in which no character means anything to Mermaid: `;` ends a statement, `#` begins a code,
/// `%%` a comment, `<` markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' => escaped.push_str("#35;"),
            ';' => escaped.push_str("#59;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '%' => escaped.push_str("#37;"),
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}
