//! How fast the engine is: segments a second, as a ratio to smoltcp's in the same process.

use crate::project::Project;
use crate::run;
use crate::say;
use crate::trouble::Trouble;
use std::sync::OnceLock;

/// With every reason and every variable recorded.
pub(super) fn ratio_trace(project: &Project) -> Result<f64, Trouble> {
    ratio(project, "engine.ratio.trace")
}

/// With reasons switched off.
pub(super) fn ratio_bare(project: &Project) -> Result<f64, Trouble> {
    ratio(project, "engine.ratio.bare")
}

/// One run of the program gives both ratios.
fn ratio(project: &Project, name: &str) -> Result<f64, Trouble> {
    static SAID: OnceLock<String> = OnceLock::new();
    let said = match SAID.get() {
        Some(said) => said,
        None => {
            let mut cargo = run::cargo(project);
            cargo.args(["run", "--locked", "--quiet", "--profile", "fast"]);
            cargo.args(["--package", "tcpscope-peers", "--bin", "ratio"]);
            say::note("  Built for speed and run, with smoltcp beside it (usually two minutes).");
            let said = run::result(&mut cargo)?;
            SAID.get_or_init(|| said)
        }
    };
    read(said, name)
        .ok_or_else(|| Trouble::new(format!("the program answered something else:\n{said}")))
}

/// The value after `name`, on a line of its own.
fn read(said: &str, name: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_ratio_by_its_name() {
        let said = "engine.ratio.trace 1.25\nengine.ratio.bare 2.5\n";
        assert_eq!(read(said, "engine.ratio.bare"), Some(2.5));
        assert_eq!(read(said, "engine.ratio.other"), None);
    }
}
