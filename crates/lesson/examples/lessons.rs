//! Writes what the page fetches of the lessons: the list and the glossary in each language, and each
//! lesson in each. The folder is named, or it is the one that Trunk builds into.
//!
//! A lesson with a fault is told of and left out: what it says may not be so.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use tcpscope_lesson::check::{Checked, Library, check};
use tcpscope_lesson::course::{Course, Glossary, Sheet};
use tcpscope_scenario::Scenario;
use tcpscope_view::Locale;

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).or_else(|| env::var("TRUNK_STAGING_DIR").ok());
    let folder = Path::new(&folder.unwrap_or_default()).join("lessons");
    fs::create_dir_all(&folder)?;
    let mut all = Vec::new();
    for id in Ours.lessons() {
        let source = fs::read_to_string(root().join(format!("lessons/{id}.toml")))?;
        let Checked { findings, staged } = check(&source, Some(&id), &Ours);
        for finding in &findings {
            eprintln!("lessons/{id}.toml:{finding}");
        }
        if let Some(staged) = staged.filter(|_| findings.is_empty()) {
            all.push(staged);
        }
    }
    let lessons: Vec<_> = all.iter().map(|staged| staged.lesson.clone()).collect();
    for tag in Locale::ALL.map(Locale::tag) {
        let write =
            |name: &str, json: String| fs::write(folder.join(format!("{name}.{tag}.json")), json);
        write("index", Course::of(&lessons, tag).to_json())?;
        write("glossary", Glossary::of(tag).to_json())?;
        for staged in &all {
            write(&staged.lesson.id.value, Sheet::of(staged, &Ours, tag).to_json())?;
        }
    }
    Ok(())
}

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The project's own scenarios and lessons.
struct Ours;

impl Library for Ours {
    fn scenario(&self, id: &str) -> Option<Scenario> {
        let text = fs::read_to_string(root().join(format!("scenarios/{id}.json"))).ok()?;
        Scenario::from_json(&text).ok()
    }

    fn scenarios(&self) -> Vec<String> {
        stems("scenarios", "json")
    }

    fn lessons(&self) -> Vec<String> {
        stems("lessons", "toml")
    }
}

/// The names of a folder's files, without their ending.
fn stems(folder: &str, ending: &str) -> Vec<String> {
    let files = fs::read_dir(root().join(folder)).into_iter().flatten().flatten();
    let files = files.map(|file| file.path());
    let those = files.filter(|file| file.extension().is_some_and(|it| it == ending));
    let stem = |file: PathBuf| Some(file.file_stem()?.to_string_lossy().into_owned());
    let mut stems: Vec<String> = those.filter_map(stem).collect();
    stems.sort();
    stems
}
