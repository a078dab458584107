//! The table of a connection's variables.

use tcpscope_view::{End, TcbRow, tcb};

use super::block;
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// The variables of one end; what the present step changed is marked.
pub(super) fn tcb_table(picture: &Picture<'_>, end: End<'_>) -> El {
    let words = &picture.messages.tcb;
    let column = |name| el("th").set("scope", "col").say(name);
    let columns = el("tr").add(column(words.variable)).add(column(words.value));
    let widths = el("colgroup").add(classed("col", "names")).add(el("col"));
    let mut table = classed("table", "tcb").add(widths).add(classed("thead", "sr").add(columns));
    for group in tcb(end, picture.record, picture.locale, picture.numbers) {
        let title =
            classed("th", "label").set("scope", "rowgroup").set("colspan", "2").say(group.title);
        let mut body = el("tbody").add(el("tr").add(title));
        for variable in group.rows {
            body = body.add(row(variable, picture.messages.side.before));
        }
        table = table.add(body);
    }
    block(words.label).add(table)
}

fn row(variable: TcbRow, before_in_words: &'static str) -> El {
    let TcbRow { name, value, before, hint } = variable;
    let changed = before.is_some();
    let before = before.map(|before| {
        let said = classed("span", "sr").say(before_in_words).say(" ");
        classed("span", "was").add(said).text(before)
    });
    el("tr")
        .flag("data-changed", changed)
        .set("title", hint)
        .add(el("th").set("scope", "row").say(name))
        .add(el("td").maybe(before).add(el("span").text(value)))
}
