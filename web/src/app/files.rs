//! Links as files: offered where a link is too long to be sent around, and opened again.

use tcpscope_scenario::{LONG_LINK_OCTETS, Link, LinkError, Scenario, ScenarioRef};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};
use yew::platform::spawn_local;

use super::App;
use super::loader::{LoadError, link_to};
use crate::store::{Action, Notice, NoticeKind};

/// The largest file that is read: a link of the greatest length, with the address before it.
const MAX_OCTETS: u32 = (1 << 20) + 4096;

/// Says that a link is long, and offers it as a file, if it is; or that it is more than this page reads.
pub(super) fn offer(app: &App, link: String) {
    let fragment = link.split_once('#').map_or("", |(_, fragment)| fragment);
    if let Err(error @ (LinkError::TooLong { .. } | LinkError::TooManyEdits | LinkError::Pack(_))) =
        Link::from_text(fragment)
    {
        let detail = app.store.read().messages().links.too_much.fill([&error.to_string()]);
        app.store.act(Action::Tell(Some(Notice { kind: NoticeKind::BadLink, detail })));
    } else if link.len() > LONG_LINK_OCTETS {
        app.store.act(Action::Tell(Some(Notice { kind: NoticeKind::LongLink, detail: link })));
    }
}

/// Opens the file that was chosen: one with a link, a scenario, or a capture.
pub(super) fn open(app: &App, input: &HtmlInputElement) {
    let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
    input.set_value("");
    app.open_any(file);
}

/// Opens a file with a link, or a scenario.
pub(super) fn open_text(app: &App, file: &File) {
    let (app, file) = (app.clone(), file.clone());
    let too_large = file.size() > f64::from(MAX_OCTETS);
    spawn_local(async move {
        if too_large {
            let words = &app.store.read().messages().links;
            let detail = words.large_file.fill([&MAX_OCTETS.to_string()]);
            return app.store.act(Action::Tell(Some(Notice { kind: NoticeKind::BadLink, detail })));
        }
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        let text = text.unwrap_or_default();
        let text = text.trim();
        if text.starts_with('{') {
            let shown = match Scenario::from_json(text) {
                Ok(scenario) => app.show(link_to(ScenarioRef::Inline(scenario), None)).await,
                Err(error) => Err(LoadError::Malformed(error)),
            };
            return app.told(shown);
        }
        // An address, or only its fragment.
        let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
        app.open_now(fragment.to_owned()).await;
    });
}
