//! What comes from elsewhere: links that were made to do harm, and long captures.

use super::timeline::{once, read};
use crate::project::Project;
use crate::trouble::Trouble;
use crate::{run, say};
use std::sync::OnceLock;

/// The slowest of the links that are refused.
pub(super) fn link_time(project: &Project) -> Result<f64, Trouble> {
    read(links(project)?, "link.refused_us")
}

/// The one that takes the most memory.
pub(super) fn link_memory(project: &Project) -> Result<f64, Trouble> {
    read(links(project)?, "link.refused_octets")
}

/// The slower of two captures: as of a busy server, and of nothing but openings.
pub(super) fn capture_time(project: &Project) -> Result<f64, Trouble> {
    most(project, "capture.list_s")
}

/// All that the program had while it listed them, by what the system says.
pub(super) fn capture_memory(project: &Project) -> Result<f64, Trouble> {
    most(project, "capture.peak_mb")
}

/// A long download; what is stranger takes longer (see the example).
pub(super) fn open_time(project: &Project) -> Result<f64, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    let said = once(&SAID, || example(project, "tcpscope-dissect", "open"))?;
    read(said, "capture.open_s.download")
}

fn most(project: &Project, name: &str) -> Result<f64, Trouble> {
    let said = captures(project)?;
    let [busy, openings] = ["busy", "openings"].map(|of| read(said, &format!("{name}.{of}")));
    Ok(busy?.max(openings?))
}

fn links(project: &Project) -> Result<&'static str, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    once(&SAID, || example(project, "tcpscope-scenario", "hostile"))
}

fn captures(project: &Project) -> Result<&'static str, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    once(&SAID, || example(project, "tcpscope-dissect", "figures"))
}

fn example(project: &Project, package: &str, name: &str) -> Result<String, Trouble> {
    let mut cargo = run::cargo(project);
    cargo.args(["run", "--locked", "--quiet", "--profile", "fast"]);
    cargo.args(["--package", package, "--example", name]);
    say::note("  Built for speed and run (usually a minute).");
    run::result(&mut cargo)
}
