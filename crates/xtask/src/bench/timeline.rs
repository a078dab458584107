//! How fast runs are simulated, sought and replayed, and what they take of memory: the program and
//! the module of `crates/pace`.

use crate::project::{Project, create_dir};
use crate::target::{self, Target};
use crate::tools::{self, chromium, node};
use crate::trouble::Trouble;
use crate::{run, say};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Any moment of a run of a million records, with all that is asked to show it.
pub(super) fn seek_native(project: &Project) -> Result<f64, Trouble> {
    native(project, "timeline.seek_p99_us.native")
}

/// The trace, its snapshots and the applications' octets, by what the allocator gave.
pub(super) fn octets_per_record(project: &Project) -> Result<f64, Trouble> {
    native(project, "timeline.octets_per_record")
}

/// The same as natively, in Chromium.
pub(super) fn seek_wasm(project: &Project) -> Result<f64, Trouble> {
    wasm(project, "timeline.seek_p99_us.wasm")
}

/// A segment dropped in the middle of 100,000 records.
pub(super) fn replay_wasm(project: &Project) -> Result<f64, Trouble> {
    wasm(project, "timeline.replay_us.wasm")
}

/// One run of the program gives all that is measured natively.
fn native(project: &Project, name: &str) -> Result<f64, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    let said = once(&SAID, || {
        let mut cargo = run::cargo(project);
        cargo.args(["run", "--locked", "--quiet", "--profile", "fast"]);
        cargo.args(["--package", "tcpscope-pace", "--bin", "pace"]);
        say::note("  Built for speed and run: a million records (usually a minute).");
        run::result(&mut cargo)
    })?;
    read(said, name)
}

/// One run of the page gives all that is measured in Chromium.
fn wasm(project: &Project, name: &str) -> Result<f64, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    let said = once(&SAID, || {
        node::require("loading the module")?;
        node::bring_test_packages(project)?;
        let chromium = chromium::bring(project)?;
        let module = module(project)?;
        let mut script = run::command("node");
        script.current_dir(project.browser_tests()).arg("pace.mjs").arg(module);
        run::result(script.env("CHROMIUM", chromium))
    })?;
    read(said, name)
}

/// What a program said, once it was run.
pub(super) fn once(
    kept: &OnceLock<String>,
    make: impl FnOnce() -> Result<String, Trouble>,
) -> Result<&str, Trouble> {
    if kept.get().is_none() {
        let said = make()?;
        // How cost grows with records is for people.
        for line in said.lines().filter_map(|line| line.strip_prefix("# ")) {
            say::note(line);
        }
        let _ = kept.set(said);
    }
    Ok(kept.get().map_or("", String::as_str))
}

/// The module, built as the page's is, in a folder with a page around it.
fn module(project: &Project) -> Result<PathBuf, Trouble> {
    let toolchain = target::bring(project, Target::Page)?;
    let bindgen = tools::wasm_bindgen(project)?.bring(project)?;
    say::note("  Built for the browser (usually a minute).");
    let mut cargo = toolchain.command(project, "cargo", &[])?;
    cargo.args(["build", "--locked", "--quiet", "--release", "--lib"]);
    cargo.args(["--package", "tcpscope-pace", "--target", Target::Wasm.triple()]);
    run::work(&mut cargo)?;
    let built = project.wasm_target().join(Target::Wasm.triple()).join("release");
    let folder = project.wasm_target().join("pace");
    create_dir(&folder)?;
    let mut bind = toolchain.command(project, "wasm-bindgen", &[bindgen])?;
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder);
    run::work(bind.arg(built.join("tcpscope_pace.wasm")))?;
    let page = folder.join("index.html");
    fs::write(&page, "<!doctype html><title>pace</title><link rel=icon href=data:,>")
        .map_err(|error| Trouble::io("write", &page, &error))?;
    Ok(folder)
}

/// The value after `name`, on a line of its own.
pub(super) fn read(said: &str, name: &str) -> Result<f64, Trouble> {
    said.lines()
        .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
        .ok_or_else(|| Trouble::new(format!("no value of {name} in what was said:\n{said}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_value_by_its_name() {
        let said = "# 1000\ntimeline.seek_p99_us.native 1.5\ntimeline.octets_per_record 180\n";
        assert_eq!(read(said, "timeline.octets_per_record"), Ok(180.0));
        assert!(read(said, "timeline.replay_us.wasm").is_err());
    }
}
