//! A scenario: a setup with a name and words about it.

use alloc::borrow::ToOwned;
use alloc::string::String;

use tcpscope_sim::{Setup, SetupError};

use crate::reader::{Reader, Wrong};
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
    pub(crate) id: String,
    pub(crate) title: Localized,
    pub(crate) summary: Localized,
    pub(crate) setup: Setup,
}

/// The same words in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    /// In English.
    pub en: String,
    /// In Simplified Chinese.
    pub zh_cn: String,
}

impl Localized {
    /// The names of the fields in a file.
    pub(crate) const FIELDS: [&'static str; 2] = ["en", "zh-CN"];

    pub(crate) fn read(words: &Reader<'_>) -> Result<Self, Wrong> {
        let words = words.object(&Self::FIELDS)?;
        let [en, zh_cn] = Self::FIELDS;
        Ok(Self {
            en: words.required(en)?.text()?.to_owned(),
            zh_cn: words.required(zh_cn)?.text()?.to_owned(),
        })
    }

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
        json::read(text, &mut file::read::scenario)
    }

    /// The same words about another setup.
    ///
    /// # Errors
    /// Why the setup cannot be run.
    pub fn with_setup(&self, setup: Setup) -> Result<Self, SetupError> {
        setup.check()?;
        Ok(Self { setup, ..self.clone() })
    }

    /// The scenario as a file, on one line. Read again, it gives the same scenario.
    #[must_use]
    pub fn to_json(&self) -> String {
        file::write::scenario(self)
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
}
