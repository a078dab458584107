//! The target from rustup: one command, where its server can be reached.

use super::{Target, Toolchain, probe};
use crate::project::Project;
use crate::tools::find_in_path;
use crate::trouble::Trouble;
use crate::{run, say};

/// Whether there is a rustup.
pub(super) fn available() -> bool {
    find_in_path(&["rustup"]).is_some()
}

/// Has rustup add the target to the toolchain in use.
pub(super) fn add(project: &Project, target: Target) -> Result<Toolchain, Trouble> {
    let triple = target.triple();
    if !available() {
        return Err(Trouble::new(format!("rustup is not there to add {triple}"))
            .cure("Install rustup, or set TCPSCOPE_WASM_TOOLCHAIN to auto."));
    }
    say::headline(&format!("The standard library for {triple} is missing"));
    say::note("  Asking rustup to add it (usually half a minute).");
    let mut rustup = run::command("rustup");
    rustup.args(["target", "add", triple]).current_dir(&project.root);
    run::quietly(project, "rustup-target-add", &mut rustup)?;
    let toolchain = Toolchain::in_use();
    if probe::builds(project, &toolchain, target) {
        Ok(toolchain)
    } else {
        Err(Trouble::new(format!(
            "rustup added {triple}, but the cargo in use does not build for it"
        ))
        .cure("Is another cargo before rustup's in PATH? `which -a cargo` tells."))
    }
}
