//! The target from Debian's packages: a compiler, its standard library's source, and a linker.
//! Nothing outside of the folder of tools is changed, apart from what apt installs.

use super::library::{Compiler, Library};
use super::{Target, Toolchain, probe};
use crate::project::Project;
use crate::tools::apt::Packages;
use crate::trouble::Trouble;
use std::process::Command;

const BIN: &str = "/usr/bin";

const COMPILER: Packages<'static> = Packages {
    names: &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"],
    what: "Debian's Rust for the web is",
    why: "It builds for targets that the cargo in use has no standard library for.",
    usually: "half a minute",
};

/// The toolchain, if an earlier run has left it complete.
pub(super) fn set_up(project: &Project, target: Target) -> Option<Toolchain> {
    if !COMPILER.installed() {
        return None;
    }
    let (toolchain, _) = with_library(project, &Compiler::ask(project, &plain())?, target);
    probe::builds(project, &toolchain, target).then_some(toolchain)
}

/// The toolchain, made complete.
pub(super) fn bring(project: &Project, target: Target) -> Result<Toolchain, Trouble> {
    COMPILER.bring(project)?;
    let compiler = Compiler::ask(project, &plain()).ok_or_else(|| {
        Trouble::new("/usr/bin/rustc does not say which version it is")
            .cure("See what `/usr/bin/rustc -vV` says.")
    })?;
    let linker = format!("lld-{}", compiler.llvm);
    Packages {
        names: &[&linker],
        what: "The linker of Debian's Rust for the web is",
        why: "It links WASM.",
        usually: "a few seconds",
    }
    .bring(project)?;
    let (toolchain, library) = with_library(project, &compiler, target);
    if probe::builds(project, &toolchain, target) {
        return Ok(toolchain);
    }
    library.build(project, &plain(), &compiler)?;
    if probe::builds(project, &toolchain, target) {
        Ok(toolchain)
    } else {
        Err(Trouble::new(format!(
            "the standard library for {} was built, but does not work",
            target.triple()
        ))
        .cure(format!("Remove {} and try again.", library.sysroot.display())))
    }
}

/// What the cargo that runs this program set for its own kin would lead Debian's astray.
pub(super) fn forget_other_toolchains(command: &mut Command) {
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(name);
    }
}

/// The compiler as it is installed: it has a library for this machine only.
fn plain() -> Toolchain {
    Toolchain { name: "Debian's rustc-web", bin: Some(BIN.into()), library: None, foreign: true }
}

fn with_library(project: &Project, compiler: &Compiler, target: Target) -> (Toolchain, Library) {
    let library = Library::of(project, compiler, target, "debian");
    (Toolchain { library: Some(library.clone()), ..plain() }, library)
}
