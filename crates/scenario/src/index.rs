//! The list of scenarios, so that a page can offer them all after one request.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserialize;

use crate::{Localized, ScenarioError, json};

/// The scenarios that there are, in the order in which they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// One entry a scenario.
    pub scenarios: Vec<IndexEntry>,
}

/// A scenario in the list. It says what the scenario's own file says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a scenario with id and title")]
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
        let IndexFile { _format, scenarios } = json::read(text)?;
        Ok(Self { scenarios })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a list of scenarios")]
struct IndexFile {
    #[serde(rename = "format")]
    _format: u64,
    scenarios: Vec<IndexEntry>,
}
