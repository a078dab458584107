//! Says each step to those who do not see it.

use tcpscope_sim::{RecordKind, TimerEvent};
use tcpscope_view::describe;

use super::drawer::edits::told;
use super::element::{El, classed};
use super::picture::Picture;
use crate::store::Session;

/// Played faster than this, steps come faster than they can be said.
const SPEED_TO_FOLLOW: f64 = 0.5;

/// So many sentences can be listened to: one ACK may let a thousand segments go.
const MOST: usize = 16;

/// A polite live region with the present step in sentences.
pub(super) fn announcer(session: &Session) -> El {
    let too_fast = session.playing && session.speed > SPEED_TO_FOLLOW;
    let text = match (Picture::of(session), &session.outcome) {
        (Some(picture), Some(outcome)) => told(&picture, outcome),
        (Some(picture), None) if !too_fast => sentences(&picture),
        (Some(_) | None, _) => String::new(),
    };
    classed("p", "sr")
        .set("role", "status")
        .set("aria-label", session.messages().landmark.announcements)
        .text(text)
}

/// What happened in the present step, as far as an ear can take it, or the line under a figure.
pub(super) fn sentences(picture: &Picture<'_>) -> String {
    let trace = picture.trace;
    let step = trace.event_of(picture.record);
    let mut text = String::new();
    let come = trace.records()[step.start..=picture.record.index()].iter();
    let mut told = come.filter(|record| is_told(&record.kind));
    for record in told.by_ref().take(MOST) {
        text.push_str(&describe(picture.locale, trace, record.id, picture.numbers));
        text.push(' ');
    }
    let left_out = told.count();
    if left_out > 0 {
        let more = &picture.messages.causes.more_effects;
        text.push_str(&more.fill([&left_out.to_string()]));
    }
    text
}

/// Whether a record is what follows from an edit, rather than the edit itself.
pub(super) const fn follows(kind: &RecordKind) -> bool {
    match kind {
        RecordKind::Timer { event: TimerEvent::Expired, .. } => true,
        RecordKind::Intervention { .. } | RecordKind::LinkChanged { .. } | RecordKind::Act(_) => {
            false
        }
        other => is_told(other),
    }
}

const fn is_told(kind: &RecordKind) -> bool {
    match kind {
        RecordKind::Call { .. }
        | RecordKind::Transmit { .. }
        | RecordKind::Arrive { .. }
        | RecordKind::Lost { .. }
        | RecordKind::Transition { .. }
        | RecordKind::Notify(_)
        | RecordKind::Impaired { .. }
        | RecordKind::Copy { .. }
        | RecordKind::Icmp { .. }
        | RecordKind::ReassemblyTimeout { .. }
        | RecordKind::LinkChanged { .. }
        | RecordKind::Act(_)
        | RecordKind::Intervention { .. } => true,
        RecordKind::Timer { .. } | RecordKind::Deliver { .. } => false,
    }
}
