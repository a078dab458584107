//! A lesson, written for the page.

use tcpscope_scenario::Json;

use super::{
    Bit, BitKind, Card, Cited, PAGE_FORMAT, PageLesson, PageQuestion, PageRun, PageScenario,
    PageStop, PageTrap, PageTrial, Text,
};
use crate::markup::Style;

impl PageLesson {
    /// The lesson as the page fetches it, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { card, runs, stops, traps, sandbox, reading } = self;
        let mut fields = vec![("format", Json::Number(PAGE_FORMAT))];
        fields.push(("card", card.json()));
        fields.push(("runs", list(runs, PageRun::json)));
        fields.push(("stops", list(stops, PageStop::json)));
        fields.push(("traps", list(traps, PageTrap::json)));
        fields.push(("sandbox", list(sandbox, PageTrial::json)));
        let read =
            |(rfc, say): &(Cited, Text)| object(vec![("rfc", rfc.json()), ("say", text(say))]);
        fields.push(("reading", list(reading, read)));
        object(fields).to_text()
    }
}

/// The contents page: what it says of each lesson.
#[cfg(feature = "toml")]
#[must_use]
pub(super) fn contents(cards: &[Card]) -> String {
    object(vec![("format", Json::Number(PAGE_FORMAT)), ("lessons", list(cards, Card::json))])
        .to_text()
}

/// An object, without what is nothing.
fn object(fields: Vec<(&str, Json)>) -> Json {
    let there = fields.into_iter().filter(|(_, value)| match value {
        Json::Null => false,
        Json::List(items) => !items.is_empty(),
        Json::Flag(_) | Json::Number(_) | Json::Text(_) | Json::Object(_) => true,
    });
    Json::Object(there.map(|(key, value)| (key.to_owned(), value)).collect())
}

fn list<T>(items: &[T], json: impl Fn(&T) -> Json) -> Json {
    Json::List(items.iter().map(json).collect())
}

fn texts(items: &[String]) -> Json {
    list(items, |text| Json::of_text(text))
}

/// A text, if there is one.
fn some(text: &str) -> Json {
    if text.is_empty() { Json::Null } else { Json::of_text(text) }
}

fn maybe(text: Option<&String>) -> Json {
    text.map_or(Json::Null, |text| Json::of_text(text))
}

fn place(place: usize) -> Json {
    Json::Number(u64::try_from(place).unwrap_or(u64::MAX))
}

fn text(text: &Text) -> Json {
    list(text, |paragraph| list(paragraph, bit))
}

/// Plain words are a text; all else is a list that begins with what it is.
fn bit(bit: &Bit) -> Json {
    let mut parts = match (&bit.kind, bit.style) {
        (BitKind::Words(words), Style::Plain) => return Json::of_text(words),
        (BitKind::Words(words), _) => vec!["w", words],
        (BitKind::Term(id, shown), _) => vec!["t", id, shown],
        (BitKind::Value(relative, absolute), _) if relative == absolute => vec!["v", relative],
        (BitKind::Value(relative, absolute), _) => vec!["v", relative, absolute],
    };
    match bit.style {
        Style::Plain => {}
        Style::Code => parts.insert(0, "`"),
        Style::Emphasis => parts.insert(0, "*"),
    }
    Json::List(parts.into_iter().map(Json::of_text).collect())
}

impl Card {
    fn json(&self) -> Json {
        let Self { id, part, level, minutes, title, summary, after, stops, questions } = self;
        object(vec![
            ("id", Json::of_text(id)),
            ("part", Json::of_text(part.name())),
            ("level", Json::Number(*level)),
            ("minutes", Json::Number(*minutes)),
            ("title", Json::of_text(title)),
            ("summary", Json::of_text(summary)),
            ("after", texts(after)),
            ("stops", Json::Number(*stops)),
            ("questions", Json::Number(*questions)),
        ])
    }
}

impl Cited {
    fn json(&self) -> Json {
        let Self { rfc, section, title } = self;
        Json::List(vec![Json::Number(*rfc), Json::of_text(section), Json::of_text(title)])
    }
}

impl PageRun {
    fn json(&self) -> Json {
        let Self { id, title, scenario, without, with, edits, seed } = self;
        let scenario = match scenario {
            PageScenario::Named(id) => ("scenario", Json::of_text(id)),
            PageScenario::Inline(file) => ("file", Json::of_text(file)),
        };
        object(vec![
            ("id", Json::of_text(id)),
            ("title", some(title)),
            scenario,
            ("without", texts(without)),
            ("with", texts(with)),
            ("edits", texts(edits)),
            ("seed", seed.map_or(Json::Null, Json::Number)),
        ])
    }
}

impl PageStop {
    fn json(&self) -> Json {
        let Self { id, run, beside, record, last, point, rfc, say, questions } = self;
        object(vec![
            ("id", Json::of_text(id)),
            ("run", place(*run)),
            ("beside", beside.map_or(Json::Null, place)),
            ("record", Json::Number((*record).into())),
            ("last", Json::Number((*last).into())),
            ("point", texts(point)),
            ("rfc", list(rfc, Cited::json)),
            ("say", text(say)),
            ("questions", list(questions, PageQuestion::json)),
        ])
    }
}

impl PageQuestion {
    fn json(&self) -> Json {
        let Self { kind, host, packet, ask } = self;
        object(vec![
            ("kind", Json::of_text(kind)),
            ("host", maybe(host.as_ref())),
            ("packet", maybe(packet.as_ref())),
            ("ask", text(ask)),
        ])
    }
}

impl PageTrap {
    fn json(&self) -> Json {
        let Self { wrong, say, stop } = self;
        let stop = stop.map_or(Json::Null, place);
        object(vec![("wrong", text(wrong)), ("say", text(say)), ("stop", stop)])
    }
}

impl PageTrial {
    fn json(&self) -> Json {
        let Self { say, without, with, edits } = self;
        let lists = [("without", without), ("with", with), ("edits", edits)];
        let lists = lists.map(|(key, list)| (key, texts(list)));
        object([vec![("say", text(say))], lists.into()].concat())
    }
}
