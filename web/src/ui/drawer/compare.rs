//! Two runs side by side: which two, where they part and why, their figures, and what corresponds
//! to what, record by record.

mod figures;
pub(super) mod rows;
mod runs;

use tcpscope_sim::{BranchId, Divergence, RecordId, Side, Switch, Trace};
use tcpscope_view::compared_record;

use crate::store::switch_of;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};
use crate::ui::topbar::picker;

/// Two runs side by side.
pub(super) fn compare(picture: &Picture<'_>) -> El {
    let words = &picture.messages.compare;
    let left = classed("div", "compare-side")
        .add(choice(picture))
        .all(about(picture))
        .add(runs::runs(picture));
    let right = rows::rows(picture).unwrap_or_else(|| {
        let nothing = if picture.run.pair().is_some() { words.same } else { words.nothing_yet };
        classed("p", "quiet compare-nothing").say(nothing)
    });
    classed("div", "compare-sheet").set("aria-label", words.label).add(left).add(right)
}

/// The present run as a picker names it.
const PRESENT: &str = "present";

/// The run that a picker's value stands for.
pub(crate) fn side_of(value: &str) -> Option<Side> {
    if value == PRESENT {
        return Some(Side::Present);
    }
    value.parse().ok().map(|id| Side::Branch(BranchId(id)))
}

fn value_of(side: Side) -> String {
    match side {
        Side::Present => PRESENT.to_owned(),
        Side::Branch(BranchId(id)) => id.to_string(),
    }
}

/// What a run is called.
fn title(picture: &Picture<'_>, side: Side) -> String {
    let words = &picture.messages.compare;
    let Side::Branch(id) = side else { return words.present.to_owned() };
    let Some(branch) = picture.run.timeline().branch(id) else { return String::new() };
    match branch.name() {
        Some(name) => match (switch_of(name), branch.setup()) {
            (Some(switch), Some(setup)) => words.switched(switch, setup.is_on(switch)),
            (Some(_) | None, Some(_) | None) => name.to_owned(),
        },
        None => {
            let number = (id.0 + 1).to_string();
            match branch.edits().len() {
                0 => words.original.fill([&number]),
                edits => words.unnamed.fill([&number, &edits.to_string()]),
            }
        }
    }
}

/// Which two runs, and which other configuration.
fn choice(picture: &Picture<'_>) -> El {
    let words = &picture.messages.compare;
    let mut options = vec![(value_of(Side::Present), words.present.to_owned())];
    for branch in picture.run.timeline().branches().iter().rev() {
        let side = Side::Branch(branch.id());
        options.push((value_of(side), title(picture, side)));
    }
    let field = |name: &'static str, picker: El| {
        classed("label", "field").add(classed("span", "label").say(name)).add(picker)
    };
    let (left, right) = picture.run.pair().unwrap_or((Side::Present, Side::Present));
    let setup = picture.run.timeline().setup();
    let mut switches = vec![(String::new(), words.no_configuration.to_owned())];
    for switch in Switch::ALL {
        switches.push((switch.name().to_owned(), words.switched(switch, !setup.is_on(switch))));
    }
    let chosen = picture.run.switch().map_or("", Switch::name);
    classed("div", "compare-choice")
        .add(field(words.left, picker("compare-left", options.clone(), &value_of(left))))
        .add(field(words.right, picker("compare-right", options, &value_of(right))))
        .add(
            field(words.configuration, picker("compare-switch", switches, chosen))
                .set("class", "field wide"),
        )
}

/// Where the two runs part, and their figures.
fn about(picture: &Picture<'_>) -> Vec<El> {
    let Some((left, right)) = picture.run.pair() else { return Vec::new() };
    let traces = (picture.run.trace_of(left), picture.run.trace_of(right));
    let (Some(one), Some(other)) = traces else { return Vec::new() };
    let Some(comparison) = picture.run.comparison() else { return Vec::new() };
    let parting = comparison.first.as_ref().map(|first| parting(picture, first, one, other));
    parting.into_iter().chain([figures::figures(picture, one, other)]).collect()
}

/// The first difference, on both sides, with what is behind it.
fn parting(picture: &Picture<'_>, first: &Divergence, left: &Trace, right: &Trace) -> El {
    let words = &picture.messages.compare;
    let at = |trace: &Trace, record: Option<RecordId>| record.map(|it| trace.record(it).at);
    let earliest = [at(left, first.a), at(right, first.b)].into_iter().flatten().min();
    let head = words.parts_at.fill([&earliest.map(time).unwrap_or_default()]);
    let (one, other) = picture.run.pair().unwrap_or((Side::Present, Side::Present));
    let sides = [
        (words.left, one, left, first.a, &first.behind_a),
        (words.right, other, right, first.b, &first.behind_b),
    ];
    let mut list = classed("div", "parting-sides");
    for (name, side, trace, record, behind) in sides {
        let part = el("div").add(classed("h4", "label").say(name));
        let part = match record {
            Some(record) => {
                let chain = classed("ol", "chain").add(line(picture, side, trace, record));
                part.add(chain).maybe(causes(picture, side, trace, behind))
            }
            None => part.add(classed("p", "quiet").say(words.over)),
        };
        list = list.add(part);
    }
    el("section").add(classed("h3", "parting").text(head)).add(list)
}

/// As many causes are listed: whoever wants more goes there, and sees why.
const CAUSES: usize = 8;

/// The causes behind a record, which unfold.
fn causes(picture: &Picture<'_>, side: Side, trace: &Trace, behind: &[RecordId]) -> Option<El> {
    let mut chain = classed("ol", "chain");
    for cause in behind.iter().take(CAUSES) {
        chain = chain.add(line(picture, side, trace, *cause));
    }
    let count = picture.messages.compare.behind.fill([&behind.len().to_string()]);
    let summary = classed("summary", "quiet-button").text(count);
    (!behind.is_empty()).then(|| el("details").add(summary).add(chain))
}

/// A record of one of the runs; it goes to its moment.
fn line(picture: &Picture<'_>, side: Side, trace: &Trace, record: RecordId) -> El {
    let record = compared_record(trace, record, picture.locale, picture.numbers);
    let go = match side {
        Side::Present => Command::Record(record.record.index()),
        Side::Branch(_) => Command::Time(micros(record.at)),
    };
    let go = button("chain-button", go)
        .add(classed("span", "num").text(time(record.at)))
        .add(classed("span", "glyph").set("aria-hidden", "true").say(record.mark.glyph()))
        .add(classed("span", "what").text(record.text));
    classed("li", "before").set("data-mark", record.mark.class()).add(go)
}

/// A time as a command has it.
fn micros(at: tcpscope_tcp::Instant) -> usize {
    usize::try_from(at.as_micros()).unwrap_or(usize::MAX)
}
