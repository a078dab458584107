//! Going from stop to stop: the figure shows the run and the moment that are spoken of.

use tcpscope_lesson::course::{SheetRun, Target};
use tcpscope_scenario::{LinkEdit, Scenario};
use tcpscope_sim::{Edit, PacketId, RecordId, Setup};
use tcpscope_view::messages;
use yew::platform::spawn_local;

use super::scenario_of;
use crate::app::{App, LoadError};
use crate::store::{
    Action, Arrange, BesideRun, Playback, Pose, Reading, Rearrange, Run, Session, Shows, Sides,
    Tab, Teach,
};

/// A way through a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the next stop.
    On,
    /// To the one before.
    Back,
    /// To where one is already: the figure shows it again.
    Here,
    /// To this one.
    To(usize),
    /// To this one, while the figure stays as it is.
    Stay(usize),
}

/// What has to be done so that the figure shows a stop.
struct Plan {
    /// The edits of its run.
    edits: Vec<Edit>,
    /// What is loaded, where something else is shown.
    load: Option<Box<Run>>,
    /// Whether the run is the lesson's but for its edits.
    only_edits: bool,
    beside: Option<Box<BesideRun>>,
    run: usize,
    record: RecordId,
    packet: Option<String>,
}

impl App {
    /// Goes through the lesson that is read.
    pub(crate) fn step(&self, step: Step) {
        let place = {
            let session = self.store.read();
            let Some(reading) = &session.teaching.reading else { return };
            let here = reading.stop;
            match step {
                Step::On => (here + 1).min(reading.sheet.stops.len()),
                Step::Back => here.saturating_sub(1),
                Step::Here => here,
                Step::To(place) | Step::Stay(place) => place.min(reading.sheet.stops.len()),
            }
        };
        // Whoever goes on has done with what is asked here.
        self.store.act(Action::Pose(Pose::Unveil));
        if self.store.read().teaching.reading.as_ref().is_some_and(|it| it.stop != place) {
            self.store.act(Action::Teach(Teach::Asked(Vec::new())));
        }
        let shows = match step {
            Step::Stay(_) => self.store.read().shown_already(place),
            Step::On | Step::Back | Step::Here | Step::To(_) => self.show_stop(place),
        };
        self.store.act(Action::Teach(Teach::At(place, shows)));
        self.ask();
        self.was_read();
        let shell = self.store.read().shell;
        if shell.shown_tab() != Tab::Lesson {
            self.store.act(Action::Arrange(Arrange::Tab(Tab::Lesson)));
        }
    }

    /// Shows a stop's run and moment, and what of the lesson's the figure shows now.
    pub(in crate::app) fn show_stop(&self, place: usize) -> Option<Shows> {
        let plan = match self.store.read().plan(place)? {
            Ok(plan) => plan,
            Err(error) => {
                self.told(Err(error));
                return None;
            }
        };
        if let Some(run) = plan.load {
            self.store.act(Action::Load(run));
        } else if plan.only_edits {
            // What the learner did can be had again: it is taken back as one does by hand.
            self.store.act(Action::Rearrange(Rearrange::Clear));
            for edit in plan.edits.clone() {
                self.store.act(Action::Edit(edit));
            }
        }
        self.store.act(Action::Beside(plan.beside));
        self.store.act(Action::Playback(Playback::Record(plan.record)));
        let packet = plan.packet.and_then(|name| self.store.read().packet_id(&name));
        self.store.act(Action::Select(packet));
        self.store.act(Action::Arrange(Arrange::Follow(true)));
        let sides = self.store.read().sides_at(place);
        if let Some(sides) = sides {
            self.store.act(Action::Arrange(Arrange::Sides(sides)));
        }
        Some(Shows { run: plan.run, edits: plan.edits })
    }

    /// Does what is to be tried at the end of the lesson.
    pub(super) fn try_out(&self, place: usize) {
        let (trial, beside) = {
            let session = self.store.read();
            let Some(reading) = &session.teaching.reading else { return };
            let Some(trial) = reading.sheet.trials.get(place) else { return };
            let Some(trial) = trial.run.clone() else { return };
            // What was tried is seen beside what the lesson has shown.
            (trial, beside_of(reading, 0).ok().flatten())
        };
        let app = self.clone();
        spawn_local(async move {
            let outcome = match scenario_of(&trial).await {
                Ok((scenario, own)) => made(&trial, &scenario, own).map(|(run, _)| {
                    app.store.act(Action::Load(Box::new(run)));
                    app.store.act(Action::Beside(beside));
                }),
                Err(error) => Err(error),
            };
            app.told(outcome);
        });
    }
}

impl Session {
    /// What has to be done so that the figure shows a stop; nothing at the end of a lesson.
    fn plan(&self, place: usize) -> Option<Result<Plan, LoadError>> {
        let reading = self.teaching.reading.as_ref()?;
        let stop = reading.sheet.stops.get(place)?;
        let (sheet, scenario, own) = reading.run(stop.run)?;
        let shown = reading.shows.as_ref().filter(|shows| shows.run == stop.run);
        let shown = shown.filter(|_| self.run.is_some());
        let as_it_is = self.run.as_ref().is_some_and(|run| reading.shows_run(stop.run, run));
        let (load, edits) = match shown {
            Some(shows) => (None, shows.edits.clone()),
            None => match made(sheet, scenario, own) {
                Ok((run, edits)) => (Some(Box::new(run)), edits),
                Err(error) => return Some(Err(error)),
            },
        };
        let beside = match stop.beside.map(|place| beside_of(reading, place)).transpose() {
            Ok(beside) => beside.flatten(),
            Err(error) => return Some(Err(error)),
        };
        let packet = stop.point.iter().find_map(|point| match Target::parse(point) {
            Target::Packet(Some(name)) => Some(name.to_owned()),
            Target::Packet(None)
            | Target::Header(_)
            | Target::Octets
            | Target::Envelopes
            | Target::Checksum => stop.packet.clone(),
            Target::Ladder
            | Target::Diagram
            | Target::Log
            | Target::Link(_)
            | Target::Plot(_)
            | Target::Of(..) => None,
        });
        Some(Ok(Plan {
            edits,
            only_edits: load.is_none() && !as_it_is,
            load,
            beside,
            run: stop.run,
            record: RecordId(stop.record),
            packet,
        }))
    }

    /// What the figure shows of a stop's run already, where a link has brought it.
    fn shown_already(&self, place: usize) -> Option<Shows> {
        let reading = self.teaching.reading.as_ref()?;
        let stop = reading.sheet.stops.get(place)?;
        let (sheet, scenario, _) = reading.run(stop.run)?;
        let timeline = self.run.as_ref()?.timeline();
        let setup = setup_of(sheet, scenario);
        let edits = edits_of(sheet, &setup).ok()?;
        (*timeline.setup() == setup).then_some(Shows { run: stop.run, edits })
    }

    /// The panels as a stop speaks of their hosts.
    fn sides_at(&self, place: usize) -> Option<Sides> {
        let stop = self.teaching.reading.as_ref()?.sheet.stops.get(place)?;
        let trace = self.run.as_ref()?.trace();
        Some(self.shell.sides.led_to(&stop.point, trace))
    }

    pub(super) fn packet_id(&self, name: &str) -> Option<PacketId> {
        let trace = self.run.as_ref()?.trace();
        Some(trace.packet(trace.packet_named(name)?).id)
    }
}

/// A run of a lesson as it is put beside another.
fn beside_of(reading: &Reading, place: usize) -> Result<Option<Box<BesideRun>>, LoadError> {
    let Some((sheet, scenario, _)) = reading.run(place) else { return Ok(None) };
    let setup = setup_of(sheet, scenario);
    let edits = edits_of(sheet, &setup)?;
    let mut name = sheet.title.clone();
    if name.is_empty() {
        messages(reading.locale).lessons.as_it_is.clone_into(&mut name);
    }
    Ok(Some(Box::new(BesideRun { name, setup, edits })))
}

fn setup_of(sheet: &SheetRun, scenario: &Scenario) -> Setup {
    let setup = scenario.setup();
    Setup { seed: sheet.seed.unwrap_or(setup.seed), ..setup }
}

fn edits_of(sheet: &SheetRun, setup: &Setup) -> Result<Vec<Edit>, LoadError> {
    let mut edits = Vec::new();
    for text in &sheet.edits {
        let edit = LinkEdit::from_text(text).and_then(|edit| edit.resolve(setup));
        edits.push(edit.map_err(LoadError::Link)?);
    }
    Ok(edits)
}

/// A run as the lesson has it.
pub(in crate::app) fn made(
    sheet: &SheetRun,
    scenario: &Scenario,
    own: bool,
) -> Result<(Run, Vec<Edit>), LoadError> {
    let mut run = Run::new(scenario.clone(), own, sheet.seed).map_err(LoadError::CannotRun)?;
    let edits = edits_of(sheet, run.timeline().setup())?;
    for edit in &edits {
        // One that meets nothing was told of when the lesson was checked.
        let _ = run.edit(edit.clone());
    }
    Ok((run, edits))
}
