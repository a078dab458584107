//! Rows by the thousand, of which only those that show are made.

use std::ops::Range;

use super::element::{El, classed, el};
use super::picture::Picture;

/// As many rows as are made: more than show in the tallest drawer.
const MADE: usize = 48;
/// More rows above those that show, so that scrolling by a little needs no rendering.
const ABOVE: usize = 8;

/// A long list: a table whose rows are made as they come into sight.
pub(super) struct Rows {
    /// For style sheets.
    pub(super) class: &'static str,
    /// The name of the table.
    pub(super) label: &'static str,
    /// How many rows there are.
    pub(super) count: usize,
    /// The row that is brought into sight whenever it is another.
    pub(super) shown: Option<usize>,
}

impl Rows {
    /// The rows to be made.
    pub(super) fn made(&self, picture: &Picture<'_>) -> Range<usize> {
        let first = picture.session.shell.first_row.saturating_sub(ABOVE).min(self.count);
        first..self.count.min(first + MADE)
    }

    /// The table, with its headings and the rows that were made.
    pub(super) fn table(self, picture: &Picture<'_>, head: El, rows: Vec<El>) -> El {
        let Self { class, label, count, shown } = self;
        let height = count * picture.session.shell.row_height();
        let body = el("div")
            .set("role", "rowgroup")
            .write("style", format!("height:{height}px"))
            .all(rows);
        let table = classed("div", class)
            .set("role", "table")
            .set("tabindex", "0")
            .set("aria-label", label)
            .count("aria-rowcount", count + 1)
            .add(head.set("role", "row").set("aria-rowindex", "1"))
            .add(body);
        match shown {
            Some(shown) => table.count("data-shown", shown),
            None => table,
        }
    }
}

/// A row, in its place.
pub(super) fn row(picture: &Picture<'_>, index: usize) -> El {
    let height = picture.session.shell.row_height();
    classed("div", "row")
        .set("role", "row")
        .count("aria-rowindex", index + 2)
        .write("style", format!("top:{}px;height:{height}px", (index + 1) * height))
        .key(index)
}

/// The headings of a table: `wide` ones are left out where there is little room.
pub(super) fn head(columns: &[(&'static str, &'static str)]) -> El {
    let mut head = classed("div", "head label");
    for (class, name) in columns {
        // A narrow column has a name too, for those who hear it.
        let name = classed("span", if *class == "glyph" { "sr" } else { "" }).say(name);
        head = head.add(classed("span", class).set("role", "columnheader").add(name));
    }
    head
}

/// A cell.
#[inline(never)]
pub(super) fn cell(class: &'static str) -> El {
    classed("span", class).set("role", "cell")
}
