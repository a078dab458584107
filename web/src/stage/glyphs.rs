//! The glyph of each kind of segment, so that none is told by its colour alone.

use std::f64::consts::TAU;

use tcpscope_sim::PacketKind;
use tcpscope_view::Point;
use web_sys::CanvasRenderingContext2d;

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

/// Draws a kind's glyph around a point: a diamond for SYN, a disc for data, a ring for a bare ACK,
/// a square for FIN, a triangle for RST, a bar for a datagram of UDP. Fill is the colour; a ring is filled with `paper`.
pub(super) fn glyph(
    ctx: &CanvasRenderingContext2d,
    kind: PacketKind,
    at: Point,
    radius: f64,
    colour: &str,
    paper: &str,
) {
    let Point { x, y } = at;
    ctx.begin_path();
    match kind {
        PacketKind::Syn => {
            let reach = radius * 1.25;
            polygon(ctx, &[(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]);
        }
        PacketKind::Data => circle(ctx, at, radius),
        PacketKind::Udp => {
            let (wide, high) = (radius * 2.3, radius * 1.2);
            ctx.rect(x - wide / 2.0, y - high / 2.0, wide, high);
        }
        PacketKind::Ack => circle(ctx, at, radius * 0.85),
        PacketKind::Fin => {
            let side = radius * 1.8;
            ctx.rect(x - side / 2.0, y - side / 2.0, side, side);
        }
        PacketKind::Rst => {
            let reach = radius * 1.3;
            let low = y + reach * 0.75;
            polygon(ctx, &[(x, y - reach), (x + reach, low), (x - reach, low)]);
        }
    }
    if kind == PacketKind::Ack {
        ctx.set_fill_style_str(paper);
        ctx.fill();
        ctx.set_stroke_style_str(colour);
        ctx.set_line_width(1.75);
        ctx.stroke();
    } else {
        ctx.set_fill_style_str(colour);
        ctx.fill();
    }
}

/// A cross where something was lost.
pub(super) fn cross(ctx: &CanvasRenderingContext2d, at: Point, radius: f64) {
    let Point { x, y } = at;
    ctx.begin_path();
    for side in [-1.0, 1.0] {
        ctx.move_to(x - radius, y - radius * side);
        ctx.line_to(x + radius, y + radius * side);
    }
    ctx.stroke();
}

/// A zigzag across an arrow, where it is damaged. `aside` is a pixel to the arrow's side.
pub(super) fn crack(
    ctx: &CanvasRenderingContext2d,
    at: Point,
    aside: Point,
    colour: &str,
    width: f64,
) {
    ctx.begin_path();
    for (place, (along, side)) in
        [(2.5, -7.0), (-2.0, -1.5), (2.0, 1.5), (-2.5, 7.0)].into_iter().enumerate()
    {
        let x = at.x + along * aside.y + side * aside.x;
        let y = at.y - along * aside.x + side * aside.y;
        if place == 0 {
            ctx.move_to(x, y);
        } else {
            ctx.line_to(x, y);
        }
    }
    ctx.set_stroke_style_str(colour);
    ctx.set_line_width(width);
    ctx.stroke();
}

/// A mask around the beginning of a segment that poses as another host's: a ring, crossed.
pub(super) fn mask(ctx: &CanvasRenderingContext2d, at: Point, radius: f64, colour: &str) {
    ctx.set_stroke_style_str(colour);
    ctx.set_line_width(1.5);
    ctx.begin_path();
    circle(ctx, at, radius);
    ctx.move_to(at.x - radius * 1.5, at.y);
    ctx.line_to(at.x + radius * 1.5, at.y);
    ctx.stroke();
}

fn circle(ctx: &CanvasRenderingContext2d, at: Point, radius: f64) {
    // Only a negative radius is refused.
    let _ = ctx.arc(at.x, at.y, radius, 0.0, TAU);
}

fn polygon(ctx: &CanvasRenderingContext2d, corners: &[(f64, f64)]) {
    for (place, (x, y)) in corners.iter().enumerate() {
        if place == 0 {
            ctx.move_to(*x, *y);
        } else {
            ctx.line_to(*x, *y);
        }
    }
    ctx.close_path();
}
