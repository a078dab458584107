//! Which scenarios there are, and where their files lie.

use tcpscope_scenario::{Index, IndexEntry};

/// The scenarios that there are, in the order in which they are offered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalogue(Vec<IndexEntry>);

impl Catalogue {
    /// Where the list lies, relative to the page.
    pub(crate) const FILE: &str = "scenarios/index.json";

    /// The catalogue of a list.
    pub(crate) fn new(index: Index) -> Self {
        Self(index.scenarios)
    }

    /// The entries.
    pub(crate) fn entries(&self) -> &[IndexEntry] {
        &self.0
    }

    /// Whether a scenario is offered.
    pub(crate) fn contains(&self, id: &str) -> bool {
        self.0.iter().any(|entry| entry.id == id)
    }

    /// The scenario that is shown where nobody asks for one.
    pub(crate) fn first(&self) -> Option<&str> {
        self.0.first().map(|entry| entry.id.as_str())
    }

    /// The ids, for a message that says what would be right.
    pub(crate) fn ids(&self) -> String {
        self.0.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Where a scenario's file lies, relative to the page.
    pub(crate) fn file_of(id: &str) -> String {
        format!("scenarios/{id}.json")
    }
}
