//! Two runs in figures.

use tcpscope_sim::Trace;
use tcpscope_tcp::Duration;
use tcpscope_view::{duration_text, figures as figures_of};

use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// The figures of both runs, those that differ marked.
pub(super) fn figures(picture: &Picture<'_>, left: &Trace, right: &Trace) -> El {
    let words = &picture.messages.compare;
    let (left, right) = (figures_of(left), figures_of(right));
    let at = |at: Option<Duration>| at.map_or_else(|| words.never.to_owned(), duration_text);
    let rows = [
        (words.duration, duration_text(left.duration), duration_text(right.duration)),
        (words.delivered_at, at(left.delivered_at), at(right.delivered_at)),
        (words.segments, left.segments.to_string(), right.segments.to_string()),
        (
            words.retransmissions,
            left.retransmissions.to_string(),
            right.retransmissions.to_string(),
        ),
        (words.lost, left.lost.to_string(), right.lost.to_string()),
        (words.given, left.given.to_string(), right.given.to_string()),
        (words.delivered, left.delivered.to_string(), right.delivered.to_string()),
    ];
    let column = |name| el("th").set("scope", "col").say(name);
    let head =
        el("tr").add(el("td")).add(column(words.left)).add(column(words.right)).add(el("td"));
    let mut body = el("tbody");
    for (name, left, right) in rows {
        let differs = left != right;
        let mark = el("td").say(if differs { "≠" } else { "" });
        let row = el("tr")
            .flag("data-differs", differs)
            .add(el("th").set("scope", "row").say(name))
            .add(classed("td", "num").text(left))
            .add(classed("td", "num").text(right))
            .add(mark);
        body = body.add(row);
    }
    let table = classed("table", "figures").add(el("thead").add(head)).add(body);
    el("section").add(classed("h3", "label").say(words.figures)).add(table)
}
