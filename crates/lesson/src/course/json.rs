//! A lesson as a file, written and read.

use std::fmt::Write;

use tcpscope_scenario::ScenarioError;
use tcpscope_scenario::reading::{self, Object, Reader, Wrong};

use super::entry::{PARTS, texts};
use super::{
    Bit, BitWords, Cited, Claimed, Face, Said, Sheet, SheetAsk, SheetReading, SheetRun, SheetStage,
    SheetStop, SheetTrap, SheetTrial, quoted, quoted_list,
};
use crate::Part;

impl Sheet {
    /// The lesson as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::from(r#"{"format":1"#);
        let texts = [
            ("id", self.id.as_str()),
            ("part", self.part.name()),
            ("title", &self.title),
            ("summary", &self.summary),
        ];
        for (key, text) in texts {
            field(key, &mut json);
            quoted(text, &mut json);
        }
        // Writing to a string cannot fail.
        let _ = write!(json, r#","level":{},"minutes":{}"#, self.level, self.minutes);
        list("runs", &self.runs, &mut json, write_run);
        list("stops", &self.stops, &mut json, write_stop);
        list("traps", &self.traps, &mut json, |trap, json| {
            json.push_str(r#"{"wrong":"#);
            write_said(&trap.wrong, json);
            said_field(&trap.say, json);
            number("stop", trap.stop.and_then(|stop| u64::try_from(stop).ok()), json);
            json.push('}');
        });
        list("trials", &self.trials, &mut json, |trial, json| {
            json.push_str(r#"{"say":"#);
            write_said(&trial.say, json);
            if let Some(run) = &trial.run {
                field("run", json);
                write_run(run, json);
            }
            json.push('}');
        });
        list("reading", &self.reading, &mut json, |reading, json| {
            json.push_str(r#"{"rfc":"#);
            write_cited(&reading.cited, json);
            said_field(&reading.say, json);
            json.push('}');
        });
        json.push('}');
        json
    }

    /// Reads a lesson.
    ///
    /// # Errors
    /// What is wrong with the text, where, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        reading::read(text, &mut sheet)
    }
}

fn field(key: &str, json: &mut String) {
    json.push(',');
    quoted(key, json);
    json.push(':');
}

fn list<T>(key: &str, items: &[T], json: &mut String, mut write: impl FnMut(&T, &mut String)) {
    field(key, json);
    json.push('[');
    for (place, item) in items.iter().enumerate() {
        json.push_str(if place == 0 { "" } else { "," });
        write(item, json);
    }
    json.push(']');
}

fn number(key: &str, number: Option<u64>, json: &mut String) {
    if let Some(number) = number {
        field(key, json);
        json.push_str(&number.to_string());
    }
}

fn write_run(run: &SheetRun, json: &mut String) {
    json.push_str(r#"{"id":"#);
    quoted(&run.id, json);
    field("title", json);
    quoted(&run.title, json);
    let (key, text) = match &run.stage {
        SheetStage::Named(id) => ("scenario", id),
        SheetStage::Inline(file) => ("inline", file),
    };
    field(key, json);
    quoted(text, json);
    number("seed", run.seed, json);
    field("edits", json);
    quoted_list(&run.edits, json);
    json.push('}');
}

fn write_stop(stop: &SheetStop, json: &mut String) {
    let of = |place: usize| u64::try_from(place).ok();
    json.push_str(r#"{"id":"#);
    quoted(&stop.id, json);
    number("run", of(stop.run), json);
    number("beside", stop.beside.and_then(of), json);
    number("record", Some(stop.record.into()), json);
    if let Some(packet) = &stop.packet {
        field("packet", json);
        quoted(packet, json);
    }
    field("point", json);
    quoted_list(&stop.point, json);
    list("claims", &stop.claims, json, |claim, json| {
        quoted_list(&[claim.text.clone(), claim.values.clone()], json);
    });
    list("rfc", &stop.rfc, json, write_cited);
    said_field(&stop.say, json);
    if !stop.asks.is_empty() {
        list("asks", &stop.asks, json, |ask, json| {
            json.push_str(r#"{"kind":"#);
            quoted(&ask.kind, json);
            for (key, text) in [("host", &ask.host), ("packet", &ask.packet)] {
                if let Some(text) = text {
                    field(key, json);
                    quoted(text, json);
                }
            }
            said_field(&ask.ask, json);
            json.push('}');
        });
    }
    json.push('}');
}

fn write_cited(cited: &Cited, json: &mut String) {
    quoted_list(&[cited.rfc.to_string(), cited.section.clone()], json);
}

fn said_field(said: &[Said], json: &mut String) {
    field("say", json);
    write_said(said, json);
}

/// A piece is a list: how it is set and what it is, and its words.
fn write_said(said: &[Said], json: &mut String) {
    json.push('[');
    for (place, paragraph) in said.iter().enumerate() {
        json.push_str(if place == 0 { "[" } else { ",[" });
        for (place, bit) in paragraph.iter().enumerate() {
            json.push_str(if place == 0 { "" } else { "," });
            let face = match bit.face {
                Face::Plain => "",
                Face::Code => "c",
                Face::Emphasis => "e",
            };
            let (kind, words) = match &bit.words {
                BitWords::Text(text) => ("", vec![text.clone()]),
                BitWords::Term(id, shown) => ("t", vec![id.clone(), shown.clone()]),
                BitWords::Value(relative, absolute) => {
                    ("v", vec![relative.clone(), absolute.clone()])
                }
            };
            let mut all = vec![format!("{face}{kind}")];
            all.extend(words);
            quoted_list(&all, json);
        }
        json.push(']');
    }
    json.push(']');
}

const FIELDS: [&str; 12] = [
    "format", "id", "part", "title", "summary", "level", "minutes", "runs", "stops", "traps",
    "trials", "reading",
];

fn sheet(file: &Reader<'_>) -> Result<Sheet, Wrong> {
    let file = file.object(&FIELDS)?;
    file.required("format")?.number(1, 1)?;
    let text = |key| file.required(key)?.text().map(str::to_owned);
    let small = |key| {
        let number = file.required(key)?.number(1, 255);
        number.map(|number| u8::try_from(number).unwrap_or(u8::MAX))
    };
    let part = file.required("part")?.one_of(&PARTS)?;
    let (mut runs, mut stops, mut traps) = (Vec::new(), Vec::new(), Vec::new());
    let (mut trials, mut further) = (Vec::new(), Vec::new());
    each(&file, "runs", &mut |it| {
        runs.push(run(it)?);
        Ok(())
    })?;
    let of_runs = runs.len();
    each(&file, "stops", &mut |it| {
        stops.push(stop(it, of_runs)?);
        Ok(())
    })?;
    let of_stops = stops.len();
    each(&file, "traps", &mut |it| {
        let it = it.object(&["wrong", "say", "stop"])?;
        let (wrong, say) = (said(&it, "wrong")?, said(&it, "say")?);
        traps.push(SheetTrap { wrong, say, stop: place(&it, "stop", of_stops)? });
        Ok(())
    })?;
    each(&file, "trials", &mut |it| {
        let it = it.object(&["say", "run"])?;
        let run = match it.field("run") {
            Some(trial) => Some(run(&trial)?),
            None => None,
        };
        trials.push(SheetTrial { say: said(&it, "say")?, run });
        Ok(())
    })?;
    each(&file, "reading", &mut |it| {
        let it = it.object(&["rfc", "say"])?;
        let cited = cited(&it.required("rfc")?)?;
        further.push(SheetReading { cited, say: said(&it, "say")? });
        Ok(())
    })?;
    Ok(Sheet {
        id: text("id")?,
        part: Part::ALL[part],
        level: small("level")?,
        minutes: small("minutes")?,
        title: text("title")?,
        summary: text("summary")?,
        runs,
        stops,
        traps,
        trials,
        reading: further,
    })
}

fn each(
    object: &Object<'_>,
    key: &'static str,
    read: &mut dyn FnMut(&Reader<'_>) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    object.required(key)?.each(read)
}

/// A place in a list of so many, if one is given.
fn place(object: &Object<'_>, key: &'static str, of: usize) -> Result<Option<usize>, Wrong> {
    let Some(field) = object.field(key) else { return Ok(None) };
    let last = u64::try_from(of.saturating_sub(1)).unwrap_or(u64::MAX);
    let number = field.number(0, last)?;
    Ok(usize::try_from(number).ok())
}

fn run(it: &Reader<'_>) -> Result<SheetRun, Wrong> {
    let it = it.object(&["id", "title", "scenario", "inline", "seed", "edits"])?;
    let text = |key| it.required(key)?.text().map(str::to_owned);
    let stage = match it.field("inline") {
        Some(file) => SheetStage::Inline(file.text()?.to_owned()),
        None => SheetStage::Named(text("scenario")?),
    };
    let seed = match it.field("seed") {
        Some(seed) => Some(seed.number(0, u64::MAX)?),
        None => None,
    };
    let edits = texts(&it.required("edits")?)?;
    Ok(SheetRun { id: text("id")?, title: text("title")?, stage, seed, edits })
}

const STOP: [&str; 10] =
    ["id", "run", "beside", "record", "packet", "point", "claims", "rfc", "say", "asks"];

fn stop(it: &Reader<'_>, runs: usize) -> Result<SheetStop, Wrong> {
    let it = it.object(&STOP)?;
    let record = it.required("record")?.number(0, u32::MAX.into())?;
    let packet = optional(&it, "packet")?;
    let mut asks = Vec::new();
    if let Some(all) = it.field("asks") {
        all.each(&mut |ask| {
            let ask = ask.object(&["kind", "host", "packet", "say"])?;
            asks.push(SheetAsk {
                kind: ask.required("kind")?.text()?.to_owned(),
                host: optional(&ask, "host")?,
                packet: optional(&ask, "packet")?,
                ask: said(&ask, "say")?,
            });
            Ok(())
        })?;
    }
    let mut claims = Vec::new();
    each(&it, "claims", &mut |claim| {
        let mut both = texts(claim)?.into_iter();
        let mut next = || both.next().unwrap_or_default();
        claims.push(Claimed { text: next(), values: next() });
        Ok(())
    })?;
    let mut rfc = Vec::new();
    each(&it, "rfc", &mut |section| {
        rfc.push(cited(section)?);
        Ok(())
    })?;
    Ok(SheetStop {
        id: it.required("id")?.text()?.to_owned(),
        run: place(&it, "run", runs)?.unwrap_or(0),
        beside: place(&it, "beside", runs)?,
        record: u32::try_from(record).unwrap_or(u32::MAX),
        packet,
        point: texts(&it.required("point")?)?,
        claims,
        rfc,
        say: said(&it, "say")?,
        asks,
    })
}

fn optional(object: &Object<'_>, key: &'static str) -> Result<Option<String>, Wrong> {
    object.field(key).map(|text| text.text().map(str::to_owned)).transpose()
}

fn cited(it: &Reader<'_>) -> Result<Cited, Wrong> {
    let mut both = texts(it)?.into_iter();
    let mut next = || both.next().unwrap_or_default();
    Ok(Cited { rfc: next().parse().unwrap_or_default(), section: next() })
}

fn said(object: &Object<'_>, key: &'static str) -> Result<Vec<Said>, Wrong> {
    let mut said = Vec::new();
    each(object, key, &mut |paragraph| {
        let mut bits = Vec::new();
        paragraph.each(&mut |bit| {
            let mut words = texts(bit)?.into_iter();
            let mut next = || words.next().unwrap_or_default();
            let kind = next();
            let face = if kind.contains('c') {
                Face::Code
            } else if kind.contains('e') {
                Face::Emphasis
            } else {
                Face::Plain
            };
            let words = if kind.ends_with('t') {
                BitWords::Term(next(), next())
            } else if kind.ends_with('v') {
                BitWords::Value(next(), next())
            } else {
                BitWords::Text(next())
            };
            bits.push(Bit { face, words });
            Ok(())
        })?;
        said.push(bits);
        Ok(())
    })?;
    Ok(said)
}
