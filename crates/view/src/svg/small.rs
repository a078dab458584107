//! The small state diagram of an endpoint as SVG.

use super::{Svg, ladder};
use crate::{Anchor, Path, PathStep, Point, SmallDiagram};

/// The diagram's marks, in a box of [`SMALL_WIDTH`](crate::SMALL_WIDTH) by
/// [`SMALL_HEIGHT`](crate::SMALL_HEIGHT).
pub fn draw_small_diagram(svg: &mut Svg, scene: &SmallDiagram) {
    // What was taken lies over what was not, and the last over all.
    for (taken, last, class) in
        [(false, false, ""), (true, false, " taken"), (true, true, " taken last")]
    {
        for way in scene.ways.iter().filter(|way| (way.taken, way.last) == (taken, last)) {
            let noted = if way.edge.in_figure { "" } else { " noted" };
            svg.path(&["edge", noted, class].concat(), &way.path);
            let (end, angle) = (way.path.end(), end_angle(&way.path));
            svg.head(&["edge-head", class].concat(), end, angle, 5.5);
        }
    }
    for node in &scene.nodes {
        let tint = if node.visited { ladder::phase(node.state) } else { "not-visited" };
        let here = if node.here { " here" } else { "" };
        svg.rect(&["small-node ", tint, here].concat(), node.rect, 3.0);
        let class = if node.visited { "node-name" } else { "node-name not-visited" };
        svg.text(class, node.rect.center(), Anchor::Middle, 9.0, node.state.name());
    }
}

/// The direction in which a path ends.
fn end_angle(path: &Path) -> f64 {
    let end = path.end();
    let before = match path.steps.last() {
        Some(PathStep::Curve(_, control, _)) => *control,
        Some(PathStep::Line(_)) | None => {
            let place = path.steps.len().checked_sub(2).and_then(|place| path.steps.get(place));
            place.map_or(path.start, PathStep::end)
        }
    };
    let way = Point::new(end.x - before.x, end.y - before.y);
    way.y.atan2(way.x)
}
