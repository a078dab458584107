//! The queues of a listener, slot by slot.

use tcpscope_view::{End, Queue, queues};

use super::block;
use super::heading::remote_name;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::Picture;

/// As many slots are drawn of a queue.
const DRAWN: usize = 8;

/// The two queues of the host's listener, if it has one.
pub(super) fn listener_queues(picture: &Picture<'_>, end: End<'_>) -> Option<El> {
    let setup = picture.run.timeline().setup().hosts.get(end.host().index())?;
    let queues = queues(end, setup, picture.record)?;
    let words = &picture.messages.side;
    let cookies = (queues.cookies > 0).then(|| {
        let [sent, taken] = [queues.cookies, queues.cookies_taken].map(|count| count.to_string());
        classed("p", "quiet").text(words.cookies.fill([&sent, &taken]))
    });
    let place = block(words.queues)
        .add(queue(picture, &queues.syn, words.syn_queue, words.syn_queue_hint))
        .maybe(cookies)
        .add(queue(picture, &queues.accept, words.accept_queue, words.accept_queue_hint));
    Some(place)
}

fn queue(picture: &Picture<'_>, queue: &Queue, name: &'static str, hint: &'static str) -> El {
    let words = &picture.messages.side;
    let (waiting, limit) = (queue.waiting.len(), queue.limit as usize);
    let filled = words.filled.fill([&waiting.to_string(), &limit.to_string()]);
    let head = classed("div", "queue-head")
        .set("title", hint)
        .add(el("span").say(name))
        .add(classed("span", "num").text(filled));
    let mut slots = classed("ol", "slots").set("aria-label", name);
    for id in queue.waiting.iter().take(DRAWN) {
        slots = slots.add(classed("li", "slot taken").text(remote_name(picture, *id)));
    }
    for _ in waiting..limit.min(DRAWN) {
        slots = slots.add(classed("li", "slot").set("aria-hidden", "true"));
    }
    if waiting.max(limit) > DRAWN {
        slots = slots.add(classed("li", "more").set("aria-hidden", "true").say("…"));
    }
    // A segment that was dropped can be gone to.
    let dropped = queue.last_dropped.map(|record| {
        let text = words.dropped.fill([&queue.dropped.to_string()]);
        button("overflow", Command::Record(record.index())).text(text)
    });
    classed("div", "queue").flag("data-full", waiting >= limit).add(head).add(slots).maybe(dropped)
}
