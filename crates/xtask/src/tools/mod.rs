//! The tools that the commands call: which, why, and how each is brought when it is not there.
//!
//! A tool is kept per user and version ([`Project::tools`]), so that a second clone finds it and a
//! new version in this file brings a new one. A program of exactly that version in `PATH` will do.

pub(crate) mod apt;
pub(crate) mod chromium;
pub(crate) mod node;
pub(crate) mod readers;

use crate::project::{Project, create_dir};
use crate::trouble::Trouble;
use crate::{run, say};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// A program of one exact version.
#[derive(Debug, Clone)]
pub(crate) struct Tool {
    /// The program's name in `PATH`.
    program: &'static str,
    /// What it does for the page.
    why: &'static str,
    /// How long bringing it usually takes on two cores.
    usually: &'static str,
    /// Where it comes from.
    source: Source,
    /// The version, as its registry writes it.
    version: String,
}

/// Where a tool comes from.
#[derive(Debug, Clone)]
enum Source {
    /// A crate, built from its source with these flags.
    Crate { name: &'static str, flags: &'static [&'static str] },
    /// An npm package that holds the program.
    Npm { name: &'static str },
}

/// Trunk: builds the page and serves it.
pub(crate) fn trunk() -> Tool {
    Tool {
        program: "trunk",
        why: "builds the page from index.html and serves it",
        usually: "5 to 8 minutes, once",
        source: Source::Crate {
            name: "trunk",
            // It asks for a newer compiler than it needs; of its features only the network's
            // library cannot be left out.
            flags: &[
                "--locked",
                "--ignore-rust-version",
                "--no-default-features",
                "--features",
                "rustls",
            ],
        },
        version: "0.22.1".to_owned(),
    }
}

/// The command line tool of wasm-bindgen, of exactly the version of the crate.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<Tool, Trouble> {
    Ok(Tool {
        program: "wasm-bindgen",
        why: "writes the JavaScript that connects the page's WASM to the browser",
        usually: "1 to 3 minutes, once",
        // Not `--locked`: the lock file it is published with names a crate that was withdrawn.
        source: Source::Crate { name: "wasm-bindgen-cli", flags: &["--no-default-features"] },
        version: project.wasm_bindgen_version()?,
    })
}

/// wasm-opt: makes the module of a release build small.
pub(crate) fn wasm_opt() -> Tool {
    Tool {
        program: "wasm-opt",
        why: "makes the WASM of the optimized page smaller",
        usually: "a few seconds, once",
        source: Source::Npm { name: "binaryen" },
        version: "132.0.0".to_owned(),
    }
}

/// mdBook: makes the book of the documents.
pub(crate) fn mdbook() -> Tool {
    Tool {
        program: "mdbook",
        why: "makes the book of docs/ and that of an example",
        usually: "1 to 2 minutes, once",
        source: Source::Crate {
            name: "mdbook",
            // Neither its server nor its watcher.
            flags: &["--locked", "--no-default-features", "--features", "search"],
        },
        version: "0.5.4".to_owned(),
    }
}

/// cargo-deny: licences and sources of what the project depends on.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        program: "cargo-deny",
        why: "checks the licences and the sources of all dependencies",
        usually: "2 to 5 minutes, once",
        source: Source::Crate { name: "cargo-deny", flags: &["--locked"] },
        version: "0.20.2".to_owned(),
    }
}

impl Tool {
    /// The folder with the program, which is brought if it is not there.
    pub(crate) fn bring(&self, project: &Project) -> Result<PathBuf, Trouble> {
        let kept = project.tools.join(self.folder());
        let bin = kept.join("bin");
        if bin.join(self.program).exists() {
            return Ok(bin);
        }
        if let Some(found) = self.in_path() {
            return Ok(found);
        }
        say::headline(&format!("{} {} is missing", self.program, self.version));
        say::note(&format!(
            "  It {}. Bringing it to {} (usually {}).",
            self.why,
            kept.display(),
            self.usually
        ));
        // Made aside and moved when complete: what is in its place can be trusted.
        create_dir(&project.tools)?;
        let aside = project.tools.join(format!(".{}.{}", self.folder(), process::id()));
        self.install(project, &aside).inspect_err(|_| drop(fs::remove_dir_all(&aside)))?;
        if !bin.join(self.program).exists() {
            let _ = fs::remove_dir_all(&kept);
            fs::rename(&aside, &kept).map_err(|error| Trouble::io("create", &kept, &error))?;
        } else {
            let _ = fs::remove_dir_all(&aside);
        }
        if self.is_right(&bin.join(self.program)) {
            Ok(bin)
        } else {
            Err(Trouble::new(format!(
                "{} was installed into {}, but does not say that it is {}",
                self.program,
                bin.display(),
                self.version
            ))
            .cure("Remove that folder and call the same command again."))
        }
    }

    fn install(&self, project: &Project, into: &Path) -> Result<(), Trouble> {
        match &self.source {
            Source::Crate { name, flags } => {
                // Kept until it is complete, so that an interrupted build goes on where it was.
                let build = project.tools.join("build").join(self.folder());
                let mut cargo = run::cargo(project);
                cargo
                    .args(["install", name, "--version", &format!("={}", self.version)])
                    .args(*flags)
                    .arg("--root")
                    .arg(into)
                    .env("CARGO_TARGET_DIR", &build)
                    // Quick to build matters here, quick to run does not.
                    .env("CARGO_PROFILE_RELEASE_LTO", "off")
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                    .env("CARGO_PROFILE_RELEASE_STRIP", "true");
                run::quietly(project, self.program, &mut cargo)?;
                let _ = fs::remove_dir_all(build);
                Ok(())
            }
            Source::Npm { name } => {
                let package = format!("{name}@{}", self.version);
                let mut npm = node::npm("wasm-opt")?;
                npm.args(["install", "--global", "--no-audit", "--no-fund", "--prefix"])
                    .arg(into)
                    .arg(package);
                run::quietly(project, self.program, &mut npm)
            }
        }
    }

    /// `trunk-0.22.1`: the name of the folder that keeps this version.
    fn folder(&self) -> String {
        format!("{}-{}", self.program, self.version)
    }

    /// The folder in `PATH` with the program, if that is of the right version.
    fn in_path(&self) -> Option<PathBuf> {
        let found = find_in_path(&[self.program])?;
        self.is_right(&found).then(|| found.parent().map(Path::to_path_buf))?
    }

    fn is_right(&self, program: &Path) -> bool {
        run::answer(run::command(program).arg("--version"))
            .is_some_and(|said| says_version(&said, &self.version))
    }
}

/// The first of these programs that `PATH` holds.
pub(crate) fn find_in_path(programs: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    programs
        .iter()
        .flat_map(|program| folders.iter().map(move |folder| folder.join(program)))
        .find(|candidate| candidate.is_file())
}

/// Whether the answer to `--version` names a version, which a program may shorten: npm's binaryen
/// 132.0.0 calls itself 132, mdBook itself v0.5.4.
fn says_version(said: &str, version: &str) -> bool {
    let short = version.strip_suffix(".0.0").unwrap_or(version);
    said.split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .any(|word| word == version || word == short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_whole_word() {
        assert!(says_version("trunk 0.22.1\n", "0.22.1"));
        assert!(!says_version("trunk 0.22.10", "0.22.1"));
        assert!(says_version("mdbook v0.5.4\n", "0.5.4"));
        assert!(!says_version("wasm-bindgen 0.2.13", "0.2.130"));
        assert!(says_version("wasm-opt version 132 (version_132)", "132.0.0"));
        assert!(!says_version("wasm-opt version 108 (version_108)", "132.0.0"));
    }

    #[test]
    fn a_new_version_gets_a_new_folder() {
        let mut tool = trunk();
        let before = tool.folder();
        tool.version = "0.23.0".to_owned();
        assert_ne!(before, tool.folder());
    }
}
