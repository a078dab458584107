//! The timers that run, as arcs that run out.

use tcpscope_view::{End, TimerRow, duration_text, timers};

use super::block;
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// The timers of one end.
pub(super) fn timer_list(picture: &Picture<'_>, end: End<'_>) -> El {
    let words = &picture.messages.timer;
    let running = timers(end, picture.moment);
    if picture.session.withholds_timers() {
        return block(words.label)
            .add(classed("p", "quiet timers-none").say(picture.messages.asking.withheld));
    }
    if running.is_empty() {
        return block(words.label).add(classed("p", "quiet timers-none").say(words.none));
    }
    let mut list = classed("ul", "timers");
    for timer in &running {
        list = list.add(row(picture, timer));
    }
    block(words.label).add(list)
}

fn row(picture: &Picture<'_>, timer: &TimerRow) -> El {
    let words = &picture.messages.timer;
    let (name, hint) = (words.name(timer.timer), words.hint(timer.timer));
    // A thousand all around.
    let rest = 1000_u16.saturating_sub(timer.elapsed_permille);
    let circle = |class| classed("circle", class).set("cx", "8").set("cy", "8").set("r", "6");
    let arc = circle("arc")
        .set("pathLength", "1000")
        .set("transform", "rotate(-90 8 8)")
        .write("stroke-dasharray", format!("{rest} 1000"));
    let svg = el("svg").set("viewBox", "0 0 16 16").set("aria-hidden", "true");
    let left = words.left.fill([&duration_text(timer.remaining)]);
    el("li")
        .set("title", hint)
        .add(svg.add(circle("arc-rest")).add(arc))
        .add(el("span").say(name))
        .add(classed("span", "num").text(left))
}
