//! Where in a file a value stands, and what is wrong with it.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::Problem;

/// What is wrong, and the path to the value that it is wrong with.
pub(crate) type Wrong = (String, Problem);

/// The way to a value. It lies on the stack, and is written out only where something is wrong.
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: PathStep<'a>,
}

enum PathStep<'a> {
    Key(&'a str),
    Index(usize),
}

impl Path<'_> {
    pub(super) const ROOT: Path<'static> = Path { parent: None, step: PathStep::Key("") };

    pub(super) const fn key<'a>(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: PathStep::Key(key) }
    }

    pub(super) const fn index(&self, index: usize) -> Path<'_> {
        Path { parent: Some(self), step: PathStep::Index(index) }
    }

    pub(super) fn wrong(&self, problem: Problem) -> Wrong {
        (self.text(), problem)
    }

    fn text(&self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        let before = parent.text();
        match self.step {
            PathStep::Key(key) if before.is_empty() => key.to_owned(),
            PathStep::Key(key) => format!("{before}.{key}"),
            PathStep::Index(index) => format!("{before}[{index}]"),
        }
    }
}

/// A setting, or the usual one.
pub(super) fn setting<N: Copy + PartialOrd + Into<u64>>(
    path: &Path<'_>,
    value: Option<N>,
    usual: N,
    range: RangeInclusive<N>,
) -> Result<N, Wrong> {
    value.map_or(Ok(usual), |value| within(path, value, range))
}

pub(super) fn within<N: Copy + PartialOrd + Into<u64>>(
    path: &Path<'_>,
    value: N,
    range: RangeInclusive<N>,
) -> Result<N, Wrong> {
    if range.contains(&value) {
        return Ok(value);
    }
    let (at_least, at_most) = ((*range.start()).into(), (*range.end()).into());
    Err(path.wrong(Problem::OutOfRange { value: value.into(), at_least, at_most }))
}

/// Reads each item of a list.
pub(super) fn each<F, T>(
    path: &Path<'_>,
    items: &[F],
    mut read: impl FnMut(&Path<'_>, &F) -> Result<T, Wrong>,
) -> Result<Vec<T>, Wrong> {
    items.iter().enumerate().map(|(index, item)| read(&path.index(index), item)).collect()
}
