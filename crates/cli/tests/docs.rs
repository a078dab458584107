//! The documents: each command in them runs, each figure in them can be drawn.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tcpscope_cli::mdbook::mdbook;

/// What these do is tested by others: they build, install or serve.
const OTHERS: [&str; 7] =
    ["cargo ", "npm ", "npx ", "nginx ", "caddy ", "mdbook ", "cp -R ../../dist"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The pages of the book that stand in its folder, and what is in them.
fn pages() -> Vec<(String, String)> {
    let docs = root().join("docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).expect("a summary");
    let names = summary.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let page = |name: &str| {
        let text = fs::read_to_string(docs.join(name)).unwrap_or_else(|_| panic!("{name}"));
        (name.to_owned(), text)
    };
    names.map(|(name, _)| page(name)).collect()
}

/// The fenced blocks of a language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("\n```{language}\n");
    let blocks = page.split(opening.as_str()).skip(1);
    blocks.filter_map(|rest| rest.split_once("\n```").map(|(block, _)| block)).collect()
}

/// An empty folder with the project's scenarios and lessons.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for kind in ["scenarios", "lessons"] {
        fs::create_dir(folder.join(kind)).expect("a folder");
        for file in fs::read_dir(root().join(kind)).expect("files").flatten() {
            fs::copy(file.path(), folder.join(kind).join(file.file_name())).expect("a copy");
        }
    }
    folder
}

/// A program with `tcpscope` in its path.
fn with_tcpscope(program: &str, folder: &Path) -> Command {
    let own = Path::new(env!("CARGO_BIN_EXE_tcpscope")).parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own).chain(std::env::split_paths(&path));
    let path: OsString = std::env::join_paths(all).expect("a path");
    let mut command = Command::new(program);
    command.current_dir(folder).env("PATH", path);
    command
}

#[test]
fn every_command_in_the_book_runs() {
    let mut ran = 0;
    for (name, page) in pages() {
        let folder = folder(&name);
        for block in blocks(&page, "sh") {
            if block.lines().any(|line| OTHERS.iter().any(|other| line.starts_with(other))) {
                continue;
            }
            let output = with_tcpscope("sh", &folder).args(["-euc", block]).output().expect("sh");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{name}:\n{block}\n{said}");
            ran += 1;
        }
    }
    assert!(ran > 10, "only {ran} blocks ran");
}

#[test]
fn what_is_shown_in_python_runs() {
    let folder = folder("python");
    // It is there wherever the page is tested; nothing else here needs it.
    if Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    for (name, page) in pages() {
        for block in blocks(&page, "python") {
            let python = with_tcpscope("python3", &folder).args(["-c", block]).output();
            let output = python.expect("python3");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{name}:\n{block}\n{said}");
        }
    }
}

#[test]
fn every_figure_in_the_book_is_drawn_and_its_links_stay_in_it() {
    let docs = root().join("docs");
    let mut figures = 0;
    for (name, page) in pages() {
        let written = through_mdbook(&docs, &name, &page).unwrap_or_else(|why| panic!("{why}"));
        // What stands between four ticks shows how a block is written.
        let own: String = page.split("\n````").step_by(2).collect();
        let elements = |text: &str| text.matches("<tcp-scope ").count();
        let drawn = elements(&written) - elements(&page);
        assert_eq!(drawn, blocks(&own, "tcpscope").len(), "{name}");
        figures += drawn;
        assert!(!written.contains("](../"), "{name} leads out of the book");
    }
    assert!(figures > 5, "only {figures} figures");
}

#[test]
fn what_is_wrong_with_a_block_is_said_with_its_place() {
    let docs = root().join("docs");
    for (block, said) in [
        ("scenario = \"lots-syn\"", "there is no `lots-syn`"),
        ("scenario = \"lost-syn\"\nspede = 1", "unknown field `spede`"),
        ("caption = \"none\"", "needs scenario"),
    ] {
        let page = format!("# A page\n\n```tcpscope\n{block}\n```\n");
        let why = through_mdbook(&docs, "page.md", &page).expect_err(block);
        assert!(why.starts_with("page.md:3: ") && why.contains(said), "{why}");
    }
    let why = mdbook(&b"nonsense"[..], Vec::new()).expect_err("nonsense").to_string();
    assert!(why.contains("docs/mdbook.md"), "{why}");
}

/// A chapter as the preprocessor makes it.
fn through_mdbook(docs: &Path, name: &str, page: &str) -> Result<String, String> {
    let settings = serde_json::json!({
        "page": "tcpscope/", "scenarios": "../scenarios", "lessons": "../lessons", "unlink": true,
    });
    let context = serde_json::json!({
        "root": docs,
        "config": { "book": { "src": "." }, "preprocessor": { "tcpscope": settings } },
        "renderer": "html",
    });
    let chapter = serde_json::json!({ "name": name, "content": page, "path": name });
    let book = serde_json::json!({ "items": [{ "Chapter": chapter }] });
    let input = serde_json::json!([context, book]).to_string();
    let mut output = Vec::new();
    mdbook(input.as_bytes(), &mut output).map_err(|error| error.to_string())?;
    let made: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
    Ok(made["items"][0]["Chapter"]["content"].as_str().expect("content").to_owned())
}
