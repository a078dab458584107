//! The page carried elsewhere: the book of `docs/`, and the example sites of its guides.

use crate::project::{Project, create_dir};
use crate::tools::{self, node};
use crate::trouble::Trouble;
use crate::{build, run, say};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Makes the book, with the page in it.
pub(crate) fn book(project: &Project) -> Result<(), Trouble> {
    bring_page(project)?;
    let book = project.book();
    say::headline("Making the book");
    let mut mdbook = with_programs(project, "mdbook")?;
    mdbook.current_dir(&project.root).args(["build", "docs", "--dest-dir"]).arg(&book);
    run::work(&mut mdbook)?;
    // Where docs/book.toml says.
    copy(&project.dist(), &book.join("tcpscope"))?;
    say::note(&format!("The book: {}", book.join("index.html").display()));
    Ok(())
}

/// Makes the example sites: what each guide says is done, in a copy of its folder.
pub(crate) fn examples(project: &Project) -> Result<(), Trouble> {
    bring_page(project)?;
    node::require("the example sites")?;
    say::headline("Making the example sites");
    let mut script = with_programs(project, "node")?;
    script.current_dir(&project.root).arg("examples/build.mjs").arg(project.sites());
    run::work(&mut script)
}

/// Makes all of them.
pub(crate) fn all(project: &Project) -> Result<(), Trouble> {
    book(project)?;
    examples(project)
}

/// The page that is there will do: who has changed it knows that it has to be built.
fn bring_page(project: &Project) -> Result<(), Trouble> {
    if project.dist().join("embed.html").is_file() { Ok(()) } else { build::build(project) }
}

/// A command that finds mdBook and `tcpscope`.
fn with_programs(project: &Project, program: &str) -> Result<std::process::Command, Trouble> {
    let folders = [tools::mdbook().bring(project)?, own_program(project)?];
    let mut command = run::command(program);
    run::put_first_in_path(&mut command, &folders)?;
    Ok(command)
}

/// The folder of `tcpscope`: the one that the variable names, or as it is now in the sources.
fn own_program(project: &Project) -> Result<PathBuf, Trouble> {
    if let Some(folder) = env::var_os("TCPSCOPE").as_deref().and_then(|it| Path::new(it).parent()) {
        return Ok(folder.to_owned());
    }
    run::work(run::cargo(project).args(["build", "--locked", "--package", "tcpscope-cli"]))?;
    Ok(project.target.join("debug"))
}

/// Copies a folder; what is hidden stays behind.
fn copy(from: &Path, to: &Path) -> Result<(), Trouble> {
    create_dir(to)?;
    let files = fs::read_dir(from).map_err(|error| Trouble::io("read", from, &error))?;
    for file in files.flatten() {
        let (path, name) = (file.path(), file.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name)).map_err(|error| Trouble::io("copy", &path, &error))?;
        }
    }
    Ok(())
}
