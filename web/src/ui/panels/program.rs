//! What the application calls, as code, with the line where it stands.

use tcpscope_sim::HostId;
use tcpscope_view::{ScriptLine, script};
use yew::prelude::*;

use crate::ui::context::Picture;

/// The program of `host`.
pub(super) fn program(picture: &Picture<'_>, host: HostId) -> Html {
    let words = &picture.messages().program;
    let locale = picture.session.preferences.locale;
    let lines = script(picture.run.trace(), host, picture.record(), locale);
    html! {
        <section class="block">
            <h3 class="label">{ words.label }</h3>
            <ol class="program">{ for lines.iter().enumerate().map(line) }</ol>
        </section>
    }
}

fn line((number, line): (usize, &ScriptLine)) -> Html {
    let present = line.progress.is_present().then_some("step");
    let comment =
        line.comment.as_deref().map(|comment| html! { <span class="comment">{ comment }</span> });
    html! {
        <li key={number} data-progress={line.progress.class()} aria-current={present}>
            <code>{ &line.code }</code>{ comment }
        </li>
    }
}
