//! The bar above: which scenario, what was changed, how it is shown.

use yew::platform::spawn_local;
use yew::prelude::*;

use super::settings::settings;
use super::value_of;
use crate::app::{App, link};
use crate::browser::copy_text;
use crate::store::{Action, Session};
use crate::ui::context::{Layout, SessionContext, use_session};
use crate::ui::icons::{self, icon, icon_button};

/// What the bar is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TopbarProps {
    /// Shows the sheet of keys.
    pub(crate) show_keys: Callback<bool>,
}

/// The bar above.
#[component]
pub(crate) fn Topbar(props: &TopbarProps) -> Html {
    let context = use_session();
    let copied = use_state_eq(|| None::<bool>);
    let session = context.read();
    let words = session.messages();
    let layout = context.layout();
    let show_keys = props.show_keys.reform(|_: MouseEvent| true);
    html! {
        <header class="topbar" aria-label={words.landmark.toolbar}>
            if layout != Layout::Phone { { brand(words.app.name) } } else {
                <h1 class="sr">{ words.app.name }</h1>
            }
            { scenario_picker(&context, &session) }
            if layout == Layout::Desk { { seed_field(&context, &session) } }
            { edits(&context, &session) }
            <span class="spacer" />
            if layout == Layout::Desk {
                { settings(&context, &session) }
                <span class="rule" />
            }
            { copy_button(&context, &session, &copied) }
            if layout == Layout::Desk {
                { icon_button(icons::KEYBOARD, words.keyboard.open, "?", false, show_keys) }
            } else {
                <details class="menu">
                    <summary class="icon" aria-label={words.settings.label} title={words.settings.label}>
                        { icon(icons::SETTINGS) }
                    </summary>
                    <div class="sheet settings">
                        { seed_field(&context, &session) }
                        { settings(&context, &session) }
                        <button type="button" class="button" onclick={show_keys}>
                            { icon(icons::KEYBOARD) }{ words.keyboard.open }
                        </button>
                    </div>
                </details>
            }
        </header>
    }
}

fn brand(name: &'static str) -> Html {
    html! {
        <h1 class="brand">
            <svg viewBox="0 0 32 32" aria-hidden="true">
                <rect width="32" height="32" rx="7" fill="#1f4f8f" />
                <path d="M9 5v22M23 5v22M9 8l14 6M23 16L9 22" stroke="#fff" stroke-width="2.5"
                    stroke-linecap="round" fill="none" />
            </svg>
            { name }
        </h1>
    }
}

fn scenario_picker(context: &SessionContext, session: &Session) -> Html {
    let words = &session.messages().scenario;
    let locale = session.preferences.locale.tag();
    let present = session.run.as_ref().map(|run| run.scenario());
    let own = present.is_none_or(|scenario| session.catalogue.contains(scenario.id()));
    let present_id = present.map(|scenario| scenario.id()).unwrap_or_default();
    let app = context.app().clone();
    let onchange = Callback::from(move |event: Event| load(&app, value_of(&event)));
    let option = |id: &str, title: &str| {
        let (key, value, title) = (id.to_owned(), id.to_owned(), title.to_owned());
        html! { <option {key} {value} selected={id == present_id}>{ title }</option> }
    };
    html! {
        <label class="field scenario-field">
            <span class="sr">{ words.label }</span>
            <select id="scenario" {onchange} disabled={session.catalogue.entries().is_empty()}>
                if let (false, Some(scenario)) = (own, present) {
                    { option(scenario.id(), scenario.title().in_locale(locale)) }
                }
                { for session.catalogue.entries().iter().map(|entry| {
                    option(&entry.id, entry.title.in_locale(locale))
                }) }
            </select>
        </label>
    }
}

fn load(app: &App, id: String) {
    let loader = app.loader.clone();
    spawn_local(async move {
        if let Err(error) = loader.load_id(&id, None).await {
            loader.tell(&error);
        }
    });
}

fn seed_field(context: &SessionContext, session: &Session) -> Html {
    let words = &session.messages().scenario;
    let Some(run) = &session.run else { return Html::default() };
    let seed = run.seed();
    let reseed = |app: &App, seed: u64| {
        if let Err(error) = app.loader.reseed(seed) {
            app.loader.tell(&error);
        }
    };
    let app = context.app().clone();
    let onchange = Callback::from(move |event: Event| {
        if let Ok(seed) = value_of(&event).trim().parse() {
            reseed(&app, seed);
        }
    });
    let app = context.app().clone();
    let another = Callback::from(move |_| reseed(&app, seed.wrapping_add(1)));
    html! {
        <span class="field">
            <label class="field" title={words.seed_hint}>
                <span class="field-name">{ words.seed }</span>
                <input id="seed" type="number" min="0" step="1" value={seed.to_string()} {onchange} />
            </label>
            { icon_button(icons::DICE, words.new_seed, "", false, another) }
        </span>
    }
}

fn edits(context: &SessionContext, session: &Session) -> Html {
    let words = &session.messages().edits;
    let Some(run) = &session.run else { return Html::default() };
    let timeline = run.timeline();
    let count = timeline.edits().len();
    let (undo, redo) = (context.on(|| Action::Undo), context.on(|| Action::Redo));
    html! {
        <span class="edits" role="group" aria-label={words.label}>
            { icon_button(icons::UNDO, words.undo, "U", !timeline.can_undo(), undo) }
            <span class="count num" data-any={(count > 0).to_string()} title={(words.count)(count)}>
                <span aria-hidden="true">{ count }</span>
                <span class="sr">{ (words.count)(count) }</span>
            </span>
            { icon_button(icons::REDO, words.redo, "Shift+U", !timeline.can_redo(), redo) }
        </span>
    }
}

fn copy_button(
    context: &SessionContext,
    session: &Session,
    copied: &UseStateHandle<Option<bool>>,
) -> Html {
    let words = &session.messages().scenario;
    let (app, setter) = (context.app().clone(), copied.setter());
    let copy = Callback::from(move |_: MouseEvent| {
        let (app, setter) = (app.clone(), setter.clone());
        spawn_local(async move {
            let Some(link) = link(&app.store) else { return };
            setter.set(Some(copy_text(&link).await));
            gloo_timers::callback::Timeout::new(4000, move || setter.set(None)).forget();
        });
    });
    let (path, said) = match **copied {
        None => (icons::LINK, None),
        Some(true) => (icons::DONE, Some(words.link_copied)),
        Some(false) => (icons::LINK, Some(words.copy_failed)),
    };
    html! {
        <>
            { icon_button(path, words.copy_link, "", session.run.is_none(), copy) }
            <span role="status">
                if let Some(said) = said { <span class="toast">{ said }</span> }
            </span>
        </>
    }
}
