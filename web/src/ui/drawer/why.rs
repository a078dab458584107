//! Why the present step happens: each record of it in a sentence, with the rules behind it.

use tcpscope_sim::Moment;
use tcpscope_tcp::{Citation, Instant};
use tcpscope_view::{Because, Told, duration_text, narrate};
use yew::prelude::*;

use crate::ui::context::Picture;

/// The present step, told.
pub(super) fn why(picture: &Picture<'_>) -> Html {
    let preferences = picture.session.preferences;
    let trace = picture.run.trace();
    let told = narrate(preferences.locale, trace, picture.record(), preferences.numbers);
    let present = picture.record();
    let at = duration_text(trace.record(present).at.since(Instant::ZERO));
    let about = picture.run.scenario().summary().in_locale(preferences.locale.tag());
    html! {
        <>
            if picture.moment == Moment::START {
                <p class="about-scenario">{ about }</p>
            }
            <div class="why-head">
                <h2 class="label">{ picture.messages().log.why_title }</h2>
                <span class="num">{ at }</span>
            </div>
            <ol class="why">
                { for told.iter().filter(|told| told.record <= present).map(|told| {
                    sentence(told, told.record == present)
                }) }
            </ol>
        </>
    }
}

fn sentence(told: &Told, present: bool) -> Html {
    html! {
        <li key={told.record.0} aria-current={present.then_some("step")}>
            <p class="what">{ &told.what }</p>
            if !told.why.is_empty() {
                <ul class="reasons">{ for told.why.iter().enumerate().map(reason) }</ul>
            }
        </li>
    }
}

fn reason((place, because): (usize, &Because)) -> Html {
    html! {
        <li key={place}>{ &because.text }{ " " }{ citation(because.citation) }</li>
    }
}

/// A section of an RFC, as a link to its text.
pub(super) fn citation(citation: Citation) -> Html {
    let Citation { rfc, section } = citation;
    let href = format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}");
    html! {
        <a class="cite" {href} target="_blank" rel="noreferrer">{ citation.to_string() }</a>
    }
}
