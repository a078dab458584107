//! Why the present step happens: each record of it in a sentence, with the rules behind it; of the
//! present one all that was put into them, and the chain of causes that it is part of.

use std::ops::Range;

use tcpscope_sim::Moment;
use tcpscope_tcp::Citation;
use tcpscope_view::{Because, Context, Told, because, narrate_these, variables};

use super::causes::causes;
use super::notes::notes;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};

/// Of a long step so many records are told from its beginning, and so many up to the present one.
const FIRST: usize = 12;
const LAST: usize = 36;

/// The present step, told as far as it has come.
pub(super) fn why(picture: &Picture<'_>) -> El {
    let Picture { trace, record: present, locale, numbers, .. } = *picture;
    let at_start = picture.moment == Moment::START;
    let about = at_start.then(|| {
        let about = picture.run.scenario().summary().in_locale(locale.tag());
        classed("p", "about-scenario").text(about.to_owned())
    });
    let head = classed("div", "why-head")
        .add(classed("h2", "label").say(picture.messages.log.why_title))
        .add(classed("span", "num").text(time(trace.record(present).at)));
    let (first, left_out, last) = parts(trace.event_of(present).start..present.index() + 1);
    let records = trace.records();
    let told = records[first.clone()].iter().chain(&records[last.clone()]);
    let mut list = classed("ol", "why");
    for told in narrate_these(locale, trace, told, numbers) {
        if left_out > 0 && told.record.index() == last.start {
            let more = picture.messages.causes.more_effects.fill([&left_out.to_string()]);
            let to = Command::Record(first.end);
            list = list.add(el("li").add(button("row-button", to).text(more)));
        }
        list = list.add(record(picture, told, at_start));
    }
    let now = classed("section", "why-now").maybe(about).add(head).add(list);
    // The first picture is the scenario's own words: what led to it is nothing, and what came of it
    // is the run.
    let more =
        (!at_start).then(|| classed("div", "why-more").add(causes(picture)).add(notes(picture)));
    classed("div", "why-sheet").add(now).maybe(more)
}

/// Of a step that has come so far, what is told: how it began and where it is. One ACK may let a
/// thousand segments go; each of them is in the log.
fn parts(come: Range<usize>) -> (Range<usize>, usize, Range<usize>) {
    if come.len() <= FIRST + LAST {
        return (come.clone(), 0, come.end..come.end);
    }
    let (first, last) = (come.start + FIRST, come.end - LAST);
    (come.start..first, last - first, last..come.end)
}

/// A record of the step; the present one in full.
fn record(picture: &Picture<'_>, told: Told, at_start: bool) -> El {
    let present = told.record == picture.record;
    let mut reasons = classed("ul", "reasons");
    let any = if present && !at_start {
        let rules = rules(picture);
        let any = !rules.is_empty();
        reasons = reasons.all(rules);
        any
    } else {
        let any = !told.why.is_empty();
        for because in told.why {
            let reason = el("li").text(because.text).say(" ").add(cite(because.citation));
            reasons = reasons.add(reason);
        }
        any
    };
    let what = if present {
        classed("p", "what").text(told.what)
    } else {
        let to = Command::Record(told.record.index());
        classed("p", "what").add(button("row-button", to).text(told.what))
    };
    el("li").when(present, "aria-current", "step").add(what).maybe(any.then_some(reasons))
}

/// The rules behind the present record, each with its name and the numbers put into it.
fn rules(picture: &Picture<'_>) -> Vec<El> {
    let Picture { trace, record, locale, numbers, .. } = *picture;
    let context = Context::of(trace, trace.record(record), numbers);
    let whys = trace.whys(record).iter();
    let mut rules = Vec::new();
    for (why, because) in whys.zip(because(locale, trace, record, numbers)) {
        let Because { text, rule, citation } = because;
        let mut list = classed("dl", "numbers");
        let variables = variables(locale, why, &context);
        let any = !variables.is_empty();
        for variable in variables {
            let value = match variable.before {
                Some(before) => el("dd")
                    .add(classed("span", "before").text(before))
                    .say(" → ")
                    .add(el("b").text(variable.value)),
                None => el("dd").text(variable.value),
            };
            list = list.add(el("div").add(el("dt").say(variable.name)).add(value));
        }
        let source = classed("p", "rule").add(el("code").say(rule)).say(" ").add(cite(citation));
        rules.push(el("li").text(text).maybe(any.then_some(list)).add(source));
    }
    rules
}

/// A section of an RFC, as a link to its text.
pub(super) fn cite(citation: Citation) -> El {
    let Citation { rfc, section } = citation;
    classed("a", "cite")
        .write("href", format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}"))
        .set("target", "_blank")
        .set("rel", "noreferrer")
        .text(citation.to_string())
}
