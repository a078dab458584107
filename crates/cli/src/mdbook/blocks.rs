//! Fenced blocks in a chapter.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// A fenced `tcpscope` block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it stands, fences and all.
    pub(super) range: Range<usize>,
    /// What is between the fences.
    pub(super) body: String,
    /// Its line, from 1 on.
    pub(super) line: usize,
}

/// The blocks of a chapter.
pub(super) fn of(content: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (event, range) in Parser::new(content).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                is_open = info.split([',', ' ']).next() == Some("tcpscope");
                if is_open {
                    let line = 1 + content[..range.start].matches('\n').count();
                    blocks.push(Block { range, body: String::new(), line });
                }
            }
            Event::Text(text) if is_open => {
                blocks.iter_mut().last().into_iter().for_each(|block| block.body.push_str(&text));
            }
            Event::End(_) => is_open = false,
            _ => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fenced_blocks_of_that_name_are_taken() {
        let text = "a\n\n```tcpscope\nscenario = \"x\"\n```\n\n```sh\ntcpscope run\n```\n\n    ```tcpscope\n";
        let block = Block {
            range: text.find("```").unwrap_or_default()..text.find("\n\n```sh").unwrap_or_default(),
            body: "scenario = \"x\"\n".to_owned(),
            line: 3,
        };
        assert_eq!(of(text), [block]);
    }
}
