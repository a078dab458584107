//! A lesson file, read. What the fields mean is in `docs/writing-lessons.md`.

mod inline;
mod table;

use tcpscope_quiz::Kind;
use tcpscope_scenario::Localized;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Fault;
use crate::lesson::{
    Asked, FORMAT, Lesson, Part, Placed, Reading, Run, Stage, Stop, Trap, Trial, Words,
};
use crate::near::{listed, meant};
use inline::About;
use table::{Notes, Table, Value, short};

/// A lesson file may be this long; a long one of ours has 20,000 octets.
pub const MAX_LESSON_OCTETS: usize = 1 << 18;

/// The fields of each table.
pub(crate) mod fields {
    pub(crate) const LESSON: [&str; 14] = [
        "format", "id", "part", "level", "minutes", "scenario", "title", "summary", "after", "run",
        "stop", "trap", "sandbox", "reading",
    ];
    pub(crate) const RUN: [&str; 7] =
        ["id", "title", "scenario", "without", "with", "edits", "seed"];
    pub(crate) const STOP: [&str; 9] =
        ["id", "at", "run", "beside", "point", "claims", "rfc", "say", "question"];
    pub(crate) const QUESTION: [&str; 4] = ["kind", "host", "packet", "ask"];
    pub(crate) const TRAP: [&str; 3] = ["wrong", "say", "stop"];
    pub(crate) const TRIAL: [&str; 4] = ["say", "edits", "without", "with"];
    pub(crate) const READING: [&str; 2] = ["rfc", "say"];
}

/// Reads a lesson file: the lesson, as far as it can be made out, and all that is wrong with its
/// form.
#[must_use]
pub fn read(source: &str) -> (Option<Lesson>, Vec<Fault>) {
    let mut notes = Notes::default();
    if source.len() > MAX_LESSON_OCTETS {
        let (octets, most) = (source.len(), MAX_LESSON_OCTETS);
        notes.note(0..0, format!("the file has {octets} octets; a lesson has at most {most}"));
        return (None, notes.0);
    }
    let table = match DeTable::parse(source) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            notes.note(at, format!("this is no TOML: {}", error.message().replace('\n', "; ")));
            return (None, notes.0);
        }
    };
    let span = table.span();
    let root = Spanned::new(span, DeValue::Table(table.into_inner()));
    let lesson = lesson(&root, source, &mut notes);
    (lesson, notes.0)
}

fn lesson(root: Value<'_>, source: &str, notes: &mut Notes) -> Option<Lesson> {
    // A file of a later format may have fields that this one has not: its format is the news.
    let format = root.get_ref().as_table().and_then(|fields| fields.get("format"));
    match format {
        None => notes.note(0..0, format!("the field `format` is missing: `format = {FORMAT}`")),
        Some(value) => match notes.whole(value, 0..u64::MAX) {
            Some(FORMAT) | None => {}
            Some(found) => {
                let what = format!("this is format {found}; this program reads format {FORMAT}");
                notes.note(value.span(), what);
                return None;
            }
        },
    }

    let file = notes.table(root, &fields::LESSON)?;
    let id = file.required_text(notes, "id");
    if let Some(id) = &id {
        check_name(notes, id);
    }
    let part = file.required_text(notes, "part").and_then(|name| part(notes, &name));
    let level = file.required(notes, "level").and_then(|value| notes.whole(value, 1..4));
    let minutes = file.required(notes, "minutes").and_then(|value| notes.whole(value, 1..61));
    let title = file.required_words(notes, "title");
    let summary = file.required_words(notes, "summary");
    let after = file.texts(notes, "after");
    let about = About {
        // Where the id cannot be one, that is noted already.
        id: id
            .as_ref()
            .filter(|id| is_name(id))
            .map_or_else(|| "inline".to_owned(), |id| id.value.clone()),
        title: title.clone(),
        summary: summary.clone(),
    };
    let stage = file.required(notes, "scenario");
    let stage = stage.and_then(|value| self::stage(notes, value, &about, source));
    let runs = each(&file, notes, "run", |notes, value| run(notes, value, &about, source));
    let stops = each(&file, notes, "stop", stop);
    let traps = each(&file, notes, "trap", trap);
    let sandbox = each(&file, notes, "sandbox", trial);
    let reading = each(&file, notes, "reading", self::reading);
    if stops.is_empty() {
        notes.note(0..0, "a lesson stops somewhere: there is no [[stop]]");
    }
    // What is missing has been noted; the rest of the lesson can be run all the same.
    let nowhere = || Words {
        text: Localized { en: String::new(), zh_cn: String::new() },
        en_at: 0..0,
        zh_cn_at: 0..0,
    };
    Some(Lesson {
        id: id.unwrap_or(Placed { value: String::new(), at: 0..0 }),
        part: part.unwrap_or(Part::Basics),
        level: small(level.unwrap_or(1)),
        minutes: small(minutes.unwrap_or(1)),
        title: title.unwrap_or_else(nowhere),
        summary: summary.unwrap_or_else(nowhere),
        after,
        stage: stage?,
        runs,
        stops,
        traps,
        sandbox,
        reading,
    })
}

/// A number that was found to be small.
fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn each<T>(
    table: &Table<'_>,
    notes: &mut Notes,
    key: &str,
    mut read: impl FnMut(&mut Notes, Value<'_>) -> Option<T>,
) -> Vec<T> {
    table.list(notes, key).into_iter().filter_map(|value| read(notes, value)).collect()
}

/// Ids are what stands in addresses.
fn is_name(id: &str) -> bool {
    let fits = |octet: u8| octet.is_ascii_alphanumeric() || b"-_".contains(&octet);
    (1..=64).contains(&id.len()) && id.bytes().all(fits)
}

fn check_name(notes: &mut Notes, id: &Placed<String>) {
    if !is_name(id) {
        let what = "an id has 1 to 64 of the characters a–z, A–Z, 0–9, - and _".to_owned();
        notes.note(id.at.clone(), what);
    }
}

fn part(notes: &mut Notes, name: &Placed<String>) -> Option<Part> {
    let found = Part::ALL.into_iter().find(|part| part.name() == name.value);
    if found.is_none() {
        let known = || Part::ALL.into_iter().map(Part::name);
        let near = meant(name, known());
        let what =
            format!("there is no part `{}`{near} The parts are {}.", short(name), listed(known()));
        notes.note(name.at.clone(), what);
    }
    found
}

fn stage(notes: &mut Notes, value: Value<'_>, about: &About, source: &str) -> Option<Stage> {
    match value.get_ref() {
        DeValue::String(id) => {
            Some(Stage::Named(Placed { value: id.clone().into_owned(), at: value.span() }))
        }
        DeValue::Table(_) => {
            let scenario = inline::scenario(notes, value, about, source)?;
            Some(Stage::Inline(Placed { value: Box::new(scenario), at: value.span() }))
        }
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_) => {
            notes.wrong_kind(value, "the id of a scenario, or a table [scenario]");
            None
        }
    }
}

fn run(notes: &mut Notes, value: Value<'_>, about: &About, source: &str) -> Option<Run> {
    let table = notes.table(value, &fields::RUN)?;
    let id = table.required_text(notes, "id");
    if let Some(id) = &id {
        check_name(notes, id);
    }
    let title = table.required_words(notes, "title");
    let stage = table.get("scenario").and_then(|value| stage(notes, value, about, source));
    let seed = table.get("seed").and_then(|value| notes.whole(value, 0..u64::MAX));
    let (without, with) = (table.texts(notes, "without"), table.texts(notes, "with"));
    let edits = table.texts(notes, "edits");
    if stage.is_none() && seed.is_none() && [&without, &with, &edits].iter().all(|it| it.is_empty())
    {
        let what = "this run is the scenario as it is: say what is other about it, by `without`, \
                    `with`, `edits`, `seed` or another `scenario`";
        notes.note(table.at(), what);
    }
    Some(Run { id: id?, title: title?, stage, without, with, edits, seed })
}

fn stop(notes: &mut Notes, value: Value<'_>) -> Option<Stop> {
    let table = notes.table(value, &fields::STOP)?;
    let id = table.required_text(notes, "id");
    if let Some(id) = &id {
        check_name(notes, id);
    }
    let at = table.required_text(notes, "at");
    let say = table.required_words(notes, "say");
    let run = table.text(notes, "run");
    let beside = table.text(notes, "beside");
    let (point, claims) = (table.texts(notes, "point"), table.texts(notes, "claims"));
    let rfc = table.texts(notes, "rfc");
    let questions = each(&table, notes, "question", asked);
    Some(Stop { id: id?, at: at?, run, beside, point, claims, rfc, say: say?, questions })
}

fn asked(notes: &mut Notes, value: Value<'_>) -> Option<Asked> {
    let table = notes.table(value, &fields::QUESTION)?;
    let kind = table.required_text(notes, "kind")?;
    if !Kind::NAMES.contains(&kind.value.as_str()) {
        let near = meant(&kind, Kind::NAMES);
        let (kind_text, known) = (short(&kind), listed(Kind::NAMES));
        let what =
            format!("there is no kind of question `{kind_text}`{near} The kinds are {known}.");
        notes.note(kind.at.clone(), what);
    }
    let (host, packet) = (table.text(notes, "host"), table.text(notes, "packet"));
    let ask = table.words(notes, "ask");
    Some(Asked { kind, host, packet, ask })
}

fn trap(notes: &mut Notes, value: Value<'_>) -> Option<Trap> {
    let table = notes.table(value, &fields::TRAP)?;
    let wrong = table.required_words(notes, "wrong");
    let say = table.required_words(notes, "say");
    let stop = table.text(notes, "stop");
    Some(Trap { wrong: wrong?, say: say?, stop })
}

fn trial(notes: &mut Notes, value: Value<'_>) -> Option<Trial> {
    let table = notes.table(value, &fields::TRIAL)?;
    let say = table.required_words(notes, "say");
    let edits = table.texts(notes, "edits");
    let (without, with) = (table.texts(notes, "without"), table.texts(notes, "with"));
    Some(Trial { say: say?, edits, without, with })
}

fn reading(notes: &mut Notes, value: Value<'_>) -> Option<Reading> {
    let table = notes.table(value, &fields::READING)?;
    let rfc = table.required_text(notes, "rfc");
    let say = table.required_words(notes, "say");
    Some(Reading { rfc: rfc?, say: say? })
}
