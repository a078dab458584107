//! From an id, a file's text or a link to a run.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use tcpscope_scenario::{Index, Link, LinkError, Scenario, ScenarioError, ScenarioRef};
use tcpscope_sim::SetupError;
use tcpscope_view::Locale;

use crate::browser::{Failed, get_text};
use crate::store::{
    Action, Catalogue, Notice, NoticeKind, Playback, Preference, Refusal, Run, Store, Theme,
    numbers_from_name,
};

/// Gets scenarios and puts them into the store. Of two loads that overlap the later one counts.
#[derive(Clone)]
pub(crate) struct Loader {
    store: Store,
    latest: Rc<Cell<u32>>,
}

/// Why nothing was loaded; what was there before still is.
#[derive(Debug)]
pub(crate) enum LoadError {
    /// A file did not arrive.
    Fetch {
        /// Which.
        file: String,
        /// Why.
        failed: Failed,
    },
    /// There is no scenario of this id.
    Unknown {
        /// The id.
        id: String,
        /// Those that there are.
        known: String,
    },
    /// The scenario's text is no scenario.
    Malformed(ScenarioError),
    /// It cannot be run.
    CannotRun(SetupError),
    /// The link is no link.
    Link(LinkError),
    /// Something else was loaded meanwhile.
    Overtaken,
}

impl Loader {
    /// A loader for a store.
    pub(crate) fn new(store: Store) -> Self {
        Self { store, latest: Rc::default() }
    }

    /// Loads one of the page's own scenarios.
    pub(crate) async fn load_id(&self, id: &str, seed: Option<u64>) -> Result<(), LoadError> {
        let load = self.begin();
        let scenario = self.fetch(id).await?;
        self.show(load, Run::new(scenario, true, seed))
    }

    /// Loads a scenario from its text.
    pub(crate) fn load_text(&self, text: &str, seed: Option<u64>) -> Result<(), LoadError> {
        let load = self.begin();
        let scenario = Scenario::from_json(text).map_err(LoadError::Malformed)?;
        self.show(load, Run::new(scenario, false, seed))
    }

    /// Runs the present scenario with another seed.
    pub(crate) fn reseed(&self, seed: u64) -> Result<(), LoadError> {
        let load = self.begin();
        let run = match self.store.read().run() {
            Ok(run) => run.with_seed(seed),
            Err(_) => return Ok(()),
        };
        self.show(load, run)
    }

    /// Gets the list of scenarios and opens what the address asks for, or the first of the list
    /// where it asks for nothing or for something that does not exist.
    pub(crate) async fn open(&self, fragment: &str) {
        if let Err(error) = self.list().await {
            self.tell(&error);
            return;
        }
        let asked_for = fragment.trim_start_matches('#');
        let error = if asked_for.is_empty() { None } else { self.open_link(asked_for).await.err() };
        if self.store.read().run.is_none() {
            let first = self.store.read().catalogue.first().map(str::to_owned);
            if let Some(first) = first
                && let Err(error) = self.load_id(&first, None).await
            {
                self.tell(&error);
                return;
            }
        }
        if let Some(error) = error {
            self.tell(&error);
        }
    }

    /// Shows what a link shows. What it says of packets that are never sent is told and left out.
    pub(crate) async fn open_link(&self, text: &str) -> Result<(), LoadError> {
        let load = self.begin();
        let link = Link::from_text(text).map_err(LoadError::Link)?;
        let (scenario, own) = match &link.scenario {
            ScenarioRef::Id(id) => (self.fetch(id).await?, true),
            ScenarioRef::Inline(scenario) => (scenario.clone(), false),
        };
        let mut run = Run::new(scenario, own, link.seed).map_err(LoadError::CannotRun)?;
        let edits = link.edits(run.timeline().setup()).map_err(LoadError::Link)?;
        let refused: Vec<_> = edits.iter().filter_map(|edit| run.edit(*edit).err()).collect();
        let moment = link.moment(run.trace());
        let selection = link.selection.as_deref().and_then(|packet| {
            let packet = run.trace().packet_named(packet)?;
            Some(run.trace().packet(packet).id)
        });
        self.show(load, Ok(run))?;
        self.prefer(&link);
        self.dispatch(Action::Playback(Playback::Moment(moment)));
        self.dispatch(Action::Select(selection));
        if let Some(first) = refused.first() {
            self.notify(NoticeKind::BadLink, first.to_string());
        }
        Ok(())
    }

    /// Tells the reader of an error.
    pub(crate) fn tell(&self, error: &LoadError) {
        let (kind, detail) = match error {
            LoadError::Fetch { file, .. } => (NoticeKind::CannotLoad, file.clone()),
            LoadError::Unknown { id, .. } => (NoticeKind::UnknownScenario, id.clone()),
            LoadError::Malformed(_) | LoadError::CannotRun(_) => {
                (NoticeKind::MalformedScenario, error.to_string())
            }
            LoadError::Link(error) => (NoticeKind::BadLink, error.to_string()),
            LoadError::Overtaken => return,
        };
        self.notify(kind, detail);
    }

    async fn list(&self) -> Result<(), LoadError> {
        if !self.store.read().catalogue.entries().is_empty() {
            return Ok(());
        }
        let text = fetched(Catalogue::FILE).await?;
        let index = Index::from_json(&text).map_err(LoadError::Malformed)?;
        self.dispatch(Action::List(Catalogue::new(index)));
        Ok(())
    }

    async fn fetch(&self, id: &str) -> Result<Scenario, LoadError> {
        self.list().await?;
        if !self.store.read().catalogue.contains(id) {
            let known = self.store.read().catalogue.ids();
            return Err(LoadError::Unknown { id: id.to_owned(), known });
        }
        let text = fetched(&Catalogue::file_of(id)).await?;
        Scenario::from_json(&text).map_err(LoadError::Malformed)
    }

    fn begin(&self) -> u32 {
        let load = self.latest.get().wrapping_add(1);
        self.latest.set(load);
        load
    }

    fn show(&self, load: u32, run: Result<Run, SetupError>) -> Result<(), LoadError> {
        if self.latest.get() != load {
            return Err(LoadError::Overtaken);
        }
        let run = run.map_err(LoadError::CannotRun)?;
        self.dispatch(Action::Load(Box::new(run)));
        Ok(())
    }

    fn prefer(&self, link: &Link) {
        let locale = link.locale.as_deref().and_then(Locale::from_tag).map(Preference::Locale);
        let theme = link.theme.as_deref().and_then(Theme::from_name).map(Preference::Theme);
        let numbers = link.numbers.as_deref().and_then(numbers_from_name).map(Preference::Numbers);
        for preference in [locale, theme, numbers].into_iter().flatten() {
            self.dispatch(Action::Prefer(preference));
        }
    }

    fn notify(&self, kind: NoticeKind, detail: String) {
        self.dispatch(Action::Tell(Some(Notice { kind, detail })));
    }

    fn dispatch(&self, action: Action) {
        let done: Result<(), Refusal> = self.store.dispatch(action);
        debug_assert!(done.is_ok(), "a run is there, and these actions need no more");
    }
}

async fn fetched(file: &str) -> Result<String, LoadError> {
    get_text(file).await.map_err(|failed| LoadError::Fetch { file: file.to_owned(), failed })
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch { file, failed: Failed::Missing } => {
                write!(f, "{file} is not on the server")
            }
            Self::Fetch { file, failed: Failed::Unreachable } => {
                write!(f, "{file} did not arrive; try again")
            }
            Self::Unknown { id, known } => {
                write!(f, "there is no scenario \"{id}\"; the scenarios are {known}")
            }
            Self::Malformed(error) => error.fmt(f),
            Self::CannotRun(error) => error.fmt(f),
            Self::Link(error) => error.fmt(f),
            Self::Overtaken => f.write_str("another scenario was loaded meanwhile"),
        }
    }
}
