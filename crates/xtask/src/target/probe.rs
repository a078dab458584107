//! Whether a toolchain really builds for a target: by compiling a line with it.

use super::{Target, Toolchain};
use crate::project::{Project, create_dir};
use std::fs;
use std::process::Stdio;

/// Compiles the least crate that needs the target's standard library. Truer than looking for files,
/// which may be those of another version of the compiler; takes a tenth of a second.
pub(super) fn builds(project: &Project, toolchain: &Toolchain, target: Target) -> bool {
    let folder = project.wasm_target().join("probe");
    let source = folder.join("probe.rs");
    let text = match target {
        Target::Wasm | Target::Page => "//! Probe.\npub fn probe() { println!(); }\n",
        Target::BareMetal => "//! Probe.\n#![no_std]\nextern crate alloc;\n",
    };
    if create_dir(&folder).is_err() || fs::write(&source, text).is_err() {
        return false;
    }
    let Ok(mut rustc) = toolchain.command(project, "rustc", &[]) else { return false };
    if let Some(library) = &toolchain.library {
        rustc.arg("--sysroot").arg(&library.sysroot);
        rustc.args(library.flags());
    }
    rustc
        .args(["--crate-type=lib", "--emit=metadata", "--target", target.triple(), "--out-dir"])
        .arg(&folder)
        .arg(&source)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    rustc.status().is_ok_and(|status| status.success())
}
