//! The glossary as the page reads it: in one language.

use tcpscope_scenario::ScenarioError;
use tcpscope_scenario::reading::{self, Reader, Wrong};

use super::quoted;
use crate::glossary::TERMS;

/// The glossary in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// The terms, those that belong together beside each other.
    pub terms: Vec<GlossaryTerm>,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// The id, as lessons have it.
    pub id: String,
    /// The term.
    pub term: String,
    /// What it means.
    pub means: String,
    /// The term in the other language.
    pub also: String,
}

impl Glossary {
    /// The glossary in the language of this tag.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        let other = if locale == "zh-CN" { "en" } else { "zh-CN" };
        let terms = TERMS.iter().map(|term| {
            let ((name, means), (also, _)) = (term.in_locale(locale), term.in_locale(other));
            let [id, term, means, also] = [term.id, name, means, also].map(str::to_owned);
            GlossaryTerm { id, term, means, also }
        });
        Self { terms: terms.collect() }
    }

    /// The term of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&GlossaryTerm> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// The terms in which each word of `filter` stands.
    #[must_use]
    pub fn shown(&self, filter: &str) -> Vec<&GlossaryTerm> {
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        let holds = |term: &&GlossaryTerm| {
            let texts = [&term.term, &term.means, &term.also].map(|text| text.to_lowercase());
            words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
        };
        self.terms.iter().filter(holds).collect()
    }

    /// The glossary as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::from(r#"{"format":1,"terms":["#);
        for (place, term) in self.terms.iter().enumerate() {
            json.push_str(if place == 0 { "[" } else { ",[" });
            for (place, text) in
                [&term.id, &term.term, &term.means, &term.also].into_iter().enumerate()
            {
                json.push_str(if place == 0 { "" } else { "," });
                quoted(text, &mut json);
            }
            json.push(']');
        }
        json.push_str("]}");
        json
    }

    /// Reads the glossary.
    ///
    /// # Errors
    /// What is wrong with the text, where, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        reading::read(text, &mut glossary)
    }
}

fn glossary(file: &Reader<'_>) -> Result<Glossary, Wrong> {
    let file = file.object(&["format", "terms"])?;
    file.required("format")?.number(1, 1)?;
    let mut terms = Vec::new();
    file.required("terms")?.each(&mut |term| {
        let mut texts = super::entry::texts(term)?.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        terms.push(GlossaryTerm { id: next(), term: next(), means: next(), also: next() });
        Ok(())
    })?;
    Ok(Glossary { terms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glossary_is_read_as_it_was_written() {
        for locale in ["en", "zh-CN"] {
            let glossary = Glossary::of(locale);
            assert_eq!(Glossary::from_json(&glossary.to_json()), Ok(glossary.clone()));
            assert_eq!(glossary.shown(" ").len(), TERMS.len());
            assert!(glossary.find("segment").is_some() && glossary.find("packet?").is_none());
        }
        let found = Glossary::of("en");
        let found = found.shown("四元组 port");
        assert_eq!(found.iter().map(|term| term.id.as_str()).collect::<Vec<_>>(), ["four-tuple"]);
    }
}
