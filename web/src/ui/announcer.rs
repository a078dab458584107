//! Says each step to those who do not see it.

use tcpscope_sim::RecordKind;
use tcpscope_view::describe;
use yew::prelude::*;

use super::context::{Picture, use_playback, use_session};

/// Played faster than this, steps come faster than they can be said.
const SPEED_TO_FOLLOW: f64 = 0.5;

/// A polite live region with the present step in sentences.
#[component]
pub(crate) fn Announcer() -> Html {
    let session = use_session();
    let playback = use_playback();
    let session = session.read();
    let label = session.messages().landmark.announcements;
    let too_fast = playback.playing && playback.speed > SPEED_TO_FOLLOW;
    let text = match Picture::of(&session, playback) {
        Some(picture) if !too_fast => sentences(&picture),
        Some(_) | None => String::new(),
    };
    html! { <p class="sr" role="status" aria-live="polite" aria-label={label}>{ text }</p> }
}

/// What happened in the present step, as far as an ear can take it.
fn sentences(picture: &Picture<'_>) -> String {
    let trace = picture.run.trace();
    let preferences = picture.session.preferences;
    let step = trace.event_of(picture.record());
    let happened = &trace.records()[step.start..=picture.record().index()];
    let told = happened.iter().filter(|record| is_told(&record.kind));
    let sentences: Vec<_> = told
        .map(|record| describe(preferences.locale, trace, record.id, preferences.numbers))
        .collect();
    sentences.join(" ")
}

const fn is_told(kind: &RecordKind) -> bool {
    match kind {
        RecordKind::Call { .. }
        | RecordKind::Transmit { .. }
        | RecordKind::Arrive { .. }
        | RecordKind::Lost { .. }
        | RecordKind::Transition { .. }
        | RecordKind::Notify(_)
        | RecordKind::Intervention { .. } => true,
        RecordKind::Timer { .. } | RecordKind::Deliver { .. } => false,
    }
}
