//! Makes the built page smaller for its way to the reader: one style sheet instead of one for each
//! part, short names where module and glue meet, and the words in a file for each language. What the
//! page does stays the same.

use crate::project::{Project, read};
use crate::run;
use crate::tools;
use crate::trouble::Trouble;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Packs what Trunk has left in `dist/`.
pub(crate) fn pack(project: &Project) -> Result<(), Trouble> {
    let dist = project.dist();
    let page = dist.join("index.html");
    let html = one_style_sheet(&dist, &read(&page)?)?;
    shorten_names(project, &dist, &html)?;
    write(&page, &html)?;
    write_words(project, &dist)
}

/// Puts the words beside the page, a file for each language: the page was built without them.
fn write_words(project: &Project, dist: &Path) -> Result<(), Trouble> {
    let mut cargo = run::cargo(project);
    cargo
        .args(["run", "--quiet", "--locked", "--package", "tcpscope-view", "--example", "words"])
        .arg("--")
        .arg(dist);
    run::work(&mut cargo)
}

/// Puts the style sheets into one file, in their order, and one link to it in the place of the first.
fn one_style_sheet(dist: &Path, html: &str) -> Result<String, Trouble> {
    let (html, sheets) = without_style_sheets(html);
    if sheets.is_empty() {
        return Err(Trouble::new("dist/index.html has no style sheet"));
    }
    let mut all = String::new();
    for sheet in &sheets {
        let path = dist.join(sheet);
        all.push_str(&read(&path)?);
        fs::remove_file(&path).map_err(|error| Trouble::io("remove", &path, &error))?;
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    write(&dist.join(&name), &all)?;
    Ok(html.replacen(PLACE, &format!("<link href=./{name} rel=stylesheet>"), 1))
}

/// Stands where the first style sheet was linked.
const PLACE: &str = "\u{0}";

/// The page without links to style sheets, and where they lead.
fn without_style_sheets(html: &str) -> (String, Vec<String>) {
    let mut sheets = Vec::new();
    let mut left = String::new();
    for (number, part) in html.split("<link ").enumerate() {
        let sheet = part.split_once('>').and_then(|(link, after)| {
            let sheet = link.contains("rel=stylesheet").then(|| attribute(link, "href=./", ".css"));
            Some((sheet??, after))
        });
        match sheet {
            Some((sheet, after)) => {
                if sheets.is_empty() {
                    left.push_str(PLACE);
                }
                sheets.push(sheet);
                left.push_str(after);
            }
            None => {
                left.push_str(if number == 0 { "" } else { "<link " });
                left.push_str(part);
            }
        }
    }
    (left, sheets)
}

/// Gives everything that passes between the module and its glue a name of one or two letters, in
/// both. (Binaryen chooses the names, and says which they are.)
fn shorten_names(project: &Project, dist: &Path, html: &str) -> Result<(), Trouble> {
    let (Some(glue), Some(module)) = (attribute(html, "content=./", ".js"), module_name(html))
    else {
        return Err(Trouble::new("dist/index.html names no module"));
    };
    let (glue, module) = (dist.join(glue), dist.join(module));
    let mut wasm_opt = run::command(tools::wasm_opt().bring(project)?.join("wasm-opt"));
    wasm_opt.arg(&module).arg("-o").arg(&module).args([
        "--minify-imports-and-exports-and-modules",
        // Sections that no browser reads.
        "--strip-producers",
        "--strip-target-features",
    ]);
    let names = Names::read(&run::result(&mut wasm_opt)?);
    let script = names.shorten(&read(&glue)?).map_err(Trouble::new)?;
    write(&glue, &script)
}

fn module_name(html: &str) -> Option<String> {
    attribute(html, "data-wasm=./", ".wasm")
}

/// The rest of an attribute's value that begins like this, up to and with its end.
fn attribute(html: &str, begin: &str, end: &str) -> Option<String> {
    let value = html.split(begin).find_map(|after| {
        let value = after.split([' ', '>']).next()?;
        (value.ends_with(end) && !value.contains(['<', '/'])).then_some(value)
    })?;
    Some(value.to_owned())
}

/// Long names and the short ones that take their place.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    /// The glue's part of the module's world, under its long name.
    modules: Vec<String>,
    imports: Vec<(String, String)>,
    exports: Vec<(String, String)>,
}

impl Names {
    /// Reads what wasm-opt prints: a line for each import (module, name, short name) and for each
    /// export (name, short name), in quotes.
    fn read(said: &str) -> Self {
        let mut names = Self::default();
        for line in said.lines().filter(|line| line.trim_start().starts_with("[\"")) {
            let words: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            match words[..] {
                [module, long, short] => {
                    if !names.modules.iter().any(|known| known == module) {
                        names.modules.push(module.to_owned());
                    }
                    names.imports.push((long.to_owned(), short.to_owned()));
                }
                [long, short] => names.exports.push((long.to_owned(), short.to_owned())),
                _ => {}
            }
        }
        names
    }

    /// The glue with the short names, if it is as it is expected to be.
    fn shorten(&self, script: &str) -> Result<String, String> {
        let [module] = &self.modules[..] else {
            return Err(format!("the module imports from {:?}", self.modules));
        };
        let mut script = once(script, &format!("\"{module}\":"), "a:")?;
        for (long, short) in &self.imports {
            script = once(&script, &format!("{long}:"), &format!("{short}:"))?;
        }
        for (long, short) in &self.exports {
            script = everywhere(&script, &format!("wasm.{long}"), &format!("wasm.{short}"));
        }
        Ok(script)
    }
}

/// Replaces what must be there exactly once.
fn once(text: &str, long: &str, short: &str) -> Result<String, String> {
    match text.matches(long).count() {
        1 => Ok(text.replacen(long, short, 1)),
        times => Err(format!("`{long}` stands {times} times in the module's glue")),
    }
}

/// Replaces a name wherever it is not the beginning of a longer one.
fn everywhere(text: &str, long: &str, short: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut parts = text.split(long);
    replaced.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let goes_on = part.starts_with(|next: char| next.is_alphanumeric() || "_$".contains(next));
        replaced.push_str(if goes_on { long } else { short });
        replaced.push_str(part);
    }
    replaced
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(path, text).map_err(|error| Trouble::io("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_taken_out_in_their_order() {
        let html = "<title>x</title><link href=./b.css rel=stylesheet><link href=./i.js \
                    rel=modulepreload><link href=./a.css integrity=sha384-a/b= rel=stylesheet><body>";
        let (left, sheets) = without_style_sheets(html);
        assert_eq!(sheets, ["b.css", "a.css"]);
        assert_eq!(left, "<title>x</title>\u{0}<link href=./i.js rel=modulepreload><body>");
    }

    #[test]
    fn the_module_and_its_glue_are_found() {
        let html = "<meta content=width name=viewport><meta content=./x-1.js \
                    data-wasm=./x-2_bg.wasm name=tcpscope-module>";
        assert_eq!(attribute(html, "content=./", ".js").as_deref(), Some("x-1.js"));
        assert_eq!(module_name(html).as_deref(), Some("x-2_bg.wasm"));
        assert_eq!(module_name("<html>"), None);
    }

    const SAID: &str = r#"{
 "imports": [
  ["./x_bg.js", "__wbg_text_52", "a"],
  ["./x_bg.js", "__wbg_text", "b"]
 ],
"exports": [
  ["memory", "c"],
  ["main", "d"]
 ]
}"#;

    #[test]
    fn names_are_short_on_both_sides() {
        let script = r#"{"./x_bg.js":{__wbg_text_52:f,__wbg_text:g}};wasm.memory.buffer;wasm.main(wasm.mainly)"#;
        let short = Names::read(SAID).shorten(script);
        assert_eq!(short.as_deref(), Ok("{a:{a:f,b:g}};wasm.c.buffer;wasm.d(wasm.mainly)"));
    }

    #[test]
    fn glue_that_is_not_as_expected_is_left_alone() {
        let missing = Names::read(SAID).shorten(r#"{"./x_bg.js":{__wbg_text:g}}"#);
        assert_eq!(missing, Err("`__wbg_text_52:` stands 0 times in the module's glue".into()));
        assert!(Names::read("").shorten("").is_err());
    }
}
