//! A scenario: a setup with a name and words about it.

use alloc::string::String;

use serde::{Deserialize, Serialize};
use tcpscope_sim::Setup;

use crate::{ScenarioError, file, json};

/// The format of the files that are read and written here.
pub const FORMAT: u64 = 1;

/// A file may be this long; a long one of ours has 3,000 octets.
pub const MAX_FILE_OCTETS: usize = 1 << 18;

/// All scripts together may send this many octets.
pub const MAX_SENT_OCTETS: u64 = 10_000_000;

/// A setup with a name and words about it. Whatever is in one can be run and can be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    id: String,
    title: Localized,
    summary: Localized,
    setup: Setup,
}

/// The same words in each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "the words in en and zh-CN")]
pub struct Localized {
    /// In English.
    pub en: String,
    /// In Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
}

impl Localized {
    /// The words in the language of this tag; in English where there are none.
    #[must_use]
    pub fn in_locale(&self, tag: &str) -> &str {
        if tag == "zh-CN" { &self.zh_cn } else { &self.en }
    }
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// What is wrong with the text, where, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let file: file::ScenarioFile = json::read(text)?;
        let setup = file::read::setup(&file)
            .map_err(|(path, problem)| json::error_at(text, &path, problem))?;
        let file::ScenarioFile { id, title, summary, .. } = file;
        Ok(Self { id, title, summary, setup })
    }

    /// The scenario as a file, on one line. Read again, it gives the same scenario.
    #[must_use]
    pub fn to_json(&self) -> String {
        let file = file::write::scenario(self);
        // Only a map with keys that are no strings could fail, and a file has none.
        serde_json::to_string(&file).unwrap_or_default()
    }

    /// The id, as in `three-way-handshake`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title.
    #[must_use]
    pub const fn title(&self) -> &Localized {
        &self.title
    }

    /// What is to be seen, in a sentence or two.
    #[must_use]
    pub const fn summary(&self) -> &Localized {
        &self.summary
    }

    /// What is to be run.
    #[must_use]
    pub fn setup(&self) -> Setup {
        self.setup.clone()
    }

    pub(crate) const fn setup_ref(&self) -> &Setup {
        &self.setup
    }
}
