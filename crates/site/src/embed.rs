//! `embed.html`: the page's own glue, words and styles, begun by another script, with its own module where
//! the page is packed: the same code, of which a figure needs less before it can be used.

use crate::files::Failed;

/// The two parts of a module and of a style, by their files' names.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a> {
    /// The code that the first picture needs.
    pub(crate) first: &'a str,
    /// What follows.
    pub(crate) rest: &'a str,
    /// What the first picture wears.
    pub(crate) style: &'a str,
    /// All of it, which follows.
    pub(crate) later_style: &'a str,
}

/// The page's own style sheets, the first and what follows, by their files' names.
pub(crate) fn styles(index: &str) -> Result<(&str, &str), Failed> {
    let (_, link, _) = tag(index, "<link ", ">", "rel=stylesheet")?;
    let named = |tag, name| {
        let path = attribute(tag, name).and_then(|path| path.strip_prefix("./"));
        path.ok_or_else(|| Failed(format!("index.html has no `{name}=./…` for its style")))
    };
    Ok((named(link, "href")?, named(index, "data-style")?))
}

/// The page for frames, made of the page.
pub(crate) fn page(
    index: &str,
    frame: &str,
    style: &str,
    parts: Option<Parts<'_>>,
) -> Result<String, Failed> {
    let (before, script, after) = tag(index, "<script ", "</script>", "boot-")?;
    let boot = attribute(script, "src")
        .ok_or_else(|| Failed(format!("`{script}` in index.html has no src")))?;
    // `web/boot.js` is the same file: it waits until the frame's own script has read the address.
    let html = format!(
        "{before}<link rel=\"stylesheet\" href=\"./{style}\">\
         <link rel=\"modulepreload\" href=\"{boot}\" data-boot>\
         <script src=\"./{frame}\" type=\"module\"></script>{after}"
    );
    // Nobody looks for a frame by itself.
    let (before, description, after) = tag(&html, "<meta ", ">", "name=description")
        .or_else(|_| tag(&html, "<meta ", ">", "name=\"description\""))?;
    debug_assert!(description.contains("content"), "a description says something");
    let html =
        without_integrity(&format!("{before}<meta name=\"robots\" content=\"noindex\">{after}"));
    let Some(Parts { first, rest, style, later_style }) = parts else { return Ok(html) };
    let own = styles(index)?.0;
    let files = [("data-wasm", first), ("data-rest", rest), ("data-style", later_style)];
    module_first(&with_files(&html, &files)?.replace(own, style))
}

/// With what loads longest asked for first: each link before it costs a slow processor some milliseconds.
fn module_first(html: &str) -> Result<String, Failed> {
    let (before, module, after) = tag(html, "<link ", ">", "application/wasm")?;
    let (head, others) = before.split_at(before.find("<link ").unwrap_or(before.len()));
    Ok(format!("{head}{module}{others}{after}"))
}

/// With other files in the place of those that these attributes name, wherever they are named.
fn with_files(html: &str, files: &[(&str, &str)]) -> Result<String, Failed> {
    let mut made = html.to_owned();
    for (name, file) in files {
        let own = attribute(html, name).and_then(|path| path.strip_prefix("./"));
        let own = own.ok_or_else(|| Failed(format!("index.html has no `{name}=./…`")))?;
        made = made.replace(own, file);
    }
    Ok(made)
}

/// In a sandbox all files are another origin's, of which the browser checks only what was asked for as
/// such: so nothing here is to be checked.
fn without_integrity(html: &str) -> String {
    let mut parts = html.split(" integrity=");
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let value = match part.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(part.len(), |end| end + 2),
            None => part.find([' ', '>']).unwrap_or(part.len()),
        };
        left.push_str(&part[value..]);
    }
    left
}

/// What stands before the tag that says this, the tag, and what stands after it.
fn tag<'a>(
    html: &'a str,
    begin: &str,
    end: &str,
    says: &str,
) -> Result<(&'a str, &'a str, &'a str), Failed> {
    html.match_indices(begin)
        .find_map(|(from, _)| {
            let to = from + html[from..].find(end)? + end.len();
            let tag = &html[from..to];
            tag.contains(says).then_some((&html[..from], tag, &html[to..]))
        })
        .ok_or_else(|| Failed(format!("index.html has no `{begin}…{end}` with `{says}`")))
}

/// The value of an attribute, with quotation marks around it or without.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}="))?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_to_be_checked() {
        let html = "<link href=a.css integrity=sha384-a/b= rel=x><link integrity=\"sha\" href=b>";
        assert_eq!(without_integrity(html), "<link href=a.css rel=x><link href=b>");
    }

    const PLAIN: &str = "<head><meta name=\"description\" content=\"Watch.\"><title>tcpscope</title>\n\
        <script src=\"./boot-5f.js\" data-integrity=\"none\" type=\"module\"></script></head>";
    const MINIFIED: &str = "<head><meta content=\"Watch, and see.\" name=description><title>tcpscope</title>\
        <script data-integrity=none src=./boot-5f.js type=module></script></head>";

    #[test]
    fn the_frame_begins_with_its_own_script_and_has_the_pages_at_hand() {
        for index in [PLAIN, MINIFIED] {
            let html = page(index, "frame-1.js", "embed-2.css", None).expect("a page like ours");
            assert!(
                html.contains("<script src=\"./frame-1.js\" type=\"module\"></script>"),
                "{html}"
            );
            assert!(html.contains("<link rel=\"modulepreload\" href=\"./boot-5f.js\" data-boot>"));
            assert!(html.contains("href=\"./embed-2.css\""));
            assert!(!html.contains("<script data-integrity") && !html.contains("Watch"), "{html}");
            assert!(html.contains("noindex") && html.contains("<title>tcpscope</title>"));
        }
    }

    #[test]
    fn a_packed_frame_has_its_own_module_wherever_the_pages_is_named() {
        let packed = MINIFIED
            .replace(
                "<title>",
                "<link href=./s-5.css rel=stylesheet>\
             <meta data-rest=./r-1.wasm data-style=./l-6.css data-wasm=./w-2.wasm name=tcpscope-module>\
             <link href=./w-2.wasm rel=preload type=application/wasm><title>",
            )
            .replace("<head>", "<head><link rel=icon>");
        let own = Parts {
            first: "f-3.wasm",
            rest: "fr-4.wasm",
            style: "fs-7.css",
            later_style: "fl-8.css",
        };
        let html = page(&packed, "f.js", "e.css", Some(own)).expect("a page like ours");
        assert!(
            html.contains("data-rest=./fr-4.wasm data-style=./fl-8.css data-wasm=./f-3.wasm"),
            "{html}"
        );
        let first =
            html.find("<link href=./f-3.wasm rel=preload type=application/wasm><link rel=icon>");
        assert!(first.is_some(), "what loads longest is asked for first: {html}");
        assert!(html.contains("<link href=./fs-7.css rel=stylesheet>"), "{html}");
        assert!(page(MINIFIED, "f.js", "e.css", Some(own)).is_err(), "it names no module");
    }

    #[test]
    fn a_page_that_is_not_as_expected_is_told_of() {
        assert!(page("<html>", "f.js", "e.css", None).is_err());
    }
}
