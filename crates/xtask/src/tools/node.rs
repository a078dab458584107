//! Node.js: runs wasm-opt and the browser tests. It is not brought, since a current one comes from
//! different places on different systems; a missing or old one is told.

use crate::project::{Project, read};
use crate::trouble::Trouble;
use crate::{run, say};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The oldest Node.js, major and minor, that the browser tests and their packages run on.
const OLDEST: (u32, u32) = (20, 11);

const CURE: &str = "Install Node.js 20.11 or newer with npm, from your system's packages or from the \
                    project's own site, and see that `node --version` finds it. \
                    `cargo xtask serve` and `cargo xtask test --quick` need none.";

/// `npm`, after a look at whether Node.js is new enough for `purpose`.
pub(crate) fn npm(purpose: &str) -> Result<Command, Trouble> {
    require(purpose)?;
    Ok(run::command("npm"))
}

/// Says so if Node.js is missing or too old.
pub(crate) fn require(purpose: &str) -> Result<(), Trouble> {
    let Some(said) = run::answer(run::command("node").arg("--version")) else {
        return Err(
            Trouble::new(format!("{purpose} needs Node.js, which is not in PATH")).cure(CURE)
        );
    };
    match version(&said) {
        Some(present) if present >= OLDEST => Ok(()),
        _ => Err(Trouble::new(format!(
            "{purpose} needs Node.js {}.{} or newer; `node` in PATH is {}",
            OLDEST.0,
            OLDEST.1,
            said.trim()
        ))
        .cure(CURE)),
    }
}

/// Brings the packages of the browser tests, if they are not those of the lock file.
pub(crate) fn bring_test_packages(project: &Project) -> Result<(), Trouble> {
    let package = project.browser_tests();
    let wanted = read(&package.join("package-lock.json"))?;
    let stamp: PathBuf = package.join("node_modules/.tcpscope-lock");
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    say::headline("The browser tests' npm packages are missing");
    say::note("  They drive Chromium and check accessibility (usually a few seconds).");
    let mut npm = npm("the browser tests")?;
    run::quietly(project, "npm", npm.arg("ci").current_dir(&package))?;
    fs::write(&stamp, wanted).map_err(|error| Trouble::io("write", &stamp, &error))
}

/// Major and minor version in what `node --version` says.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("v8.0.0"), Some((8, 0)));
        assert_eq!(version("node"), None);
        assert!((18, 20) < OLDEST && (22, 0) > OLDEST);
    }
}
