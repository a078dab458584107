//! What is said: paragraphs with terms that open their definitions, and values out of the run.

use tcpscope_lesson::course::{Bit, BitWords, Face, Said, SheetTrap};
use tcpscope_view::Numbers;

use crate::ui::book::other_language;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;

/// Writes paragraphs, and counts the terms in them: each word that opens a definition has a place.
pub(in crate::ui::drawer) struct Writer<'a> {
    picture: &'a Picture<'a>,
    terms: usize,
}

impl<'a> Writer<'a> {
    pub(in crate::ui::drawer) const fn new(picture: &'a Picture<'a>) -> Self {
        Self { picture, terms: 0 }
    }

    /// Paragraphs.
    pub(in crate::ui::drawer) fn paragraphs(&mut self, paragraphs: &[Said]) -> Vec<El> {
        let mut written = Vec::new();
        for said in paragraphs {
            let paragraph = self.bits(el("p"), said);
            written.push(paragraph);
        }
        written
    }

    /// The pieces of paragraphs, in one line.
    pub(in crate::ui::drawer) fn line(&mut self, within: El, paragraphs: &[Said]) -> El {
        let mut within = within;
        for (place, said) in paragraphs.iter().enumerate() {
            if place > 0 {
                within = within.say(" ");
            }
            within = self.bits(within, said);
        }
        within
    }

    fn bits(&mut self, within: El, said: &Said) -> El {
        let mut within = within;
        for bit in said {
            within = match (bit.face, &bit.words) {
                (Face::Plain, BitWords::Text(text)) => within.text(text.clone()),
                (Face::Plain, _) => within.add(self.bit(bit)),
                (Face::Code, _) => within.add(el("code").add(self.bit(bit))),
                (Face::Emphasis, _) => within.add(el("em").add(self.bit(bit))),
            };
        }
        within
    }

    fn bit(&mut self, bit: &Bit) -> El {
        match &bit.words {
            BitWords::Text(text) => el("span").text(text.clone()),
            BitWords::Value(relative, absolute) => {
                let value = match self.picture.numbers {
                    Numbers::Relative => relative,
                    Numbers::Absolute => absolute,
                };
                classed("b", "value").text(value.clone())
            }
            BitWords::Term(id, shown) => self.term(id, shown),
        }
    }

    fn term(&mut self, id: &str, shown: &str) -> El {
        let place = self.terms;
        self.terms += 1;
        let open = self.picture.session.teaching.term.as_ref();
        let open = open.is_some_and(|term| term.place == place);
        button("term", Command::Teach(TeachCommand::Term(place)))
            .write("id", term_id(place))
            .write("data-term", id.to_owned())
            .set("aria-haspopup", "dialog")
            .flag("aria-expanded", open)
            .text(shown.to_owned())
    }
}

/// The id of the word that opens a definition.
pub(crate) fn term_id(place: usize) -> String {
    let mut id = "term-".to_owned();
    id.push_str(&place.to_string());
    id
}

/// The definition that is open.
pub(in crate::ui::drawer) fn card(picture: &Picture<'_>) -> Option<El> {
    let words = &picture.messages.lessons;
    let teaching = &picture.session.teaching;
    let open = teaching.term.as_ref()?;
    let close = Command::Teach(TeachCommand::Term(open.place));
    let card = el("div")
        .set("id", "term-card")
        .set("class", "term-card")
        .set("role", "dialog")
        .set("tabindex", "-1");
    let close = icon_button(icons::CLOSE, words.close_term, "Esc", close);
    let glossary =
        button("quiet-button", Command::Teach(TeachCommand::Glossary)).say(words.glossary);
    let found = teaching.glossary().and_then(|glossary| glossary.find(&open.id));
    let Some(term) = found else {
        let said = match &teaching.missing {
            Some(file) => words.not_here.fill([file]),
            None => words.loading.to_owned(),
        };
        return Some(card.set("aria-label", words.term).add(el("p").text(said)).add(close));
    };
    let also = classed("span", "also").set("lang", other_language(picture.session));
    let title = el("p")
        .add(el("b").set("id", "term-name").text(term.term.clone()))
        .say(" ")
        .add(also.text(term.also.clone()));
    let head = classed("div", "term-head").add(title).add(close);
    Some(
        card.set("aria-labelledby", "term-name")
            .add(head)
            .add(el("p").text(term.means.clone()))
            .add(glossary),
    )
}

impl Writer<'_> {
    /// A common mistake, with a label where it stands among other things, and what is true.
    pub(super) fn trap(&mut self, trap: &SheetTrap, labelled: bool) -> El {
        let words = &self.picture.messages.lessons;
        let wrong = self.line(el("q"), &trap.wrong);
        let label = if labelled { "label" } else { "sr" };
        let wrong = el("p").add(classed("span", label).say(words.trap)).say(" ").add(wrong);
        let truth = el("p").add(classed("span", "sr").say(words.in_truth)).say(" ");
        let truth = self.line(truth, &trap.say);
        classed("div", "trap").set("role", "note").add(wrong).add(truth)
    }
}
