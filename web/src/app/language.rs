//! The reader's language: its words are fetched when they are first wanted, those that the first
//! picture needs before all. Until they are there, and where they do not arrive, the page speaks the
//! other language.

use js_sys::Promise;
use tcpscope_scenario::Link;
use tcpscope_view::{
    Locale, Words, first_words_do, first_words_explain, has_words, learn_words, words_file,
};
use wasm_bindgen::JsValue;
use yew::platform::spawn_local;

use super::{App, fragment};
use crate::browser::{Listener, get_text, get_text_now, window};
use crate::store::{
    Action, Change, Notice, NoticeKind, Preference, Session, Shell, Store, Subscription, Tab,
};

impl App {
    /// Fetches the words that the reader wants, or else any, so that the page can speak. Whether it
    /// can now; if not, `web/boot.js` says so.
    pub(super) async fn learn_first_language(&self) -> bool {
        let preferred = self.store.read().preferences.locale;
        let fragment = fragment();
        // An address that says more than the page's own may say more than its first words.
        let (words, link) = if fragment.is_empty() {
            (Words::First, None)
        } else {
            (Words::All, Link::from_text(&fragment).ok())
        };
        let asked = link.and_then(|link| link.locale);
        let wanted = asked.and_then(|tag| Locale::from_tag(&tag)).unwrap_or(preferred);
        if learn(wanted, words).await {
            return true;
        }
        for other in Locale::ALL {
            if learn(other, words).await {
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
        if has_words(locale, Words::First) {
            return;
        }
        let store = self.store.clone();
        spawn_local(async move {
            let action = if learn(locale, Words::All).await {
                // Said again, now that it can be spoken; the reader may want another by now.
                Action::Prefer(Preference::Locale(store.read().preferences.locale))
            } else {
                let kind = NoticeKind::CannotLoad;
                Action::Tell(Some(Notice { kind, detail: words_file(locale, Words::All) }))
            };
            store.act(action);
        });
    }
}

/// Fetches words whenever they are wanted: a language that the reader prefers, and all words of one
/// when a run needs more than the first.
pub(super) fn keep(app: &App) -> Subscription {
    let learner = app.clone();
    app.store.subscribe(move |store, change| {
        if change == Change::Preferred {
            learner.learn_language();
        } else {
            learn_for(&store.read(), change);
        }
    })
}

/// Sees to it that what has changed can be told, before it is rendered.
fn learn_for(session: &Session, change: Change) {
    let locale = session.preferences.locale;
    if has_words(locale, Words::All) {
        return;
    }
    let wanted = match change {
        Change::Loaded => session.run.as_ref().is_some_and(|run| {
            !first_words_do(run.trace()) || !first_words_explain(run.trace(), run.moment().record)
        }),
        Change::Stepped => session
            .run
            .as_ref()
            .is_some_and(|run| !first_words_explain(run.trace(), run.moment().record)),
        Change::Edited | Change::Taught | Change::Captured | Change::Told => true,
        Change::Arranged | Change::Selected => opened(&session.shell),
        Change::Listed
        | Change::Moved
        | Change::Played
        | Change::Paused
        | Change::Sped
        | Change::Preferred
        | Change::Answered
        | Change::LaidOut
        | Change::Zoomed => false,
    };
    if wanted {
        learn_now(locale);
    }
}

/// Whether something is open whose words are not among a language's first.
fn opened(shell: &Shell) -> bool {
    let sheet = match shell.shown_tab() {
        Tab::Why | Tab::Endpoint(_) => false,
        Tab::Lesson
        | Tab::Log
        | Tab::Segment
        | Tab::States
        | Tab::Table
        | Tab::Compare
        | Tab::Plots
        | Tab::Edits
        | Tab::Console
        | Tab::Ask
        | Tab::Sandbox
        | Tab::Export => true,
    };
    sheet || shell.menu.is_some() || shell.presenting
}

/// Fetches all words of a language while the page waits, if they are not there yet. Those that do not
/// arrive are missed aloud when they are to be shown. Says whether it has learnt something.
#[inline(never)]
pub(crate) fn learn_now(locale: Locale) -> bool {
    !has_words(locale, Words::All)
        && get_text_now(&words_file(locale, Words::All))
            .is_ok_and(|text| learn_words(locale, Words::All, text))
}

/// Fetches all words of all languages at the first sign of a reader (`web/boot.js` tells of it): so
/// whatever is done can be told, and a change of language is there at once.
pub(super) fn learn_all_in_time(store: &Store) -> Listener {
    let store = store.clone();
    Listener::new(&window(), "tcpscope:reader", move |_| {
        let store = store.clone();
        spawn_local(async move {
            for locale in Locale::ALL {
                // What does not arrive now is asked for again when it is wanted.
                let learnt = learn(locale, Words::All).await;
                let now = store.read().preferences.locale;
                if learnt && locale == now {
                    // Said again, with all words.
                    store.act(Action::Prefer(Preference::Locale(now)));
                }
            }
        });
    })
}

/// Whether a language can be spoken, now that it was asked for.
async fn learn(locale: Locale, words: Words) -> bool {
    has_words(locale, words)
        || match get_text(&words_file(locale, words)).await {
            Ok(text) => learn_words(locale, words, text),
            Err(_) => false,
        }
}
