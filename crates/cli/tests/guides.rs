//! What the guides show of a file stands in that file: their examples are built and opened in Chromium.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The pieces that a guide shows: `<!-- FILE -->`, and below it a fenced block.
fn pieces(guide: &str) -> Vec<(&str, &str)> {
    let piece = |rest| -> Option<(&str, &str)> {
        let (file, rest): (&str, &str) = str::split_once(rest, " -->\n```")?;
        let (_language, rest) = rest.split_once('\n')?;
        Some((file, rest.split_once("```\n")?.0))
    };
    guide.split("<!-- ").skip(1).filter_map(piece).collect()
}

#[test]
fn what_a_guide_shows_is_in_its_example() {
    let mut shown = 0;
    for name in ["guide-html", "guide-vitepress", "guide-reveal", "mdbook"] {
        let guide = fs::read_to_string(root().join(format!("docs/{name}.md"))).expect("a guide");
        let pieces = pieces(&guide);
        assert!(!pieces.is_empty(), "{name} shows nothing of its example");
        for (file, piece) in pieces {
            let text = fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("{file}"));
            assert!(
                text.contains(piece),
                "docs/{name}.md shows of {file} what is not in it:\n{piece}"
            );
            shown += 1;
        }
        let files = guide.matches("<!-- examples/").count();
        assert_eq!(files, self::pieces(&guide).len(), "{name}: a file without its block");
    }
    assert!(shown > 10, "only {shown} pieces");
}
