//! A lesson, run: every stop has to be reached, every claim has to hold, every word has to be there
//! in both languages.

mod questions;
mod runs;
mod stops;
mod words;

pub(crate) use runs::{edit_text, switch};

use std::collections::BTreeSet;

use tcpscope_scenario::Scenario;

use crate::claim::{Runs, Scene, StopFound};
use crate::file;
use crate::finding::{Fault, Finding};
use crate::lesson::{Lesson, Placed};
use crate::near::meant;
use crate::{course, sections};

/// What a lesson refers to, and where it is kept.
pub trait Library {
    /// The scenario of this id; `None` where there is none.
    fn scenario(&self, id: &str) -> Option<Scenario>;

    /// The ids of all scenarios, for whoever has misspelt one.
    fn scenarios(&self) -> Vec<String>;

    /// The ids of all lessons that are there.
    fn lessons(&self) -> Vec<String>;
}

/// What came of checking a lesson.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What is wrong with it, in the order of the file.
    pub findings: Vec<Finding>,
    /// The lesson and its runs, as far as it can be made out.
    pub staged: Option<Staged>,
}

/// A lesson, and the runs that it is about.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The lesson.
    pub lesson: Lesson,
    /// Its runs.
    pub runs: Runs,
    /// Where its stops were found; one that never is, is not among them.
    pub stops: Vec<StopFound>,
}

impl Staged {
    /// The moment of a stop, by its place among those that were found.
    #[must_use]
    pub fn scene(&self, place: usize) -> Option<Scene<'_>> {
        let stop = self.stops.get(place)?;
        Some(Scene::new(&self.runs, &self.stops[..place], stop))
    }

    /// The end of the scenario as it is: what is said behind the last stop is said there.
    #[must_use]
    pub fn end(&self) -> Option<Scene<'_>> {
        Scene::end_of(&self.runs, &self.stops)
    }
}

/// Checks a lesson file. `stem` is its name without the ending, if it has one.
#[must_use]
pub fn check(source: &str, stem: Option<&str>, library: &dyn Library) -> Checked {
    let (lesson, mut faults) = file::read(source);
    let staged = lesson.map(|lesson| staged(lesson, source, stem, library, &mut faults));
    let mut findings: Vec<Finding> =
        faults.into_iter().map(|fault| Finding::of(fault, source)).collect();
    findings.sort();
    findings.dedup();
    Checked { findings, staged }
}

fn staged(
    lesson: Lesson,
    source: &str,
    stem: Option<&str>,
    library: &dyn Library,
    faults: &mut Vec<Fault>,
) -> Staged {
    names(&lesson, stem, library, faults);
    let runs = runs::runs(&lesson, library, faults);
    let stops = match runs.takes.is_empty() {
        true => Vec::new(),
        false => stops::stops(&lesson, &runs, source, faults),
    };
    words::check(&lesson, &runs, &stops, source, faults);
    Staged { lesson, runs, stops }
}

/// Names that have to be others, or others' that have to be there.
fn names(lesson: &Lesson, stem: Option<&str>, library: &dyn Library, faults: &mut Vec<Fault>) {
    if let Some(stem) = stem.filter(|stem| *stem != lesson.id.value) {
        let what = format!("the file's name says `{stem}`: the id is that, too");
        faults.push(Fault::new(lesson.id.at.clone(), what));
    }
    let present = library.lessons();
    // A lesson of the curriculum may be referred to before it is written.
    let planned = course::ORDER.iter().flat_map(|(_, ids)| ids.iter().copied());
    let known: Vec<&str> = present.iter().map(String::as_str).chain(planned).collect();
    for after in &lesson.after {
        if after.value == lesson.id.value {
            faults.push(Fault::new(after.at.clone(), "a lesson does not come after itself"));
        } else if !known.contains(&&*after.value) {
            let near = meant(after, known.iter().copied());
            let what = format!("there is no lesson `{}`{near}", after.value);
            faults.push(Fault::new(after.at.clone(), what));
        }
    }
    unique(lesson.stops.iter().map(|stop| &stop.id), "stop", faults);
    unique(lesson.runs.iter().map(|run| &run.id), "run", faults);
    for run in lesson.runs.iter().filter(|run| run.id.value == Runs::MAIN) {
        let what = "`main` is the scenario as it is: another run has another id";
        faults.push(Fault::new(run.id.at.clone(), what));
    }
    let stop_cited = lesson.stops.iter().flat_map(|stop| &stop.rfc);
    for cited in stop_cited.chain(lesson.reading.iter().map(|reading| &reading.rfc)) {
        if let Err(what) = sections::cited(cited) {
            faults.push(Fault::new(cited.at.clone(), what));
        }
    }
    for stop in lesson.traps.iter().filter_map(|trap| trap.stop.as_ref()) {
        let ids = || lesson.stops.iter().map(|stop| stop.id.value.as_str());
        if !ids().any(|id| id == stop.value) {
            let near = meant(stop, ids());
            faults.push(Fault::new(
                stop.at.clone(),
                format!("there is no stop `{}`{near}", stop.value),
            ));
        }
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a Placed<String>>, what: &str, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.value.as_str()) {
            faults.push(Fault::new(
                id.at.clone(),
                format!("another {what} has the id `{}`", id.value),
            ));
        }
    }
}
