//! What the reader sets: numbers, language, light or dark.

use tcpscope_view::{Locale, Numbers};
use yew::prelude::*;

use super::value_of;
use crate::app::prefer;
use crate::store::{Preference, Session, Theme, numbers_from_name, numbers_name};
use crate::ui::context::SessionContext;

/// The settings.
pub(super) fn settings(context: &SessionContext, session: &Session) -> Html {
    let words = &session.messages().settings;
    let preferences = session.preferences;
    let numbers = [
        (numbers_name(Numbers::Relative), words.relative),
        (numbers_name(Numbers::Absolute), words.absolute),
    ];
    let themes = Theme::ALL.map(|theme| {
        let name = match theme {
            Theme::Auto => words.auto,
            Theme::Light => words.light,
            Theme::Dark => words.dark,
        };
        (theme.name(), name)
    });
    let locales = Locale::ALL.map(|locale| (locale.tag(), locale.name()));
    let present_numbers = numbers_name(preferences.numbers);
    html! {
        <>
            { choice(context, "numbers", words.numbers, &numbers, present_numbers, |name| {
                numbers_from_name(name).map(Preference::Numbers)
            }) }
            { choice(context, "locale", words.language, &locales, preferences.locale.tag(), |tag| {
                Locale::from_tag(tag).map(Preference::Locale)
            }) }
            { choice(context, "theme", words.theme, &themes, preferences.theme.name(), |name| {
                Theme::from_name(name).map(Preference::Theme)
            }) }
        </>
    }
}

/// One of a few.
fn choice(
    context: &SessionContext,
    id: &'static str,
    name: &'static str,
    options: &[(&'static str, &'static str)],
    present: &str,
    preference: fn(&str) -> Option<Preference>,
) -> Html {
    let store = context.store().clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(preference) = preference(&value_of(&event)) {
            prefer(&store, preference);
        }
    });
    html! {
        <label class="field" title={name}>
            <span class="field-name setting-name">{ name }</span>
            <select {id} {onchange}>
                { for options.iter().map(|(value, text)| html! {
                    <option key={*value} value={*value} selected={*value == present}>{ *text }</option>
                }) }
            </select>
        </label>
    }
}
