//! Puts beside the built page what is made of it: `embed.html`, the page in a frame for other pages,
//! with the module that makes such frames; and, beside a packed page, what keeps it for the next visit
//! (see docs/embedding.md and docs/serving.md).
//!
//! ```text
//! tcpscope-site [DIST [--packed --figure FIRST REST]]
//! ```
//!
//! Without a folder, the one that Trunk builds into. Packed, frames have a module of their own, in two
//! parts.

mod embed;
mod files;
mod offline;
mod script;
mod style;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use embed::Parts;
use files::{Failed, read, write};
use script::trimmed;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let trunk = env::var("TRUNK_STAGING_DIR").ok();
    let made = match (&arguments[..], &trunk) {
        ([dist], _) => make(Path::new(dist), None),
        ([dist, "--packed", "--figure", first, rest], _) => {
            make(Path::new(dist), Some([first, rest]))
        }
        ([], Some(dist)) => make(Path::new(dist), None),
        _ => {
            eprintln!("usage: tcpscope-site [DIST [--packed --figure FIRST REST]]");
            return ExitCode::from(2);
        }
    };
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(why)) => {
            eprintln!("tcpscope-site: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Of a packed page, frames have these two parts of the module.
fn make(dist: &Path, figure: Option<[&str; 2]>) -> Result<(), Failed> {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    let index = dist.join("index.html");
    let page = read(&index)?;
    let frame = files::named(dist, "frame", "js", &trimmed(&read(&web.join("embed/frame.js"))?))?;
    let own = read(&web.join("styles/embed.css"))?;
    let style = files::named(dist, "embed", "css", &own)?;
    let html = match figure {
        Some([first, rest]) => {
            let (sheet, later) = embed::styles(&page)?;
            let (sheet, later) = (read(&dist.join(sheet))?, read(&dist.join(later))?);
            let first_style = style::of_figure(&sheet);
            let all = format!("{sheet}{own}{later}");
            let parts = Parts {
                first,
                rest,
                style: &files::named(dist, "style-figure", "css", &first_style)?,
                later_style: &files::named(dist, "style-figure-later", "css", &all)?,
            };
            embed::page(&page, &frame, &style, Some(parts))?
        }
        None => embed::page(&page, &frame, &style, None)?,
    };
    write(&dist.join("embed.html"), &html)?;
    let module = trimmed(&read(&web.join("embed/tcpscope-embed.js"))?);
    write(&dist.join("tcpscope-embed.js"), &module)?;
    if figure.is_some() {
        let page = offline::into_page(dist, &web.join("offline"), &page)?;
        write(&index, &page)?;
        offline::worker(dist, &web.join("offline"))?;
    }
    Ok(())
}

/// The files of a folder and of those in it, by their paths in it, sorted.
fn all_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failed> {
    let (mut found, mut open) = (Vec::new(), vec![(String::new(), folder.to_path_buf())]);
    while let Some((at, folder)) = open.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| Failed::io("read", &folder, &error))?;
        for entry in entries.flatten() {
            let name = format!("{at}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push((format!("{name}/"), entry.path()));
            } else {
                found.push((name, entry.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}
