//! The records of two runs beside each other, from where they part. They move with the playhead.

use tcpscope_sim::{Moment, Row, Side, Trace};
use tcpscope_view::{ComparedRecord, compared_row, row_at};

use super::micros;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};
use crate::ui::rows::{Rows, cell, head, row};

/// The rows; `None` where there are none.
pub(in crate::ui::drawer) fn rows(picture: &Picture<'_>) -> Option<El> {
    let words = &picture.messages.compare;
    let (left, right) = picture.run.pair()?;
    let comparison = picture.run.comparison()?;
    let pair = Pair {
        sides: (left, right),
        left: picture.run.trace_of(left)?,
        right: picture.run.trace_of(right)?,
    };
    if comparison.rows.is_empty() {
        return None;
    }
    let now = pair.now(picture, &comparison.rows);
    let rows = Rows {
        class: "rows compared",
        label: words.records,
        count: comparison.rows.len(),
        shown: now.or(Some(0)),
    };
    let head = head(&[
        ("glyph", words.likeness),
        ("num", picture.messages.log.time),
        ("", words.left),
        ("num", picture.messages.log.time),
        ("", words.right),
    ]);
    let mut made = Vec::new();
    for place in rows.made(picture) {
        if let Some(one) = comparison.rows.get(place) {
            made.push(pair.row(picture, place, *one, now));
        }
    }
    Some(rows.table(picture, head, made))
}

/// The two runs.
struct Pair<'a> {
    sides: (Side, Side),
    left: &'a Trace,
    right: &'a Trace,
}

impl Pair<'_> {
    /// The row at which the playhead stands: that of the present run where it is one of the two,
    /// else that of the left run at the same time.
    fn now(&self, picture: &Picture<'_>, rows: &[Row]) -> Option<usize> {
        let Moment { at, record } = picture.moment;
        match self.sides {
            (Side::Present, _) => row_at(rows, true, record),
            (_, Side::Present) => row_at(rows, false, record),
            (Side::Branch(_), Side::Branch(_)) => row_at(rows, true, self.left.at(at).record),
        }
    }

    fn row(&self, picture: &Picture<'_>, place: usize, one: Row, now: Option<usize>) -> El {
        let words = &picture.messages.compare;
        let compared = compared_row(self.left, self.right, one, picture.locale, picture.numbers);
        let (likeness, (left, right)) = (compared.likeness, self.sides);
        let go = [(left, &compared.left), (right, &compared.right)]
            .into_iter()
            .filter_map(|(side, record)| Some((side, record.as_ref()?)))
            .min_by_key(|(side, _)| *side != Side::Present)
            .map(|(side, record)| match side {
                Side::Present => Command::Record(record.record.index()),
                Side::Branch(_) => Command::Time(micros(record.at)),
            });
        let name = words.likeness(likeness);
        let mark = cell("glyph")
            .set("title", name)
            .add(classed("span", "sr").say(name))
            .add(el("span").set("aria-hidden", "true").say(likeness.glyph()));
        let is_now = now == Some(place);
        let row = row(picture, place)
            .set("data-likeness", likeness.class())
            .flag("data-later", now.is_none_or(|now| place > now))
            .when(is_now, "aria-current", "step")
            .write("data-do", go.map(Command::to_text).unwrap_or_default())
            .add(mark);
        let cells = [(&compared.left, "left"), (&compared.right, "right")];
        cells.into_iter().fold(row, |row, (record, class)| {
            let text = record.as_ref().map(|record| said(picture, record));
            let at = record.as_ref().map(|record| time(record.at)).unwrap_or_default();
            let what = match (go, text) {
                (Some(go), Some(text)) => cell(class).add(
                    button("row-button", go)
                        .set("tabindex", if is_now { "0" } else { "-1" })
                        .text(text),
                ),
                (Some(_) | None, Some(_) | None) => cell(class),
            };
            row.add(cell("num").text(at)).add(what)
        })
    }
}

/// A record of a side: its glyph before what happens.
fn said(_picture: &Picture<'_>, record: &ComparedRecord) -> String {
    let mut text = record.mark.glyph().to_owned();
    text.push(' ');
    text.push_str(&record.text);
    text
}
