//! The diagram of the eleven states, with both endpoints on it, as SVG.

use tcpscope_view::{
    Anchor, DIAGRAM_HEIGHT, DIAGRAM_WIDTH, DiagramEdge, DiagramScene, Label, Node, ORDER_RADIUS,
    Order, Token, state_diagram,
};

use crate::ui::element::{El, classed, el, tenths};
use crate::ui::lines::{head, path_data};
use crate::ui::panels::{chip, phase};
use crate::ui::picture::Picture;

/// The diagram at the present moment.
pub(super) fn diagram(picture: &Picture<'_>) -> El {
    let scene = state_diagram(&picture.ends, picture.record);
    let words = &picture.messages.diagram;
    let mut svg = figure(&scene);
    let mut said = words.label.to_owned();
    let mut legend = el("ul");
    for token in &scene.tokens {
        let title = picture.title(token.host);
        said.push_str(". ");
        said.push_str(&picture.messages.endpoint.state_is.fill([&title, token.state.name()]));
        svg = svg.add(token_at(token, title.clone()));
        let about = picture.messages.state.about(token.state);
        let key = classed("svg", "token-key")
            .set("viewBox", "-8 -8 16 16")
            .set("aria-hidden", "true")
            .add(mark(token.place));
        let item = el("li")
            .add(key)
            .add(el("b").text(title))
            .say(" ")
            .add(chip(token.state))
            .add(classed("p", "quiet").say(about))
            .add(journey(picture, &scene, token.place));
        legend = legend.add(item);
    }
    let words = classed("div", "diagram-words").add(el("p").say(words.help)).add(legend);
    classed("div", "diagram-sheet").add(svg.write("aria-label", said)).add(words)
}

/// States and ways, without those who take them.
pub(in crate::ui) fn figure(scene: &DiagramScene) -> El {
    let mut svg = classed("svg", "diagram")
        .set("role", "img")
        .write("viewBox", format!("0 0 {} {}", tenths(DIAGRAM_WIDTH), tenths(DIAGRAM_HEIGHT)));
    for each in &scene.edges {
        svg = svg.add(edge(each));
    }
    for each in &scene.order {
        svg = svg.add(order(each));
    }
    for each in &scene.nodes {
        svg = svg.add(node(each));
    }
    svg
}

/// The ways that an end has taken, one after another, the last of them marked.
fn journey(picture: &Picture<'_>, scene: &DiagramScene, place: usize) -> El {
    let words = &picture.messages.side;
    let ways = scene.journeys.get(place).map_or(&[][..], Vec::as_slice);
    if ways.is_empty() {
        return classed("p", "quiet").say(words.no_way);
    }
    let mut list = classed("ol", "journey").set("aria-label", words.way);
    for (index, edge) in ways.iter().enumerate() {
        let action = if edge.action.is_empty() { words.without_action } else { edge.action };
        let item = el("li")
            .flag("data-now", index + 1 == ways.len())
            .add(classed("span", "num").say(edge.from.name()).say(" → ").say(edge.to.name()))
            .say(" ")
            .add(classed("span", "edge-words").add(el("b").say(edge.event)).say(" / ").say(action));
        list = list.add(item);
    }
    list
}

/// The number of a way: as which one an end took it. The second end's is in a ring.
fn order(order: &Order) -> El {
    let class = if order.place == 0 { "order order-first" } else { "order order-second" };
    let disc = el("circle").px("cx", order.at.x).px("cy", order.at.y).px("r", ORDER_RADIUS);
    let number = el("text").px("x", order.at.x).px("y", order.at.y).text(order.number.to_string());
    classed("g", class).add(disc).add(number)
}

/// An endpoint's mark: the first is a disc, the second a ring.
fn mark(place: usize) -> El {
    let class = if place == 0 { "mark mark-first" } else { "mark mark-second" };
    classed("circle", class).set("r", "5")
}

fn token_at(token: &Token, title: String) -> El {
    let (x, y) = (tenths(token.at.x), tenths(token.at.y));
    classed("g", "token")
        .write("style", format!("transform:translate({x}px,{y}px)"))
        .add(el("title").text(title))
        .add(mark(token.place))
}

fn edge(edge: &DiagramEdge) -> El {
    let mut group = classed("g", "edge")
        .flag("data-noted", !edge.edge.in_figure)
        .flag("data-passed", !edge.taken.is_empty())
        .flag("data-now", !edge.last.is_empty())
        .add(classed("path", "way").write("d", path_data(&edge.path)))
        .add(classed("path", "head").write("d", head(&edge.path)));
    for label in &edge.events {
        group = group.add(text(label, "edge-label"));
    }
    for label in &edge.actions {
        group = group.add(text(label, "edge-label action"));
    }
    group
}

fn node(node: &Node) -> El {
    let rect = el("rect")
        .px("x", node.rect.x)
        .px("y", node.rect.y)
        .px("width", node.rect.width)
        .px("height", node.rect.height)
        .set("rx", "4");
    classed("g", "state")
        .set("data-phase", phase(node.state))
        .flag("data-passed", !node.visited.is_empty())
        .flag("data-now", !node.here.is_empty())
        .add(rect)
        .add(text(&node.name, "state-name"))
}

/// A line of text where the scene wants it.
fn text(label: &Label, class: &'static str) -> El {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    classed("text", class)
        .px("x", label.at.x)
        .px("y", label.at.y)
        .px("font-size", label.size)
        .set("text-anchor", anchor)
        .text(label.text.clone())
}
