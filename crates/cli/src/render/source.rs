//! What is drawn: a scenario, a lesson's stop, or what a link shows.

use std::fs;
use std::path::{Path, PathBuf};

use tcpscope_lesson::check::{Staged, check};
use tcpscope_lesson::course::{Sheet, SheetStage};
use tcpscope_scenario::{Link, Scenario, ScenarioRef};
use tcpscope_sim::{Moment, PacketIndex, RecordId, Timeline, Trace};
use tcpscope_still::View;
use tcpscope_view::{Locale, Numbers, PlotKind, Theme};

use super::{RenderError, Request};
use crate::check::Folders;
use crate::quiz::At;
use crate::run;

/// A run, and what its source says of how it is shown.
pub(super) struct Source {
    run: Run,
    title: [String; 2],
    moment: Option<Moment>,
    pub(super) selection: Option<PacketIndex>,
    pub(super) locale: Option<Locale>,
    pub(super) theme: Option<Theme>,
    pub(super) numbers: Option<Numbers>,
    pub(super) view: Option<View>,
}

enum Run {
    Scenario(Box<Timeline>),
    /// A lesson, and the place of the run of the stop that is shown.
    Lesson(Box<Staged>, usize),
}

impl Source {
    /// What a request names.
    pub(super) fn of(request: &Request) -> Result<Self, RenderError> {
        let said = request.source.as_str();
        let fragment = said.split_once('#').map(|(_, fragment)| fragment);
        if let Some(link) = fragment.or_else(|| said.starts_with("v=").then_some(said)) {
            return Self::of_link(&Link::from_text(link).map_err(RenderError::Link)?, request);
        }
        let path = Path::new(said);
        if path.is_file() {
            let lesson = path.extension().is_some_and(|ending| ending == "toml");
            return if lesson {
                Self::of_lesson(path, request)
            } else {
                Self::of_scenario(&run::scenario(path)?, path, request)
            };
        }
        let scenario = request.scenarios.join(format!("{said}.json"));
        let lesson = request.lessons.join(format!("{said}.toml"));
        match (request.stop.is_some() && lesson.is_file(), is_id(said)) {
            (true, true) => Self::of_lesson(&lesson, request),
            (false, true) if scenario.is_file() => {
                Self::of_scenario(&run::scenario(&scenario)?, &scenario, request)
            }
            (false, true) if lesson.is_file() => Self::of_lesson(&lesson, request),
            (false, true) => Err(no_such(said, vec![scenario, lesson])),
            (_, false) => Err(no_such(said, vec![PathBuf::from("a link")])),
        }
    }

    fn of_scenario(
        scenario: &Scenario,
        path: &Path,
        request: &Request,
    ) -> Result<Self, RenderError> {
        if request.stop.is_some() {
            return Err(RenderError::StopOfNoLesson);
        }
        let timeline = run::made(scenario, path, request.seed, &request.edits)?;
        let title = Locale::ALL.map(|locale| scenario.title().in_locale(locale.tag()).to_owned());
        Ok(Self::new(Run::Scenario(Box::new(timeline)), title))
    }

    const fn new(run: Run, title: [String; 2]) -> Self {
        Self {
            run,
            title,
            moment: None,
            selection: None,
            locale: None,
            theme: None,
            numbers: None,
            view: None,
        }
    }

    fn of_lesson(path: &Path, request: &Request) -> Result<Self, RenderError> {
        let (staged, _) = staged(path, request)?;
        let wanted = request.stop.as_ref().or(request.at.as_ref());
        let found = staged.stops.iter().find(|stop| Some(&stop.id) == wanted);
        let Some((place, record)) = found.map(|stop| (stop.run, [stop.record, stop.last])) else {
            let known = staged.stops.iter().map(|stop| stop.id.clone()).collect();
            return Err(RenderError::NoSuchStop { stop: wanted.cloned(), known });
        };
        let words = &staged.lesson.title;
        let title = Locale::ALL.map(|locale| words.plain(None, locale, Numbers::Relative));
        let mut source = Self::new(Run::Lesson(Box::new(staged), place), title);
        let trace = source.trace();
        let moment = trace.moment_of(record[1]);
        let selection = trace.record(record[0]).kind.packet();
        (source.moment, source.selection) = (Some(moment), selection);
        Ok(source)
    }

    fn of_link(link: &Link, request: &Request) -> Result<Self, RenderError> {
        let name = PathBuf::from("the link");
        let known = Request {
            seed: request.seed.or(link.seed),
            edits: link.edits.iter().chain(&request.edits).cloned().collect(),
            stop: None,
            ..request.clone()
        };
        let mut source = match (&link.scenario, &link.lesson) {
            (ScenarioRef::OfLesson, Some(lesson)) if is_id(lesson) => {
                let path = request.lessons.join(format!("{lesson}.toml"));
                if !path.is_file() {
                    return Err(no_such(lesson, vec![path]));
                }
                let stop = request.stop.clone().or_else(|| link.stop.clone());
                return Ok(Self::of_lesson(&path, &Request { stop, ..known })?.with_looks_of(link));
            }
            (ScenarioRef::RunOfLesson(run), Some(lesson)) if is_id(lesson) => {
                let path = request.lessons.join(format!("{lesson}.toml"));
                Self::of_scenario(&scenario_of_run(&path, run, request)?, &name, &known)?
            }
            (ScenarioRef::Inline(scenario), _) => Self::of_scenario(scenario, &name, &known)?,
            (ScenarioRef::Id(id), _) if is_id(id) => {
                let path = request.scenarios.join(format!("{id}.json"));
                if !path.is_file() {
                    return Err(no_such(id, vec![path]));
                }
                Self::of_scenario(&run::scenario(&path)?, &path, &known)?
            }
            (ScenarioRef::Id(id), _) => return Err(no_such(id, vec![request.scenarios.clone()])),
            (ScenarioRef::OfLesson | ScenarioRef::RunOfLesson(_), lesson) => {
                let id = lesson.as_deref().unwrap_or_default();
                return Err(no_such(id, vec![request.lessons.clone()]));
            }
        };
        let trace = source.trace();
        let selected = link.selection.as_deref().and_then(|packet| trace.packet_named(packet));
        // A link to the very beginning is one to the run.
        let begins = link.at_us == 0 && link.record.is_none_or(|record| record == 0);
        source.moment = (!begins).then(|| link.moment(source.trace()));
        source.selection = selected;
        Ok(source.with_looks_of(link))
    }

    /// With the looks that a link names.
    fn with_looks_of(mut self, link: &Link) -> Self {
        let named = |name: &Option<String>| name.clone().unwrap_or_default();
        self.locale = Locale::from_tag(&named(&link.locale));
        self.theme = Theme::ALL.into_iter().find(|it| it.name() == named(&link.theme));
        self.numbers = Numbers::ALL.into_iter().find(|it| it.name() == named(&link.numbers));
        let kind = link.plot.as_ref().map(|plot| plot.kind.as_str());
        let kind = PlotKind::ALL.into_iter().find(|it| Some(it.name()) == kind);
        self.view = kind.map(View::Plot);
        self
    }

    /// The run.
    pub(super) fn trace(&self) -> &Trace {
        match &self.run {
            Run::Scenario(timeline) => timeline.trace(),
            Run::Lesson(staged, place) => staged.runs.takes[*place].trace(),
        }
    }

    /// The title in a language.
    pub(super) fn title(&self, locale: Locale) -> String {
        let place = Locale::ALL.iter().position(|it| *it == locale);
        place.and_then(|place| self.title.get(place)).cloned().unwrap_or_default()
    }

    /// The moment that is asked for, or the source's own.
    pub(super) fn moment(&self, at: Option<&str>) -> Result<Option<Moment>, RenderError> {
        let Some(at) = at else { return Ok(self.moment) };
        let trace = self.trace();
        let records = trace.records().len();
        match At::from_text(at) {
            Some(At::Time(at)) => Ok(Some(trace.at(at))),
            Some(At::Record(record)) if RecordId(record).index() < records => {
                Ok(Some(trace.moment_of(RecordId(record))))
            }
            Some(At::Record(_)) => Err(RenderError::NoMoment { at: at.to_owned(), records }),
            None => match &self.run {
                Run::Lesson(staged, _) if staged.stops.iter().any(|stop| stop.id == at) => {
                    Ok(self.moment)
                }
                Run::Lesson(..) | Run::Scenario(_) => {
                    Err(RenderError::NoMoment { at: at.to_owned(), records })
                }
            },
        }
    }
}

/// Whether it is a name of a file, and no way out of a folder.
/// A lesson, run, and where its scenarios are.
fn staged(path: &Path, request: &Request) -> Result<(Staged, Folders), RenderError> {
    let failed = |error| RenderError::Run(run::RunError::Read(path.to_path_buf(), error));
    let source = fs::read_to_string(path).map_err(failed)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let folders = Folders::beside(
        path,
        Some(&request.scenarios).filter(|it| it.is_dir()).map(PathBuf::as_path),
    );
    let checked = check(&source, stem.as_deref(), &folders);
    let wrong = |what: String| RenderError::Lesson(path.to_path_buf(), what);
    if let Some(finding) = checked.findings.first() {
        return Err(wrong(finding.to_string()));
    }
    let staged = checked.staged.ok_or_else(|| wrong(" it is no lesson".to_owned()))?;
    Ok((staged, folders))
}

/// What a run of a lesson begins with, before the lesson does anything to it.
fn scenario_of_run(path: &Path, run: &str, request: &Request) -> Result<Scenario, RenderError> {
    if !path.is_file() {
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        return Err(no_such(&id, vec![path.to_path_buf()]));
    }
    let (staged, folders) = staged(path, request)?;
    let sheet = Sheet::of(&staged, &folders, Locale::En.tag());
    let wrong = |what: String| RenderError::Lesson(path.to_path_buf(), what);
    let Some(found) = sheet.runs.iter().find(|it| it.id == run) else {
        let known: Vec<&str> = sheet.runs.iter().map(|it| it.id.as_str()).collect();
        return Err(wrong(format!(" it has no run `{run}`; its runs are {}", known.join(", "))));
    };
    match &found.stage {
        SheetStage::Named(id) => Ok(run::scenario(&request.scenarios.join(format!("{id}.json")))?),
        SheetStage::Inline(file) => {
            Scenario::from_json(file).map_err(|error| wrong(format!(" {error}")))
        }
    }
}

fn is_id(said: &str) -> bool {
    !said.is_empty() && said.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
}

fn no_such(name: &str, looked: Vec<PathBuf>) -> RenderError {
    RenderError::NoSuchSource { name: name.to_owned(), looked }
}
