//! The project's own scenarios and lessons.

use std::fs;
use std::path::{Path, PathBuf};

use tcpscope_lesson::check::Library;
use tcpscope_scenario::Scenario;

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The project's own scenarios and lessons.
pub(crate) struct Ours;

impl Library for Ours {
    fn scenario(&self, id: &str) -> Option<Scenario> {
        let text = fs::read_to_string(root().join(format!("scenarios/{id}.json"))).ok()?;
        Some(Scenario::from_json(&text).unwrap())
    }

    fn scenarios(&self) -> Vec<String> {
        stems("scenarios", "json")
    }

    fn lessons(&self) -> Vec<String> {
        stems("lessons", "toml")
    }
}

/// The names of a folder's files, without their ending.
pub(crate) fn stems(folder: &str, ending: &str) -> Vec<String> {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|file| file.unwrap().path());
    let those = files.filter(|file| file.extension().is_some_and(|it| it == ending));
    let mut stems: Vec<String> =
        those.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    stems.sort();
    stems
}
