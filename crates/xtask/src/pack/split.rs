//! The module in two parts: what the first picture needs, and the rest, which `web/boot.js` fetches
//! at the first sign of a reader. See docs/decisions/0011-the-rest-follows.md.

use super::names::once;
use crate::project::{Project, create_dir, read};
use crate::tools::{chromium, node};
use crate::trouble::Trouble;
use crate::{build, run, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Names what is not called until somebody does something: those functions go into the rest.
pub(crate) const LIST: &str = "web/rest.txt";

/// Where in the glue the module's imports stand.
const IMPORTS: &str = "return{__proto__:null,a:{";

/// What the first part calls for the rest, and who answers.
const ASK: &str = "r:{b:()=>bring()},";

/// Lets `web/boot.js` answer, and have what the rest is joined to.
const ANSWER: &str = "let bring;export function whenMissing(answer){bring=answer}export function first(){return wasm}";

/// Notes which functions were called.
const COUNT: &str = "r:{b:called=>{(globalThis.tcpscopeCalled??=new Set()).add(called)}},";

/// Cuts the module. Returns where the rest stands.
pub(super) fn cut(project: &Project, glue: &Path, module: &Path) -> Result<PathBuf, Trouble> {
    let rest = module.with_file_name("tcpscope-rest.wasm");
    let mut splitter = splitter(project);
    splitter.arg("cut").arg(module).arg(project.root.join(LIST)).arg(module).arg(&rest);
    run::work(&mut splitter)?;
    let script = once(&read(glue)?, IMPORTS, &asking(ASK)).map_err(Trouble::new)?;
    super::write(glue, &(script + ANSWER))?;
    Ok(rest)
}

/// Makes a page of which each function notes that it was called. Returns where the module stands as
/// it was.
pub(super) fn count(project: &Project, glue: &Path, module: &Path) -> Result<PathBuf, Trouble> {
    let folder = project.wasm_target().join("first-picture");
    create_dir(&folder)?;
    let named = folder.join("named.wasm");
    fs::copy(module, &named).map_err(|error| Trouble::io("write", &named, &error))?;
    run::work(splitter(project).arg("count").arg(&named).arg(module))?;
    let script = once(&read(glue)?, IMPORTS, &asking(COUNT)).map_err(Trouble::new)?;
    super::write(glue, &script)?;
    Ok(named)
}

/// Writes the list anew: looks at the first picture of a page that counts, in Chromium, and names
/// what was not called.
pub(crate) fn renew(project: &Project) -> Result<ExitCode, Trouble> {
    let named = build::build_counting(project)?;
    node::require("looking at the page")?;
    node::bring_test_packages(project)?;
    let chromium = chromium::bring(project)?;
    say::headline("Looking at the first picture");
    let mut script = run::command("node");
    script.current_dir(project.browser_tests()).arg("first-picture.mjs").env("CHROMIUM", chromium);
    let called = named.with_extension("called");
    super::write(&called, &run::result(&mut script)?)?;
    let list = run::result(splitter(project).arg("list").arg(&named).arg(&called))?;
    let path = project.root.join(LIST);
    super::write(&path, &format!("{HEAD}{list}"))?;
    say::note(&format!("{} names in {LIST}", list.lines().count()));
    build::build(project).map(|()| ExitCode::SUCCESS)
}

/// What the list says of itself.
const HEAD: &str = "\
# What the page's first picture does without: these functions go into the part of the module that
# follows at the first sign of a reader. Written by `cargo xtask first-picture`.
";

fn asking(ask: &str) -> String {
    IMPORTS.replacen("a:{", &format!("{ask}a:{{"), 1)
}

fn splitter(project: &Project) -> Command {
    let mut cargo = run::cargo(project);
    cargo.args(["run", "--quiet", "--locked", "--package", "tcpscope-split", "--"]);
    cargo
}
