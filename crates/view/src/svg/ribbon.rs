//! A window's ribbon as SVG.

use tcpscope_tcp::SeqNumber;

use super::{Svg, Theme};
use crate::{Anchor, MarkKind, Point, Rect, Ribbon, SpanKind};

/// Above the octets, for the ends of the marks.
const TOP: f64 = 5.0;
const THICK: f64 = 18.0;
const ROW: f64 = 13.0;
const SIDE: f64 = 12.0;
const NAME: f64 = 10.0;

/// The ribbon as an SVG document of this width. Its numbers are counted from `base`.
#[must_use]
pub fn ribbon_svg(ribbon: &Ribbon, base: SeqNumber, width: f64, theme: Theme) -> String {
    let height = ribbon_height(ribbon) + 4.0;
    let mut svg = Svg::new("ribbon", Rect { x: 0.0, y: 0.0, width, height }, theme);
    svg.open_at("", Point::new(SIDE, 2.0));
    draw_ribbon(&mut svg, ribbon, base, width - 2.0 * SIDE);
    svg.close();
    svg.finish()
}

/// How high a ribbon is, with the names of its marks.
#[must_use]
pub fn ribbon_height(ribbon: &Ribbon) -> f64 {
    let rows = ribbon.marks.iter().map(|mark| mark.row + 1).max().unwrap_or(0);
    TOP + THICK + 6.0 + ROW * f64::from(rows)
}

/// The ribbon's marks, from the left end to the right end of this width.
pub fn draw_ribbon(svg: &mut Svg, ribbon: &Ribbon, base: SeqNumber, width: f64) {
    let x = |part: f64| part * width;
    for span in ribbon.spans.iter().chain(&ribbon.queued) {
        let (y, height) = match span.kind {
            SpanKind::Queued => (TOP + THICK - 5.0, 5.0),
            SpanKind::Acknowledged
            | SpanKind::InFlight
            | SpanKind::Sacked
            | SpanKind::Lost
            | SpanKind::Resent
            | SpanKind::Usable
            | SpanKind::NotAllowed
            | SpanKind::Read
            | SpanKind::Waiting
            | SpanKind::Missing
            | SpanKind::OutOfOrder
            | SpanKind::Window => (TOP, THICK),
        };
        let rect = Rect { x: x(span.x0), y, width: x(span.x1) - x(span.x0), height };
        svg.rect(&class_of("span", span.kind), rect, 0.0);
        if is_patterned(span.kind) {
            svg.rect(&class_of("over", span.kind), rect, 0.0);
        }
    }
    for mark in &ribbon.marks {
        let class = if mark.kind == MarkKind::Cwnd { "mark cwnd" } else { "mark" };
        let bottom = TOP + THICK + 2.0 + ROW * f64::from(mark.row);
        svg.line(class, Point::new(x(mark.x), TOP - 3.0), Point::new(x(mark.x), bottom));
    }
    // Names over lines: no line crosses a name.
    for mark in &ribbon.marks {
        let y = TOP + THICK + 8.0 + ROW * f64::from(mark.row);
        let anchor = match mark.x {
            ..0.12 => Anchor::Start,
            0.88.. => Anchor::End,
            _ => Anchor::Middle,
        };
        let mut text = mark.kind.short_name().to_owned();
        text.push(' ');
        text.push_str(&mark.seq.distance_from(base).to_string());
        if mark.beyond {
            text.push_str(" →");
        }
        svg.text("mark-name", Point::new(x(mark.x), y), anchor, NAME, &text);
    }
}

/// Whether octets of a standing are told by a pattern, too: told without their colour.
const fn is_patterned(kind: SpanKind) -> bool {
    match kind {
        SpanKind::NotAllowed
        | SpanKind::Lost
        | SpanKind::Missing
        | SpanKind::Sacked
        | SpanKind::OutOfOrder
        | SpanKind::Resent => true,
        SpanKind::Acknowledged
        | SpanKind::InFlight
        | SpanKind::Usable
        | SpanKind::Queued
        | SpanKind::Read
        | SpanKind::Waiting
        | SpanKind::Window => false,
    }
}

fn class_of(of: &str, kind: SpanKind) -> String {
    let mut class = of.to_owned();
    class.push(' ');
    class.push_str(kind.name());
    class
}
