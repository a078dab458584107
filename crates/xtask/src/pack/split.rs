//! The module in two parts: what the first picture needs, and the rest, which `web/boot.js` fetches
//! at the first sign of a reader. See docs/decisions/0014-the-rest-follows.md.

use super::Page;
use super::names::once;
use crate::project::{Project, create_dir, read};
use crate::target::Target;
use crate::tools::{chromium, node};
use crate::trouble::Trouble;
use crate::{run, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names what is not reached until somebody does something: that goes into the rest.
const LIST: &str = "web/rest.txt";

/// Begins the line of the list that names the compiler whose code it tells apart.
const COMPILER: &str = "# Compiler: ";

/// What the list says of itself before that.
const HEAD: &str = "\
# What the page's first picture does without: functions, and stretches of functions, which go into
# the part of the module that follows at the first sign of a reader. `cargo xtask first-picture`
# writes this list.
";

/// Where in the glue the module's imports stand.
const IMPORTS: &str = "return{__proto__:null,a:{";

/// What the first part calls for the rest, and who answers.
const ASK: &str = "r:{b:()=>bring()},";

/// Lets `web/boot.js` answer, and have what the rest is joined to.
const ANSWER: &str = "let bring;export function whenMissing(answer){bring=answer}export function first(){return wasm}";

/// Notes which places were reached.
const COUNT: &str = "r:{b:place=>{(globalThis.tcpscopeReached??=new Set()).add(place)}},";

/// Which list a page is cut by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The project's own, where it is for this compiler; else one made for it.
    KnownList,
    /// One made anew, which becomes the project's own.
    NewList,
}

/// Cuts the module. Returns where the rest stands.
pub(super) fn cut(
    project: &Project,
    page: &Page,
    compiler: &str,
    by: By,
) -> Result<PathBuf, Trouble> {
    let list = match by {
        By::KnownList => known_list(project, page, compiler)?,
        By::NewList => {
            let list = project.root.join(LIST);
            write_list(project, page, compiler, &list)?;
            list
        }
    };
    let rest = page.module.with_file_name("tcpscope-rest.wasm");
    let mut cut = splitter(project);
    cut.arg("cut").arg(&page.module).arg(list).arg(&page.module).arg(&rest).arg(linked(project));
    run::work(&mut cut)?;
    answer(&page.glue, ASK, ANSWER)?;
    Ok(rest)
}

/// The module as the linker has left it, with the places of everything in memory.
fn linked(project: &Project) -> PathBuf {
    let built = project.wasm_target().join(Target::Page.triple()).join("release");
    built.join("tcpscope-web.wasm")
}

/// The project's list, if it is for this compiler, whose stretches it tells apart by what they look
/// like; else one that is made for this very module, where there is a browser to make it with.
fn known_list(project: &Project, page: &Page, compiler: &str) -> Result<PathBuf, Trouble> {
    let list = project.root.join(LIST);
    if read(&list)?.lines().any(|line| line.strip_prefix(COMPILER) == Some(compiler)) {
        return Ok(list);
    }
    let folder = project.wasm_target().join("first-picture");
    create_dir(&folder)?;
    let own = folder.join(format!("{:016x}.txt", super::content(&page.module)?));
    if !own.is_file() {
        if chromium::find()?.is_none() {
            say::note(&format!(
                "{LIST} was written with another compiler: less of the page can wait."
            ));
            return Ok(list);
        }
        write_list(project, page, compiler, &own)?;
    }
    Ok(own)
}

/// Writes a list: looks at the first picture of the page in Chromium, built so that it notes which
/// places are reached, and names the others.
fn write_list(project: &Project, page: &Page, compiler: &str, list: &Path) -> Result<(), Trouble> {
    node::require("looking at the page")?;
    node::bring_test_packages(project)?;
    let chromium = chromium::bring(project)?;
    say::headline("Looking at the first picture, for what it does without");
    let folder = project.wasm_target().join("first-picture");
    create_dir(&folder)?;
    let (module, glue) = (folder.join("module.wasm"), folder.join("glue.js"));
    let copy = |from: &Path, to: &Path| {
        fs::copy(from, to).map(|_| ()).map_err(|error| Trouble::io("write", to, &error))
    };
    copy(&page.module, &module)?;
    copy(&page.glue, &glue)?;
    run::work(splitter(project).arg("count").arg(&module).arg(&page.module))?;
    answer(&page.glue, COUNT, "")?;
    let mut script = run::command("node");
    script.current_dir(project.browser_tests()).arg("first-picture.mjs").env("CHROMIUM", chromium);
    let reached = folder.join("reached.txt");
    super::write(&reached, &run::result(&mut script)?)?;
    copy(&module, &page.module)?;
    copy(&glue, &page.glue)?;
    let lines = run::result(splitter(project).arg("list").arg(&module).arg(&reached))?;
    super::write(list, &format!("{HEAD}{COMPILER}{compiler}\n{lines}"))
}

/// Gives the module what it imports beside the page's own.
fn answer(glue: &Path, import: &str, export: &str) -> Result<(), Trouble> {
    let imports = IMPORTS.replacen("a:{", &format!("{import}a:{{"), 1);
    let script = once(&read(glue)?, IMPORTS, &imports).map_err(Trouble::new)?;
    super::write(glue, &(script + export))
}

fn splitter(project: &Project) -> Command {
    let mut cargo = run::cargo(project);
    cargo.args(["run", "--quiet", "--locked", "--package", "tcpscope-split", "--"]);
    cargo
}
