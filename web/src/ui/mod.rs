//! What the page shows: components over the session and the playback.

mod announcer;
mod bars;
mod context;
mod drawer;
mod icons;
mod keyboard;
mod panels;
mod rows;
mod stage;

use std::rc::Rc;

use tcpscope_view::Messages;
use yew::prelude::*;

use crate::app::App;
use crate::browser::{Listener, Media, window};
use crate::store::{Change, Session};
use announcer::Announcer;
use bars::{Keys, NoticeBar, Topbar, Transport};
use context::{Layout, PlaybackContext, SessionContext};
use drawer::{Drawer, Tab};
use panels::Endpoint;
use stage::Stage;
use tcpscope_sim::{HostId, Moment};

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PageProps {
    /// The page as a whole.
    pub(crate) app: App,
}

/// The page.
#[component]
pub(crate) fn Page(props: &PageProps) -> Html {
    let revision = use_revision(&props.app);
    let layout = use_layout();
    let tab = use_state_eq(|| Tab::Why);
    let keys_shown = use_state_eq(|| false);
    use_keyboard(&props.app, &keys_shown);

    let session = SessionContext::new(props.app.clone(), revision, layout);
    let playback = playback_of(&session.read());
    let words = session.read().messages();
    let show_tab = Callback::from({
        let tab = tab.clone();
        move |shown| tab.set(shown)
    });
    let show_keys = Callback::from({
        let keys_shown = keys_shown.clone();
        move |shown| keys_shown.set(shown)
    });
    let loaded = session.read().run.is_some();
    html! {
        <ContextProvider<SessionContext> context={session.clone()}>
        <ContextProvider<PlaybackContext> context={playback}>
            <div class="page" data-layout={layout.name()}>
                { skip_links(words) }
                <Topbar show_keys={show_keys.clone()} />
                <NoticeBar />
                if loaded {
                    { desk(layout, *tab, &show_tab) }
                } else {
                    <main class="empty"><p>{ waiting_text(&session.read()) }</p></main>
                }
                <Announcer />
                { patterns() }
                <Keys shown={*keys_shown} show={show_keys} />
            </div>
        </ContextProvider<PlaybackContext>>
        </ContextProvider<SessionContext>>
    }
}

fn desk(layout: Layout, tab: Tab, show_tab: &Callback<Tab>) -> Html {
    let side = layout == Layout::Desk;
    html! {
        <main class="desk">
            if side { <Endpoint key="first" host={HostId(0)} /> }
            <div key="centre" class="centre">
                <Stage show_tab={show_tab.clone()} />
                <Transport />
                <Drawer {tab} show={show_tab.clone()} />
            </div>
            if side { <Endpoint key="second" host={HostId(1)} /> }
        </main>
    }
}

/// Patterns that figures fill with.
fn patterns() -> Html {
    html! {
        <svg class="sr" aria-hidden="true">
            <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)">
                <path class="hatch-line" d="M0 0V5" />
            </pattern>
        </svg>
    }
}

fn skip_links(words: &'static Messages) -> Html {
    let words = &words.landmark;
    let links = [
        ("#stage", words.skip_to_ladder),
        ("#transport", words.skip_to_transport),
        ("#details", words.skip_to_log),
    ];
    // The address holds what is on the screen: following such a link must not change it.
    let follow = |id: &'static str| {
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            crate::browser::focus(id.trim_start_matches('#'));
        })
    };
    html! {
        { for links.into_iter().map(|(id, name)| html! {
            <a key={id} class="skip" href={id} onclick={follow(id)}>{ name }</a>
        }) }
    }
}

/// What stands where the run will be.
fn waiting_text(session: &Session) -> &'static str {
    if session.notice.is_some() {
        session.messages().error.no_scenario
    } else {
        session.messages().app.loading
    }
}

fn playback_of(session: &Session) -> PlaybackContext {
    let moment = session.run.as_ref().map_or(Moment::START, |run| run.moment());
    PlaybackContext { moment, playing: session.playing, speed: session.speed }
}

/// Renders anew when the session changes, or the present record; counts the session's changes.
#[hook]
fn use_revision(app: &App) -> u32 {
    let update = use_force_update();
    let revision = use_mut_ref(|| 0_u32);
    let counted = revision.clone();
    use_effect_with(app.clone(), move |app| {
        let update_now = update.clone();
        let subscription = app.store.subscribe(move |store, change| {
            match change {
                Change::Listed
                | Change::Loaded
                | Change::Edited
                | Change::Selected
                | Change::Preferred
                | Change::Told
                | Change::LaidOut => *counted.borrow_mut() += 1,
                Change::Stepped | Change::Played | Change::Paused | Change::Sped => {}
                Change::Moved if store.read().playing => return,
                Change::Moved => {}
            }
            update_now.force_update();
        });
        // Whatever happened before somebody listened.
        update.force_update();
        move || drop(subscription)
    });
    let revision = *revision.borrow();
    revision
}

/// Where things have their place, at the window's present width.
#[hook]
fn use_layout() -> Layout {
    let update = use_force_update();
    let queries = use_memo((), |()| {
        ["(min-width: 1200px)", "(min-width: 700px)"].map(|query| {
            let update = update.clone();
            Media::watch(query, move || update.force_update())
        })
    });
    match queries.as_ref().each_ref().map(Media::holds) {
        [true, _] => Layout::Desk,
        [false, true] => Layout::Tablet,
        [false, false] => Layout::Phone,
    }
}

/// Hears the keys for as long as the page is there.
#[hook]
fn use_keyboard(app: &App, keys_shown: &UseStateHandle<bool>) {
    let show_keys = keys_shown.setter();
    use_effect_with(app.clone(), move |app| {
        let app = app.clone();
        let listener = Rc::new(Listener::new(&window(), "keydown", move |event| {
            keyboard::press(&app.store, &event, &|| show_keys.set(true));
        }));
        move || drop(listener)
    });
}
