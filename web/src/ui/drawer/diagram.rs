//! The diagram of the eleven states, with both endpoints on it, as SVG.

use tcpscope_sim::HostId;
use tcpscope_view::{
    Anchor, DIAGRAM_HEIGHT, DIAGRAM_WIDTH, DiagramEdge, Label, Node, Path, PathStep, Point, Token,
    state_diagram,
};

use crate::ui::element::{El, classed, el, tenths};
use crate::ui::panels::{chip, phase};
use crate::ui::picture::Picture;

/// The diagram at the present moment.
pub(super) fn diagram(picture: &Picture<'_>) -> El {
    let scene = state_diagram(picture.trace, picture.record);
    let words = &picture.messages.diagram;
    let mut svg = classed("svg", "diagram")
        .set("role", "img")
        .write("viewBox", format!("0 0 {} {}", tenths(DIAGRAM_WIDTH), tenths(DIAGRAM_HEIGHT)));
    for each in &scene.edges {
        svg = svg.add(edge(each));
    }
    for each in &scene.nodes {
        svg = svg.add(node(each));
    }
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
            .add(mark(token.host));
        let item = el("li")
            .add(key)
            .add(el("b").text(title))
            .say(" ")
            .add(chip(token.state))
            .add(classed("p", "quiet").say(about));
        legend = legend.add(item);
    }
    let words = classed("div", "diagram-words").add(el("p").say(words.help)).add(legend);
    classed("div", "diagram-sheet").add(svg.write("aria-label", said)).add(words)
}

/// An endpoint's mark: the first is a disc, the second a ring.
fn mark(host: HostId) -> El {
    let class = if host == HostId(0) { "mark mark-first" } else { "mark mark-second" };
    classed("circle", class).set("r", "5")
}

fn token_at(token: &Token, title: String) -> El {
    let (x, y) = (tenths(token.at.x), tenths(token.at.y));
    classed("g", "token")
        .write("style", format!("transform:translate({x}px,{y}px)"))
        .add(el("title").text(title))
        .add(mark(token.host))
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

/// The arrowhead at the end of a path: six pixels back, three to each side.
fn head(path: &Path) -> String {
    let before = match path.steps.last() {
        Some(PathStep::Curve(_, control, _)) => *control,
        Some(PathStep::Line(_)) | None => {
            let place = path.steps.len().checked_sub(2).and_then(|place| path.steps.get(place));
            place.map_or(path.start, PathStep::end)
        }
    };
    let end = path.end();
    let length = before.distance(end).max(0.1);
    let back = end.toward(before, 6.0 / length);
    let (dx, dy) = ((end.y - before.y) / length * 3.0, (before.x - end.x) / length * 3.0);
    let mut data = String::new();
    put(&mut data, 'M', end);
    put(&mut data, 'L', Point::new(back.x + dx, back.y + dy));
    put(&mut data, 'L', Point::new(back.x - dx, back.y - dy));
    data.push('z');
    data
}

/// A path as SVG's `d` attribute writes it.
fn path_data(path: &Path) -> String {
    let mut data = String::new();
    put(&mut data, 'M', path.start);
    for step in &path.steps {
        match *step {
            PathStep::Line(end) => put(&mut data, 'L', end),
            PathStep::Curve(a, b, end) => {
                put(&mut data, 'C', a);
                put(&mut data, ' ', b);
                put(&mut data, ' ', end);
            }
        }
    }
    data
}

#[inline(never)]
fn put(data: &mut String, letter: char, point: Point) {
    data.push(letter);
    data.push_str(&tenths(point.x));
    data.push(' ');
    data.push_str(&tenths(point.y));
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
