//! A lesson, as the page reads it.

use tcpscope_scenario::{Json, ScenarioError};

use super::{
    Bit, BitKind, Card, Cited, PAGE_FORMAT, PageLesson, PageQuestion, PageRun, PageScenario,
    PageStop, PageTrap, PageTrial, Text,
};
use crate::lesson::Part;
use crate::markup::Style;

/// Why a file is no lesson for this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// It is no JSON.
    Json(ScenarioError),
    /// It has another format, or something in it is missing.
    Shape,
}

impl PageLesson {
    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// It is another file.
    pub fn from_json(text: &str) -> Result<Self, PageError> {
        let json = Json::read(text).map_err(PageError::Json)?;
        lesson(&json).ok_or(PageError::Shape)
    }
}

/// Reads the contents page.
///
/// # Errors
/// It is another file.
pub fn cards(text: &str) -> Result<Vec<Card>, PageError> {
    let json = Json::read(text).map_err(PageError::Json)?;
    let cards = json.get("lessons").items().iter().map(card).collect::<Option<_>>();
    cards.filter(|_| json.get("format").number() == Some(PAGE_FORMAT)).ok_or(PageError::Shape)
}

fn lesson(json: &Json) -> Option<PageLesson> {
    if json.get("format").number() != Some(PAGE_FORMAT) {
        return None;
    }
    let read = |item: &Json| Some((cited(item.get("rfc"))?, text(item.get("say"))?));
    let lesson = PageLesson {
        card: card(json.get("card"))?,
        runs: each(json.get("runs"), run)?,
        stops: each(json.get("stops"), stop)?,
        traps: each(json.get("traps"), trap)?,
        sandbox: each(json.get("sandbox"), trial)?,
        reading: each(json.get("reading"), read)?,
    };
    // What points to another of a list has to find it.
    let runs = |place: usize| place < lesson.runs.len();
    let stops = |place: usize| place < lesson.stops.len();
    let points = lesson.stops.iter().all(|stop| runs(stop.run) && stop.beside.is_none_or(runs))
        && lesson.traps.iter().all(|trap| trap.stop.is_none_or(stops));
    Some(lesson).filter(|_| points)
}

fn each<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.items().iter().map(read).collect()
}

fn owned(json: &Json) -> Option<String> {
    json.text().map(str::to_owned)
}

fn texts(json: &Json) -> Option<Vec<String>> {
    each(json, owned)
}

fn place(json: &Json) -> Option<usize> {
    json.number().and_then(|number| usize::try_from(number).ok())
}

fn short(json: &Json) -> Option<u32> {
    json.number().and_then(|number| u32::try_from(number).ok())
}

fn text(json: &Json) -> Option<Text> {
    each(json, |paragraph| each(paragraph, bit))
}

fn bit(json: &Json) -> Option<Bit> {
    if let Some(words) = owned(json) {
        return Some(Bit { style: Style::Plain, kind: BitKind::Words(words) });
    }
    let parts = texts(json)?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (style, parts) = match parts.as_slice() {
        ["`", rest @ ..] => (Style::Code, rest),
        ["*", rest @ ..] => (Style::Emphasis, rest),
        all => (Style::Plain, all),
    };
    let kind = match parts {
        ["w", words] => BitKind::Words((*words).to_owned()),
        ["t", id, shown] => BitKind::Term((*id).to_owned(), (*shown).to_owned()),
        ["v", value] => BitKind::Value((*value).to_owned(), (*value).to_owned()),
        ["v", relative, absolute] => BitKind::Value((*relative).to_owned(), (*absolute).to_owned()),
        _ => return None,
    };
    Some(Bit { style, kind })
}

fn card(json: &Json) -> Option<Card> {
    let part = json.get("part").text()?;
    Some(Card {
        id: owned(json.get("id"))?,
        part: Part::ALL.into_iter().find(|known| known.name() == part)?,
        level: json.get("level").number()?,
        minutes: json.get("minutes").number()?,
        title: owned(json.get("title"))?,
        summary: owned(json.get("summary"))?,
        after: texts(json.get("after"))?,
        stops: json.get("stops").number()?,
        questions: json.get("questions").number()?,
    })
}

fn cited(json: &Json) -> Option<Cited> {
    let [rfc, section, title] = json.items() else { return None };
    Some(Cited { rfc: rfc.number()?, section: owned(section)?, title: owned(title)? })
}

fn run(json: &Json) -> Option<PageRun> {
    let named = owned(json.get("scenario")).map(PageScenario::Named);
    Some(PageRun {
        id: owned(json.get("id"))?,
        title: owned(json.get("title")).unwrap_or_default(),
        scenario: named.or_else(|| owned(json.get("file")).map(PageScenario::Inline))?,
        without: texts(json.get("without"))?,
        with: texts(json.get("with"))?,
        edits: texts(json.get("edits"))?,
        seed: json.get("seed").number(),
    })
}

fn stop(json: &Json) -> Option<PageStop> {
    Some(PageStop {
        id: owned(json.get("id"))?,
        run: place(json.get("run"))?,
        beside: place(json.get("beside")),
        record: short(json.get("record"))?,
        last: short(json.get("last"))?,
        point: texts(json.get("point"))?,
        rfc: each(json.get("rfc"), cited)?,
        say: text(json.get("say"))?,
        questions: each(json.get("questions"), question)?,
    })
}

fn question(json: &Json) -> Option<PageQuestion> {
    Some(PageQuestion {
        kind: owned(json.get("kind"))?,
        host: owned(json.get("host")),
        packet: owned(json.get("packet")),
        ask: text(json.get("ask"))?,
    })
}

fn trap(json: &Json) -> Option<PageTrap> {
    Some(PageTrap {
        wrong: text(json.get("wrong"))?,
        say: text(json.get("say"))?,
        stop: place(json.get("stop")),
    })
}

fn trial(json: &Json) -> Option<PageTrial> {
    Some(PageTrial {
        say: text(json.get("say"))?,
        without: texts(json.get("without"))?,
        with: texts(json.get("with"))?,
        edits: texts(json.get("edits"))?,
    })
}
