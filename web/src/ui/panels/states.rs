//! The way through the states, as a small diagram.

use tcpscope_sim::RecordKind;
use tcpscope_tcp::Flags;
use tcpscope_view::{
    End, SMALL_HEIGHT, SMALL_WIDTH, SmallDiagram, SmallNode, SmallWay, describe, small_diagram,
};

use super::phase;
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::lines::{head, path_data};
use crate::ui::picture::Picture;

/// The states, the ways taken, and the last of them in words.
pub(super) fn states(picture: &Picture<'_>, end: End<'_>) -> El {
    let words = &picture.messages.side;
    let scene = small_diagram(end, picture.record);
    let size = format!("0 0 {} {}", tenths(SMALL_WIDTH), tenths(SMALL_HEIGHT));
    let mut svg = classed("svg", "small-states").set("role", "img").write("viewBox", size);
    // What was taken lies over what was not, and the last over all.
    for (taken, last) in [(false, false), (true, false), (true, true)] {
        for each in scene.ways.iter().filter(|way| (way.taken, way.last) == (taken, last)) {
            svg = svg.add(way(each));
        }
    }
    for each in &scene.nodes {
        svg = svg.add(node(each));
    }
    let label = said(&scene, words.way);
    classed("figure", "block states-block")
        .add(svg.write("aria-label", label))
        .add(caption(picture, end, &scene))
}

/// The last change of state: from where to where, and what brought it about, as Figure 5 writes it; or
/// in words, where that is something for which the figure has no way.
fn caption(picture: &Picture<'_>, end: End<'_>, scene: &SmallDiagram) -> El {
    let words = &picture.messages.side;
    let place = classed("figcaption", "last-way");
    let Some(edge) = scene.journey.last() else {
        return place.add(classed("span", "quiet").say(words.no_way));
    };
    let action = if edge.action.is_empty() { words.without_action } else { edge.action };
    place
        .add(classed("span", "sr").say(words.last_way).say(": "))
        .add(classed("span", "num").say(edge.from.name()).say(" → ").say(edge.to.name()))
        .add(match otherwise(picture, end, edge.event) {
            Some(told) => classed("span", "edge-words").text(told),
            None => {
                classed("span", "edge-words").add(el("b").say(edge.event)).say(" / ").say(action)
            }
        })
}

/// What brought the last change about, where it is not what the figure has on this way: a timer that ran
/// out, a call, a RST, or a crash.
fn otherwise(picture: &Picture<'_>, end: End<'_>, event: &str) -> Option<String> {
    let trace = end.trace();
    let (change, _) = *end.states(picture.record).last()?;
    let cause = trace.record(trace.record(change).cause?);
    let differs = match cause.kind {
        RecordKind::Timer { .. } => !event.contains("timeout"),
        RecordKind::Call { .. } => event.starts_with("rcv"),
        RecordKind::Arrive { packet, .. } => {
            let resets = trace.packet(packet).segment.flags.contains(Flags::RST);
            resets != event.contains("RST")
        }
        // A host that crashed.
        RecordKind::Act(_) => true,
        RecordKind::Transmit { .. }
        | RecordKind::Lost { .. }
        | RecordKind::Transition { .. }
        | RecordKind::Deliver { .. }
        | RecordKind::Notify(_)
        | RecordKind::Impaired { .. }
        | RecordKind::Copy { .. }
        | RecordKind::LinkChanged { .. }
        | RecordKind::Intervention { .. }
        | RecordKind::Icmp { .. }
        | RecordKind::ReassemblyTimeout { .. } => false,
    };
    differs.then(|| describe(picture.locale, trace, cause.id, picture.numbers))
}

fn said(scene: &SmallDiagram, title: &str) -> String {
    let mut said = title.to_owned();
    said.push_str(": CLOSED");
    for edge in &scene.journey {
        said.push_str(" → ");
        said.push_str(edge.to.name());
    }
    said
}

fn way(way: &SmallWay) -> El {
    classed("g", "edge")
        .flag("data-noted", !way.edge.in_figure)
        .flag("data-passed", way.taken)
        .flag("data-now", way.last)
        .add(classed("path", "way").write("d", path_data(&way.path)))
        .add(classed("path", "head").write("d", head(&way.path)))
}

fn node(node: &SmallNode) -> El {
    let rect = el("rect")
        .px("x", node.rect.x)
        .px("y", node.rect.y)
        .px("width", node.rect.width)
        .px("height", node.rect.height)
        .set("rx", "3");
    let name = classed("text", "state-name")
        .px("x", node.rect.x + node.rect.width / 2.0)
        .px("y", node.rect.y + node.rect.height / 2.0)
        .say(node.state.name());
    classed("g", "state")
        .set("data-phase", phase(node.state))
        .flag("data-passed", node.visited)
        .flag("data-now", node.here)
        .add(rect)
        .add(name)
}
