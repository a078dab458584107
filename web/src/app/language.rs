//! The reader's language: its words are fetched when they are first wanted. Until they are there,
//! and where they do not arrive, the page speaks the other language.

use js_sys::Promise;
use tcpscope_scenario::Link;
use tcpscope_view::{Locale, has_words, learn_words, words_file};
use wasm_bindgen::JsValue;
use yew::platform::spawn_local;

use super::{App, fragment};
use crate::browser::get_text;
use crate::store::{Action, Change, Notice, NoticeKind, Preference, Subscription};

impl App {
    /// Fetches the words that the reader wants, or else any, so that the page can speak. Whether it
    /// can now; if not, `web/boot.js` says so.
    pub(super) async fn learn_first_language(&self) -> bool {
        let preferred = self.store.read().preferences.locale;
        let asked = Link::from_text(&fragment()).ok().and_then(|link| link.locale);
        let wanted = asked.and_then(|tag| Locale::from_tag(&tag)).unwrap_or(preferred);
        if learn(wanted).await {
            return true;
        }
        for other in Locale::ALL {
            if learn(other).await {
                return true;
            }
        }
        // Nobody waits for this promise: that is how the page hears of it.
        let _ = Promise::reject(&JsValue::from_str("tcpscope: words did not arrive"));
        false
    }

    /// Fetches the other languages too, once the page can be used: so a change of language is there
    /// at once, for a reader as for a caller of the page API.
    pub(super) async fn learn_other_languages(&self) {
        for other in Locale::ALL {
            // One that does not arrive now is asked for again, and missed aloud, when it is wanted.
            learn(other).await;
        }
    }

    /// Fetches the words of the reader's language, if they are not there yet.
    pub(crate) fn learn_language(&self) {
        let locale = self.store.read().preferences.locale;
        if has_words(locale) {
            return;
        }
        let store = self.store.clone();
        spawn_local(async move {
            let action = if learn(locale).await {
                // Said again, now that it can be spoken; the reader may want another by now.
                Action::Prefer(Preference::Locale(store.read().preferences.locale))
            } else {
                let kind = NoticeKind::CannotLoad;
                Action::Tell(Some(Notice { kind, detail: words_file(locale) }))
            };
            store.act(action);
        });
    }
}

/// Fetches a language whenever it is wanted.
pub(super) fn keep(app: &App) -> Subscription {
    let learner = app.clone();
    app.store.subscribe(move |_, change| {
        if change == Change::Preferred {
            learner.learn_language();
        }
    })
}

/// Whether a language can be spoken, now that it was asked for.
async fn learn(locale: Locale) -> bool {
    has_words(locale)
        || match get_text(&words_file(locale)).await {
            Ok(text) => learn_words(locale, text),
            Err(_) => false,
        }
}
