//! The reader's language: its words are fetched when they are first wanted. Until they are there,
//! and where they do not arrive, the page speaks the other language.

use js_sys::Promise;
use tcpscope_scenario::Link;
use tcpscope_view::{Locale, has_words, learn_words, words_file};
use wasm_bindgen::JsValue;
use yew::platform::spawn_local;

use super::{App, fragment};
use crate::browser::{Listener, get_text, get_text_now, window};
use crate::store::{Action, Change, Notice, NoticeKind, Preference, Subscription};

impl App {
    /// Fetches the words that the reader wants, or else any, so that the page can speak. Whether it
    /// can now; if not, `web/boot.js` says so.
    pub(super) async fn learn_first_language(&self) -> bool {
        let preferred = self.store.read().preferences.locale;
        let fragment = fragment();
        let link = if fragment.is_empty() { None } else { Link::from_text(&fragment).ok() };
        let asked = link.and_then(|link| link.locale);
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

/// Fetches a language while the page waits, if its words are not there yet. One that does not arrive
/// is missed aloud when it is to be shown.
pub(crate) fn learn_now(locale: Locale) {
    if !has_words(locale)
        && let Ok(text) = get_text_now(&words_file(locale))
    {
        learn_words(locale, text);
    }
}

/// Fetches the other languages too at the first sign of a reader (`web/boot.js` tells of it): so a
/// change of language is there at once.
pub(super) fn learn_others_in_time() -> Listener {
    Listener::new(&window(), "tcpscope:reader", |_| {
        spawn_local(async {
            for other in Locale::ALL {
                // One that does not arrive now is asked for again when it is wanted.
                learn(other).await;
            }
        });
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
