//! From an id, a file's text or a link to a run.

use std::fmt;

use tcpscope_scenario::{Index, Link, LinkError, Scenario, ScenarioError, ScenarioRef};
use tcpscope_sim::SetupError;
use tcpscope_view::Locale;
use yew::platform::spawn_local;

use super::{App, Opening};
use crate::browser::{Failed, embedded, get_text};
use crate::store::{
    Action, Catalogue, FOLLOW_LINK, INTERVIEW_LINK, Notice, NoticeKind, Playback, Preference,
    ROUND_LINK, Run, SET_LINK, Theme, Wanted, numbers_from_name,
};

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
    /// There is no such lesson or stop, or it cannot be read: in the reader's words.
    Lesson(String),
    /// Something else was loaded meanwhile.
    Overtaken,
}

impl App {
    /// Loads one of the page's own scenarios, for the reader: an error is told in the page.
    pub(crate) fn load(&self, id: String) {
        if self.holds(Wanted::Scenario(id.clone())) {
            return;
        }
        let app = self.clone();
        spawn_local(async move {
            let link = link_to(ScenarioRef::Id(id), None);
            app.told(app.show(link).await);
        });
    }

    /// Opens what an address asks for, or the first scenario of the list where it asks for nothing
    /// or for something that does not exist.
    pub(crate) fn open(&self, fragment: String) {
        let app = self.clone();
        spawn_local(async move { app.open_now(fragment).await });
    }

    pub(super) async fn open_now(&self, fragment: String) {
        let mut failed = None;
        if let Some(code) = fragment.trim_start_matches('#').strip_prefix(ROUND_LINK) {
            // The round is played at a run of its own; until it is there, the first one shows.
            failed = if self.store.read().run.is_none() { self.first().await.err() } else { None };
            self.open_round(code);
        } else if let Some(code) = fragment.trim_start_matches('#').strip_prefix(INTERVIEW_LINK) {
            failed = if self.store.read().run.is_none() { self.first().await.err() } else { None };
            self.open_interview(code);
        } else if let Some(of) = fragment.trim_start_matches('#').strip_prefix(FOLLOW_LINK) {
            failed = if self.store.read().run.is_none() { self.first().await.err() } else { None };
            self.open_follow_ups(of);
        } else if let Some(code) = fragment.trim_start_matches('#').strip_prefix(SET_LINK) {
            failed = if self.store.read().run.is_none() { self.first().await.err() } else { None };
            self.open_set(code, false);
        } else if !fragment.trim_start_matches('#').is_empty() {
            failed = match Link::from_text(&fragment) {
                Ok(link) => self.show(link).await.err(),
                Err(error) => Some(LoadError::Link(error)),
            };
        }
        if self.store.read().run.is_none() {
            let instead = self.first().await;
            failed = failed.or(instead.err());
        }
        self.told(failed.map_or(Ok(()), Err));
    }

    /// Runs the present scenario with another seed.
    pub(crate) fn reseed(&self, seed: u64) {
        if self.holds(Wanted::Seed(seed)) {
            return;
        }
        let run = self.store.read().run.as_ref().map(|run| run.with_seed(seed));
        match run {
            Some(Ok(run)) => self.store.act(Action::Load(Box::new(run))),
            Some(Err(error)) => self.told(Err(LoadError::CannotRun(error))),
            None => {}
        }
    }

    /// Shows what a link shows. Of two calls that overlap the later one counts.
    pub(crate) async fn show(&self, link: Link) -> Result<(), LoadError> {
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        let (scenario, own) = match &link.scenario {
            ScenarioRef::Inline(scenario) => (scenario.clone(), false),
            ScenarioRef::OfLesson => return self.show_lesson(&link, Opening::Leading).await,
            ScenarioRef::RunOfLesson(run) => {
                let lesson = link.lesson.as_deref().unwrap_or_default();
                self.run_of_lesson(lesson, run).await?
            }
            ScenarioRef::Id(id) => (self.own_scenario(id).await?, true),
        };
        if self.turn.get() != turn {
            return Err(LoadError::Overtaken);
        }
        // Whoever follows a link, and a program that loads a run, gives the question up.
        if self.store.read().is_held() {
            self.give_up_all();
        }
        self.put(&link, scenario, own)?;
        if link.lesson.is_some() { self.show_lesson(&link, Opening::Beside).await } else { Ok(()) }
    }

    /// One of the page's own scenarios.
    pub(super) async fn own_scenario(&self, id: &str) -> Result<Scenario, LoadError> {
        // A frame shows one scenario, and does without the list of all.
        if embedded().is_none() {
            self.list().await?;
            if !self.store.read().catalogue.contains(id) {
                return Err(self.unknown(id));
            }
        }
        let text = match fetched(Catalogue::file_of(id)).await {
            Err(LoadError::Fetch { failed: Failed::Missing, .. }) => {
                self.list().await?;
                return Err(self.unknown(id));
            }
            text => text?,
        };
        Scenario::from_json(&text).map_err(LoadError::Malformed)
    }

    /// Opens the lesson that a link names.
    async fn show_lesson(&self, link: &Link, how: Opening) -> Result<(), LoadError> {
        let Some(lesson) = &link.lesson else { return Ok(()) };
        if how == Opening::Leading {
            self.prefer_as(link);
        }
        self.open_lesson(lesson, link.stop.as_deref(), how).await
    }

    /// Language, theme and numbers as a link has them.
    fn prefer_as(&self, link: &Link) {
        let locale = link.locale.as_deref().and_then(Locale::from_tag).map(Preference::Locale);
        let theme = link.theme.as_deref().and_then(Theme::from_name).map(Preference::Theme);
        let numbers = link.numbers.as_deref().and_then(numbers_from_name).map(Preference::Numbers);
        for preference in [locale, theme, numbers].into_iter().flatten() {
            self.store.act(Action::Prefer(preference));
        }
    }

    fn unknown(&self, id: &str) -> LoadError {
        LoadError::Unknown { id: id.to_owned(), known: self.store.read().catalogue.ids() }
    }

    async fn first(&self) -> Result<(), LoadError> {
        if let Some(id) = embedded().filter(|id| !id.is_empty()) {
            return self.show(link_to(ScenarioRef::Id(id), None)).await;
        }
        self.list().await?;
        let first = self.store.read().catalogue.first().map(str::to_owned);
        match first {
            Some(first) => self.show(link_to(ScenarioRef::Id(first), None)).await,
            None => Ok(()),
        }
    }

    pub(super) async fn list(&self) -> Result<(), LoadError> {
        if !self.store.read().catalogue.entries().is_empty() {
            return Ok(());
        }
        let text = fetched(Catalogue::FILE.to_owned()).await?;
        let index = Index::from_json(&text).map_err(LoadError::Malformed)?;
        self.store.act(Action::List(Catalogue::new(index)));
        Ok(())
    }

    /// Puts a run on the screen as a link has it. An edit of a packet that is never sent
    /// is told: it stays in the list, and waits there for one that is.
    fn put(&self, link: &Link, scenario: Scenario, own: bool) -> Result<(), LoadError> {
        let mut run = Run::new(scenario, own, link.seed).map_err(LoadError::CannotRun)?;
        let edits = link.edits(run.timeline().setup()).map_err(LoadError::Link)?;
        let mut refused = None;
        for edit in edits {
            if let Err(error) = run.edit(edit) {
                refused = Some(error.to_string());
            }
        }
        let done = run.timeline().edits().iter();
        if let Some(unmet) = done.zip(&link.edits).find(|(edit, _)| !run.timeline().is_met(edit)) {
            refused = Some(format!("{}: this run never sends it", unmet.1.to_text()));
        }
        let moment = link.moment(run.trace());
        let selection = link.selection.as_deref().and_then(|packet| {
            let packet = run.trace().packet_named(packet)?;
            Some(run.trace().packet(packet).id)
        });
        self.store.act(Action::Load(Box::new(run)));
        self.prefer_as(link);
        self.store.act(Action::Playback(Playback::Moment(moment)));
        self.store.act(Action::Select(selection));
        if let Some(plot) = &link.plot {
            self.store.act(Action::LookAtPlot(plot.clone()));
        }
        if let Some(refused) = refused {
            self.notify(NoticeKind::BadLink, refused);
        }
        Ok(())
    }

    pub(super) fn told(&self, outcome: Result<(), LoadError>) {
        let Err(error) = outcome else { return };
        let (kind, detail) = match error {
            LoadError::Fetch { file, .. } => (NoticeKind::CannotLoad, file),
            LoadError::Unknown { id, .. } => (NoticeKind::UnknownScenario, id),
            LoadError::Malformed(error) => (NoticeKind::MalformedScenario, error.to_string()),
            LoadError::CannotRun(error) => (NoticeKind::MalformedScenario, error.to_string()),
            LoadError::Link(error) => (NoticeKind::BadLink, error.to_string()),
            LoadError::Lesson(told) => (NoticeKind::NoLesson, told),
            LoadError::Overtaken => return,
        };
        self.notify(kind, detail);
    }

    fn notify(&self, kind: NoticeKind, detail: String) {
        self.store.act(Action::Tell(Some(Notice { kind, detail })));
    }
}

/// A link to the very beginning of a scenario.
pub(crate) fn link_to(scenario: ScenarioRef, seed: Option<u64>) -> Link {
    Link { seed, record: Some(0), ..Link::to(scenario) }
}

pub(super) async fn fetched(file: String) -> Result<String, LoadError> {
    match get_text(&file).await {
        Ok(text) => Ok(text),
        Err(failed) => Err(LoadError::Fetch { file, failed }),
    }
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
            Self::Lesson(told) => f.write_str(told),
            Self::Overtaken => f.write_str("another scenario was loaded meanwhile"),
        }
    }
}
