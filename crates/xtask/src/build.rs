//! The page as files for any static host: `dist/`.

use crate::pack::{self, By};
use crate::project::{Project, create_dir};
use crate::target::{self, Target, Toolchain};
use crate::tools;
use crate::trouble::Trouble;
use crate::{run, say};
use std::fs;
use std::path::PathBuf;

/// What Trunk is called with: the toolchain for WASM and the folders of the tools it calls.
pub(crate) struct Builder {
    toolchain: Toolchain,
    tools: Vec<PathBuf>,
}

impl Builder {
    /// Brings what is missing. Only an optimized page needs wasm-opt.
    pub(crate) fn bring(project: &Project, release: bool) -> Result<Self, Trouble> {
        let target = if release { Target::Page } else { Target::Wasm };
        let toolchain = target::bring(project, target)?;
        let mut tools =
            vec![tools::wasm_bindgen(project)?.bring(project)?, tools::trunk().bring(project)?];
        if release {
            tools.push(tools::wasm_opt().bring(project)?);
            tools::node::require("wasm-opt")?;
        }
        fetch_crates(project, &toolchain)?;
        Ok(Self { toolchain, tools })
    }

    /// `trunk build` or `trunk serve`, ready for further arguments. Offline: what it needs has been
    /// brought, and whatever else it would fetch would be of a version of its own choice.
    pub(crate) fn trunk(
        &self,
        project: &Project,
        subcommand: &str,
    ) -> Result<std::process::Command, Trouble> {
        let mut trunk = self.toolchain.command(project, "trunk", &self.tools)?;
        // Where a build fails, the compiler has said why; Trunk's own stack tells nothing.
        trunk.args([subcommand, "--offline", "true"]).env("RUST_BACKTRACE", "0");
        Ok(trunk)
    }

    /// Which compiler makes the page's code.
    fn compiler(&self, project: &Project) -> Result<String, Trouble> {
        let version = run::result(self.toolchain.command(project, "rustc", &[])?.arg("--version"))?;
        Ok(version.trim().to_owned())
    }

    /// What the page is built with, for people.
    pub(crate) fn toolchain(&self) -> &'static str {
        self.toolchain.name
    }
}

/// Trunk builds offline: what the lock file names has to be there first.
fn fetch_crates(project: &Project, toolchain: &Toolchain) -> Result<(), Trouble> {
    let fetch = |offline: bool| -> Result<std::process::Command, Trouble> {
        let mut cargo = toolchain.command(project, "cargo", &[])?;
        cargo.args(["fetch", "--locked", "--target", Target::Wasm.triple()]);
        if offline {
            cargo.arg("--offline");
        }
        Ok(cargo)
    };
    if run::answer(&mut fetch(true)?).is_some() {
        return Ok(());
    }
    say::headline("Crates are missing");
    say::note("  The page is built from those in Cargo.lock (usually a few seconds to fetch).");
    run::quietly(project, "cargo-fetch", &mut fetch(false)?)
}

/// Builds the optimized page into `dist/` and says what it weighs.
pub(crate) fn build(project: &Project) -> Result<(), Trouble> {
    build_and_pack(project, By::KnownList)
}

/// Builds it too, and writes anew what its first picture does without.
pub(crate) fn first_picture(project: &Project) -> Result<(), Trouble> {
    build_and_pack(project, By::NewList)
}

/// Builds it, and packs the npm package that holds it.
pub(crate) fn pack_npm(project: &Project) -> Result<(), Trouble> {
    build(project)?;
    tools::node::require("the npm package")?;
    let folder = project.target.join("npm");
    create_dir(&folder)?;
    let mut pack = run::command("node");
    pack.current_dir(&project.root).arg("packages/npm/pack.mjs").arg(&folder);
    let package = run::result(&mut pack)?;
    say::note(&format!("The package: {}", package.trim()));
    Ok(())
}

fn build_and_pack(project: &Project, by: By) -> Result<(), Trouble> {
    let builder = Builder::bring(project, true)?;
    say::headline(&format!("Building the optimized page with {}", builder.toolchain()));
    let mut trunk = builder.trunk(project, "build")?;
    // See web/build.rs. wasm-opt warns of the sections that this leaves, which end with the packing.
    trunk.args(["--release", "--no-default-features"]).env("TCPSCOPE_KEEP_PLACES", "1");
    run::work(&mut trunk)?;
    pack::pack(project, &builder.compiler(project)?, by)?;
    say::note(&say::table(&weights(project)?));
    Ok(())
}

/// The files at the top of `dist/` and their sizes.
fn weights(project: &Project) -> Result<Vec<Vec<String>>, Trouble> {
    let dist = project.dist();
    let files = fs::read_dir(&dist).map_err(|error| Trouble::io("read", &dist, &error))?;
    let mut rows: Vec<Vec<String>> = files
        .flatten()
        .filter_map(|file| {
            let size = file.metadata().ok().filter(fs::Metadata::is_file)?.len();
            let name = file.file_name().to_string_lossy().into_owned();
            (!name.starts_with('.')).then(|| vec![format!("{size:>9} B"), format!("dist/{name}")])
        })
        .collect();
    rows.sort_by(|a, b| a.last().cmp(&b.last()));
    Ok(rows)
}
