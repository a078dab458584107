//! A checked lesson, made into what the page fetches.

use tcpscope_view::{Locale, Numbers};

use super::{
    Bit, BitKind, Card, Cited, PageLesson, PageQuestion, PageRun, PageScenario, PageStop, PageTrap,
    PageTrial, Text, write,
};
use crate::check::{Staged, said_edit};
use crate::claim::{Runs, Scene, StopFound};
use crate::glossary;
use crate::lesson::{Asked, Lesson, Placed, Run, Stage, Stop, Trial, Words};
use crate::markup::{Inline, Piece, paragraphs};
use crate::sections;

impl PageLesson {
    /// A lesson in a language. Of one that did not pass its check, what could be made out.
    #[must_use]
    pub fn of(staged: &Staged, locale: Locale) -> Self {
        let Staged { lesson, runs, stops } = staged;
        let end = staged.end();
        let end = end.as_ref();
        let say = |words: &Words| text(words, end, locale);
        let main = PageRun {
            id: Runs::MAIN.to_owned(),
            title: String::new(),
            scenario: scenario(&lesson.stage),
            without: Vec::new(),
            with: Vec::new(),
            edits: Vec::new(),
            seed: None,
        };
        let others = lesson.runs.iter().filter(|run| runs.named(&run.id).is_some());
        let traps = lesson.traps.iter().map(|trap| PageTrap {
            wrong: say(&trap.wrong),
            say: say(&trap.say),
            stop: trap.stop.as_ref().and_then(|id| stops.iter().position(|it| it.id == id.value)),
        });
        Self {
            card: card(lesson, locale),
            runs: [main]
                .into_iter()
                .chain(others.map(|run| page_run(run, lesson, locale)))
                .collect(),
            stops: (0..stops.len()).filter_map(|place| page_stop(staged, place, locale)).collect(),
            traps: traps.collect(),
            sandbox: lesson.sandbox.iter().map(|trial| page_trial(trial, end, locale)).collect(),
            reading: lesson
                .reading
                .iter()
                .filter_map(|reading| Some((cited(&reading.rfc)?, say(&reading.say))))
                .collect(),
        }
    }
}

/// What the contents page says of a lesson.
#[must_use]
pub fn card(lesson: &Lesson, locale: Locale) -> Card {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Card {
        id: lesson.id.value.clone(),
        part: lesson.part,
        level: lesson.level.into(),
        minutes: lesson.minutes.into(),
        title: lesson.title.plain(None, locale, Numbers::Relative),
        summary: lesson.summary.plain(None, locale, Numbers::Relative),
        after: values(&lesson.after),
        stops: count(lesson.stops.len()),
        questions: count(lesson.stops.iter().map(|stop| stop.questions.len()).sum()),
    }
}

/// The contents page of lessons in a language, by part, then as they are given.
#[must_use]
pub fn contents(lessons: &[&Lesson], locale: Locale) -> String {
    let mut cards: Vec<Card> = lessons.iter().map(|lesson| card(lesson, locale)).collect();
    let order = |card: &Card| {
        let known = crate::curriculum::LESSONS.iter().position(|id| *id == card.id);
        (card.part as usize, known.unwrap_or(usize::MAX))
    };
    cards.sort_by_key(order);
    write::contents(&cards)
}

fn values(list: &[Placed<String>]) -> Vec<String> {
    list.iter().map(|item| item.value.clone()).collect()
}

fn edits(list: &[Placed<String>]) -> Vec<String> {
    list.iter().map(|item| said_edit(item)).collect()
}

fn scenario(stage: &Stage) -> PageScenario {
    match stage {
        Stage::Named(id) => PageScenario::Named(id.value.clone()),
        Stage::Inline(scenario) => PageScenario::Inline(scenario.to_json()),
    }
}

fn page_run(run: &Run, lesson: &Lesson, locale: Locale) -> PageRun {
    PageRun {
        id: run.id.value.clone(),
        title: run.title.plain(None, locale, Numbers::Relative),
        scenario: scenario(run.stage.as_ref().unwrap_or(&lesson.stage)),
        without: values(&run.without),
        with: values(&run.with),
        edits: edits(&run.edits),
        seed: run.seed,
    }
}

fn page_stop(staged: &Staged, place: usize, locale: Locale) -> Option<PageStop> {
    let found: &StopFound = staged.stops.get(place)?;
    let stop: &Stop = staged.lesson.stops.iter().find(|stop| stop.id.value == found.id)?;
    let scene = staged.scene(place);
    let asked = |asked: &Asked| PageQuestion {
        kind: asked.kind.value.clone(),
        host: asked.host.as_ref().map(|host| host.value.clone()),
        packet: asked.packet.as_ref().map(|packet| packet.value.clone()),
        ask: asked.ask.as_ref().map_or_else(Vec::new, |ask| text(ask, scene.as_ref(), locale)),
    };
    Some(PageStop {
        id: found.id.clone(),
        run: found.run,
        beside: stop.beside.as_ref().and_then(|id| staged.runs.named(id)),
        record: found.record.0,
        last: found.last.0,
        point: values(&stop.point),
        rfc: stop.rfc.iter().filter_map(|text| cited(text)).collect(),
        say: text(&stop.say, scene.as_ref(), locale),
        questions: stop.questions.iter().map(asked).collect(),
    })
}

fn page_trial(trial: &Trial, end: Option<&Scene<'_>>, locale: Locale) -> PageTrial {
    PageTrial {
        say: text(&trial.say, end, locale),
        without: values(&trial.without),
        with: values(&trial.with),
        edits: edits(&trial.edits),
    }
}

fn cited(text: &str) -> Option<Cited> {
    let (rfc, section, title) = sections::cited(text).ok()?;
    Some(Cited { rfc: rfc.into(), section: section.to_owned(), title: title.to_owned() })
}

fn text(words: &Words, scene: Option<&Scene<'_>>, locale: Locale) -> Text {
    let paragraphs = paragraphs(words.in_locale(locale)).0;
    let bits = |inline: &Inline| {
        let kind = match &inline.piece {
            Piece::Text(text) => BitKind::Words(text.clone()),
            Piece::Term(id, shown) => {
                let usual = || glossary::name(id, locale.tag()).to_owned();
                BitKind::Term(id.clone(), shown.clone().unwrap_or_else(usual))
            }
            Piece::Value(claim) => {
                let value = scene.and_then(|scene| claim.value(scene).ok());
                let said = |numbers| value.as_ref().map_or_else(String::new, |it| it.said(numbers));
                BitKind::Value(said(Numbers::Relative), said(Numbers::Absolute))
            }
        };
        Bit { style: inline.style, kind }
    };
    paragraphs.iter().map(|paragraph| paragraph.iter().map(bits).collect()).collect()
}
