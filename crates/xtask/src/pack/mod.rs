//! Makes the built page smaller for its way to the reader: two style sheets instead of one for each
//! part, short names where module and glue meet, the words in a file for each language, and the
//! module in two parts, once for the page and once for figures in frames. What it does stays the same.

mod glue;
mod names;
mod split;

pub(crate) use split::By;

use crate::project::{Project, read};
use crate::run;
use crate::trouble::Trouble;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Packs what Trunk has left in `dist/`, made by this compiler.
pub(crate) fn pack(project: &Project, compiler: &str, by: By) -> Result<(), Trouble> {
    let dist = project.dist();
    let mut page = Page::find(&dist)?;
    names::shorten(project, &page.glue, &page.module)?;
    write_words(project, &dist)?;
    tighten(&dist.join("scenarios"))?;
    let soon = format!("{} data-wasm=", wanted_soon(&dist)?);
    page.html = names::once(&page.html, "data-wasm=", &soon).map_err(Trouble::new)?;
    page.save(&dist)?;
    // What the first picture does without is found by looking at it, in a frame, too.
    stand_beside(project, &dist, &[])?;
    let parts = split::cut(project, &page, compiler, by)?;
    let rest = name_by_content(&parts.rest, "tcpscope-rest")?;
    let figure = name_by_content(&parts.figure, "tcpscope-figure")?;
    let rest_of_figure = name_by_content(&parts.rest_of_figure, "tcpscope-figure-rest")?;
    let glue = glue::tidy(&read(&page.glue)?).map_err(Trouble::new)?;
    write(&page.glue, &glue)?;
    let style = &page.later_style;
    let more = format!("data-rest=./{rest} data-style=./{style} data-wasm=");
    page.html = names::once(&page.html, "data-wasm=", &more).map_err(Trouble::new)?;
    // What has been cut is no longer what Trunk named.
    for file in [&page.glue, &page.module] {
        let name = name_by_content(file, "tcpscope-web")?;
        page.html = page.html.replace(&file_name(file), &name);
    }
    page.save(&dist)?;
    stand_beside(project, &dist, &["--packed", "--figure", &figure, &rest_of_figure])
}

/// Makes anew what is made of the page, now that its files have other names; of a packed one also what
/// keeps it for the next visit.
fn stand_beside(project: &Project, dist: &Path, options: &[&str]) -> Result<(), Trouble> {
    let mut site = run::cargo(project);
    site.args(["run", "--quiet", "--locked", "--package", "tcpscope-site", "--"]);
    run::work(site.arg(dist).args(options))
}

/// The page while it is packed.
struct Page {
    html: String,
    glue: PathBuf,
    module: PathBuf,
    later_style: String,
}

impl Page {
    fn find(dist: &Path) -> Result<Self, Trouble> {
        let (html, later_style) = two_style_sheets(dist, &read(&dist.join("index.html"))?)?;
        let (Some(glue), Some(module)) =
            (attribute(&html, "content=./", ".js"), module_name(&html))
        else {
            return Err(Trouble::new("dist/index.html names no module"));
        };
        let (glue, module) = (dist.join(glue), dist.join(module));
        Ok(Self { html, glue, module, later_style })
    }

    fn save(&self, dist: &Path) -> Result<(), Trouble> {
        write(&dist.join("index.html"), &self.html)
    }
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

/// Writes scenario files without what only makes them legible.
fn tighten(folder: &Path) -> Result<(), Trouble> {
    let files = fs::read_dir(folder).map_err(|error| Trouble::io("read", folder, &error))?;
    for file in files.flatten().map(|file| file.path()) {
        write(&file, &tight(&read(&file)?))?;
    }
    Ok(())
}

/// A JSON text without space between its tokens.
fn tight(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let stays = |letter: &char| {
        let stays = quoted || !letter.is_ascii_whitespace();
        quoted ^= *letter == '"' && !escaped;
        escaped = quoted && *letter == '\\' && !escaped;
        stays
    };
    json.chars().filter(stays).collect()
}

/// What the module will ask for once it runs, so that it is under way by then: the first words of
/// each language, the list of scenarios and the first one.
fn wanted_soon(dist: &Path) -> Result<String, Trouble> {
    let words = dist.join("words");
    let files = fs::read_dir(&words).map_err(|error| Trouble::io("read", &words, &error))?;
    let mut first: Vec<_> =
        files.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    first.retain(|name| name.contains("-first-"));
    first.sort();
    let index = read(&dist.join("scenarios/index.json"))?;
    let id = index
        .split_once("\"id\"")
        .and_then(|(_, after)| after.split('"').nth(1))
        .ok_or_else(|| Trouble::new("scenarios/index.json lists no scenario"))?;
    let words: Vec<_> = first.iter().map(|name| format!("words/{name}")).collect();
    Ok(format!(
        "data-words=\"{}\" data-soon=\"scenarios/index.json scenarios/{id}.json\"",
        words.join(" ")
    ))
}

/// Puts the style sheets into two files, in their order: one link to the first in the place of the
/// first link, and the name of the second, of what has to be opened before it is seen, for
/// `web/boot.js`.
fn two_style_sheets(dist: &Path, html: &str) -> Result<(String, String), Trouble> {
    let (html, sheets) = without_style_sheets(html);
    let gather = |later: bool, stem: &str| {
        let mut all = String::new();
        for sheet in sheets.iter().filter(|sheet| sheet.later == later) {
            let path = dist.join(&sheet.file);
            all.push_str(&read(&path)?);
            fs::remove_file(&path).map_err(|error| Trouble::io("remove", &path, &error))?;
        }
        if all.is_empty() {
            return Err(Trouble::new(format!("dist/index.html links no sheet for {stem}.css")));
        }
        let sheet = dist.join("all.css");
        write(&sheet, &all)?;
        name_by_content(&sheet, stem)
    };
    let (first, later) = (gather(false, "style")?, gather(true, "style-later")?);
    Ok((html.replacen(PLACE, &format!("<link href=./{first} rel=stylesheet>"), 1), later))
}

/// Renames a file by what is in it: so it may be kept for ever by whoever has fetched it.
fn name_by_content(file: &Path, stem: &str) -> Result<String, Trouble> {
    let kind = file.extension().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{:016x}.{kind}", content(file)?);
    fs::rename(file, file.with_file_name(&name))
        .map_err(|error| Trouble::io("rename", file, &error))?;
    Ok(name)
}

/// A number for what is in a file.
fn content(file: &Path) -> Result<u64, Trouble> {
    let octets = fs::read(file).map_err(|error| Trouble::io("read", file, &error))?;
    let mut hasher = DefaultHasher::new();
    octets.hash(&mut hasher);
    Ok(hasher.finish())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Stands where the first style sheet was linked.
const PLACE: &str = "\u{0}";

/// A style sheet that the page links.
#[derive(Debug, PartialEq, Eq)]
struct Sheet {
    file: String,
    /// Whether the first picture does without it.
    later: bool,
}

/// The page without links to style sheets, and where they lead.
fn without_style_sheets(html: &str) -> (String, Vec<Sheet>) {
    let mut sheets = Vec::new();
    let mut left = String::new();
    for (number, part) in html.split("<link ").enumerate() {
        let sheet = part.split_once('>').and_then(|(link, after)| {
            let file = link.contains("rel=stylesheet").then(|| attribute(link, "href=./", ".css"));
            Some((Sheet { file: file??, later: link.contains("data-later") }, after))
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

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(path, text).map_err(|error| Trouble::io("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_taken_out_in_their_order() {
        let html = "<title>x</title><link href=./b.css rel=stylesheet><link href=./i.js \
                    rel=modulepreload><link data-later=\"\" href=./a.css integrity=sha384-a/b= \
                    rel=stylesheet><body>";
        let (left, sheets) = without_style_sheets(html);
        let sheet = |file: &str, later| Sheet { file: file.to_owned(), later };
        assert_eq!(sheets, [sheet("b.css", false), sheet("a.css", true)]);
        assert_eq!(left, "<title>x</title>\u{0}<link href=./i.js rel=modulepreload><body>");
    }

    #[test]
    fn space_stays_only_in_strings() {
        let json = "{ \"a b\": [1, 2],\n  \"c \\\" d\": \"\\\\\", \"e\" : \" \" }";
        assert_eq!(tight(json), "{\"a b\":[1,2],\"c \\\" d\":\"\\\\\",\"e\":\" \"}");
    }

    #[test]
    fn the_module_and_its_glue_are_found() {
        let html = "<meta content=width name=viewport><meta content=./x-1.js \
                    data-wasm=./x-2_bg.wasm name=tcpscope-module>";
        assert_eq!(attribute(html, "content=./", ".js").as_deref(), Some("x-1.js"));
        assert_eq!(module_name(html).as_deref(), Some("x-2_bg.wasm"));
        assert_eq!(module_name("<html>"), None);
    }
}
