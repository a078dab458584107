//! The glyph of each kind of segment, so that none is told by its colour alone.

use tcpscope_sim::PacketKind;
use tcpscope_view::Point;

use super::pen::Pen;

/// The kinds, in the order in which they are drawn.
pub(super) const KINDS: [PacketKind; 6] = [
    PacketKind::Ack,
    PacketKind::Data,
    PacketKind::Udp,
    PacketKind::Syn,
    PacketKind::Fin,
    PacketKind::Rst,
];

/// How a kind of segment is drawn besides its hue.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// The width of its line.
    pub(super) width: f64,
    /// Drawn twice, side by side.
    pub(super) double: bool,
    /// Drawn in dots, also where nothing is repeated.
    pub(super) dash: &'static [f64],
}

/// The line of a kind: bare ACKs are thin, a FIN's line is double, as that of a drawn border is, a
/// datagram's is dotted.
pub(super) const fn style(kind: PacketKind) -> Style {
    match kind {
        PacketKind::Syn => Style { width: 2.0, double: false, dash: &[] },
        PacketKind::Data => Style { width: 1.75, double: false, dash: &[] },
        PacketKind::Fin => Style { width: 1.25, double: true, dash: &[] },
        PacketKind::Ack => Style { width: 1.0, double: false, dash: &[] },
        PacketKind::Rst => Style { width: 2.5, double: false, dash: &[] },
        PacketKind::Udp => Style { width: 2.0, double: false, dash: &[2.0, 3.0] },
    }
}

/// How wide the ring of a bare ACK is.
const RING: f64 = 1.75;
/// Of a glyph's radius, that of an ACK's ring.
const RING_RADIUS: f64 = 0.85;

/// Draws a kind's glyph around a point: a diamond for SYN, a disc for data, a ring for a bare ACK,
/// a square for FIN, a triangle for RST, a bar for a datagram of UDP. A ring is filled with `paper`.
pub(super) fn glyph<'a>(
    pen: &Pen<'a>,
    kind: PacketKind,
    at: Point,
    radius: f64,
    colour: &'a str,
    paper: &'a str,
) {
    glyphs(pen, kind, || std::iter::once(at), radius, colour, paper);
}

/// Draws the glyphs of a kind around several points, as one shape.
pub(super) fn glyphs<'a, I: Iterator<Item = Point>>(
    pen: &Pen<'a>,
    kind: PacketKind,
    points: impl Fn() -> I,
    radius: f64,
    colour: &'a str,
    paper: &'a str,
) {
    pen.filled(colour);
    pen.ctx.begin_path();
    points().for_each(|at| outline(pen, kind, at, radius));
    pen.ctx.fill();
    let hole = RING_RADIUS * radius - RING / 2.0;
    if kind == PacketKind::Ack && hole > 0.0 && colour != paper {
        // To fill two discs is faster than to draw a circle's line.
        pen.filled(paper);
        pen.ctx.begin_path();
        points().for_each(|at| pen.add_circle(at, hole));
        pen.ctx.fill();
    }
}

/// Adds the outline of a glyph to what is to be filled.
fn outline(pen: &Pen<'_>, kind: PacketKind, at: Point, radius: f64) {
    let Point { x, y } = at;
    let rect = |wide: f64, high: f64| pen.ctx.rect(x - wide / 2.0, y - high / 2.0, wide, high);
    match kind {
        PacketKind::Syn => {
            let reach = radius * 1.25;
            let corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)];
            pen.add_polygon(&corners.map(|(dx, dy)| Point::new(x + dx, y + dy)));
        }
        PacketKind::Data => pen.add_circle(at, radius),
        PacketKind::Udp => rect(radius * 2.3, radius * 1.2),
        PacketKind::Ack => pen.add_circle(at, RING_RADIUS * radius + RING / 2.0),
        PacketKind::Fin => rect(radius * 1.8, radius * 1.8),
        PacketKind::Rst => {
            let reach = radius * 1.3;
            let corners = [(0.0, -reach), (reach, reach * 0.75), (-reach, reach * 0.75)];
            pen.add_polygon(&corners.map(|(dx, dy)| Point::new(x + dx, y + dy)));
        }
    }
}

/// A cross where something was lost.
pub(super) fn cross(pen: &Pen<'_>, at: Point, radius: f64) {
    let Point { x, y } = at;
    pen.ctx.begin_path();
    for side in [-1.0, 1.0] {
        let up = radius * side;
        pen.add([Point::new(x - radius, y - up), Point::new(x + radius, y + up)]);
    }
    pen.ctx.stroke();
}

/// A zigzag across an arrow, where it is damaged. `aside` is a pixel to the arrow's side.
pub(super) fn crack<'a>(pen: &Pen<'a>, at: Point, aside: Point, colour: &'a str, width: f64) {
    pen.stroked(colour, width);
    pen.ctx.begin_path();
    for (place, (along, side)) in
        [(2.5, -7.0), (-2.0, -1.5), (2.0, 1.5), (-2.5, 7.0)].into_iter().enumerate()
    {
        let x = at.x + along * aside.y + side * aside.x;
        let y = at.y - along * aside.x + side * aside.y;
        if place == 0 {
            pen.ctx.move_to(x, y);
        } else {
            pen.ctx.line_to(x, y);
        }
    }
    pen.ctx.stroke();
}

/// A mask around the beginning of a segment that poses as another host's: a ring, crossed.
pub(super) fn mask<'a>(pen: &Pen<'a>, at: Point, radius: f64, colour: &'a str) {
    pen.stroked(colour, 1.5);
    pen.ctx.begin_path();
    pen.add_circle(at, radius);
    let reach = radius * 1.5;
    pen.add([Point::new(at.x - reach, at.y), Point::new(at.x + reach, at.y)]);
    pen.ctx.stroke();
}
