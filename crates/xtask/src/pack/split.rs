//! The module in two parts: what the first picture needs, and the rest, which `web/boot.js` fetches
//! at the first sign of a reader. Cut twice, for the page and for a figure in a frame, whose first
//! picture needs less. See docs/decisions/0014-the-rest-follows.md.

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

/// What has a first picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Page,
    Figure,
}

impl Sight {
    const ALL: [Self; 2] = [Self::Page, Self::Figure];

    /// Names what is not reached until somebody does something: that goes into the rest.
    fn list(self) -> &'static str {
        match self {
            Self::Page => "web/rest.txt",
            Self::Figure => "web/rest-of-figure.txt",
        }
    }

    /// What `first-picture.mjs` calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Figure => "figure",
        }
    }
}

/// Begins the line of the list that names the compiler whose code it tells apart.
const COMPILER: &str = "# Compiler: ";

/// What the list says of itself before that.
const HEAD: &str = "\
# What the first picture does without: functions, and stretches of functions, which go into
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

/// Where the parts stand that are no longer the module's own file.
pub(super) struct Parts {
    /// What the page's first picture does without.
    pub(super) rest: PathBuf,
    /// What a figure's first picture needs.
    pub(super) figure: PathBuf,
    /// What it does without.
    pub(super) rest_of_figure: PathBuf,
}

/// Cuts the module: what is left in its place is what the page's first picture needs.
pub(super) fn cut(
    project: &Project,
    page: &Page,
    compiler: &str,
    by: By,
) -> Result<Parts, Trouble> {
    let lists = match by {
        By::KnownList => known_lists(project, page, compiler)?,
        By::NewList => {
            let lists = Sight::ALL.map(|sight| project.root.join(sight.list()));
            write_lists(project, page, compiler, &lists)?;
            lists
        }
    };
    let beside = |name: &str| page.module.with_file_name(name);
    let first = beside("tcpscope-first.wasm");
    let parts = Parts {
        rest: beside("tcpscope-rest.wasm"),
        figure: beside("tcpscope-figure.wasm"),
        rest_of_figure: beside("tcpscope-figure-rest.wasm"),
    };
    let (of_page, of_figure) = ([&first, &parts.rest], [&parts.figure, &parts.rest_of_figure]);
    let one = |list: &Path, parts: [&PathBuf; 2]| {
        let mut cut = splitter(project);
        cut.arg("cut").arg(&page.module).arg(list).args(parts).arg(linked(project));
        run::work(&mut cut)
    };
    let [list, list_of_figure] = &lists;
    // Each looks for the best of several orders, which takes its time.
    std::thread::scope(|both| {
        let figure = both.spawn(|| one(list_of_figure, of_figure));
        let page = one(list, of_page);
        page.and(figure.join().unwrap_or_else(|_| Err(Trouble::new("cutting the module failed"))))
    })?;
    fs::rename(&first, &page.module).map_err(|error| Trouble::io("rename", &first, &error))?;
    answer(&page.glue, ASK, ANSWER)?;
    Ok(parts)
}

/// The module as the linker has left it, with the places of everything in memory.
fn linked(project: &Project) -> PathBuf {
    let built = project.wasm_target().join(Target::Page.triple()).join("release");
    built.join("tcpscope-web.wasm")
}

/// The project's lists, if they are for this compiler, whose stretches they tell apart by what they
/// look like; else some that are made for this very module, where there is a browser to make them with.
fn known_lists(project: &Project, page: &Page, compiler: &str) -> Result<[PathBuf; 2], Trouble> {
    let lists = Sight::ALL.map(|sight| project.root.join(sight.list()));
    let is_for = |list: &PathBuf| -> Result<bool, Trouble> {
        Ok(read(list)?.lines().any(|line| line.strip_prefix(COMPILER) == Some(compiler)))
    };
    if is_for(&lists[0])? && is_for(&lists[1])? {
        return Ok(lists);
    }
    let folder = project.wasm_target().join("first-picture");
    create_dir(&folder)?;
    let module = super::content(&page.module)?;
    let own = Sight::ALL.map(|sight| folder.join(format!("{module:016x}-{}.txt", sight.name())));
    if !own.iter().all(|list| list.is_file()) {
        if chromium::find()?.is_none() {
            let [list, other] = Sight::ALL.map(Sight::list);
            say::note(&format!(
                "{list} or {other} was written with another compiler: less of the page can wait."
            ));
            return Ok(lists);
        }
        write_lists(project, page, compiler, &own)?;
    }
    Ok(own)
}

/// Writes the lists: looks at the first pictures in Chromium, in a page built so that it notes which
/// places are reached, and names the others.
fn write_lists(
    project: &Project,
    page: &Page,
    compiler: &str,
    lists: &[PathBuf; 2],
) -> Result<(), Trouble> {
    node::require("looking at the page")?;
    node::bring_test_packages(project)?;
    let chromium = chromium::bring(project)?;
    say::headline("Looking at the first pictures, for what they do without");
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
    for (sight, list) in Sight::ALL.into_iter().zip(lists) {
        let mut script = run::command("node");
        script.current_dir(project.browser_tests()).arg("first-picture.mjs").arg(sight.name());
        let reached = folder.join(format!("reached-{}.txt", sight.name()));
        super::write(&reached, &run::result(script.env("CHROMIUM", &chromium))?)?;
        let lines = run::result(splitter(project).arg("list").arg(&module).arg(&reached))?;
        super::write(list, &format!("{HEAD}{COMPILER}{compiler}\n{lines}"))?;
    }
    copy(&module, &page.module)?;
    copy(&glue, &page.glue)
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
