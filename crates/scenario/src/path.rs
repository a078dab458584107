//! Where in a file a value stands, and what is wrong with it.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

use crate::Problem;

/// What is wrong. In a box, since every value's reader returns one and hardly ever does.
pub type Wrong = Box<Mistake>;

/// What is wrong, the path to the value that it is wrong with, and the offset in the text.
#[derive(Debug)]
pub struct Mistake {
    pub(crate) offset: usize,
    pub(crate) path: String,
    pub(crate) problem: Problem,
}

/// The way to a value. It lies on the stack, and is written out only where something is wrong.
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
    depth: usize,
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Path<'_> {
    pub(crate) const ROOT: Path<'static> = Path { parent: None, step: Step::Key(""), depth: 0 };

    pub(crate) const fn key<'a>(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Key(key), depth: self.depth + 1 }
    }

    pub(crate) const fn index(&self, index: usize) -> Path<'_> {
        Path { parent: Some(self), step: Step::Index(index), depth: self.depth + 1 }
    }

    /// The steps from the root.
    pub(crate) const fn depth(&self) -> usize {
        self.depth
    }

    pub(crate) fn wrong(&self, offset: usize, problem: Problem) -> Wrong {
        Box::new(Mistake { offset, path: self.text(), problem })
    }

    fn text(&self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        let before = parent.text();
        match self.step {
            Step::Key(key) if before.is_empty() => key.to_owned(),
            Step::Key(key) => format!("{before}.{key}"),
            Step::Index(index) => format!("{before}[{index}]"),
        }
    }
}
