//! The field that searches the log, what came of it, and what may be asked.

use tcpscope_view::{FIELDS, SearchError};

use crate::store::{EXAMPLES, Finding, Layout};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon, icon_button};
use crate::ui::picture::Picture;
use crate::ui::seek::seek;

/// The bar above the log.
pub(super) fn search(picture: &Picture<'_>) -> El {
    let words = &picture.messages.search;
    let search = &picture.session.search;
    let wrong = match search.outcome() {
        Finding::Wrong(error) => Some(error),
        Finding::Idle | Finding::Found(_) => None,
    };
    let field = el("input")
        .set("id", "search")
        .set("type", "search")
        .set("class", "num")
        .set("maxlength", "400")
        .set("autocomplete", "off")
        .set("autocapitalize", "off")
        .set("spellcheck", "false")
        .set("aria-label", words.label)
        .set("placeholder", words.placeholder)
        .set("aria-describedby", "search-outcome")
        .flag("aria-invalid", wrong.is_some())
        .value(search.query().to_owned());
    let outcome = el("span").set("id", "search-outcome").set("role", "status");
    let outcome = match search.found() {
        None => outcome,
        Some([]) => outcome.say(words.nothing),
        Some(found) => {
            let all = picture.trace.records().len().to_string();
            outcome.text(words.count.fill([&found.len().to_string(), &all]))
        }
    };
    let any = search.found().is_some_and(|found| !found.is_empty());
    let step = |path, name, key, command: Command| {
        icon_button(path, name, key, command).when(!any, "disabled", "")
    };
    let only = button("toggle", Command::OtherRecords)
        .flag("aria-pressed", search.only_matches())
        .say(words.only);
    let field = classed("div", "search-field").add(icon(icons::SEARCH)).add(field);
    let bar = classed("div", "search-bar")
        .set("role", "search")
        .add(field)
        .add(outcome)
        .add(step(icons::PREVIOUS, words.previous, "N", Command::PreviousMatch))
        .add(step(icons::NEXT, words.next, "n", Command::NextMatch))
        .add(only)
        .maybe((picture.session.shell.layout == Layout::Phone).then(|| seek(picture)))
        .add(help(picture));
    // Keys: the field stays what it is, and keeps the focus, when a complaint comes or goes.
    let complaint = wrong.map(|error| complaint(picture, error).key(1));
    classed("div", "search").add(bar.key(0)).maybe(complaint)
}

/// What is wrong with a query: the query with the place marked, and what would be right.
fn complaint(picture: &Picture<'_>, error: &SearchError) -> El {
    let query = picture.session.search.query();
    let part = |from: usize, to: usize| query.get(from..to).unwrap_or_default().to_owned();
    let (start, end) = (error.at.start.min(query.len()), error.at.end.min(query.len()));
    let marked = part(start, end);
    let marked = if marked.is_empty() { "␣".to_owned() } else { marked };
    let shown =
        el("code").text(part(0, start)).add(el("mark").text(marked)).text(part(end, query.len()));
    classed("p", "complaint")
        .set("role", "alert")
        .add(shown)
        .say(" ")
        .text(error.text(picture.locale))
}

/// Examples, and all fields.
fn help(picture: &Picture<'_>) -> El {
    let words = &picture.messages.search;
    let mut examples = classed("ul", "examples");
    for (place, example) in EXAMPLES.iter().enumerate() {
        let try_it = button("quiet-button num", Command::Example(place)).say(example);
        examples = examples.add(el("li").add(try_it));
    }
    let mut fields = classed("ul", "fields num");
    for info in &FIELDS {
        fields = fields.add(el("li").write("title", info.wireshark.to_owned()).say(info.name));
    }
    let body = classed("div", "popover")
        .add(classed("h3", "label").say(words.examples))
        .add(examples)
        .add(classed("h3", "label").say(words.fields))
        .add(fields)
        .add(classed("p", "quiet num").say("== != < <= > >= contains && || ! ( ) \"…\""))
        .add(classed("p", "quiet").say(words.any_text));
    let summary = el("summary").set("class", "icon").set("aria-label", words.examples).say("?");
    classed("details", "search-help").add(summary).add(body)
}
