//! What components look at: the session and the playback, each rendered anew when it changes.

use std::cell::Ref;

use tcpscope_sim::{HostId, Moment, RecordId};
use tcpscope_view::{Messages, host_title};
use yew::prelude::*;

use crate::app::App;
use crate::store::{Action, Run, Session, Store};
use crate::words::Words;

/// Scenario, trace, selection, preferences, notices: what changes when somebody acts.
#[derive(Clone, PartialEq)]
pub(crate) struct SessionContext {
    app: App,
    /// Counts the changes: contexts are compared, and two that differ in nothing else differ here.
    revision: u32,
    layout: Layout,
}

/// The present record, speed, and whether time passes: what changes while a run is played.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct PlaybackContext {
    /// The moment at which the present record became so, and the record.
    pub(crate) moment: Moment,
    /// Whether time passes.
    pub(crate) playing: bool,
    /// How fast.
    pub(crate) speed: f64,
}

/// Where things have their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Ladder in the middle, an endpoint at each side.
    Desk,
    /// Endpoints folded above the ladder.
    Tablet,
    /// The ladder alone, the rest in a sheet from below.
    Phone,
}

impl Layout {
    /// The name for style sheets.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Tablet => "tablet",
            Self::Phone => "phone",
        }
    }
}

impl SessionContext {
    /// The session as it stands after so many changes.
    pub(crate) const fn new(app: App, revision: u32, layout: Layout) -> Self {
        Self { app, revision, layout }
    }

    /// The session.
    pub(crate) fn read(&self) -> Ref<'_, Session> {
        self.app.store.read()
    }

    /// The store behind it.
    pub(crate) const fn store(&self) -> &Store {
        &self.app.store
    }

    /// The page as a whole.
    pub(crate) const fn app(&self) -> &App {
        &self.app
    }

    /// Where things have their place.
    pub(crate) const fn layout(&self) -> Layout {
        self.layout
    }

    /// A callback that acts on the session, whatever event calls it.
    pub(crate) fn on<E>(&self, action: impl Fn() -> Action + 'static) -> Callback<E> {
        let store = self.app.store.clone();
        Callback::from(move |_| store.act(action()))
    }
}

/// The session; the component is rendered anew when it changes.
#[hook]
pub(crate) fn use_session() -> SessionContext {
    use_context::<SessionContext>().expect("components stand below the root")
}

/// The playback; the component is rendered anew at each record.
#[hook]
pub(crate) fn use_playback() -> PlaybackContext {
    use_context::<PlaybackContext>().expect("components stand below the root")
}

/// What most components draw from: a run at a moment, in the reader's words and numbers.
#[derive(Clone, Copy)]
pub(crate) struct Picture<'a> {
    /// The run.
    pub(crate) run: &'a Run,
    /// The moment.
    pub(crate) moment: Moment,
    /// The session around it.
    pub(crate) session: &'a Session,
}

impl<'a> Picture<'a> {
    /// The picture of a session at a moment, if a run is loaded.
    pub(crate) fn of(session: &'a Session, playback: PlaybackContext) -> Option<Self> {
        let run = session.run.as_ref()?;
        // A run that was just replaced may be shorter than the moment that is still shown.
        let moment = run.clamp(playback.moment);
        Some(Self { run, moment, session })
    }

    /// The present record.
    pub(crate) const fn record(&self) -> RecordId {
        self.moment.record
    }

    /// Fixed words, in the reader's language.
    pub(crate) const fn messages(&self) -> &'static Messages {
        self.session.messages()
    }

    /// What stands above a host: its name, in the reader's language where it has a usual one.
    pub(crate) fn title(&self, host: HostId) -> String {
        let name = &self.run.trace().host(host).name;
        host_title(self.session.preferences.locale, name)
    }

    /// The page's own words, in the reader's language.
    pub(crate) const fn words(&self) -> &'static Words {
        self.session.words()
    }
}
