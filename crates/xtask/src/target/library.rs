//! A standard library built from its source for one target, and kept beside the tools: where the
//! compiler has none for the target, and where the page wants one that is built for size.

use super::{Target, Toolchain, probe};
use crate::project::{Project, create_dir};
use crate::trouble::Trouble;
use crate::{run, say};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Raised when the library is built in another way: a kept one of another recipe is not taken for
/// it, and cargo, which tells libraries apart by their folder, does not go on with what it built
/// against the old one.
const RECIPE: u32 = 3;

/// What the optimized page is compiled with, the library and everything else alike. A panic traps at
/// once, without a message that nobody would read: `web/boot.js` tells the reader. Nothing that is
/// shown comes from `Debug`, and nothing names a line of the source.
const SMALL: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

impl Target {
    /// The parts of the standard library that are built for it.
    fn parts(self) -> &'static str {
        match self {
            Self::Wasm | Self::Page => "std,panic_abort",
            Self::BareMetal => "core,alloc",
        }
    }

    /// What everything for it is compiled with, where its library is built from source.
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Page => &SMALL,
            Self::Wasm | Self::BareMetal => &[],
        }
    }
}

/// A library that was built from source.
#[derive(Debug, Clone)]
pub(super) struct Library {
    /// The folder that the compiler is pointed to.
    pub(super) sysroot: PathBuf,
    target: Target,
}

impl Library {
    /// Where the library of this compiler for this target lies, whether it is there or not. `kind`
    /// tells compilers of the same version apart: their libraries differ.
    pub(super) fn of(project: &Project, compiler: &Compiler, target: Target, kind: &str) -> Self {
        let Compiler { release, commit, .. } = compiler;
        let small = if target == Target::Page { "-small" } else { "" };
        let name = format!("rust-std-{release}-{commit}-{kind}{small}-{RECIPE}");
        Self { sysroot: project.tools.join(name), target }
    }

    /// Lets everything that cargo builds for the target use this library. Cargo leaves build scripts
    /// and macros, which run on this machine, alone.
    pub(super) fn used_by(&self, command: &mut Command) {
        let mut flags = OsString::from("--sysroot\u{1f}");
        flags.push(&self.sysroot);
        let users = std::env::var("RUSTFLAGS").unwrap_or_default();
        for flag in self.flags().iter().copied().chain(users.split_whitespace()) {
            flags.push("\u{1f}");
            flags.push(flag);
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", flags);
        if !self.flags().is_empty() {
            // The flags are those of a nightly compiler; this one knows them too.
            command.env("RUSTC_BOOTSTRAP", "1");
        }
    }

    /// What everything that is linked with it has to be compiled with.
    pub(super) fn flags(&self) -> &'static [&'static str] {
        self.target.flags()
    }

    /// Builds it from the source that came with the compiler, by way of an empty crate. `plain` is
    /// the toolchain without this library.
    pub(super) fn build(
        &self,
        project: &Project,
        plain: &Toolchain,
        compiler: &Compiler,
    ) -> Result<(), Trouble> {
        let triple = self.target.triple();
        let (what, name) = match self.target {
            Target::Page => ("The standard library for a small page", "page"),
            Target::Wasm | Target::BareMetal => ("The standard library", triple),
        };
        say::headline(&format!("{what} is missing"));
        say::note(&format!(
            "  Building it for {triple} from source with rustc {} (usually about a minute, once).",
            compiler.release
        ));
        let krate = project.tools.join("build").join(format!("std-{name}"));
        let _ = fs::remove_dir_all(&krate);
        create_dir(&krate)?;
        write(&krate.join("Cargo.toml"), EMPTY_CRATE)?;
        write(&krate.join("lib.rs"), "#![no_std]\n")?;
        let mut cargo = plain.command(project, "cargo", &[])?;
        // Bitcode as in the libraries that rustup brings: link-time optimization needs it.
        let flags: Vec<&str> =
            ["-Cembed-bitcode=yes"].iter().chain(self.flags()).copied().collect();
        cargo
            .current_dir(&krate)
            .args(["build", "--release", "--target", triple])
            .arg(format!("-Zbuild-std={}", self.target.parts()))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", krate.join("target"))
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        if self.target == Target::Page {
            cargo
                .arg("-Zbuild-std-features=optimize_for_size")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z");
        }
        run::quietly(project, &format!("std-{name}"), &mut cargo)?;
        let built = krate.join("target").join(triple).join("release/deps");
        let place = self.sysroot.join("lib/rustlib").join(triple).join("lib");
        keep(&built, &place)?;
        let _ = fs::remove_dir_all(krate);
        Ok(())
    }
}

/// The same toolchain with a library built for size, where the compiler in use has the library's
/// source and can build it so; else the toolchain as it is, whose page is larger.
pub(super) fn small(project: &Project, plain: Toolchain) -> Toolchain {
    let Some(compiler) = Compiler::ask(project, &plain) else { return plain };
    let library = Library::of(project, &compiler, Target::Page, "in-use");
    let toolchain = Toolchain { library: Some(library.clone()), ..plain.clone() };
    if probe::builds(project, &toolchain, Target::Page) {
        return toolchain;
    }
    if !compiler.has_source {
        say::note(
            "  The compiler in use comes without its library's source, so the page will be some \
             15 KB larger. With rustup, `rustup component add rust-src` brings the source.",
        );
        return plain;
    }
    match library.build(project, &plain, &compiler) {
        Ok(()) if probe::builds(project, &toolchain, Target::Page) => toolchain,
        Ok(()) => {
            say::note("  It was built, but does not work. Going on without: a larger page.");
            plain
        }
        Err(trouble) => {
            say::note(&format!("{trouble}\n  Going on without it: the page will be larger."));
            plain
        }
    }
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
pub(super) struct Compiler {
    pub(super) release: String,
    pub(super) commit: String,
    pub(super) llvm: String,
    /// Whether the source of its standard library is there.
    pub(super) has_source: bool,
}

impl Compiler {
    /// Asks the toolchain's compiler.
    pub(super) fn ask(project: &Project, plain: &Toolchain) -> Option<Self> {
        let ask = |arguments: &[&str]| {
            run::answer(plain.command(project, "rustc", &[]).ok()?.args(arguments))
        };
        let sysroot = ask(&["--print", "sysroot"])?;
        let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std");
        Some(Self { has_source: source.is_dir(), ..Self::read(&ask(&["-vV"])?)? })
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
            has_source: false,
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
            has_source: false,
        };
        assert_eq!(Compiler::read(said), Some(compiler));
        assert_eq!(Compiler::read("rustc 1.63.0"), None);
    }
}
