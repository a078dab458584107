//! The list of scenarios, so that a page can offer them all after one request.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::reader::{Reader, Wrong};
use crate::{FORMAT, Localized, ScenarioError, json};

/// The scenarios that there are, in the order in which they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// One entry a scenario.
    pub scenarios: Vec<IndexEntry>,
}

/// A scenario in the list. It says what the scenario's own file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// The id; the file is `<id>.json`.
    pub id: String,
    /// The title.
    pub title: Localized,
}

impl Index {
    /// Reads the list.
    ///
    /// # Errors
    /// What is wrong with the text, where, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        json::read(text, &mut index)
    }
}

fn index(file: &Reader<'_>) -> Result<Index, Wrong> {
    let file = file.object(&["format", "scenarios"])?;
    // Which format it is has been seen to; here it is there.
    file.required("format")?.number(FORMAT, FORMAT)?;
    let mut scenarios = Vec::new();
    file.required("scenarios")?.each(&mut |entry| {
        let entry = entry.object(&["id", "title"])?;
        scenarios.push(IndexEntry {
            id: entry.required("id")?.text()?.to_owned(),
            title: Localized::read(&entry.required("title")?)?,
        });
        Ok(())
    })?;
    Ok(Index { scenarios })
}
