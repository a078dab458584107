//! Where the standard library for another target than this machine comes from: the rule, explicit
//! and the same for the page (WASM) and for the engine's `no_std` check (bare metal).
//!
//! The rule is [`ways`], a pure function of what `TCPSCOPE_WASM_TOOLCHAIN` asks for and of what is
//! there. Whichever way it goes, the same sources are built with the same flags; only the compiler
//! and where its `core` and `std` lie differ. The one exception, and the reasons, are in
//! docs/decisions/0002-wasm-toolchain.md.

mod debian;
mod library;
mod probe;
mod rustup;

use crate::project::Project;
use crate::trouble::Trouble;
use crate::{run, say};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that asks for one way.
const VARIABLE: &str = "TCPSCOPE_WASM_TOOLCHAIN";

/// What is built for, apart from this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The browser.
    Wasm,
    /// The browser, for the optimized page: with a standard library built for size.
    Page,
    /// A microcontroller without an operating system: what builds for it needs no `std`.
    BareMetal,
}

impl Target {
    /// The target's name.
    pub(crate) fn triple(self) -> &'static str {
        match self {
            Self::Wasm | Self::Page => "wasm32-unknown-unknown",
            Self::BareMetal => "thumbv7em-none-eabi",
        }
    }
}

/// What the variable asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Auto,
    Rustup,
    Debian,
}

impl Wish {
    fn read(value: Option<&str>) -> Result<Self, Trouble> {
        match value {
            None | Some("" | "auto") => Ok(Self::Auto),
            Some("rustup") => Ok(Self::Rustup),
            Some("debian") => Ok(Self::Debian),
            Some(other) => Err(Trouble::new(format!("{VARIABLE} is `{other}`"))
                .cure("It can be auto (the default), rustup or debian.")),
        }
    }
}

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Facts {
    /// The cargo in use builds for the target already.
    in_use_has_it: bool,
    /// An earlier run built the target from Debian's packages.
    debian_is_set_up: bool,
    /// There is a rustup.
    rustup: bool,
    /// There is an apt.
    apt: bool,
}

/// One way to the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The cargo in use has it.
    InUse,
    /// rustup adds it to the cargo in use.
    RustupAdds,
    /// Debian's compiler and its source.
    Debian,
}

/// The rule: the ways to try, in this order.
fn ways(wish: Wish, facts: Facts) -> Vec<Way> {
    let Facts { in_use_has_it, debian_is_set_up, rustup, apt } = facts;
    match wish {
        Wish::Debian => vec![Way::Debian],
        Wish::Auto | Wish::Rustup if in_use_has_it => vec![Way::InUse],
        Wish::Auto if debian_is_set_up => vec![Way::Debian],
        Wish::Rustup => vec![Way::RustupAdds],
        Wish::Auto => [(rustup, Way::RustupAdds), (apt, Way::Debian)]
            .into_iter()
            .filter_map(|(there, way)| there.then_some(way))
            .collect(),
    }
}

/// A cargo that builds for a target.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    /// What to call it.
    pub(crate) name: &'static str,
    /// The folder with `cargo` and `rustc`, to be first in `PATH`; none: those in `PATH` will do.
    bin: Option<PathBuf>,
    /// The target's standard library, if not the one where the compiler looks.
    library: Option<library::Library>,
    /// Whether it is another cargo than the one that runs this program.
    foreign: bool,
}

impl Toolchain {
    /// The cargo that runs this program.
    fn in_use() -> Self {
        let bin = env::var_os("CARGO")
            .and_then(|cargo| Path::new(&cargo).parent().map(Path::to_path_buf))
            .filter(|bin| bin.join("rustc").is_file());
        Self { name: "the cargo in use", bin, library: None, foreign: false }
    }

    /// Whether it has a standard library that is built for size, as the optimized page wants.
    pub(crate) fn has_small_library(&self) -> bool {
        self.library.as_ref().is_some_and(|library| !library.flags().is_empty())
    }

    /// A program run so that the cargo and rustc it finds are this toolchain's, and these folders'
    /// tools come before any others.
    pub(crate) fn command(
        &self,
        project: &Project,
        program: &str,
        tools: &[PathBuf],
    ) -> Result<Command, Trouble> {
        // A program is looked up in this process's PATH, not in the one it is given.
        let first: Vec<PathBuf> = tools.iter().chain(&self.bin).cloned().collect();
        let program = first
            .iter()
            .map(|folder| folder.join(program))
            .find(|path| path.is_file())
            .unwrap_or_else(|| program.into());
        let mut command = run::command(program);
        run::put_first_in_path(&mut command, &first)?;
        command.current_dir(&project.root).env("CARGO_TARGET_DIR", project.wasm_target());
        if self.foreign {
            debian::forget_other_toolchains(&mut command);
        }
        if let Some(library) = &self.library {
            library.used_by(&mut command);
        }
        Ok(command)
    }
}

/// A toolchain that builds for the target, by the rule; what is missing is brought.
pub(crate) fn bring(project: &Project, target: Target) -> Result<Toolchain, Trouble> {
    let value = env::var(VARIABLE).ok();
    let wish = Wish::read(value.as_deref())?;
    let facts = Facts {
        in_use_has_it: wish != Wish::Debian && probe::builds(project, &Toolchain::in_use(), target),
        debian_is_set_up: wish == Wish::Auto && debian::set_up(project, target).is_some(),
        rustup: rustup::available(),
        apt: crate::tools::apt::available(),
    };
    let ways = ways(wish, facts);
    let sized = |toolchain| match target {
        Target::Page => library::small(project, toolchain),
        Target::Wasm | Target::BareMetal => toolchain,
    };
    let mut last = None;
    for (number, way) in ways.iter().enumerate() {
        let brought = match way {
            Way::InUse => Ok(sized(Toolchain::in_use())),
            Way::RustupAdds => rustup::add(project, target).map(sized),
            Way::Debian => debian::bring(project, target),
        };
        match brought {
            Ok(toolchain) => return Ok(toolchain),
            Err(trouble) if number + 1 < ways.len() => {
                say::note(&format!("{trouble}\n  There is another way: going on with that."));
            }
            Err(trouble) => last = Some(trouble),
        }
    }
    Err(last.unwrap_or_else(|| {
        let triple = target.triple();
        Trouble::new(format!("there is no standard library for {triple} to build with")).cure(
            format!(
                "Add it to your Rust: with rustup, `rustup target add {triple}`; else from your \
             system's package for {triple}."
            ),
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Facts =
        Facts { in_use_has_it: false, debian_is_set_up: false, rustup: false, apt: false };

    #[test]
    fn debian_is_debian_whatever_else_there_is() {
        let all = Facts { in_use_has_it: true, debian_is_set_up: true, rustup: true, apt: true };
        assert_eq!(ways(Wish::Debian, all), [Way::Debian]);
        assert_eq!(ways(Wish::Debian, NOTHING), [Way::Debian]);
    }

    #[test]
    fn rustup_never_takes_debian() {
        let all = Facts { in_use_has_it: true, debian_is_set_up: true, rustup: true, apt: true };
        assert_eq!(ways(Wish::Rustup, all), [Way::InUse]);
        assert_eq!(ways(Wish::Rustup, Facts { in_use_has_it: false, ..all }), [Way::RustupAdds]);
    }

    #[test]
    fn auto_takes_the_first_that_is_there() {
        let all = Facts { in_use_has_it: true, debian_is_set_up: true, rustup: true, apt: true };
        assert_eq!(ways(Wish::Auto, all), [Way::InUse]);
        let without = Facts { in_use_has_it: false, ..all };
        assert_eq!(ways(Wish::Auto, without), [Way::Debian]);
        let fresh = Facts { debian_is_set_up: false, ..without };
        assert_eq!(ways(Wish::Auto, fresh), [Way::RustupAdds, Way::Debian]);
        assert_eq!(ways(Wish::Auto, Facts { rustup: false, ..fresh }), [Way::Debian]);
        assert_eq!(ways(Wish::Auto, Facts { apt: false, ..fresh }), [Way::RustupAdds]);
        assert_eq!(ways(Wish::Auto, NOTHING), []);
    }

    #[test]
    fn the_variable_has_three_values() {
        assert_eq!(Wish::read(None), Ok(Wish::Auto));
        assert_eq!(Wish::read(Some("")), Ok(Wish::Auto));
        assert_eq!(Wish::read(Some("rustup")), Ok(Wish::Rustup));
        assert_eq!(Wish::read(Some("debian")), Ok(Wish::Debian));
        let trouble = Wish::read(Some("Debian")).expect_err("no such value").to_string();
        assert!(trouble.contains("auto (the default), rustup or debian"), "{trouble}");
    }
}
