//! News that the reader should not miss, with what still works and what can be done.

use tcpscope_sim::Ended;
use tcpscope_view::duration_text;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::store::{Action, NoticeKind, Session};
use crate::ui::context::{SessionContext, use_session};
use crate::ui::icons::{self, icon_button};

/// The notice, if there is one.
#[component]
pub(crate) fn NoticeBar() -> Html {
    let context = use_session();
    let session = context.read();
    html! {
        <>
            <div role="alert">{ notice(&context, &session) }</div>
            { limit_reached(&session) }
        </>
    }
}

fn notice(context: &SessionContext, session: &Session) -> Html {
    let Some(notice) = &session.notice else { return Html::default() };
    let words = &session.messages().error;
    let (title, text) = match notice.kind {
        NoticeKind::UnknownScenario => {
            (words.unknown_scenario, (words.unknown_scenario_text)(&notice.detail))
        }
        NoticeKind::CannotLoad => (words.cannot_load, (words.cannot_load_text)(&notice.detail)),
        NoticeKind::MalformedScenario => (words.malformed_scenario, notice.detail.clone()),
        NoticeKind::BadLink => (words.bad_link, notice.detail.clone()),
        NoticeKind::BadEdit => (words.bad_edit, notice.detail.clone()),
    };
    let still_works = session.run.is_some().then_some(words.still_works);
    html! {
        <div class="notice">
            <p><strong>{ title }</strong>{ " · " }{ text }{ " " }{ still_works }</p>
            if notice.kind == NoticeKind::CannotLoad {
                <button type="button" class="button" onclick={retry(context)}>{ words.try_again }</button>
            }
            { icon_button(icons::CLOSE, words.dismiss, "", false, context.on(|| Action::Tell(None))) }
        </div>
    }
}

/// Opens once more what the address asks for.
fn retry(context: &SessionContext) -> Callback<MouseEvent> {
    let app = context.app().clone();
    Callback::from(move |_| {
        let app = app.clone();
        app.store.act(Action::Tell(None));
        spawn_local(async move { app.loader.open(&crate::app::fragment()).await });
    })
}

/// A run that was cut off says so.
fn limit_reached(session: &Session) -> Html {
    let Some(run) = &session.run else { return Html::default() };
    let words = &session.messages().notice;
    let limits = run.timeline().setup().limits;
    let text = match run.trace().ended() {
        Ended::Quiet => return Html::default(),
        Ended::RecordLimit => (words.record_limit)(limits.records),
        Ended::TimeLimit => {
            let span = limits.until.since(tcpscope_tcp::Instant::ZERO);
            (words.time_limit)(&duration_text(span))
        }
    };
    html! { <div class="notice" role="status"><p>{ text }{ " " }{ words.limit_cure }</p></div> }
}
