//! What students sent back, as a table.

use super::sets::{copied, open_field};
use crate::store::{Copied, ReadRow, ReadSet, Session, Verdict};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::set::SetCommand;

/// A field for the codes, and the table of what they hold.
pub(super) fn results(session: &Session) -> El {
    let words = &session.messages().sets;
    let set = &session.sets.draft;
    if set.asks() == 0 {
        let told = el("p").say(words.no_set);
        return el("div").add(told.key(0)).add(open_field(session).key(1));
    }
    let title = if set.title.is_empty() { words.untitled } else { set.title.as_str() };
    let field = el("textarea")
        .set("id", "set-codes")
        .set("rows", "6")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-describedby", "set-codes-about")
        .text(session.sets.pasted.clone());
    let label = classed("label", "set-field").add(el("span").say(words.paste)).add(field);
    let read = button("button primary", Command::Set(SetCommand::Read)).say(words.decode);
    let table = session.sets.read.as_ref().map(|read| table(session, read).key(4));
    el("div")
        .add(el("p").text(words.of_set.fill([title])).key(0))
        .add(label.key(1))
        .add(classed("p", "quiet").set("id", "set-codes-about").say(words.paste_about).key(2))
        .add(read.key(3))
        .maybe(table)
}

fn table(session: &Session, read: &ReadSet) -> El {
    let words = &session.messages().sets;
    let numbers = [read.rows.len(), read.bad.len()].map(|number| number.to_string());
    let place = el("section").set("id", "set-table").set("tabindex", "-1");
    let tally = el("p").set("role", "status").text(words.tally.fill([&numbers[0], &numbers[1]]));
    let mut bad = classed("ul", "set-bad");
    for (line, told) in &read.bad {
        bad = bad.add(el("li").text(words.bad_line.fill([&line.to_string(), told])));
    }
    let place = place.set("aria-label", words.results).add(tally).add(bad);
    if read.rows.is_empty() {
        return place;
    }
    let head_cell = |text: String| el("th").set("scope", "col").text(text);
    let mut head = el("tr")
        .add(head_cell(words.student.to_owned()))
        .add(head_cell(words.right_of.to_owned()).set("class", "num"));
    let mut key = classed("ol", "set-key");
    for (number, (question, expected)) in read.questions.iter().enumerate() {
        head = head.add(head_cell((number + 1).to_string()).write("title", question.clone()));
        let expected = (!expected.is_empty()).then(|| {
            classed("span", "quiet").text(session.messages().quiz.would_be.fill([expected]))
        });
        key = key.add(el("li").text(question.clone()).say(" ").maybe(expected));
    }
    let mut rows = el("tbody");
    for each in &read.rows {
        rows = rows.add(row(session, read, each));
    }
    let mut sums = el("tr").add(el("th").set("scope", "row").say(words.sum)).add(el("td"));
    for place in 0..read.questions.len() {
        let right = read
            .rows
            .iter()
            .filter(|row| row.cells.get(place).is_some_and(|(_, verdict)| verdict.is_right()));
        let mut sum = right.count().to_string();
        sum.push('/');
        sum.push_str(&numbers[0]);
        sums = sums.add(classed("td", "num").text(sum));
    }
    let table = el("table").add(el("thead").add(head)).add(rows).add(el("tfoot").add(sums));
    let scrolls = classed("div", "set-scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", words.results)
        .add(table);
    let copy = button("button", Command::Set(SetCommand::CopyCsv)).say(words.copy_csv);
    place
        .add(scrolls)
        .add(key)
        .add(classed("p", "quiet").say(words.not_proof))
        .add(copy)
        .add(copied(session, Copied::Csv))
}

fn name_of(session: &Session, row: &ReadRow) -> String {
    if row.name.is_empty() {
        session.messages().sets.nameless.fill([&row.line.to_string()])
    } else {
        row.name.clone()
    }
}

fn row(session: &Session, read: &ReadSet, row: &ReadRow) -> El {
    let words = &session.messages().sets;
    let same = row.same.and_then(|place| read.rows.get(place)).map(|other| {
        classed("span", "quiet set-same").text(words.same.fill([&name_of(session, other)]))
    });
    let name = el("th").set("scope", "row").text(name_of(session, row)).maybe(same);
    let right = row.cells.iter().filter(|(_, verdict)| verdict.is_right()).count();
    let mut sum = right.to_string();
    sum.push('/');
    sum.push_str(&row.cells.len().to_string());
    let mut line = el("tr").add(name).add(classed("td", "num").text(sum));
    for (answer, verdict) in &row.cells {
        line = line.add(cell(session, answer, *verdict));
    }
    line
}

/// An answer, with a sign before it and what it means for whoever does not see it.
fn cell(session: &Session, answer: &str, verdict: Verdict) -> El {
    let words = &session.messages().sets;
    let quiz = &session.messages().quiz;
    let (sign, said) = match verdict {
        Verdict::Graded(true) => ("✓", quiz.right),
        Verdict::Graded(false) => ("✗", quiz.wrong),
        Verdict::Own(true) => ("(✓)", words.own_right),
        Verdict::Own(false) => ("(✗)", words.own_wrong),
        Verdict::NoAnswer => ("–", words.no_answer),
    };
    el("td")
        .flag("data-right", verdict.is_right())
        .set("title", said)
        .add(classed("span", "sign").set("aria-hidden", "true").say(sign))
        .add(classed("span", "sr").say(said))
        .say(" ")
        .text(answer.to_owned())
}
