//! A canvas that is told only what it does not know yet: to set a style costs more than to draw a
//! line with it, and most of what is drawn looks like what was drawn before.

use std::cell::Cell;
use std::f64::consts::TAU;
use std::ops::Range;

use js_sys::Array;
use tcpscope_view::{Anchor, Label, Path, PathStep, Point};
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::ui::tenths;

/// What draws one picture. The styles that it has set hold until it sets others; nobody else sets
/// any meanwhile.
pub(super) struct Pen<'a> {
    pub(super) ctx: &'a CanvasRenderingContext2d,
    /// How many pixels of the canvas one of the picture's takes.
    ratio: f64,
    /// What of the picture is at the top of the canvas.
    top: f64,
    mono: &'a str,
    fill: Cell<&'a str>,
    stroke: Cell<&'a str>,
    width: Cell<f64>,
    alpha: Cell<f64>,
    dash: Cell<&'static [f64]>,
    /// The size of the type, and whether it is bold.
    font: Cell<(f64, bool)>,
    anchor: Cell<Option<Anchor>>,
}

impl<'a> Pen<'a> {
    /// A pen for a new picture: nothing is known of the canvas.
    pub(super) fn new(
        ctx: &'a CanvasRenderingContext2d,
        ratio: f64,
        top: f64,
        mono: &'a str,
    ) -> Self {
        let pen = Self {
            ctx,
            ratio,
            top,
            mono,
            fill: Cell::new(""),
            stroke: Cell::new(""),
            width: Cell::new(f64::NAN),
            alpha: Cell::new(f64::NAN),
            dash: Cell::new(&[f64::NAN]),
            font: Cell::new((f64::NAN, false)),
            anchor: Cell::new(None),
        };
        pen.level();
        pen.dash(&[]);
        ctx.set_text_baseline("middle");
        ctx.set_line_join("round");
        ctx.set_line_cap("butt");
        pen
    }

    /// Fills with a colour from now on.
    pub(super) fn filled(&self, colour: &'a str) {
        if self.fill.replace(colour) != colour {
            self.ctx.set_fill_style_str(colour);
        }
    }

    /// Draws lines so from now on.
    pub(super) fn stroked(&self, colour: &'a str, width: f64) {
        if self.stroke.replace(colour) != colour {
            self.ctx.set_stroke_style_str(colour);
        }
        if is_new(&self.width, width) {
            self.ctx.set_line_width(width);
        }
    }

    /// Draws with so much of its strength from now on.
    pub(super) fn alpha(&self, alpha: f64) {
        if is_new(&self.alpha, alpha) {
            self.ctx.set_global_alpha(alpha);
        }
    }

    /// Draws lines dashed so from now on.
    pub(super) fn dash(&self, lengths: &'static [f64]) {
        if self.dash.replace(lengths) != lengths {
            let lengths: Array = lengths.iter().map(|length| JsValue::from_f64(*length)).collect();
            // Only negative lengths are refused.
            let _ = self.ctx.set_line_dash(&lengths);
        }
    }

    /// Sets the type.
    pub(super) fn font(&self, size: f64, bold: bool, anchor: Anchor) {
        if self.font.replace((size, bold)) != (size, bold) {
            let mut font = String::from(if bold { "600 " } else { "" });
            font.push_str(&tenths(size));
            font.push_str("px ");
            font.push_str(self.mono);
            self.ctx.set_font(&font);
        }
        if self.anchor.replace(Some(anchor)) != Some(anchor) {
            self.ctx.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
        }
    }

    /// Adds a line to what is to be drawn.
    pub(super) fn add(&self, [from, to]: [Point; 2]) {
        self.ctx.move_to(from.x, from.y);
        self.ctx.line_to(to.x, to.y);
    }

    /// Adds a circle to what is to be drawn.
    pub(super) fn add_circle(&self, at: Point, radius: f64) {
        self.ctx.move_to(at.x + radius, at.y);
        // Only a negative radius is refused.
        let _ = self.ctx.arc(at.x, at.y, radius, 0.0, TAU);
    }

    /// Adds a shape with straight sides to what is to be drawn.
    pub(super) fn add_polygon(&self, corners: &[Point]) {
        for (place, corner) in corners.iter().enumerate() {
            if place == 0 {
                self.ctx.move_to(corner.x, corner.y);
            } else {
                self.ctx.line_to(corner.x, corner.y);
            }
        }
        self.ctx.close_path();
    }

    /// Draws a line.
    pub(super) fn line(&self, from: Point, to: Point) {
        self.ctx.begin_path();
        self.add([from, to]);
        self.ctx.stroke();
    }

    /// Draws a path.
    pub(super) fn path(&self, path: &Path) {
        self.path_within(path, &(f64::NEG_INFINITY..f64::INFINITY));
    }

    /// Draws a path that goes down, as far as these heights show it: a dash takes its time also
    /// where nobody sees it. Dashes stay where they are.
    pub(super) fn path_within(&self, path: &Path, heights: &Range<f64>) {
        let period: f64 = self.dash.get().iter().sum();
        self.ctx.begin_path();
        let mut at = path.start;
        self.ctx.move_to(at.x, at.y);
        for step in &path.steps {
            match *step {
                PathStep::Line(to) => {
                    if at.y > heights.end {
                        break;
                    }
                    let above = heights.start - at.y;
                    if above > period && at.y < to.y {
                        let part = (above / period.max(1.0)).floor() * period.max(1.0);
                        let from = at.toward(to, (part / (to.y - at.y)).min(1.0));
                        self.ctx.move_to(from.x, from.y);
                    }
                    if to.y > heights.end {
                        let shown = at.toward(to, (heights.end - at.y) / (to.y - at.y));
                        self.ctx.line_to(shown.x, shown.y);
                        break;
                    }
                    self.ctx.line_to(to.x, to.y);
                    at = to;
                }
                PathStep::Curve(a, b, to) => {
                    self.ctx.bezier_curve_to(a.x, a.y, b.x, b.y, to.x, to.y);
                    at = to;
                }
            }
        }
        self.ctx.stroke();
    }

    /// Draws a circle's line.
    pub(super) fn ring(&self, at: Point, radius: f64, colour: &'a str, width: f64) {
        self.stroked(colour, width);
        self.ctx.begin_path();
        self.add_circle(at, radius);
        self.ctx.stroke();
    }

    /// Fills a circle.
    pub(super) fn disc(&self, at: Point, radius: f64, colour: &'a str) {
        self.filled(colour);
        self.ctx.begin_path();
        self.add_circle(at, radius);
        self.ctx.fill();
    }

    /// Fills a shape with straight sides.
    pub(super) fn polygon(&self, corners: &[Point], colour: &'a str) {
        self.filled(colour);
        self.ctx.begin_path();
        self.add_polygon(corners);
        self.ctx.fill();
    }

    /// Writes a label, with a halo of `paper`: so that text is read across lines.
    pub(super) fn text(&self, label: &Label, colour: &'a str, paper: &'a str, bold: bool) {
        self.font(label.size, bold, label.anchor);
        self.stroked(paper, 3.5);
        self.filled(colour);
        let turned = label.angle != 0.0;
        let Point { x, y } = if turned { self.turn(label) } else { label.at };
        // Numbers that are not finite are ignored, and a label has none.
        let _ = self.ctx.stroke_text(&label.text, x, y);
        let _ = self.ctx.fill_text(&label.text, x, y);
        if turned {
            self.level();
        }
    }

    /// Draws what a picture of the canvas's size has above a height, or below it. Its rows are those
    /// of the ladder, one after another; where they end they begin again.
    pub(super) fn part(&self, picture: &HtmlCanvasElement, y: f64, above: bool) {
        let (wide, tall) = (f64::from(picture.width()), f64::from(picture.height()));
        let top = (self.top * self.ratio).round();
        let cut = between((y * self.ratio).round(), top, top + tall);
        let (start, end) = if above { (top, cut) } else { (cut, top + tall) };
        // Only a matrix that is not finite is refused.
        let _ = self.ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let draw = CanvasRenderingContext2d::draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh;
        for (base, from, to) in rounds(start, end, tall) {
            let (row, high) = (from - base, to - from);
            // Refused only where the picture is empty.
            let _ = draw(self.ctx, picture, 0.0, row, wide, high, 0.0, from - top, wide, high);
        }
        self.level();
    }

    /// Stamps one of a row of pictures on some points, each on whole pixels.
    pub(super) fn stamp(
        &self,
        row: &HtmlCanvasElement,
        place: usize,
        points: impl Iterator<Item = Point>,
    ) {
        let side = f64::from(row.height());
        #[allow(clippy::cast_precision_loss, reason = "a row has a few")]
        let from = place as f64 * side;
        // Only a matrix that is not finite is refused, and a row is never empty.
        let _ = self.ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let draw = CanvasRenderingContext2d::draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh;
        for at in points {
            let x = (at.x * self.ratio - side / 2.0).round();
            let y = ((at.y - self.top) * self.ratio - side / 2.0).round();
            let _ = draw(self.ctx, row, from, 0.0, side, side, x, y, side, side);
        }
        self.level();
    }

    /// Turns the canvas as a label is; where the label's point is then.
    fn turn(&self, label: &Label) -> Point {
        let (cos, sin) = (label.along.x * self.ratio, label.along.y * self.ratio);
        let (x, y) = (label.at.x * self.ratio, (label.at.y - self.top) * self.ratio);
        // Only a matrix that is not finite is refused.
        let _ = self.ctx.set_transform(cos, sin, -sin, cos, x, y);
        Point::new(0.0, 0.0)
    }

    fn level(&self) {
        let ratio = self.ratio;
        // Only a matrix that is not finite is refused.
        let _ = self.ctx.set_transform(ratio, 0.0, 0.0, ratio, 0.0, -self.top * ratio);
    }
}

/// The rows from `start` to `end`, as they lie in a picture that has `tall` of them and begins again
/// where it ends: the first row of that round, and from where to where.
pub(super) fn rounds(start: f64, end: f64, tall: f64) -> impl Iterator<Item = (f64, f64, f64)> {
    let base = (start / tall).floor() * tall;
    let parts = [(base, start, end.min(base + tall)), (base + tall, start.max(base + tall), end)];
    parts.into_iter().filter(|(_, from, to)| from < to)
}

/// Not `clamp`: it brings along the formatting of the floats that it might refuse.
const fn between(value: f64, least: f64, most: f64) -> f64 {
    value.min(most).max(least)
}

/// Sets what was set last; says whether it was another.
#[allow(clippy::float_cmp, reason = "the same number that was set before")]
fn is_new(last: &Cell<f64>, value: f64) -> bool {
    last.replace(value) != value
}
