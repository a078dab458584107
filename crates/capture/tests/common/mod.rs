//! The scenarios that come with the project, and some more that show other sides, as traces.
#![allow(dead_code, reason = "not every test asks for all of it")]

pub(crate) mod worlds;

use std::fs;
use std::path::{Path, PathBuf};

use tcpscope_capture::Vantage;
use tcpscope_scenario::Scenario;
use tcpscope_sim::{HostId, Timeline, Trace};

/// A run, and what it is called where something is wrong with it.
pub(crate) struct Run {
    pub(crate) name: String,
    pub(crate) trace: Trace,
}

/// Of all scenarios, and of what no scenario has.
pub(crate) fn runs() -> Vec<Run> {
    let of_file = |path: &PathBuf| Run { name: path.display().to_string(), trace: trace_of(path) };
    let of_world = |(name, setup): (&str, _)| Run {
        name: name.to_owned(),
        trace: Timeline::new(setup).expect("it runs").trace().clone(),
    };
    let mut runs: Vec<Run> = files().iter().map(of_file).collect();
    runs.extend(worlds::all().into_iter().map(of_world));
    runs
}

/// The scenarios' files.
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

/// The run's hosts.
pub(crate) fn hosts(trace: &Trace) -> impl Iterator<Item = HostId> + use<> {
    (0..trace.hosts().len()).map(|index| HostId(u8::try_from(index).expect("few hosts")))
}

/// The run's routers, as places of a capture.
pub(crate) fn routers(trace: &Trace) -> impl Iterator<Item = Vantage> + use<> {
    let (first, count) = (trace.hosts().len(), trace.routers().len());
    (first..first + count).map(|place| Vantage::Router(HostId(u8::try_from(place).expect("few"))))
}
