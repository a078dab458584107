//! `tcpscope check`: lessons, run and held to what they say.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tcpscope_lesson::SCHEMA;
use tcpscope_lesson::check::{Checked, Library, Staged, check as checked};
use tcpscope_scenario::Scenario;
use tcpscope_sim::Why;
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Numbers, describe, duration_text};

/// What is asked of `check`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The files, or folders of them.
    pub files: Vec<PathBuf>,
    /// Where scenarios are kept.
    pub scenarios: Option<PathBuf>,
    /// Whether the schema is printed instead.
    pub schema: bool,
    /// Whether it is printed where the stops are.
    pub stops: bool,
    /// Whether what is said is printed as it is read.
    pub read: bool,
    /// Whether all records of the runs are printed.
    pub records: bool,
}

/// Checks lessons, and prints what is wrong with them; says whether nothing is.
///
/// # Errors
/// It cannot be printed.
pub fn check(request: &Request, out: &mut impl Write) -> io::Result<bool> {
    if request.schema {
        out.write_all(SCHEMA.as_bytes())?;
    }
    let (mut lessons, mut wrong) = (0, 0);
    for path in &request.files {
        match files(path) {
            Ok(files) if files.is_empty() => {
                wrong += 1;
                writeln!(out, "{}: there is no lesson (*.toml) in this folder", path.display())?;
            }
            Ok(files) => {
                for file in files {
                    lessons += 1;
                    wrong += one(&file, request, out)?;
                }
            }
            Err(error) => {
                wrong += 1;
                writeln!(out, "{}: it cannot be read: {error}", path.display())?;
            }
        }
    }
    if wrong > 0 {
        let things = if wrong == 1 { "thing is" } else { "things are" };
        let lessons = if lessons == 1 { "1 lesson" } else { &format!("{lessons} lessons") };
        writeln!(out, "{wrong} {things} wrong in {lessons}")?;
    }
    out.flush()?;
    Ok(wrong == 0)
}

/// The file, or those of a folder that are lessons.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    Ok(files)
}

/// Checks a lesson; how many things are wrong with it.
fn one(path: &Path, request: &Request, out: &mut impl Write) -> io::Result<usize> {
    let source = match fs::read(path).map(String::from_utf8) {
        Ok(Ok(source)) => source,
        Ok(Err(_)) => {
            writeln!(out, "{}: it is no text in UTF-8", path.display())?;
            return Ok(1);
        }
        Err(error) => {
            writeln!(out, "{}: it cannot be read: {error}", path.display())?;
            return Ok(1);
        }
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let library = Folders::beside(path, request.scenarios.as_deref());
    let Checked { findings, staged } = checked(&source, stem.as_deref(), &library);
    for finding in &findings {
        writeln!(out, "{}:{finding}", path.display())?;
    }
    if let Some(staged) = &staged {
        if findings.is_empty() {
            let claims: usize = staged.lesson.stops.iter().map(|stop| stop.claims.len()).sum();
            let (stops, runs) = (staged.stops.len(), staged.runs.takes.len());
            let runs = if runs == 1 { "one run" } else { &format!("{runs} runs") };
            writeln!(
                out,
                "{}: {stops} stops are reached and {claims} claims hold, in {runs}",
                path.display()
            )?;
        }
        if request.records {
            print_records(staged, out)?;
        }
        if request.stops {
            print_stops(staged, out)?;
        }
        if request.read {
            print_words(staged, out)?;
        }
    }
    Ok(findings.len())
}

/// Where each stop is: what the writer would otherwise have to look for.
fn print_stops(staged: &Staged, out: &mut impl Write) -> io::Result<()> {
    for stop in &staged.stops {
        let Some(take) = staged.runs.takes.get(stop.run) else { continue };
        let trace = take.trace();
        let at = duration_text(trace.record(stop.record).at.since(Instant::ZERO));
        let said = describe(Locale::En, trace, stop.record, Numbers::Relative);
        writeln!(out, "  {:24} {:8} {at:>12}  {said}", stop.id, take.id)?;
    }
    Ok(())
}

/// What is said at each stop, as it is read.
fn print_words(staged: &Staged, out: &mut impl Write) -> io::Result<()> {
    for (place, found) in staged.stops.iter().enumerate() {
        let Some(stop) = staged.lesson.stops.iter().find(|stop| stop.id.value == found.id) else {
            continue;
        };
        let scene = staged.scene(place);
        writeln!(out, "\n== {}: {}", found.id, stop.at.value)?;
        for locale in Locale::ALL {
            writeln!(out, "\n{}", stop.say.plain(scene.as_ref(), locale, Numbers::Relative))?;
        }
    }
    let end = staged.end();
    let traps = staged.lesson.traps.iter().flat_map(|trap| [&trap.wrong, &trap.say]);
    let trials = staged.lesson.sandbox.iter().map(|trial| &trial.say);
    writeln!(out, "\n== at the end")?;
    for words in traps.chain(trials).chain(staged.lesson.reading.iter().map(|it| &it.say)) {
        for locale in Locale::ALL {
            writeln!(out, "\n{}", words.plain(end.as_ref(), locale, Numbers::Relative))?;
        }
    }
    Ok(())
}

/// All that happens in the runs, with the names that stops and claims use.
fn print_records(staged: &Staged, out: &mut impl Write) -> io::Result<()> {
    for take in &staged.runs.takes {
        let trace = take.trace();
        writeln!(out, "run {}:", take.id)?;
        for record in trace.records() {
            let at = duration_text(record.at.since(Instant::ZERO));
            let said = describe(Locale::En, trace, record.id, Numbers::Relative);
            let packet = record.kind.packet().map(|packet| trace.packet_name(packet));
            let packet = packet.map_or_else(String::new, |name| format!("  [{name}]"));
            let rules: Vec<&str> = trace.whys(record.id).iter().map(Why::rule).collect();
            writeln!(out, "  {at:>12}  {said}{packet}  ({})", rules.join(", "))?;
        }
    }
    Ok(())
}

/// Scenarios in a folder, and lessons in another.
pub(crate) struct Folders {
    scenarios: Vec<PathBuf>,
    lessons: PathBuf,
}

impl Folders {
    /// What a lesson refers to, by where it is itself.
    pub(crate) fn beside(lesson: &Path, scenarios: Option<&Path>) -> Self {
        let lessons = match lesson.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            Some(_) | None => PathBuf::from("."),
        };
        let scenarios = match scenarios {
            Some(folder) => vec![folder.to_path_buf()],
            None => vec![lessons.join("../scenarios"), PathBuf::from("scenarios")],
        };
        Self { scenarios, lessons }
    }
}

/// The names of a folder's files of one ending, without it.
fn stems(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let those = paths.filter(|path| path.extension().is_some_and(|it| it == ending));
    those.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect()
}

impl Library for Folders {
    fn scenario(&self, id: &str) -> Option<Scenario> {
        // An id is a name of a file, and no way out of the folder.
        let is_name = id.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
        let mut files = self.scenarios.iter().map(|folder| folder.join(format!("{id}.json")));
        let text = files.find_map(|file| fs::read_to_string(file).ok()).filter(|_| is_name)?;
        Scenario::from_json(&text).ok()
    }

    fn scenarios(&self) -> Vec<String> {
        let all: BTreeSet<String> =
            self.scenarios.iter().flat_map(|folder| stems(folder, "json")).collect();
        all.into_iter().filter(|id| id != "index").collect()
    }

    fn lessons(&self) -> Vec<String> {
        stems(&self.lessons, "toml").into_iter().collect()
    }
}
