//! The scenarios that come with the project, and some more that show other sides, as traces.

use std::fs;
use std::path::{Path, PathBuf};

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Timeline, Trace};

/// Their files.
pub(crate) fn files() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = [here.join("../../scenarios"), here.join("tests/scenarios")]
        .into_iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the scenarios are there").flatten())
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "json")
                && path.file_stem().is_some_and(|stem| stem != "index")
        })
        .collect();
    files.sort();
    files
}

/// The run of a file.
pub(crate) fn trace_of(path: &Path) -> Trace {
    let text = fs::read_to_string(path).expect("a scenario can be read");
    let scenario = Scenario::from_json(&text).expect("it is one");
    Timeline::new(scenario.setup()).expect("it runs").trace().clone()
}
