//! The runs of a lesson, made.

use tcpscope_scenario::{LinkEdit, Scenario};
use tcpscope_sim::{Setup, Switch, Timeline};

use super::Library;
use crate::claim::{Runs, Take};
use crate::finding::Fault;
use crate::lesson::{Lesson, Placed, Run, Stage};
use crate::near::{listed, meant};

/// Runs the scenario as it is, and each run beside it. Where the first cannot be, none is.
pub(super) fn runs(lesson: &Lesson, library: &dyn Library, faults: &mut Vec<Fault>) -> Runs {
    let mut runs = Runs::default();
    let Some(setup) = setup(&lesson.stage, library, faults) else { return runs };
    let at = match &lesson.stage {
        Stage::Named(id) => &id.at,
        Stage::Inline(scenario) => &scenario.at,
    };
    match Timeline::new(setup.clone()) {
        Ok(timeline) => runs.takes.push(Take { id: Runs::MAIN.to_owned(), timeline }),
        Err(error) => {
            faults.push(Fault::new(at.start..at.start, error.to_string()));
            return runs;
        }
    }
    for run in &lesson.runs {
        let base = match &run.stage {
            None => Some(setup.clone()),
            Some(stage) => self::setup(stage, library, faults),
        };
        if let Some(timeline) = base.and_then(|base| changed(base, run, faults)) {
            runs.takes.push(Take { id: run.id.value.clone(), timeline });
        }
    }
    for trial in &lesson.sandbox {
        let switched = switched(setup.clone(), &trial.without, &trial.with, faults);
        made(switched, &trial.edits, faults);
    }
    runs
}

fn setup(stage: &Stage, library: &dyn Library, faults: &mut Vec<Fault>) -> Option<Setup> {
    match stage {
        Stage::Inline(scenario) => Some(scenario.setup()),
        Stage::Named(id) => {
            let found = library.scenario(id);
            if found.is_none() {
                let known = library.scenarios();
                let near = meant(id, known.iter().map(String::as_str));
                let what = format!("there is no scenario `{}`{near}", id.value);
                faults.push(Fault::new(id.at.clone(), what));
            }
            found.as_ref().map(Scenario::setup)
        }
    }
}

fn changed(mut setup: Setup, run: &Run, faults: &mut Vec<Fault>) -> Option<Timeline> {
    setup.seed = run.seed.unwrap_or(setup.seed);
    made(switched(setup, &run.without, &run.with, faults), &run.edits, faults)
}

fn switched(
    mut setup: Setup,
    without: &[Placed<String>],
    with: &[Placed<String>],
    faults: &mut Vec<Fault>,
) -> Setup {
    for (names, on) in [(without, false), (with, true)] {
        for name in names {
            match switch(&setup, name, on) {
                Ok(switched) if switched == setup => {
                    let state = if on { "on" } else { "off" };
                    let what = format!("this changes nothing: `{}` is {state} already", name.value);
                    faults.push(Fault::new(name.at.clone(), what));
                }
                Ok(switched) => setup = switched,
                Err(what) => faults.push(Fault::new(name.at.clone(), what)),
            }
        }
    }
    setup
}

/// The setup with `sack` on or off, or with `client.sack` at one host.
pub(crate) fn switch(setup: &Setup, name: &str, on: bool) -> Result<Setup, String> {
    let (host, name) = name.rsplit_once('.').map_or((None, name), |(host, it)| (Some(host), it));
    let switch = Switch::from_name(name).ok_or_else(|| {
        let known = || Switch::ALL.into_iter().map(Switch::name);
        let near = meant(name, known());
        format!("there is no switch `{name}`{near} The switches are {}.", listed(known()))
    })?;
    let Some(host) = host else { return Ok(setup.switched(switch, on)) };
    let mut setup = setup.clone();
    let Some(found) = setup.hosts.iter_mut().find(|it| it.name == host) else {
        let known = || setup.hosts.iter().map(|host| host.name.as_str());
        let near = meant(host, known());
        return Err(format!("no host is named `{host}`{near} The hosts are {}.", listed(known())));
    };
    if switch.is_on(found) != on {
        switch.set(found, on);
    }
    Ok(setup)
}

/// An edit as in a link: it is written like that, or with spaces.
pub(crate) fn edit_text(said: &str) -> String {
    let text = said.trim();
    match text.contains(',') {
        true => text.to_owned(),
        false => text.split_whitespace().collect::<Vec<_>>().join(","),
    }
}

/// The run with edits, which all have to meet something.
fn made(setup: Setup, edits: &[Placed<String>], faults: &mut Vec<Fault>) -> Option<Timeline> {
    let mut timeline = match Timeline::new(setup) {
        Ok(timeline) => timeline,
        Err(error) => {
            let at = edits.first().map_or(0..0, |edit| edit.at.clone());
            faults.push(Fault::new(at, error.to_string()));
            return None;
        }
    };
    let mut done = Vec::new();
    for said in edits {
        let text = edit_text(said);
        let edit = LinkEdit::from_text(&text)
            .and_then(|edit| edit.resolve(timeline.setup()))
            .map_err(|error| error.to_string())
            .and_then(|edit| {
                timeline.edit(edit.clone()).map_err(|error| error.to_string())?;
                Ok(edit)
            });
        match edit {
            Ok(edit) => done.push((said, edit)),
            Err(what) => faults.push(Fault::new(said.at.clone(), what)),
        }
    }
    // One edit may make another meet its packet: all of them are asked at the end.
    for (said, edit) in done {
        if !timeline.is_met(&edit) {
            let what = format!(
                "`{}` meets nothing: there is no such packet or moment in the run",
                said.value
            );
            faults.push(Fault::new(said.at.clone(), what));
        }
    }
    Some(timeline)
}
