//! The lines of hundreds of arrows, kept as a picture.
//!
//! Lines are what a picture of so many arrows takes longest for, and from frame to frame they stand
//! still: they only become stronger where the present has passed them, and that is as easily done
//! with a picture of them. It is as high as the canvas, and its rows go round: where the view is
//! scrolled, what is new is drawn in the place of what shows no more, and nothing is moved.

use std::cell::Cell;

use tcpscope_view::LadderScene;
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::painter::Painter;
use super::palette::Palette;
use super::pen::{Pen, rounds};
use crate::browser::document;

/// Fewer arrows are as soon drawn as moved.
const MANY: usize = 96;

/// A picture of the lines that show, of the canvas's size.
pub(super) struct Layer {
    picture: HtmlCanvasElement,
    ctx: CanvasRenderingContext2d,
    drawn: Cell<Option<Drawn>>,
}

/// What of the ladder the picture shows.
#[derive(Clone, Copy)]
struct Drawn {
    ratio: f64,
    /// In pixels of the canvas, from the ladder's top.
    top: f64,
}

impl Layer {
    /// Without a picture yet.
    pub(super) fn new() -> Option<Self> {
        let picture: HtmlCanvasElement =
            document().create_element("canvas").ok()?.dyn_into().ok()?;
        let ctx = picture.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { picture, ctx, drawn: Cell::new(None) })
    }

    /// The picture is not right any more.
    pub(super) fn forget(&self) {
        self.drawn.set(None);
    }

    /// The lines of a scene as a picture, for a canvas of `size` that has `ratio` pixels for one of
    /// the ladder's; `top` is the ladder's height at its top, on a pixel. None where there are few,
    /// or where other arrows are drawn as bands as the present moves.
    pub(super) fn picture(
        &self,
        scene: &LadderScene,
        palette: &Palette,
        size: (u32, u32),
        ratio: f64,
        top: f64,
    ) -> Option<&HtmlCanvasElement> {
        if scene.arrows.len() < MANY || !scene.densities.is_empty() {
            self.forget();
            return None;
        }
        let (wide, tall) = (f64::from(size.0), f64::from(size.1));
        if (self.picture.width(), self.picture.height()) != size {
            self.picture.set_width(size.0);
            self.picture.set_height(size.1);
            self.forget();
        }
        let now = Drawn { ratio, top: (top * ratio).round() };
        let before = self.drawn.replace(Some(now));
        let moved = before.filter(|before| same(before.ratio, ratio));
        let by = moved.map_or(tall, |before| now.top - before.top);
        // The rows that show now and did not before.
        let (start, end) = if by.abs() >= tall {
            (now.top, now.top + tall)
        } else if by > 0.0 {
            (now.top + tall - by, now.top + tall)
        } else {
            (now.top, now.top - by)
        };
        for (base, from, to) in rounds(start, end, tall) {
            self.draw(scene, palette, Drawn { ratio, top: base }, [from, to], wide);
        }
        Some(&self.picture)
    }

    /// Draws the lines of some rows, in the place of what was there.
    fn draw(
        &self,
        scene: &LadderScene,
        palette: &Palette,
        Drawn { ratio, top }: Drawn,
        [start, end]: [f64; 2],
        wide: f64,
    ) {
        let ctx = &self.ctx;
        ctx.save();
        // Only a matrix that is not finite is refused.
        let _ = ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        ctx.clear_rect(0.0, start - top, wide, end - start);
        ctx.begin_path();
        ctx.rect(0.0, start - top, wide, end - start);
        ctx.clip();
        let painter = Painter {
            pen: Pen::new(ctx, ratio, top / ratio, &palette.mono),
            palette,
            hovered: None,
            visible: start / ratio..end / ratio,
            lines: None,
            crowd: None,
        };
        painter.lines(&scene.arrows);
        ctx.restore();
    }
}

/// Whether the ladder is drawn as large as it was.
#[allow(clippy::float_cmp, reason = "the same number as before")]
fn same(a: f64, b: f64) -> bool {
    a == b
}
