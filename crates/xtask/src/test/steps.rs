//! The steps of `cargo xtask test`, in their order: what is quick and likely to fail first.

use super::{Needs, Step};
use crate::project::Project;
use crate::target::{self, Target};
use crate::tools::{self, chromium, node, readers};
use crate::trouble::Trouble;
use crate::{bench, build, compliance, run, sites};

/// The crates that promise to need no operating system.
const NO_STD: [&str; 3] = ["tcpscope-tcp", "tcpscope-wire", "tcpscope-sim"];

/// The crates with tests by `wasm-bindgen-test`, run in Node.js. What can be tested in the real page
/// is tested there instead.
const WASM_TESTED: [&str; 0] = [];

const SITES: &str = "book and example sites";

const RELEASE_BUILD: &str = "release build";

/// All of them.
pub(super) fn all() -> Vec<Step> {
    let native = |name, run| Step { name, needs: Needs::ThisMachine, after: None, run };
    let more = |name, after, run| Step { name, needs: Needs::TargetOrBrowser, after, run };
    let mut steps = vec![
        native("format", format),
        native("lints", lints),
        native("licences and sources", licences),
        native("compliance table", compliance::hold),
        native("native tests", native_tests),
        native("documentation", documentation),
        more("no_std", None, no_std),
    ];
    if !WASM_TESTED.is_empty() {
        steps.push(more("WASM tests", None, wasm_tests));
    }
    steps.push(more("captures and their readers", None, captures));
    steps.push(more(RELEASE_BUILD, None, build::build));
    steps.push(more("figures", Some(RELEASE_BUILD), bench::hold));
    steps.push(more(SITES, Some(RELEASE_BUILD), sites::all));
    steps.push(more("browser tests", Some(RELEASE_BUILD), browser_tests));
    steps
}

fn format(project: &Project) -> Result<(), Trouble> {
    require_component(project, "fmt", "rustfmt")?;
    run::check(run::cargo(project).args(["fmt", "--all", "--check"]))
        .map_err(|trouble| trouble.cure("cargo fmt --all"))
}

fn lints(project: &Project) -> Result<(), Trouble> {
    require_component(project, "clippy", "clippy")?;
    run::check(
        run::cargo(project)
            .args(["clippy", "--workspace", "--all-targets", "--locked"])
            .args(["--", "-D", "warnings"]),
    )
}

/// Advisories are not asked for: they come from a server of their own, which a build must not need.
fn licences(project: &Project) -> Result<(), Trouble> {
    let bin = tools::cargo_deny().bring(project)?;
    run::check(
        run::command(bin.join("cargo-deny"))
            .current_dir(&project.root)
            .args(["--locked", "check", "bans", "licenses", "sources"]),
    )
}

fn native_tests(project: &Project) -> Result<(), Trouble> {
    run::check(run::cargo(project).args(["test", "--workspace", "--locked"]))
}

/// The tests that need programs of others to read what we write.
fn captures(project: &Project) -> Result<(), Trouble> {
    readers::bring(project)?;
    run::check(
        run::cargo(project)
            .args(["test", "--locked", "--package", "tcpscope-capture"])
            .args(["--package", "tcpscope-dissect"])
            .args(["--", "--ignored"]),
    )
}

fn documentation(project: &Project) -> Result<(), Trouble> {
    run::check(
        run::cargo(project)
            .args(["doc", "--workspace", "--no-deps", "--locked"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn no_std(project: &Project) -> Result<(), Trouble> {
    let toolchain = target::bring(project, Target::BareMetal)?;
    let mut cargo = toolchain.command(project, "cargo", &[])?;
    cargo.args(["build", "--locked", "--lib", "--target", Target::BareMetal.triple()]);
    for name in NO_STD {
        cargo.args(["--package", name]);
    }
    run::check(&mut cargo)
}

fn wasm_tests(project: &Project) -> Result<(), Trouble> {
    let toolchain = target::bring(project, Target::Wasm)?;
    let bin = tools::wasm_bindgen(project)?.bring(project)?;
    node::require("the WASM tests")?;
    let mut cargo = toolchain.command(project, "cargo", &[bin])?;
    cargo
        .args(["test", "--locked", "--tests", "--target", Target::Wasm.triple()])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    for name in WASM_TESTED {
        cargo.args(["--package", name]);
    }
    run::check(&mut cargo)
}

fn browser_tests(project: &Project) -> Result<(), Trouble> {
    node::bring_test_packages(project)?;
    let chromium = chromium::bring(project)?;
    run::check(
        node::npm("the browser tests")?
            .current_dir(project.browser_tests())
            .args(["test", "--silent", "--", "--test-reporter=spec"])
            .env("CHROMIUM", chromium),
    )
}

fn require_component(project: &Project, subcommand: &str, name: &str) -> Result<(), Trouble> {
    match run::answer(run::cargo(project).args([subcommand, "--version"])) {
        Some(_) => Ok(()),
        None => Err(Trouble::new(format!("the cargo in use has no {name}"))
            .cure(format!("rustup component add {name}, or your system's package of it"))),
    }
}
