//! How smooth the stage is, how soon it answers, and how soon the page can be used: in Chromium, on
//! the optimized page as it was built last.

use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools::{chromium, node};
use crate::trouble::Trouble;
use std::sync::OnceLock;

/// From frame to frame with a thousand segments under way, against a bare canvas.
pub(super) fn frame_ratio_1000(project: &Project) -> Result<f64, Trouble> {
    frames(project, "stage.frame_ratio.1000")
}

/// The same with two hundred.
pub(super) fn frame_ratio_200(project: &Project) -> Result<f64, Trouble> {
    frames(project, "stage.frame_ratio.200")
}

/// A step of an ordinary lesson, until it shows.
pub(super) fn step(project: &Project) -> Result<f64, Trouble> {
    frames(project, "stage.step_us")
}

/// An edit of it.
pub(super) fn edit(project: &Project) -> Result<f64, Trouble> {
    frames(project, "stage.edit_us")
}

/// A seek in a long run.
pub(super) fn seek(project: &Project) -> Result<f64, Trouble> {
    frames(project, "stage.seek_us")
}

/// From the navigation to the first step, on a slow machine behind a slow network.
pub(super) fn interactive(project: &Project) -> Result<f64, Trouble> {
    loads(project, "page.interactive_us")
}

/// The same of the page in a frame.
pub(super) fn embed_interactive(project: &Project) -> Result<f64, Trouble> {
    loads(project, "embed.interactive_us")
}

/// One run of the script measures both.
fn loads(project: &Project, name: &str) -> Result<f64, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    said(project, &SAID, "interactive.mjs", name)
}

/// One run of the script gives all that is measured of frames.
fn frames(project: &Project, name: &str) -> Result<f64, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    said(project, &SAID, "frames.mjs", name)
}

fn said(
    project: &Project,
    kept: &OnceLock<String>,
    script: &str,
    name: &str,
) -> Result<f64, Trouble> {
    let said = super::timeline::once(kept, || {
        node::require("loading the page")?;
        node::bring_test_packages(project)?;
        let chromium = chromium::bring(project)?;
        let mut command = run::command("node");
        command.current_dir(project.browser_tests()).arg(script).env("CHROMIUM", chromium);
        say::note("  The page, in Chromium (usually a minute).");
        run::result(&mut command)
    })?;
    super::timeline::read(said, name)
}
