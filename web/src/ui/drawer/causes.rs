//! The chain of causes: what led to the present record, back to what began it; and what it caused.

use tcpscope_sim::RecordId;
use tcpscope_view::{ChainLink, cause, chain, consequences};

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};

/// A folded chain has as many lines.
const FOLDED: usize = 7;
/// Nobody reads more than this, and there may be a hundred thousand.
const WHOLE: usize = 400;
/// As many effects are listed.
const EFFECTS: usize = 6;

/// What led to the present record, and what it caused.
pub(super) fn causes(picture: &Picture<'_>) -> El {
    let Picture { trace, record: present, messages, .. } = *picture;
    let words = &messages.causes;
    let unfolded = picture.session.shell.unfolded;
    let links = chain(trace, present, if unfolded { WHOLE } else { FOLDED });
    let begins = links.is_empty();
    let can_fold = unfolded && links.len() > FOLDED;
    let mut lines = Vec::new();
    for link in links {
        lines.push(match link {
            ChainLink::Record(record) => line(picture, record, "before"),
            ChainLink::Fold(records) => fold(picture, records),
        });
    }
    let again = button("quiet-button", Command::Unfold).say(words.fold_again);
    let led = el("section")
        .set("aria-label", words.label)
        .add(classed("h2", "label").say(words.label))
        .maybe(begins.then(|| classed("p", "quiet").say(words.begins)))
        .maybe((!begins).then(|| classed("ol", "chain").all(lines)))
        .maybe(can_fold.then_some(again));
    classed("div", "causes").add(led).add(effects(picture))
}

fn effects(picture: &Picture<'_>) -> El {
    let words = &picture.messages.causes;
    let caused = consequences(picture.trace, picture.record, EFFECTS);
    let section = el("section")
        .set("aria-label", words.effects)
        .add(classed("h2", "label").say(words.effects));
    if caused.first.is_empty() {
        return section.add(classed("p", "quiet").say(words.no_effects));
    }
    let mut list = classed("ol", "chain");
    for record in caused.first {
        list = list.add(line(picture, record, "after"));
    }
    let more = words.more_effects.fill([&caused.more.to_string()]);
    section.add(list).maybe((caused.more > 0).then(|| classed("p", "quiet").text(more)))
}

/// A record of the chain: when, where and what.
fn line(picture: &Picture<'_>, record: RecordId, class: &'static str) -> El {
    let cause = cause(picture.trace, record, picture.locale, picture.numbers);
    let place = match cause.host {
        Some(host) => picture.title(host),
        None => picture.messages.log.on_the_link.to_owned(),
    };
    let go = button("chain-button", Command::Record(record.index()))
        .add(classed("span", "num").text(time(cause.at)))
        .add(classed("span", "place").text(place))
        .add(classed("span", "glyph").set("aria-hidden", "true").say(cause.mark.glyph()))
        .add(classed("span", "what").text(cause.text));
    classed("li", class).set("data-mark", cause.mark.class()).add(go)
}

fn fold(picture: &Picture<'_>, records: usize) -> El {
    let words = &picture.messages.causes;
    let count = words.fold.fill([&records.to_string()]);
    let show = button("quiet-button", Command::Unfold)
        .flag("aria-expanded", false)
        .text(count)
        .say(" · ")
        .say(words.unfold);
    classed("li", "fold").add(show)
}
