//! What keeps the page for the next visit, with a network or without: the worker, its list of files,
//! and what makes the page one that can be installed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::all_files;
use crate::files::{self, Failed, content, read, write};
use crate::script::trimmed;

/// What the worker does not keep: itself, what only other pages or an operating system want, and what is
/// nobody's.
const LEFT_OUT: [&str; 9] = [
    "sw.js",
    "embed.html",
    "tcpscope-embed.js",
    "tcpscope-figure-",
    "style-figure-",
    "frame-",
    "embed-",
    "icon",
    ".",
];

/// The folders whose files travel together: alone, each of the many would compress worse.
const TOGETHER: [&str; 3] = ["interviews/", "lessons/", "scenarios/"];

/// Where the worker's list stands in its source.
const PLACE: &str = "{ version: \"\", files: {}, bundle: { file: \"\", paths: [] } }";

/// Puts what the page needs for it beside the page, and its name into it.
pub(crate) fn into_page(dist: &Path, sources: &Path, index: &str) -> Result<String, Failed> {
    for name in
        ["manifest.webmanifest", "icon.svg", "icon-192.png", "icon-512.png", "icon-mask.png"]
    {
        let (from, to) = (sources.join(name), dist.join(name));
        fs::copy(&from, &to).map_err(|error| Failed::io("copy", &from, &error))?;
    }
    let script = files::named(dist, "offline", "js", &trimmed(&read(&sources.join("page.js"))?))?;
    let place = " data-wasm=";
    if index.matches(place).count() != 1 {
        return Err(Failed(format!("`{place}` does not stand once in index.html")));
    }
    Ok(index.replacen(place, &format!(" data-offline=./{script}{place}"), 1))
}

/// Writes the worker, with the list of all that it keeps, and the one file that holds the many.
pub(crate) fn worker(dist: &Path, sources: &Path) -> Result<(), Failed> {
    let (mut files, mut many) = (BTreeMap::new(), BTreeMap::new());
    for (name, path) in all_files(dist)? {
        if LEFT_OUT.iter().any(|begin| name.starts_with(begin)) {
            continue;
        }
        if TOGETHER.iter().any(|folder| name.starts_with(folder)) {
            many.insert(name, read(&path)?);
        } else {
            let octets = fs::read(&path).map_err(|error| Failed::io("read", &path, &error))?;
            files.insert(name, format!("{:016x}", content(&octets)));
        }
    }
    let text = json!(many).to_string();
    let bundle = json!({
        "file": files::named(dist, "curriculum", "json", &text)?,
        "paths": many.keys().collect::<Vec<_>>(),
    });
    let version = content(json!([files, bundle]).to_string().as_bytes());
    let kept = json!({ "version": format!("{version:016x}"), "files": files, "bundle": bundle });
    let source = read(&sources.join("worker.js"))?;
    if source.matches(PLACE).count() != 1 {
        return Err(Failed(format!("`{PLACE}` does not stand once in worker.js")));
    }
    write(&dist.join("sw.js"), trimmed(&source.replacen(PLACE, &kept.to_string(), 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn sources() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/offline")
    }

    /// A folder with these files in it.
    fn dist(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let dist =
            std::env::temp_dir().join(format!("tcpscope-site-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dist);
        for (file, text) in files {
            let path = dist.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        dist
    }

    fn made(name: &str, files: &[(&str, &str)]) -> String {
        let dist = dist(name, files);
        worker(&dist, &sources()).expect("a worker");
        let made = fs::read_to_string(dist.join("sw.js")).expect("sw.js");
        fs::remove_dir_all(dist).expect("removed");
        made
    }

    #[test]
    fn the_worker_keeps_the_page_and_the_curriculum_and_nothing_for_others() {
        let files = [
            ("index.html", "<p>"),
            ("embed.html", "<p>"),
            ("frame-1.js", ""),
            ("tcpscope-figure-1.wasm", ""),
            (".trunk-lock", ""),
            ("lessons/one.en.json", "{\"a\":\"b\"}"),
            ("words/en.txt", "words"),
        ];
        let sw = made("keeps", &files);
        assert!(sw.contains("\"index.html\":\"") && sw.contains("\"words/en.txt\":\""), "{sw}");
        assert!(sw.contains("\"paths\":[\"lessons/one.en.json\"]"), "{sw}");
        assert!(
            !sw.contains("embed.html")
                && !sw.contains("frame-")
                && !sw.contains("figure")
                && !sw.contains("trunk")
        );
    }

    #[test]
    fn other_files_make_another_version_and_the_same_the_same() {
        let version =
            |sw: &str| sw.split("\"version\":\"").nth(1).map(|text| text[..16].to_owned());
        let (one, two) = ([("index.html", "1")], [("index.html", "2")]);
        let (a, b, c) = (made("a", &one), made("b", &two), made("c", &one));
        assert!(version(&a).is_some());
        assert_ne!(version(&a), version(&b));
        assert_eq!(version(&a), version(&c));
    }

    #[test]
    fn the_page_learns_where_its_script_lies() {
        let dist = dist("page", &[("index.html", "")]);
        let page = into_page(&dist, &sources(), "<meta data-wasm=./x.wasm>").expect("a page");
        assert!(page.starts_with("<meta data-offline=./offline-"), "{page}");
        assert!(dist.join("manifest.webmanifest").is_file());
        assert!(into_page(&dist, &sources(), "<meta>").is_err());
        fs::remove_dir_all(dist).expect("removed");
    }
}
