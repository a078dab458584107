//! The checksums, worked out step by step when they are asked for.

use tcpscope_view::{ChecksumWork, SumPart, SumRow, SumWord, Verdict, checksum_work};

use super::Shown;
use crate::store::Look;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;

/// The checksums of a packet, each folded until it is asked for.
pub(super) fn sums(shown: &Shown<'_>) -> El {
    let messages = shown.picture.messages;
    let mut sums = classed("section", "sums");
    for layer in 0..shown.view.layers.len() {
        if let Some(work) = checksum_work(&shown.view, layer, messages) {
            sums = sums.add(sum(shown, &work));
        }
    }
    let is_fragment = shown.view.piece.is_some();
    sums.maybe(is_fragment.then(|| classed("p", "quiet").say(messages.inspect.fragment_checksum)))
}

fn sum(shown: &Shown<'_>, work: &ChecksumWork) -> El {
    let words = &shown.picture.messages.inspect;
    let name = shown.view.layers.get(work.layer).map_or("", |layer| layer.name);
    let open = shown.picture.session.shell.inspecting.sum == Some(work.layer);
    let (mark, class) = verdict_mark(work.verdict);
    let title = words.checksum_of.fill([name, &hexadecimal(work.found)]);
    let head = button("sum-toggle", Command::Look(Look::Sum(work.layer)))
        .flag("aria-expanded", open)
        .add(classed("span", class).set("aria-hidden", "true").say(mark))
        .text(title);
    let sum = classed("div", "sum").add(el("h3").add(head));
    if open { sum.add(body(shown, work)) } else { sum }
}

/// The checksum of the segment itself, worked out without being asked for.
pub(super) fn worked_out(shown: &Shown<'_>) -> Option<El> {
    let messages = shown.picture.messages;
    let layer = shown.view.layers.iter().position(|layer| layer.kind.is_transport())?;
    let work = checksum_work(&shown.view, layer, messages)?;
    let (mark, class) = verdict_mark(work.verdict);
    let name = shown.view.layers.get(layer).map_or("", |layer| layer.name);
    let title = messages.inspect.checksum_of.fill([name, &hexadecimal(work.found)]);
    let head = classed("h3", "label")
        .add(classed("span", class).set("aria-hidden", "true").say(mark))
        .say(" ")
        .text(title);
    Some(classed("section", "sums").add(head).add(body(shown, &work)))
}

/// What a verdict is shown by, beside its words.
fn verdict_mark(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Equal | Verdict::EqualThoughDamaged => ("✓", "verdict good"),
        Verdict::Different => ("✗", "verdict bad"),
        Verdict::None => ("–", "verdict"),
    }
}

fn body(shown: &Shown<'_>, work: &ChecksumWork) -> El {
    let words = &shown.picture.messages.inspect;
    let mut table = el("table");
    let column = |name| el("th").set("scope", "col").say(name);
    let head = el("tr")
        .add(column(words.sum_octets))
        .add(column(words.sum_what))
        .add(column(words.sum_word))
        .add(column(words.sum_running));
    table = table.add(el("thead").add(head));
    for part in &work.parts {
        table = table.add(rows(shown, part));
    }
    let outcome = words.complement.fill([&hexadecimal(work.sum), &hexadecimal(work.computed)]);
    let (class, verdict) = match work.verdict {
        Verdict::Equal => ("verdict good", words.equal.fill([&hexadecimal(work.found)])),
        Verdict::EqualThoughDamaged => {
            ("verdict bad", words.equal_though_damaged.fill([&hexadecimal(work.found)]))
        }
        Verdict::Different => (
            "verdict bad",
            words.different.fill([
                &hexadecimal(work.found),
                &hexadecimal(work.computed),
                &work.damaged.to_string(),
            ]),
        ),
        Verdict::None => ("verdict", words.no_checksum.to_owned()),
    };
    let outcome = classed("p", "sum-outcome")
        .add(el("code").text(outcome))
        .say(" · ")
        .add(classed("b", class).text(verdict));
    classed("div", "sum-body")
        .add(classed("p", "quiet").say(words.checksum_help))
        .add(table)
        .add(outcome)
}

fn rows(shown: &Shown<'_>, part: &SumPart) -> El {
    let words = &shown.picture.messages.inspect;
    let title = words.sum_part.fill([part.name, &part.octets.to_string()]);
    let title = el("th").set("scope", "rowgroup").set("colspan", "4").text(title);
    let mut body = el("tbody").add(el("tr").add(title));
    for row in &part.rows {
        body = body.add(match row {
            SumRow::Word(word) => added(shown, word),
            SumRow::Folded { words: count, sum, running } => {
                let text = words.sum_folded.fill([&count.to_string(), &hexadecimal(*sum)]);
                el("tr")
                    .set("class", "folded")
                    .add(el("td").say("…"))
                    .add(el("td").set("colspan", "2").text(text))
                    .add(el("td").add(el("code").text(hexadecimal(*running))))
            }
        });
    }
    body
}

fn added(shown: &Shown<'_>, word: &SumWord) -> El {
    let words = &shown.picture.messages.inspect;
    let at = word.octets.as_ref().map(|octets| octets.start);
    let mut value = el("td").add(el("code").text(hexadecimal(word.word)));
    if word.is_checksum {
        value = value.say(" ").add(classed("span", "quiet").say(words.counts_as_zero));
    }
    if let Some(was) = word.was {
        let was = words.sent_as.fill([&hexadecimal(was)]);
        value = value.say(" ").add(classed("b", "damaged").text(was));
    }
    let carry = word.carry.then(|| classed("span", "carry").say(words.sum_carry));
    let running = el("td").add(el("code").text(hexadecimal(word.running))).maybe(carry);
    let row = el("tr").flag("data-damaged", word.was.is_some());
    let row = match at.and_then(|at| shown.view.field_of(at)) {
        Some((layer, field)) => {
            let lit = shown.field().is_some_and(|field| {
                at.is_some_and(|at| field.octets.start < at + 2 && at < field.octets.end)
            });
            row.write("data-do", Command::Look(Look::Field(layer, field)).to_text())
                .flag("data-lit", lit)
        }
        None => row,
    };
    row.add(el("td").add(el("code").text(at.map_or_else(String::new, |at| format!("{at:04x}")))))
        .add(el("td").text(word.what.clone()))
        .add(value)
        .add(running)
}

fn hexadecimal(word: u16) -> String {
    format!("0x{word:04x}")
}
