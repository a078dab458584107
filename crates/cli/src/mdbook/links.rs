//! Links that lead out of a book, as those of a repository's own pages do.

use std::ops::Range;
use std::path::{Component, Path};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A chapter whose links stay in its book: of others the words are left.
pub(super) fn within(content: &str, src: &Path, chapter: &Path) -> String {
    let mut made = String::with_capacity(content.len());
    let mut written = 0;
    // The link, and its words.
    let mut leaving: Option<(Range<usize>, Option<Range<usize>>)> = None;
    for (event, range) in Parser::new(content).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if leads_out(&dest_url, src, chapter) => {
                leaving = Some((range, None));
            }
            Event::End(TagEnd::Link) => {
                if let Some((link, Some(words))) = leaving.take() {
                    made.push_str(&content[written..link.start]);
                    made.push_str(&content[words]);
                    written = link.end;
                }
            }
            _ => {
                if let Some((_, words)) = &mut leaving {
                    let words = words.get_or_insert_with(|| range.clone());
                    *words = words.start.min(range.start)..words.end.max(range.end);
                }
            }
        }
    }
    made.push_str(&content[written..]);
    made
}

/// Whether a link leads to a file that the book has not.
fn leads_out(dest: &str, src: &Path, chapter: &Path) -> bool {
    let file = dest.split(['#', '?']).next().unwrap_or_default();
    if file.is_empty() || dest.contains("://") || dest.starts_with("mailto:") {
        return false;
    }
    let mut depth = 0_i32;
    let beside = chapter.parent().unwrap_or(Path::new("")).join(file);
    for component in beside.components() {
        depth += match component {
            Component::ParentDir => -1,
            Component::Normal(_) => 1,
            Component::CurDir | Component::RootDir | Component::Prefix(_) => 0,
        };
        if depth < 0 {
            return true;
        }
    }
    !src.join(beside).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_link_out_of_the_book_its_words_are_left() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let here = |text: &str| within(text, &src, Path::new("mdbook/mod.rs"));
        for same in ["[a](#b)", "[a](links.rs)", "[a](../lib.rs#x)", "[a](https://x.example/)"] {
            assert_eq!(here(same), same);
        }
        assert_eq!(here("see [`a` *b*](../../Cargo.toml), too"), "see `a` *b*, too");
        assert_eq!(here("see [a](none.md)"), "see a");
    }
}
