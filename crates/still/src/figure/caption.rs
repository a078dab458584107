//! What is said below a figure, and of it for those who do not see it.

use tcpscope_sim::{Moment, RecordKind, TimerEvent};
use tcpscope_tcp::Instant;
use tcpscope_view::{
    Anchor, Locale, Point, Svg, describe, duration_text, narrate_these, prose_lines,
};

use super::Still;
use super::sheet::Block;

/// The size of the caption's type, and a line of it.
const SIZE: f64 = 13.0;
const LINE: f64 = 20.0;
/// Beyond this a line of prose is hard to read.
const WIDEST: f64 = 760.0;
/// As many reasons are given.
const REASONS: usize = 3;
/// More sentences nobody listens to.
const MOST: usize = 60;

/// The moment: when, what happens, and why, with the sections.
pub(super) fn caption(still: &Still<'_>, moment: Moment, width: f64) -> Block {
    let Still { trace, locale, numbers, .. } = *still;
    let mut svg = Svg::fragment();
    let mut y = LINE / 2.0;
    let room = width.min(WIDEST);
    if moment.record.index() < trace.records().len() {
        let step = trace.event_of(moment.record).start..=moment.record.index();
        let told = narrate_these(locale, trace, &trace.records()[step], numbers);
        let when = duration_text(moment.at.since(Instant::ZERO));
        let between = match locale {
            Locale::En => " ",
            Locale::ZhCn => "",
        };
        let what: Vec<&str> = told.iter().map(|told| &*told.what).collect();
        let head = [&*when, " · ", &what.join(between)].concat();
        let mut say = |class: &str, text: &str| {
            for line in prose_lines(text, SIZE, room) {
                svg.text(class, Point::new(0.0, y), Anchor::Start, SIZE, &line);
                y += LINE;
            }
        };
        say("prose heading", &head);
        for why in told.iter().flat_map(|told| &told.why).take(REASONS) {
            let [open, close] = match locale {
                Locale::En => [" (", ")"],
                Locale::ZhCn => ["（", "）"],
            };
            // A section stays with its RFC.
            let section = why.citation.to_string().replace(' ', "\u{a0}");
            say("prose said", &[&*why.text, open, &section, close].concat());
        }
    }
    Block { width, height: (y - LINE / 2.0).max(0.0), marks: svg.into_marks() }
}

/// What happens in the run, or in the part of it that is shown: segments, losses, states and timers
/// that run out, sentence by sentence.
pub(super) fn about(still: &Still<'_>) -> String {
    let Still { trace, locale, numbers, .. } = *still;
    let until = still.moment.map(|moment| moment.record);
    let told = trace.records().iter().filter(|record| {
        let shown = still.part.contains(record.at) && until.is_none_or(|until| record.id <= until);
        shown && is_told(&record.kind)
    });
    let mut about = String::new();
    for (place, record) in told.enumerate() {
        if place == MOST {
            about.push_str(" …");
            break;
        }
        if place > 0 {
            about.push(' ');
        }
        about.push_str(&duration_text(record.at.since(Instant::ZERO)));
        about.push_str(": ");
        about.push_str(&describe(locale, trace, record.id, numbers));
    }
    about
}

fn is_told(kind: &RecordKind) -> bool {
    match kind {
        RecordKind::Transmit { .. }
        | RecordKind::Lost { .. }
        | RecordKind::Transition { .. }
        | RecordKind::Timer { event: TimerEvent::Expired, .. }
        | RecordKind::Act(_) => true,
        RecordKind::Timer { event: TimerEvent::Set(_) | TimerEvent::Stopped, .. }
        | RecordKind::Call { .. }
        | RecordKind::Arrive { .. }
        | RecordKind::Deliver { .. }
        | RecordKind::Notify(_)
        | RecordKind::Impaired { .. }
        | RecordKind::Copy { .. }
        | RecordKind::Icmp { .. }
        | RecordKind::ReassemblyTimeout { .. }
        | RecordKind::LinkChanged { .. }
        | RecordKind::Intervention { .. } => false,
    }
}
