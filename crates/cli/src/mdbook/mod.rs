//! `tcpscope mdbook`: a preprocessor of mdBook. A fenced `tcpscope` block becomes a running figure,
//! and a still one in print and wherever no script runs.
//!
//! mdBook writes `[context, book]` as JSON to standard input and reads the book from standard output.
//! See `docs/mdbook.md`.

pub(crate) mod args;
mod blocks;
mod figure;
mod links;

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use tcpscope_view::Locale;

use blocks::Block;
use figure::Figure;

/// Why a book cannot be made.
#[derive(Debug)]
pub enum MdbookError {
    /// The input cannot be read, or the output be written.
    Io(std::io::Error),
    /// The input is not what mdBook writes.
    Input(serde_json::Error),
    /// `[preprocessor.tcpscope]` in `book.toml` is wrong.
    Settings(serde_json::Error),
    /// A block is wrong.
    Block {
        /// The chapter's file, or its name.
        chapter: String,
        /// The line of the chapter, from 1 on.
        line: usize,
        /// What is wrong, and what would be right.
        what: String,
    },
}

impl fmt::Display for MdbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Input(error) => write!(
                f,
                "standard input is not what mdBook writes to a preprocessor ({error}); this command \
                 is called by mdBook: docs/mdbook.md shows how"
            ),
            Self::Settings(error) => write!(f, "[preprocessor.tcpscope] in book.toml: {error}"),
            Self::Block { chapter, line, what } => write!(f, "{chapter}:{line}: {what}"),
        }
    }
}

impl std::error::Error for MdbookError {}

/// `[preprocessor.tcpscope]` in `book.toml`.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Where the page's files lie, from the book's root on, or as a whole address.
    page: String,
    /// The folder of the scenarios that stills are drawn of, from the book's root on.
    scenarios: PathBuf,
    /// The folder of the lessons that stills are drawn of.
    lessons: PathBuf,
    /// Whether links that lead out of the book become plain words.
    unlink: bool,
    /// mdBook's own.
    command: Option<String>,
    renderers: Option<Vec<String>>,
    before: Option<Vec<String>>,
    after: Option<Vec<String>>,
    optional: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            page: "tcpscope/".to_owned(),
            scenarios: PathBuf::from("scenarios"),
            lessons: PathBuf::from("lessons"),
            unlink: false,
            command: None,
            renderers: None,
            before: None,
            after: None,
            optional: None,
        }
    }
}

/// What all blocks of a book share.
struct Book {
    settings: Settings,
    root: PathBuf,
    src: PathBuf,
    locale: Locale,
    /// Whether the book is a site, in which scripts run.
    is_html: bool,
}

/// Reads a book, and writes it with its figures.
///
/// # Errors
///
/// The first block that is wrong, with its place; or what is wrong with the input.
pub fn mdbook(mut input: impl Read, mut output: impl Write) -> Result<(), MdbookError> {
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(MdbookError::Io)?;
    let (context, mut content): (Value, Value) =
        serde_json::from_str(&text).map_err(MdbookError::Input)?;
    let book = Book::of(&context)?;
    // mdBook 0.4 calls them sections.
    for key in ["items", "sections"] {
        if let Some(items) = content.get_mut(key) {
            book.items(items)?;
        }
    }
    serde_json::to_writer(&mut output, &content).map_err(|error| MdbookError::Io(error.into()))?;
    output.flush().map_err(MdbookError::Io)
}

impl Book {
    fn of(context: &Value) -> Result<Self, MdbookError> {
        let text = |pointer: &str| context.pointer(pointer).and_then(Value::as_str);
        let settings = context.pointer("/config/preprocessor/tcpscope").cloned();
        let settings = settings.map_or(Ok(Settings::default()), serde_json::from_value);
        let root = PathBuf::from(text("/root").unwrap_or("."));
        let language = text("/config/book/language").unwrap_or_default();
        let is_chinese = language.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("zh"));
        Ok(Self {
            settings: settings.map_err(MdbookError::Settings)?,
            src: root.join(text("/config/book/src").unwrap_or("src")),
            locale: if is_chinese { Locale::ZhCn } else { Locale::En },
            is_html: text("/renderer").is_none_or(|renderer| renderer == "html"),
            root,
        })
    }

    /// Goes through chapters, and those below them.
    fn items(&self, items: &mut Value) -> Result<(), MdbookError> {
        for item in items.as_array_mut().into_iter().flatten() {
            let Some(chapter) = item.get_mut("Chapter") else { continue };
            let text = |name: &str| chapter.get(name).and_then(Value::as_str);
            let path = PathBuf::from(text("path").unwrap_or_default());
            let called = text("source_path").or(text("path")).or(text("name")).unwrap_or_default();
            let called = called.to_owned();
            let content = text("content").unwrap_or_default().to_owned();
            chapter["content"] = Value::from(self.chapter(&content, &path, &called)?);
            if let Some(below) = chapter.get_mut("sub_items") {
                self.items(below)?;
            }
        }
        Ok(())
    }

    /// A chapter with its figures.
    fn chapter(&self, content: &str, path: &Path, called: &str) -> Result<String, MdbookError> {
        let mut made = String::with_capacity(content.len());
        let mut written = 0;
        let blocks = blocks::of(content);
        if self.is_html && !blocks.is_empty() {
            made.push_str(&self.module(path));
        }
        for Block { range, body, line } in blocks {
            let wrong = |what| MdbookError::Block { chapter: called.to_owned(), line, what };
            let figure = Figure::of(&body).map_err(wrong)?;
            made.push_str(&content[written..range.start]);
            made.push_str(&figure.drawn(self).map_err(wrong)?);
            written = range.end;
        }
        made.push_str(&content[written..]);
        if self.settings.unlink {
            made = links::within(&made, &self.src, path);
        }
        Ok(made)
    }

    /// What brings the element. A chapter also stands on the page of all chapters, the first one on
    /// that of the book, both elsewhere than its own: where the book's root is, mdBook's pages say.
    fn module(&self, path: &Path) -> String {
        let file = format!("{}/tcpscope-embed.js", self.settings.page.trim_end_matches('/'));
        if file.contains("://") || file.starts_with('/') {
            return format!("<script type=\"module\" src=\"{file}\"></script>\n\n");
        }
        let up = "../".repeat(path.components().count().saturating_sub(1));
        format!(
            "<script type=\"module\">const root = typeof path_to_root === \"string\" ? path_to_root : \
             \"{up}\"; import(new URL(`${{root}}{file}`, document.baseURI));</script>\n\n"
        )
    }
}
