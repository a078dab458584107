//! The state diagram as SVG.

use super::{Svg, Theme};
use crate::{Anchor, DIAGRAM_HEIGHT, DIAGRAM_WIDTH, DiagramScene, ORDER_RADIUS, Rect};

/// The diagram as an SVG document.
#[must_use]
pub fn diagram_svg(scene: &DiagramScene, theme: Theme) -> String {
    let shown = Rect { x: 0.0, y: 0.0, width: DIAGRAM_WIDTH, height: DIAGRAM_HEIGHT };
    let mut svg = Svg::new("diagram", shown, theme);
    draw_diagram(&mut svg, scene);
    svg.finish()
}

/// The diagram's marks, in a box of [`DIAGRAM_WIDTH`] by [`DIAGRAM_HEIGHT`].
pub fn draw_diagram(svg: &mut Svg, scene: &DiagramScene) {
    for edge in &scene.edges {
        let noted = if edge.edge.in_figure { "" } else { " noted" };
        let taken = match (edge.last.is_empty(), edge.taken.is_empty()) {
            (false, _) => " last",
            (true, false) => " taken",
            (true, true) => "",
        };
        svg.path(&format!("edge{noted}{taken}"), &edge.path);
        svg.head(&format!("edge-head{taken}"), edge.path.end(), edge.end_angle, 7.0);
    }
    for edge in &scene.edges {
        edge.events.iter().for_each(|event| svg.label("edge-event", event));
        edge.actions.iter().for_each(|action| svg.label("edge-action", action));
    }
    for node in &scene.nodes {
        let class = match (node.here.is_empty(), node.visited.is_empty()) {
            (false, _) => "node here",
            (true, false) => "node visited",
            (true, true) => "node",
        };
        svg.rect(class, node.rect, 6.0);
        svg.label("node-name", &node.name);
    }
    for order in &scene.order {
        svg.circle("order", order.at, ORDER_RADIUS);
        svg.text("order-number", order.at, Anchor::Middle, 8.5, &order.number.to_string());
    }
    for token in &scene.tokens {
        let class = if token.place == 0 { "token first" } else { "token second" };
        svg.circle(class, token.at, 7.0);
        svg.text("token-name", token.at, Anchor::Middle, 9.0, &token.letter.to_string());
    }
}
