//! A window's ribbon as SVG.

use super::{Svg, Theme};
use crate::{Anchor, MarkKind, Point, Ribbon};

const TOP: f64 = 8.0;
const THICK: f64 = 22.0;
const ROW: f64 = 14.0;
const SIDE: f64 = 12.0;

/// The ribbon as an SVG document of this width.
#[must_use]
pub fn ribbon_svg(ribbon: &Ribbon, width: f64, theme: Theme) -> String {
    let rows = ribbon.marks.iter().map(|mark| mark.row + 1).max().unwrap_or(0);
    let height = TOP + THICK + 8.0 + ROW * f64::from(rows);
    let mut svg = Svg::new("ribbon", 0.0, 0.0, width, height, theme);
    let x = |part: f64| SIDE + part * (width - 2.0 * SIDE);
    for span in &ribbon.spans {
        let class = format!("span {}", span.kind.name());
        svg.rect(&class, x(span.x0), TOP, x(span.x1) - x(span.x0), THICK, 0.0);
    }
    if let Some(queued) = &ribbon.queued {
        svg.rect("queued", x(queued.x0), TOP + 5.0, x(queued.x1) - x(queued.x0), THICK - 10.0, 2.0);
    }
    for mark in &ribbon.marks {
        let class = if mark.kind == MarkKind::Cwnd { "mark cwnd" } else { "mark" };
        let bottom = TOP + THICK + 4.0 + ROW * f64::from(mark.row);
        let at = x(mark.x);
        svg.line(class, Point::new(at, TOP - 3.0), Point::new(at, bottom));
        let text = format!("{} {}", mark.kind.short_name(), mark.seq);
        svg.text("mark-name", Point::new(x(mark.name_x), bottom + 4.0), Anchor::Middle, 9.5, &text);
    }
    svg.finish()
}
