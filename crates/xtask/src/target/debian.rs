//! The target from Debian's packages: a compiler, its standard library's source, and a linker. The
//! library is built once per user and compiler, and kept beside the tools; nothing outside of that
//! folder is changed, apart from what apt installs.

use super::{Target, Toolchain, probe};
use crate::project::{Project, create_dir};
use crate::tools::apt::Packages;
use crate::trouble::Trouble;
use crate::{run, say};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BIN: &str = "/usr/bin";

/// Raised when the library is built in another way: cargo tells libraries apart by their folder, and
/// would go on with what it built against the old one.
const RECIPE: u32 = 2;

const COMPILER: Packages<'static> = Packages {
    names: &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"],
    what: "Debian's Rust for the web is",
    why: "It builds for targets that the cargo in use has no standard library for.",
    usually: "half a minute",
};

impl Target {
    /// The parts of the standard library that are built for it.
    fn parts(self) -> &'static str {
        match self {
            Self::Wasm => "std,panic_abort",
            Self::BareMetal => "core,alloc",
        }
    }
}

/// The toolchain, if an earlier run has left it complete.
pub(super) fn set_up(project: &Project, target: Target) -> Option<Toolchain> {
    if !COMPILER.installed() {
        return None;
    }
    let toolchain = toolchain(project, &Compiler::ask()?);
    probe::builds(project, &toolchain, target).then_some(toolchain)
}

/// The toolchain, made complete.
pub(super) fn bring(project: &Project, target: Target) -> Result<Toolchain, Trouble> {
    COMPILER.bring(project)?;
    let compiler = Compiler::ask().ok_or_else(|| {
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
    let toolchain = toolchain(project, &compiler);
    if probe::builds(project, &toolchain, target) {
        return Ok(toolchain);
    }
    build_library(project, &compiler, target)?;
    if probe::builds(project, &toolchain, target) {
        Ok(toolchain)
    } else {
        Err(Trouble::new(format!(
            "the standard library for {} was built, but does not work",
            target.triple()
        ))
        .cure(format!("Remove {} and try again.", sysroot(project, &compiler).display())))
    }
}

/// Lets everything that cargo builds for the target use this standard library. Cargo leaves build
/// scripts and macros, which run on this machine, alone.
pub(super) fn use_sysroot(command: &mut Command, sysroot: &Path) {
    forget_other_toolchains(command);
    let mut flags = OsString::from("--sysroot\u{1f}");
    flags.push(sysroot);
    for flag in std::env::var("RUSTFLAGS").unwrap_or_default().split_whitespace() {
        flags.push("\u{1f}");
        flags.push(flag);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", flags);
}

/// What the cargo that runs this program set for its own kin would lead Debian's astray.
fn forget_other_toolchains(command: &mut Command) {
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(name);
    }
}

fn toolchain(project: &Project, compiler: &Compiler) -> Toolchain {
    Toolchain {
        name: "Debian's rustc-web",
        bin: Some(BIN.into()),
        sysroot: Some(sysroot(project, compiler)),
    }
}

fn sysroot(project: &Project, compiler: &Compiler) -> PathBuf {
    project.tools.join(format!("rust-std-{}-{}-{RECIPE}", compiler.release, compiler.commit))
}

/// Builds the library for the target from Debian's source, by way of an empty crate.
fn build_library(project: &Project, compiler: &Compiler, target: Target) -> Result<(), Trouble> {
    let triple = target.triple();
    say::headline(&format!("The standard library for {triple} is missing"));
    say::note(&format!(
        "  Building it from Debian's source with rustc {} (usually about a minute, once).",
        compiler.release
    ));
    let krate = project.tools.join("build").join(format!("std-{triple}"));
    create_dir(&krate)?;
    write(&krate.join("Cargo.toml"), EMPTY_CRATE)?;
    write(&krate.join("lib.rs"), "#![no_std]\n")?;
    let mut cargo = run::command(Path::new(BIN).join("cargo"));
    run::put_first_in_path(&mut cargo, &[BIN.into()])?;
    forget_other_toolchains(&mut cargo);
    cargo
        .current_dir(&krate)
        .args(["build", "--release", "--target", triple])
        .arg(format!("-Zbuild-std={}", target.parts()))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", krate.join("target"))
        // As in the libraries that rustup brings: link-time optimization needs it.
        .env("CARGO_ENCODED_RUSTFLAGS", "-Cembed-bitcode=yes");
    run::quietly(project, &format!("std-{triple}"), &mut cargo)?;
    let built = krate.join("target").join(triple).join("release/deps");
    let place = sysroot(project, compiler).join("lib/rustlib").join(triple).join("lib");
    keep(&built, &place)?;
    let _ = fs::remove_dir_all(krate);
    Ok(())
}

const EMPTY_CRATE: &str = r#"[package]
name = "empty"
version = "0.0.0"
edition = "2021"

[lib]
path = "lib.rs"

[profile.release]
panic = "abort"

[workspace]
"#;

/// Moves the library's parts to where the compiler looks for them, all or none.
fn keep(built: &Path, place: &Path) -> Result<(), Trouble> {
    let aside = place.with_extension("new");
    let _ = fs::remove_dir_all(&aside);
    create_dir(&aside)?;
    let parts = fs::read_dir(built).map_err(|error| Trouble::io("read", built, &error))?;
    for part in parts.flatten() {
        let name = part.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty") {
            let to = aside.join(&name);
            fs::copy(part.path(), &to).map_err(|error| Trouble::io("write", &to, &error))?;
        }
    }
    let _ = fs::remove_dir_all(place);
    fs::rename(&aside, place).map_err(|error| Trouble::io("create", place, &error))
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(path, text).map_err(|error| Trouble::io("write", path, &error))
}

/// Which compiler it is: a library fits one only.
#[derive(Debug, PartialEq, Eq)]
struct Compiler {
    release: String,
    commit: String,
    llvm: String,
}

impl Compiler {
    fn ask() -> Option<Self> {
        let mut rustc = run::command(Path::new(BIN).join("rustc"));
        forget_other_toolchains(&mut rustc);
        Self::read(&run::answer(rustc.arg("-vV"))?)
    }

    /// Reads what `rustc -vV` says.
    fn read(said: &str) -> Option<Self> {
        let field = |name: &str| {
            said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::trim)
        };
        Some(Self {
            release: field("release")?.to_owned(),
            commit: field("commit-hash")?.chars().take(9).collect(),
            llvm: field("LLVM version")?.split('.').next()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_which_compiler_it_is() {
        let said = "\
rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)
binary: rustc
commit-hash: ac68faa20c58cbccd01ee7208bf3b6e93a7d7f96
commit-date: 2026-05-25
host: x86_64-unknown-linux-gnu
release: 1.96.0
LLVM version: 22.1.8
";
        let compiler = Compiler {
            release: "1.96.0".to_owned(),
            commit: "ac68faa20".to_owned(),
            llvm: "22".to_owned(),
        };
        assert_eq!(Compiler::read(said), Some(compiler));
        assert_eq!(Compiler::read("rustc 1.63.0"), None);
    }
}
