//! From a lesson that was run to what the page reads.

use tcpscope_scenario::{LinkEdit, Scenario};
use tcpscope_sim::Setup;
use tcpscope_view::Numbers;

use super::{
    Bit, BitWords, Cited, Claimed, Face, Said, Sheet, SheetAsk, SheetReading, SheetRun, SheetStage,
    SheetStop, SheetTrap, SheetTrial,
};
use crate::check::{Library, Staged};
use crate::claim::{self, Scene, StopFound, Take};
use crate::lesson::{Asked, Placed, Stage, Stop, Trial, Words};
use crate::markup::{Inline, Piece, Style, paragraphs};
use crate::{Lesson, glossary};

impl Sheet {
    /// What the page reads of a lesson without faults, in the language of this tag.
    #[must_use]
    pub fn of(staged: &Staged, library: &dyn Library, locale: &str) -> Self {
        let lesson = &staged.lesson;
        let maker = Maker { staged, library, locale };
        let end = staged.runs.takes.first().and_then(|take| take.trace().records().last());
        let end =
            end.map(|end| StopFound { id: String::new(), run: 0, record: end.id, last: end.id });
        let end = end.as_ref().map(|end| Scene::new(&staged.runs, &staged.stops, end));
        let stops = lesson.stops.iter().zip(&staged.stops).enumerate();
        Self {
            id: lesson.id.value.clone(),
            part: lesson.part,
            level: lesson.level,
            minutes: lesson.minutes,
            title: lesson.title.text.in_locale(locale).to_owned(),
            summary: lesson.summary.text.in_locale(locale).to_owned(),
            runs: staged.runs.takes.iter().map(|take| maker.run(take)).collect(),
            stops: stops.map(|(place, (stop, found))| maker.stop(stop, found, place)).collect(),
            traps: lesson
                .traps
                .iter()
                .map(|trap| SheetTrap {
                    wrong: maker.say(&trap.wrong, end.as_ref()),
                    say: maker.say(&trap.say, end.as_ref()),
                    stop: trap.stop.as_ref().and_then(|id| maker.stop_named(id)),
                })
                .collect(),
            trials: lesson
                .sandbox
                .iter()
                .map(|trial| SheetTrial {
                    say: maker.say(&trial.say, end.as_ref()),
                    run: maker.trial(trial),
                })
                .collect(),
            reading: lesson
                .reading
                .iter()
                .map(|reading| SheetReading {
                    cited: cited(&reading.rfc),
                    say: maker.say(&reading.say, end.as_ref()),
                })
                .collect(),
        }
    }
}

struct Maker<'a> {
    staged: &'a Staged,
    library: &'a dyn Library,
    locale: &'a str,
}

impl Maker<'_> {
    fn lesson(&self) -> &Lesson {
        &self.staged.lesson
    }

    fn run(&self, take: &Take) -> SheetRun {
        let run = self.lesson().runs.iter().find(|run| run.id.value == take.id);
        let title = run.map_or("", |run| run.title.text.in_locale(self.locale));
        let base = run.and_then(|run| run.stage.as_ref()).unwrap_or(&self.lesson().stage);
        let setup = take.setup();
        let edits = take.timeline.edits().iter();
        let (stage, seed) = self.stage(base, setup);
        SheetRun {
            id: take.id.clone(),
            title: title.to_owned(),
            stage,
            seed,
            edits: edits.map(|edit| LinkEdit::of(edit, setup).to_text()).collect(),
        }
    }

    /// What is run, and its seed: one of the page's scenarios where only its seed is another.
    fn stage(&self, base: &Stage, setup: &Setup) -> (SheetStage, Option<u64>) {
        let (named, scenario) = match base {
            Stage::Named(id) => (Some(id.value.clone()), self.library.scenario(id)),
            Stage::Inline(scenario) => (None, Some((*scenario.value).clone())),
        };
        let Some(scenario) = scenario else { return (SheetStage::Named(String::new()), None) };
        let own = scenario.setup();
        let seed = (setup.seed != own.seed).then_some(setup.seed);
        let as_it_is = Setup { seed: own.seed, ..setup.clone() } == own;
        match named {
            Some(id) if as_it_is => (SheetStage::Named(id), seed),
            Some(_) | None => {
                let changed = scenario.with_setup(setup.clone());
                let changed = changed.as_ref().unwrap_or(&scenario);
                (SheetStage::Inline(Scenario::to_json(changed)), None)
            }
        }
    }

    fn stop(&self, stop: &Stop, found: &StopFound, place: usize) -> SheetStop {
        let staged = self.staged;
        let scene = Scene::new(&staged.runs, &staged.stops[..place], found);
        let claims = stop.claims.iter().filter_map(|said| {
            let claim = claim::parse(said).ok()?;
            Some(Claimed { text: said.trim().to_owned(), values: claim.values(&scene) })
        });
        let packet = scene.segment().map(|packet| scene.trace().packet_name(packet));
        SheetStop {
            id: stop.id.value.clone(),
            run: found.run,
            beside: stop.beside.as_ref().and_then(|id| staged.runs.named(id)),
            record: found.last.0,
            packet,
            point: stop.point.iter().map(|point| point.value.clone()).collect(),
            claims: claims.collect(),
            rfc: stop.rfc.iter().map(cited).collect(),
            say: self.say(&stop.say, Some(&scene)),
            asks: stop.questions.iter().map(|asked| self.ask(asked, &scene)).collect(),
        }
    }

    fn ask(&self, asked: &Asked, scene: &Scene<'_>) -> SheetAsk {
        let text = |text: &Option<Placed<String>>| text.as_ref().map(|it| it.value.clone());
        let ask = asked.ask.as_ref().map(|ask| self.say(ask, Some(scene)));
        SheetAsk {
            kind: asked.kind.value.clone(),
            host: text(&asked.host),
            packet: text(&asked.packet),
            ask: ask.unwrap_or_default(),
        }
    }

    fn stop_named(&self, id: &str) -> Option<usize> {
        self.lesson().stops.iter().position(|stop| stop.id.value == id)
    }

    fn trial(&self, trial: &Trial) -> Option<SheetRun> {
        if trial.edits.is_empty() && trial.without.is_empty() && trial.with.is_empty() {
            return None;
        }
        let mut setup = self.staged.runs.takes.first()?.setup().clone();
        for (names, on) in [(&trial.without, false), (&trial.with, true)] {
            for name in names {
                setup = crate::check::switch(&setup, name, on).unwrap_or(setup);
            }
        }
        let (stage, seed) = self.stage(&self.lesson().stage, &setup);
        let edits = trial.edits.iter().map(|edit| crate::check::edit_text(edit)).collect();
        Some(SheetRun { id: String::new(), title: String::new(), stage, seed, edits })
    }

    fn say(&self, words: &Words, scene: Option<&Scene<'_>>) -> Vec<Said> {
        let (paragraphs, _) = paragraphs(words.text.in_locale(self.locale));
        let bits = |inline: &Inline| Bit {
            face: match inline.style {
                Style::Plain => Face::Plain,
                Style::Code => Face::Code,
                Style::Emphasis => Face::Emphasis,
            },
            words: self.bit(&inline.piece, scene),
        };
        paragraphs.iter().map(|paragraph| paragraph.iter().map(bits).collect()).collect()
    }

    fn bit(&self, piece: &Piece, scene: Option<&Scene<'_>>) -> BitWords {
        match piece {
            Piece::Text(text) => BitWords::Text(text.clone()),
            Piece::Term(id, shown) => {
                let name =
                    || glossary::find(id).map_or(id.as_str(), |it| it.in_locale(self.locale).0);
                BitWords::Term(id.clone(), shown.clone().unwrap_or_else(|| name().to_owned()))
            }
            Piece::Value(claim) => match scene.map(|scene| claim.value(scene)) {
                Some(Ok(value)) => {
                    let [relative, absolute] =
                        [Numbers::Relative, Numbers::Absolute].map(|numbers| value.said(numbers));
                    BitWords::Value(relative, absolute)
                }
                Some(Err(_)) | None => BitWords::Text(String::new()),
            },
        }
    }
}

/// `9293#3.5`
fn cited(text: &Placed<String>) -> Cited {
    let (rfc, section) = text.split_once('#').unwrap_or((text, ""));
    Cited { rfc: rfc.parse().unwrap_or_default(), section: section.to_owned() }
}
