//! The glossary.

use super::filter;
use crate::store::Session;
use crate::ui::element::{El, classed, el};

/// All terms, or those that are looked for.
pub(super) fn glossary(session: &Session) -> El {
    let words = &session.messages().lessons;
    let teaching = &session.teaching;
    let place = classed("div", "glossary");
    let Some(glossary) = teaching.glossary() else {
        let waits = teaching.missing.is_none();
        return place.maybe(waits.then(|| classed("p", "quiet").say(words.loading)));
    };
    let found = glossary.shown(&teaching.filter);
    let count = words.terms.fill([&found.len().to_string()]);
    let mut list = el("dl");
    for term in found {
        let name = el("dt")
            .add(el("b").text(term.term.clone()))
            .say(" ")
            .add(classed("span", "also").set("lang", other(session)).text(term.also.clone()));
        list = list.add(el("div").add(name).add(el("dd").text(term.means.clone())));
    }
    let count = classed("p", "quiet num").set("role", "status").text(count);
    place.add(filter(session, words.filter_glossary).key(0)).add(count.key(1)).add(list.key(2))
}

/// The tag of the language that is not the reader's.
pub(in crate::ui) fn other(session: &Session) -> &'static str {
    let locale = session.preferences.locale;
    let other = tcpscope_view::Locale::ALL.into_iter().find(|other| *other != locale);
    other.unwrap_or(locale).tag()
}
