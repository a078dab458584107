//! The state diagram with the way of both ends through it.

use tcpscope_view::{
    Anchor, DIAGRAM_HEIGHT, DIAGRAM_WIDTH, Point, Svg, draw_diagram, host_title, state_diagram,
};

use super::Still;
use super::sheet::Block;

/// How wide it is, if nothing else is said.
pub(super) const WIDTH: f64 = DIAGRAM_WIDTH * 1.5;

/// The diagram, with a line that says whose marks are whose.
pub(super) fn states(still: &Still<'_>, width: f64) -> Block {
    let ends = still.ends();
    let scene = state_diagram(&ends, still.present().record);
    let factor = width / DIAGRAM_WIDTH;
    let mut svg = Svg::fragment();
    svg.open_scaled("diagram", factor);
    draw_diagram(&mut svg, &scene);
    svg.close();
    let mut x = 8.0;
    let y = DIAGRAM_HEIGHT * factor + 16.0;
    for token in &scene.tokens {
        let class = if token.place == 0 { "token first" } else { "token second" };
        svg.circle(class, Point::new(x, y), 8.0);
        let letter = token.letter.to_string();
        svg.text("token-name", Point::new(x, y), Anchor::Middle, 10.0, &letter);
        let name = host_title(still.locale, &still.trace.host(token.host).name);
        let said = [&*name, ": ", token.state.name()].concat();
        svg.text("prose said", Point::new(x + 14.0, y), Anchor::Start, 13.0, &said);
        x += tcpscope_view::prose_width(&said, 13.0) + 48.0;
    }
    Block { width, height: y + 10.0, marks: svg.into_marks() }
}
