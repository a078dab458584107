//! Running other programs: in sight, quietly with a sign of life, or for what they answer.

use crate::project::{Project, create_dir};
use crate::say;
use crate::trouble::Trouble;
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A program to run, without what cargo tells *this* program about itself: a cargo further down
/// would take it for its own.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_about_this_package) {
            command.env_remove(&name);
        }
    }
    command
}

/// The cargo that runs this program, in the project's root.
pub(crate) fn cargo(project: &Project) -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&project.root);
    cargo
}

fn is_about_this_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|p| variable.starts_with(p))
        || ["CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"].contains(&variable)
}

/// Puts folders before everything else in a program's `PATH`.
pub(crate) fn put_first_in_path(command: &mut Command, folders: &[PathBuf]) -> Result<(), Trouble> {
    let present = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&present));
    let joined = env::join_paths(all).map_err(|error| {
        Trouble::new(format!("a tool's folder cannot stand in PATH: {error}"))
            .cure("Set TCPSCOPE_TOOLS to a folder without a colon in its name.")
    })?;
    command.env("PATH", joined);
    Ok(())
}

/// Runs a check: everything it prints is for the person, and failing is its verdict.
pub(crate) fn check(command: &mut Command) -> Result<(), Trouble> {
    let status = status(command)?;
    judge(command, status)
}

/// Runs a part of the work whose output is progress: it goes to standard error, so that standard
/// output stays free for results.
pub(crate) fn work(command: &mut Command) -> Result<(), Trouble> {
    check(command.stdout(std::io::stderr()))
}

fn status(command: &mut Command) -> Result<ExitStatus, Trouble> {
    command.stdin(Stdio::null()).status().map_err(|error| cannot_start(command, &error))
}

fn judge(command: &Command, status: ExitStatus) -> Result<(), Trouble> {
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::new(format!("`{}` failed ({status})", shown(command))))
    }
}

/// What a program gives on standard output; what it has to say otherwise is for the person.
pub(crate) fn result(command: &mut Command) -> Result<String, Trouble> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    judge(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program answers on standard output, or nothing if it fails or is not there.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs something long whose output matters only if it fails: kept in a log, with a sign of life
/// on standard error every second on a terminal, every fifteen elsewhere.
pub(crate) fn quietly(project: &Project, name: &str, command: &mut Command) -> Result<(), Trouble> {
    let folder = project.tools.join("log");
    create_dir(&folder)?;
    let path = folder.join(format!("{name}.log"));
    let log = File::create(&path).map_err(|error| Trouble::io("write", &path, &error))?;
    let also = log.try_clone().map_err(|error| Trouble::io("write", &path, &error))?;
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(also)
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    let mut life = SignsOfLife::new(begun);
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => life.show(&path),
            Err(error) => return Err(Trouble::new(format!("lost sight of {name}: {error}"))),
        }
        thread::sleep(Duration::from_millis(100));
    };
    life.clear();
    if status.success() {
        say::note(&format!("  {name}: done in {}", say::duration(begun.elapsed())));
        return Ok(());
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    Err(failure(&shown(command), &text, &path))
}

/// What to say of a program that failed, by what it said itself.
fn failure(command: &str, said: &str, log: &Path) -> Trouble {
    if speaks_of_no_network(said) {
        Trouble::new(format!("`{command}` could not reach where it downloads from")).cure(format!(
            "Check the network (a proxy?) and call the same command again: it goes on from where \
             it stopped. What was said is in {}.",
            log.display()
        ))
    } else {
        Trouble::new(format!("`{command}` failed:\n{}", tail(said, 15)))
            .cure(format!("The whole output is in {}.", log.display()))
    }
}

/// Says from time to time that something still runs, and what it said last.
struct SignsOfLife {
    begun: Instant,
    next: Duration,
    shown: bool,
}

impl SignsOfLife {
    fn new(begun: Instant) -> Self {
        Self { begun, next: Self::every(), shown: false }
    }

    fn every() -> Duration {
        Duration::from_secs(if say::watched() { 1 } else { 15 })
    }

    fn show(&mut self, log: &Path) {
        let passed = self.begun.elapsed();
        if passed < self.next {
            return;
        }
        self.next = passed + Self::every();
        let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let last: String = tail(&text.unwrap_or_default(), 1).chars().take(60).collect();
        let line = format!("  … {} · {}", say::duration(passed), last.trim());
        if say::watched() {
            eprint!("\r\x1b[2K{line}");
            let _ = std::io::stderr().flush();
            self.shown = true;
        } else {
            eprintln!("{line}");
        }
    }

    fn clear(&self) {
        if self.shown {
            eprint!("\r\x1b[2K");
        }
    }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Trouble {
    let program = command.get_program().to_string_lossy();
    if error.kind() == std::io::ErrorKind::NotFound {
        Trouble::new(format!("there is no program `{program}` to run"))
            .cure("Install it, or put its folder into PATH.")
    } else {
        Trouble::new(format!("could not run `{program}`: {error}"))
    }
}

/// A command as a person would type it, the program without its folder.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The last lines of a text that hold anything.
fn tail(text: &str, count: usize) -> String {
    let lines: Vec<&str> =
        text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Whether a failed download is what a program complains of.
fn speaks_of_no_network(text: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "Could not resolve",
        "Could not connect",
        "could not download",
        "Temporary failure resolving",
        "Connection refused",
        "Connection timed out",
        "Network is unreachable",
        "spurious network error",
        "failed to download",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ECONNRESET",
        "ETIMEDOUT",
    ];
    SIGNS.iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_this_package_is_hidden() {
        assert!(is_about_this_package("CARGO_PKG_NAME"));
        assert!(is_about_this_package("CARGO_MANIFEST_DIR"));
        assert!(!is_about_this_package("CARGO_HOME"));
        assert!(!is_about_this_package("CARGO_TARGET_DIR"));
        assert!(!is_about_this_package("CARGO"));
    }

    #[test]
    fn tails_skip_what_is_empty() {
        assert_eq!(tail("a\nb\n\n  \nc\n", 2), "b\nc");
        assert_eq!(tail("1 %\r2 %\r3 %", 1), "3 %");
        assert_eq!(tail("", 3), "");
    }

    #[test]
    fn knows_a_missing_network() {
        assert!(speaks_of_no_network("npm error code EAI_AGAIN"));
        assert!(speaks_of_no_network("warning: spurious network error (3 tries remaining)"));
        assert!(!speaks_of_no_network("error[E0308]: mismatched types"));
    }

    #[test]
    fn a_failure_tells_the_cure() {
        let log = Path::new("/t/x.log");
        let offline = failure("npm ci", "npm error code ENOTFOUND", log).to_string();
        assert!(offline.contains("could not reach") && offline.contains("Check the network"));
        let broken = failure("cargo install x", "error: no rule\n", log).to_string();
        assert!(broken.contains("error: no rule") && broken.contains("/t/x.log"), "{broken}");
    }

    #[test]
    fn commands_read_as_typed() {
        assert_eq!(
            shown(Command::new("/usr/bin/cargo").args(["build", "-p", "x"])),
            "cargo build -p x"
        );
    }

    #[test]
    fn a_missing_program_is_named() {
        let trouble = check(&mut Command::new("tcpscope-no-such-program")).expect_err("not there");
        assert!(trouble.to_string().contains("no program `tcpscope-no-such-program`"));
    }
}
