//! Dots of many packets under way: each is a stamp of its kind's glyph, and tails that lie side by side
//! are one band. To fill hundreds of circles in the same rows takes longer than all else.

use std::cell::Cell;

use tcpscope_view::{Dot, Point};
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::glyphs::{KINDS, glyph};
use super::palette::Palette;
use super::pen::Pen;
use crate::browser::document;

/// Fewer are drawn one by one.
pub(super) const MANY: usize = 24;
/// The side of a stamp, in the ladder's pixels.
const SIDE: f64 = 24.0;
/// Half of a tail's width.
const HALF: f64 = 3.0;

/// A stamp for each kind, side by side.
pub(super) struct Crowd {
    stamps: HtmlCanvasElement,
    ctx: CanvasRenderingContext2d,
    /// How many pixels they have for one of the ladder's.
    ratio: Cell<f64>,
}

impl Crowd {
    /// Without stamps yet.
    pub(super) fn new() -> Option<Self> {
        let stamps: HtmlCanvasElement =
            document().create_element("canvas").ok()?.dyn_into().ok()?;
        let ctx = stamps.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { stamps, ctx, ratio: Cell::new(0.0) })
    }

    /// The colours are others.
    pub(super) fn forget(&self) {
        self.ratio.set(0.0);
    }

    /// The stamps, each as wide as they are high, in the order of [`KINDS`].
    #[allow(clippy::float_cmp, reason = "the same number as before")]
    pub(super) fn stamps(&self, palette: &Palette, ratio: f64) -> &HtmlCanvasElement {
        if self.ratio.replace(ratio) != ratio {
            let side = super::canvas::pixels(SIDE * ratio);
            // This clears it too.
            self.stamps.set_width(side * 6);
            self.stamps.set_height(side);
            let pen = Pen::new(&self.ctx, ratio, 0.0, &palette.mono);
            let middle = f64::from(side) / ratio / 2.0;
            let mut at = Point::new(middle, middle);
            for kind in KINDS {
                glyph(&pen, kind, at, 7.25, &palette.surface, &palette.surface);
                glyph(&pen, kind, at, 5.5, palette.kind(kind), &palette.surface);
                at.x += 2.0 * middle;
            }
        }
        &self.stamps
    }
}

/// The tails of dots: those that touch, as one, by its corners.
pub(super) fn bands(dots: &[&Dot]) -> Vec<[Point; 4]> {
    let mut bands: Vec<[Point; 4]> = Vec::new();
    for right in [false, true] {
        // Who left later is behind.
        let back = if right { -1.0 } else { 1.0 };
        let first = bands.len();
        for dot in dots.iter().filter(|dot| (dot.tail.x < dot.at.x) == right) {
            let Dot { tail, at, .. } = **dot;
            let long = tail.distance(at);
            let half = back * HALF * long / (at.y - tail.y).abs().max(long / 4.0).max(0.1);
            let aside = |point: Point, by: f64| Point::new(point.x + by, point.y);
            let own = [aside(tail, -half), aside(at, -half), aside(at, half), aside(tail, half)];
            let behind = |a: Point, b: Point| (a.x - b.x) * back >= 0.0;
            match bands[first..].last_mut() {
                Some([_, before, head, end])
                    if behind(*head, own[1])
                        && behind(*end, own[0])
                        && behind(own[1], *before)
                        && (head.y - at.y).abs() < 1.0
                        // Who has only just left has a short tail, and would make a wedge of all.
                        && (end.y - tail.y).abs() < 1.0 =>
                {
                    [*head, *end] = [own[2], own[3]];
                }
                Some(_) | None => bands.push(own),
            }
        }
    }
    bands
}

#[cfg(test)]
mod tests {
    use tcpscope_sim::{PacketIndex, PacketKind};

    use super::*;

    fn dot(x: f64, back: f64) -> Dot {
        let (tail, at) = (Point::new(x + back, 100.0 - back.abs()), Point::new(x, 100.0));
        Dot { packet: PacketIndex(0), kind: PacketKind::Data, retransmission: false, tail, at }
    }

    #[test]
    fn tails_that_touch_are_one_band_and_others_stand_alone() {
        let cases: [(&[(f64, f64)], usize); 5] = [
            (&[(100.0, -10.0), (96.0, -10.0), (92.0, -10.0)], 1),
            (&[(100.0, -10.0), (80.0, -10.0), (77.0, -10.0)], 2),
            // The last has only just left.
            (&[(100.0, -10.0), (96.0, -10.0), (92.0, -2.0)], 2),
            // One goes on, the other comes back.
            (&[(100.0, -10.0), (96.0, 10.0)], 2),
            // The later one has overtaken the other.
            (&[(100.0, -10.0), (110.0, -10.0)], 2),
        ];
        for (dots, expected) in cases {
            let dots: Vec<_> = dots.iter().map(|(x, back)| dot(*x, *back)).collect();
            let found = bands(&dots.iter().collect::<Vec<_>>());
            assert_eq!(found.len(), expected, "{found:?}");
        }
    }

    #[test]
    fn a_band_reaches_from_the_first_tail_to_the_last() {
        let dots = [dot(100.0, -10.0), dot(96.0, -10.0)];
        let [[tail, at, last, end]] = bands(&[&dots[0], &dots[1]])[..] else { panic!("one band") };
        assert!(tail.x > 90.0 && at.x > 100.0 && last.x < 96.0 && end.x < 86.0);
    }
}
