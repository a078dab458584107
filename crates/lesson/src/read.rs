//! A text as it is read: terms and values filled in.

use tcpscope_view::{Locale, Numbers};

use crate::claim::Scene;
use crate::glossary;
use crate::lesson::Words;
use crate::markup::{Inline, Paragraph, Piece, Style, paragraphs};

impl Words {
    /// The text in a language.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &str {
        self.text.in_locale(locale.tag())
    }

    /// The text as it is read at a moment, with a blank line between paragraphs; without one, values
    /// are left as they stand in the file.
    #[must_use]
    pub fn plain(&self, scene: Option<&Scene<'_>>, locale: Locale, numbers: Numbers) -> String {
        let paragraphs = paragraphs(self.in_locale(locale)).0;
        let plain = |paragraph: &Paragraph| -> String {
            paragraph.iter().map(|inline| piece(inline, scene, locale, numbers)).collect()
        };
        paragraphs.iter().map(plain).collect::<Vec<_>>().join("\n\n")
    }
}

fn piece(inline: &Inline, scene: Option<&Scene<'_>>, locale: Locale, numbers: Numbers) -> String {
    let text = match &inline.piece {
        Piece::Text(text) => text.clone(),
        Piece::Term(_, Some(shown)) => shown.clone(),
        Piece::Term(id, None) => glossary::name(id, locale.tag()).to_owned(),
        Piece::Value(claim) => {
            let value = scene.and_then(|scene| claim.value(scene).ok());
            value.map_or_else(|| format!("{{{}}}", claim.text), |value| value.said(numbers))
        }
    };
    match inline.style {
        Style::Code => format!("`{text}`"),
        Style::Plain | Style::Emphasis => text,
    }
}
