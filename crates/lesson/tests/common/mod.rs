//! The project's own scenarios and lessons.

#![allow(dead_code, reason = "not every test uses all of it")]

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
        Some(Scenario::from_json(&text).expect("a scenario"))
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
    let files = fs::read_dir(root().join(folder)).expect("a folder");
    let files = files.map(|file| file.expect("a file").path());
    let those = files.filter(|file| file.extension().is_some_and(|it| it == ending));
    let mut stems: Vec<String> =
        those.filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned())).collect();
    stems.sort();
    stems
}

/// A lesson of ours.
pub(crate) fn lesson(id: &str) -> String {
    fs::read_to_string(root().join(format!("lessons/{id}.toml"))).expect("a lesson")
}

/// A lesson that stays as it is, whatever becomes of ours.
pub(crate) fn sample() -> String {
    include_str!("three-way-handshake.toml").to_owned()
}
