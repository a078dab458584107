//! What the reader prefers, kept for the next visit.

use tcpscope_view::{LabelLevel, Locale};

use crate::browser::{embedded, recall, remember, root, window};
use crate::store::{
    Action, Keys, Notice, NoticeKind, Preference, Store, Theme, numbers_from_name, numbers_name,
};

const LOCALE: &str = "tcpscope.locale";
const THEME: &str = "tcpscope.theme";
const NUMBERS: &str = "tcpscope.numbers";
const LABELS: &str = "tcpscope.labels";
const KEYS: &str = "tcpscope.keys";

/// Does as the reader wants, now and at the next visit.
pub(crate) fn prefer(store: &Store, preference: Preference) {
    let kept = match preference {
        // What is done in a frame is done there and then.
        _ if embedded().is_some() => true,
        Preference::Locale(locale) => remember(LOCALE, locale.tag()),
        Preference::Theme(theme) => remember(THEME, theme.name()),
        Preference::Numbers(numbers) => remember(NUMBERS, numbers_name(numbers)),
        Preference::Labels(labels) => remember(LABELS, labels.name()),
        Preference::Keys(keys) => remember(KEYS, keys.name()),
    };
    store.act(Action::Prefer(preference));
    if !kept && store.read().notice.is_none() {
        let notice = Notice { kind: NoticeKind::NotKept, detail: String::new() };
        store.act(Action::Tell(Some(notice)));
    }
}

/// What was kept at the last visit; else the language that the browser asks for.
pub(super) fn recall_all(store: &Store) {
    if embedded().is_some() {
        return take_from_frame(store);
    }
    let locale = recall(LOCALE).and_then(|tag| Locale::from_tag(&tag)).unwrap_or_else(|| {
        let wanted: Vec<_> =
            window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect();
        Locale::best_of(wanted.iter().map(String::as_str))
    });
    store.act(Action::Prefer(Preference::Locale(locale)));
    if let Some(theme) = recall(THEME).and_then(|name| Theme::from_name(&name)) {
        store.act(Action::Prefer(Preference::Theme(theme)));
    }
    if let Some(labels) = recall(LABELS).and_then(|name| LabelLevel::from_name(&name)) {
        store.act(Action::Prefer(Preference::Labels(labels)));
    }
    if let Some(keys) = recall(KEYS).and_then(|name| Keys::from_name(&name)) {
        store.act(Action::Prefer(Preference::Keys(keys)));
    }
    if let Some(numbers) = recall(NUMBERS).and_then(|name| numbers_from_name(&name)) {
        store.act(Action::Prefer(Preference::Numbers(numbers)));
    }
}

/// In a frame: the language and the theme of the page around it, as `web/embed/frame.js` has them.
fn take_from_frame(store: &Store) {
    let word = |name: &str| root()?.get_attribute(name);
    if let Some(locale) = word("lang").and_then(|tag| Locale::from_tag(&tag)) {
        store.act(Action::Prefer(Preference::Locale(locale)));
    }
    if let Some(theme) = word("data-theme").and_then(|name| Theme::from_name(&name)) {
        store.act(Action::Prefer(Preference::Theme(theme)));
    }
}
